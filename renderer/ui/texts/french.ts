/**
 * French typography: no line break before `: ; ? ! » · ›`, after `«`, nor between a number and its unit. Texts are
 * written with ordinary spaces.
 */
export function fr(text: string): string {
  return text
    .replaceAll(/ (?=[:;?!»·›])/gu, '\u00A0')
    .replaceAll('« ', '«\u00A0')
    .replaceAll(
      /(?<=\d) (?=(?:s|ms|min|h|mois|heures?|minutes?|secondes?|bits|module|chiffres|essais?)\b|\d{2,3}\b)/gu,
      '\u00A0',
    )
}

/** « 2 min 41 s », never broken over two lines. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const minutes = Math.floor(whole / 60)
  return minutes === 0 ? fr(`${whole} s`) : fr(`${minutes} min ${whole % 60} s`).replace(/ (?=\d)/u, '\u00A0')
}

/** « 4 heures », « 1 heure 30 ». */
export function hoursInWords(hours: number): string {
  const whole = Math.floor(hours)
  const minutes = Math.round((hours - whole) * 60)
  const inHours = whole === 0 ? '' : fr(`${whole} heure${whole > 1 ? 's' : ''}`)
  if (minutes === 0 && whole > 0) return inHours
  const inMinutes = fr(`${Math.max(1, minutes)} minute${minutes > 1 ? 's' : ''}`)
  return whole === 0 ? inMinutes : `${inHours} ${inMinutes}`
}

/** « 0,7 s », from milliseconds; « 40 ms » where that would be 0,0. */
export function measured(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100)
  return tenths === 0
    ? fr(`${Math.round(milliseconds)} ms`)
    : fr(`${Math.floor(tenths / 10)},${tenths % 10} s`)
}

/** « 13 h 42 », in the workstation's zone. */
export function timeOfDay(instant: string | Date): string {
  const date = new Date(instant)
  return `${date.getHours()}\u00A0h\u00A0${String(date.getMinutes()).padStart(2, '0')}`
}

const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const

/** « 1er mars 2027 », in the workstation's zone, never broken over two lines. */
export function dayOf(instant: string | Date): string {
  const date = new Date(instant)
  const day = date.getDate()
  return `${day === 1 ? '1er' : day}\u00A0${months[date.getMonth()] ?? ''}\u00A0${date.getFullYear()}`
}
