/** The keys of a record that has no others than its type says, in their order. */
export function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  const isKey = (key: string): key is K => key in record
  return Object.keys(record).filter(isKey)
}
