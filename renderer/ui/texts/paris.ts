/**
 * Times of the journal, told in the legal time of mainland France whatever the workstation's zone is: a control reads
 * the rows of several workstations side by side.
 */
const formats = {
  parts: atFirstUse({
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }),
  month: atFirstUse({ month: 'long' }),
}

/** Time zones take 8 ms to load, which no window waits for at its start. */
function atFirstUse(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  let format: Intl.DateTimeFormat | null = null
  return () => (format ??= new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', ...options }))
}

type Parts = {
  weekday: string
  year: string
  month: string
  day: string
  hour: string
  minute: string
  second: string
}

/** Null where the text is no instant: a damaged row is shown as it is. */
function partsOf(instant: string): Parts | null {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return null
  const parts = new Map(
    formats
      .parts()
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: keyof Parts): string => parts.get(name) ?? ''
  return {
    weekday: part('weekday'),
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

/** « 12/03/2026 14:32:05 ». */
export function parisStamp(instant: string): string {
  const parts = partsOf(instant)
  return parts === null ? instant : `${parts.day}/${parts.month}/${parts.year} ${clockOf(parts)}`
}

/** « 14:32:05 ». */
export function parisClock(instant: string): string {
  const parts = partsOf(instant)
  return parts === null ? instant : clockOf(parts)
}

/** « 14 h 32 ». */
export function parisTime(instant: string): string {
  const parts = partsOf(instant)
  return parts === null ? instant : `${Number(parts.hour)}\u00A0h\u00A0${parts.minute}`
}

/** « jeudi 12 mars 2026 ». */
export function parisLongDay(instant: string): string {
  const parts = partsOf(instant)
  if (parts === null) return instant
  const day = Number(parts.day)
  const month = formats.month().format(new Date(instant))
  return `${parts.weekday} ${day === 1 ? '1er' : day}\u00A0${month}\u00A0${parts.year}`
}

/** « jeudi 12 mars 2026 à 14:32:05 ». */
export function parisLong(instant: string): string {
  const parts = partsOf(instant)
  return parts === null ? instant : `${parisLongDay(instant)} à ${clockOf(parts)}`
}

/** The calendar day of an instant, `YYYY-MM-DD`. */
export function parisDay(instant: Date): string {
  const parts = partsOf(instant.toISOString())
  return parts === null ? '' : `${parts.year}-${parts.month}-${parts.day}`
}

/** « 12/03/2026 », from `YYYY-MM-DD`. */
export function shortDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${date}/${month}/${year}`
}

/** The day that comes `days` after `day`, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The instant at which a day `YYYY-MM-DD` begins in Paris, UTC ISO 8601; null where it is no day. */
export function startOfParisDay(day: string): string | null {
  const midnight = new Date(`${day}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/u.test(day) || Number.isNaN(midnight.getTime())) return null
  // Paris is one hour ahead of UTC, or two in summer; its clocks change after midnight.
  const candidates = [1, 2].map((hours) => new Date(midnight.getTime() - hours * 3_600_000).toISOString())
  return candidates.find((candidate) => parisStamp(candidate) === `${shortDay(day)} 00:00:00`) ?? null
}

function clockOf({ hour, minute, second }: Parts): string {
  return `${hour}:${minute}:${second}`
}
