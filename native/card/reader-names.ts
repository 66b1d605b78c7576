/** CK_SLOT_INFO.slotDescription has 64 characters: what is longer is cut there, or abbreviated by Cryptolib. */
const slotDescriptionLength = 64
const ellipsis = '...'

/**
 * Whether a slot's description names this reader of PC/SC. Over 64 characters Cryptolib writes the first 30, `...` and
 * about the last 30 of the name (cryptolib-cps.md §2); other libraries cut it.
 */
export function namesReader(description: string, reader: string): boolean {
  if (description === reader.trim()) return true
  if (reader.length <= slotDescriptionLength) return false
  const at = description.indexOf(ellipsis)
  if (at < 0) return description.length === slotDescriptionLength && reader.startsWith(description)
  return (
    description.length > slotDescriptionLength / 2 &&
    reader.startsWith(description.slice(0, at)) &&
    reader.endsWith(description.slice(at + ellipsis.length))
  )
}
