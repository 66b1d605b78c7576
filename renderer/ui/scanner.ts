/**
 * Badge readers and product scanners type like keyboards. A run of keys, each a few milliseconds after the one
 * before, is a burst that no hand types. A short one is a badge's: it gives an operator code. Eight digits at its head,
 * or a prefix that only scanners send, make it a barcode; so does its length where a code is typed.
 */

/** Two keys closer than this (ms) come from a machine. */
export const burstGap = 30
/** The Enter or Tab that a scanner adds comes within this time (ms) of the last character. */
export const endGap = 100
/** A burst that begins with this many digits is a product's barcode. */
export const barcodeDigits = 8
/** The longest operator code, and so the longest burst of a badge. */
export const badgeCharacters = 6
/** Two fingers strike no more keys so near to each other. */
export const handKeys = 2

/** One keydown, as far as scanners are concerned. */
export type Stroke = {
  readonly key: string
  /** The physical key: a scanner set for another layout than Windows', or Caps Lock, sends `Digit1` as « & ». */
  readonly code: string
  /** `event.timeStamp`, in milliseconds. */
  readonly time: number
  readonly repeat: boolean
  readonly shift: boolean
  readonly capsLock: boolean
  /** Ctrl, Alt or Meta is held (AltGr is not: it makes characters). */
  readonly command: boolean
  /** What has the focus, compared by identity, and what one types in it: an operator code, anything, or nothing. */
  readonly target: unknown
  readonly holds: 'code' | 'text' | 'nothing'
}

/**
 * - `pass`: not our business
 * - `start`: passes, and may begin a burst: remember the field as it is
 * - `barcode`: put the field back as it was, swallow this key and say so
 * - `swallow`: the key must have no effect
 * - `badge`: the Enter or Tab that ends a badge's burst
 * - `fast`: the Enter or Tab that ends another burst, of which one does not know whose it is: a scanner's, or a password
 *   manager's
 */
export type Verdict = 'pass' | 'start' | 'barcode' | 'swallow' | 'badge' | 'fast'

type Burst = {
  target: unknown
  last: number
  /** How many keys typed something, and the first of them: no more is kept of what may be a password. */
  length: number
  head: string
  digits: boolean
  /** Letters and figures only. */
  plain: boolean
  barcode: boolean
}

/** A judge of keydowns, to be shown every one of a window in order. */
export function createScanner(): (stroke: Stroke) => Verdict {
  let burst: Burst | null = null
  /** When the Enter or Tab of the last burst came. */
  let endedAt = Number.NEGATIVE_INFINITY

  return (stroke) => {
    // A key held down is a hand; Shift and Caps Lock come between the digits of a French keyboard.
    if (stroke.repeat || modifiers.has(stroke.key)) return 'pass'
    const current = continues(burst, stroke) ? burst : null
    const stray = current !== null && (current.barcode || isStray(current, stroke))

    if (stroke.key === 'Enter' || stroke.key === 'Tab') {
      burst = null
      // Some send two: a carriage return and a line feed.
      const second = current === null && stroke.time - endedAt < burstGap
      const verdict = second || stray ? 'swallow' : current === null ? 'pass' : endOf(current, stroke)
      endedAt = verdict === 'pass' ? Number.NEGATIVE_INFINITY : stroke.time
      return verdict
    }
    if (current === null || stroke.time - current.last >= burstGap) {
      burst = typesSomething(stroke) ? begin(stroke) : null
      return burst === null ? 'pass' : 'start'
    }
    current.last = stroke.time
    // Separators inside a barcode are sent as F8 or Ctrl+]: they must not open a module.
    if (!typesSomething(stroke)) return stray ? 'swallow' : 'pass'
    lengthen(current, stroke)
    if (current.barcode) return 'swallow'
    if (isBarcode(current, stroke)) {
      current.barcode = true
      return 'barcode'
    }
    return stroke.holds === 'nothing' ? 'swallow' : 'pass'
  }
}

/** What scanners send before GS1 data, a QR code's address, or the first element of a medicine's code. */
const prefixes = /^(?:\](?:c1|d[12]|q[13]|e[04])|https?:|\(01\))/u
const longestPrefix = 6

function isBarcode({ length, digits, head }: Burst, { holds }: Stroke): boolean {
  if (length === barcodeDigits && digits) return true
  if (length <= longestPrefix && prefixes.test(head)) return true
  return holds === 'code' && length > badgeCharacters
}

function endOf({ length, last, plain }: Burst, { time, holds }: Stroke): Verdict {
  if (holds === 'nothing') return 'pass'
  if (length > badgeCharacters) return 'fast'
  // One character and Enter are sometimes as near under two fingers.
  if (length === 1 && time - last >= burstGap) return 'pass'
  if (plain) return 'badge'
  // A line of a QR code.
  return length > handKeys ? 'fast' : 'pass'
}

const modifiers: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
])

function begin(stroke: Stroke): Burst {
  const { time: last, target } = stroke
  const burst = { target, last, length: 0, head: '', digits: true, plain: true, barcode: false }
  lengthen(burst, stroke)
  return burst
}

function lengthen(burst: Burst, stroke: Stroke): void {
  burst.length += 1
  if (burst.length <= longestPrefix) burst.head += stroke.key.toLowerCase()
  if (burst.length <= barcodeDigits) burst.digits &&= isDigit(stroke)
  burst.plain &&= /^[a-z\d]$/iu.test(stroke.key)
}

/** A barcode goes on wherever the focus went meanwhile; other bursts belong to one field. */
function continues(burst: Burst | null, stroke: Stroke): burst is Burst {
  if (burst === null || stroke.time - burst.last >= endGap) return false
  return burst.barcode || burst.target === stroke.target
}

/** Keys of a burst that reach a button rather than a field: nobody means to press it. */
function isStray({ length, last }: Burst, { holds, time }: Stroke): boolean {
  return holds === 'nothing' && (length >= handKeys || time - last < burstGap)
}

/** A character; or Alt and the figures of one, by which scanners send it whatever the keyboard is set to. */
function typesSomething({ key, code, command }: Stroke): boolean {
  return command ? /^Numpad\d$/u.test(code) : key.length === 1
}

function isDigit(stroke: Stroke): boolean {
  if (/^\d$/u.test(stroke.key)) return true
  return /^(?:Digit|Numpad)\d$/u.test(stroke.code) && (!stroke.shift || stroke.capsLock)
}
