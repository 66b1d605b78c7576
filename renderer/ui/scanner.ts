/**
 * Badge readers and product scanners type like keyboards. A run of keys, each a few milliseconds after the one
 * before, is a burst that no hand types. Eight digits at its head make it a product's barcode.
 */

/** Two keys closer than this (ms) come from a machine. */
export const burstGap = 30
/** The Enter or Tab that a scanner adds comes within this time (ms) of the last character. */
export const endGap = 100
/** A burst that begins with this many digits is a product's barcode. */
export const barcodeDigits = 8
/** Keys of a burst that reach a button rather than a field: nobody means to press it. */
const strayKeys = 2

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
  /** What has the focus, compared by identity, and whether one types in it. */
  readonly target: unknown
  readonly editable: boolean
}

/**
 * - `pass`: not our business
 * - `start`: passes, and may begin a burst: remember the field as it is
 * - `barcode`: a product's barcode: put the field back as it was, swallow this key and say so
 * - `swallow`: the key must have no effect
 */
export type Verdict = 'pass' | 'start' | 'barcode' | 'swallow'

type Burst = { target: unknown; last: number; length: number; digits: boolean; barcode: boolean }

/** A judge of keydowns, to be shown every one of a window in order. */
export function createScanner(): (stroke: Stroke) => Verdict {
  let burst: Burst | null = null

  return (stroke) => {
    // A key held down is a hand; Shift and Caps Lock come between the digits of a French keyboard.
    if (stroke.repeat || modifiers.has(stroke.key)) return 'pass'
    const current = continues(burst, stroke) ? burst : null
    const stray = current !== null && (current.barcode || isStray(current, stroke))

    if (stroke.key === 'Enter' || stroke.key === 'Tab') {
      burst = null
      return stray ? 'swallow' : 'pass'
    }
    if (current === null || stroke.time - current.last >= burstGap) {
      burst = isPrintable(stroke) ? begin(stroke) : null
      return burst === null ? 'pass' : 'start'
    }
    current.last = stroke.time
    if (!isPrintable(stroke)) {
      // Separators inside a barcode are sent as F8 or Ctrl+]: they must not open a module.
      if (stray) return 'swallow'
      burst = null
      return 'pass'
    }
    current.length += 1
    if (current.barcode) return 'swallow'
    if (current.length <= barcodeDigits) current.digits &&= isDigit(stroke)
    if (current.length === barcodeDigits && current.digits) {
      current.barcode = true
      return 'barcode'
    }
    return stroke.editable ? 'pass' : 'swallow'
  }
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
  return { target: stroke.target, last: stroke.time, length: 1, digits: isDigit(stroke), barcode: false }
}

/** A barcode goes on wherever the focus went meanwhile; other bursts belong to one field. */
function continues(burst: Burst | null, stroke: Stroke): burst is Burst {
  if (burst === null || stroke.time - burst.last >= endGap) return false
  return burst.barcode || burst.target === stroke.target
}

function isStray(burst: Burst, stroke: Stroke): boolean {
  return !stroke.editable && burst.length >= strayKeys
}

function isPrintable(stroke: Stroke): boolean {
  return !stroke.command && stroke.key.length === 1
}

function isDigit(stroke: Stroke): boolean {
  if (/^\d$/u.test(stroke.key)) return true
  return /^(?:Digit|Numpad)\d$/u.test(stroke.code) && (!stroke.shift || stroke.capsLock)
}
