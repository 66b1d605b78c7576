import type { JournalEntry, JournalEvent, OperatorReference } from '../../electron/journal/kinds.ts'

/** Modules of a pharmacy's counter, the most used first. */
const moduleIds = [
  'lgo',
  'dmp',
  'dp',
  'ameli-pro',
  'mssante',
  'ordonnance-numerique',
  'grossiste',
  'stupefiants',
  'vigilances',
  'planning',
  'formation',
  'caisse',
] as const

/** Who works there, the one who is at the counter most often first. */
export const atCounter: readonly OperatorReference[] = Array.from({ length: 12 }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  code: String(index + 10),
}))

const opensAt = 8.5 * 3_600_000
const dayLasts = 11 * 3_600_000
const dayMs = 86_400_000

/**
 * `count` entries as a pharmacy's workstation would write them in the year from `firstDay` (a midnight, UTC), closed on
 * Sundays: the same for the same arguments.
 */
export function* journalEntries({
  count,
  firstDay,
  workstation,
}: {
  count: number
  firstDay: Date
  workstation: string
}): Generator<JournalEntry> {
  const days = Array.from({ length: 365 }, (_, day) => firstDay.getTime() + day * dayMs).filter(
    (day) => new Date(day).getUTCDay() !== 0,
  )
  const perDay = Math.ceil(count / days.length)
  const draw = drawer(20_261_122)
  for (let index = 0; index < count; index += 1) {
    const day = days[Math.floor(index / perDay)] ?? 0
    const at = new Date(day + opensAt + Math.floor(((index % perDay) / perDay) * dayLasts))
    const context: Context = {
      // Somebody is at the counter more often than somebody else.
      operator: pick(atCounter, draw() ** 1.7),
      module: pick(moduleIds, draw() ** 2.2),
      reference: reference(draw),
      until: new Date(at.getTime() + 4 * 3_600_000).toISOString(),
      draw: draw(),
    }
    const event = pickEvent(draw() * totalWeight)(context)
    yield {
      operator: null,
      means: null,
      module: null,
      reference: null,
      ...event,
      at: at.toISOString(),
      workstation,
    }
  }
}

type Context = {
  readonly operator: OperatorReference
  readonly module: string
  readonly reference: string
  readonly until: string
  readonly draw: number
}
type Maker = (context: Context) => JournalEvent

const done = { outcome: 'done', details: {} } as const

/** How often (in a thousand rows) what happens. */
const makers: readonly (readonly [weight: number, make: Maker])[] = [
  [
    255,
    ({ operator, module }) => ({
      kind: 'module.opened',
      outcome: 'done',
      operator,
      module,
      details: { kind: 'window' },
    }),
  ],
  [
    250,
    ({ operator, module }) => ({
      kind: 'module.left',
      outcome: 'done',
      operator,
      module,
      details: { by: 'same-operator' },
    }),
  ],
  [
    60,
    ({ operator }) => ({
      kind: 'stay-connected.answered',
      outcome: 'done',
      operator,
      details: { answer: 'countdown' },
    }),
  ],
  [95, ({ operator }) => ({ kind: 'identification.succeeded', ...done, operator, means: 'password' })],
  [
    25,
    ({ operator, until }) => ({
      kind: 'identification.succeeded',
      outcome: 'done',
      operator,
      means: 'psc',
      details: {
        flow: 'code',
        host: 'auth.esw.esante.gouv.fr',
        acr: 'eidas1',
        acrFrom: 'psc',
        authMode: 'CARD',
        authTime: until,
        nationalId: '899700261797',
        confirmedBy: 'freshness',
      },
    }),
  ],
  [
    100,
    ({ operator, until }) => ({
      kind: 'session.connected',
      outcome: 'done',
      operator,
      means: 'password',
      details: { until },
    }),
  ],
  [
    95,
    ({ operator, draw }) => ({
      kind: 'session.ended',
      outcome: 'done',
      operator,
      details: { reason: draw < 0.6 ? 'stay-connected-disconnect' : 'disconnect' },
    }),
  ],
  [
    35,
    ({ operator }) => ({ kind: 'session.locked', outcome: 'done', operator, details: { reason: 'idle' } }),
  ],
  [34, ({ operator }) => ({ kind: 'session.unlocked', ...done, operator, means: 'password' })],
  [12, ({ operator }) => ({ kind: 'session.suspended', ...done, operator })],
  [12, ({ operator, until }) => ({ kind: 'session.resumed', outcome: 'done', operator, details: { until } })],
  [
    12,
    ({ operator, reference }) => ({
      kind: 'identification.refused',
      outcome: 'refused',
      operator,
      means: 'password',
      reference,
      details: { reason: 'wrong-credentials' },
    }),
  ],
  [
    4,
    ({ operator, module, reference }) => ({
      kind: 'module.failed',
      outcome: 'failed',
      operator,
      module,
      reference,
      details: { reason: 'page-unreachable' },
    }),
  ],
  [
    3,
    ({ operator, module }) => ({
      kind: 'module.refused',
      outcome: 'refused',
      operator,
      module,
      details: { reason: 'outside-origins' },
    }),
  ],
  [2, () => ({ kind: 'program.started', outcome: 'done', details: { version: '0.1.0' } })],
  [2, () => ({ kind: 'program.stopped', ...done })],
  [2, ({ operator }) => ({ kind: 'journal.read', ...done, operator })],
  [
    1,
    ({ operator, reference }) => ({
      kind: 'identification.failed',
      outcome: 'failed',
      operator,
      means: 'psc',
      reference,
      details: {
        flow: 'ciba',
        host: 'auth.esw.esante.gouv.fr',
        acr: null,
        acrFrom: 'psc',
        authMode: null,
        authTime: null,
        nationalId: null,
        reason: 'unreachable',
        detail: 'ECONNREFUSED',
      },
    }),
  ],
  [
    0.5,
    ({ operator }) => ({
      kind: 'operator.password-changed',
      outcome: 'done',
      operator,
      details: { by: 'own' },
    }),
  ],
  [
    0.3,
    ({ operator }) => ({ kind: 'operator.unblocked', outcome: 'done', operator, details: { by: 'psc' } }),
  ],
  [
    0.2,
    ({ reference }) => ({
      kind: 'window.crashed',
      outcome: 'failed',
      reference,
      details: { role: 'launcher', reason: 'oom' },
    }),
  ],
]
const totalWeight = makers.reduce((sum, [weight]) => sum + weight, 0)

function pickEvent(place: number): Maker {
  let left = place
  for (const [weight, make] of makers) {
    left -= weight
    if (left < 0) return make
  }
  throw new RangeError('beyond the last maker')
}

/** @param place from 0, included, to 1, excluded */
function pick<T>(choices: readonly T[], place: number): T {
  const choice = choices[Math.floor(place * choices.length)]
  if (choice === undefined) throw new RangeError('nothing to choose from')
  return choice
}

function reference(draw: () => number): string {
  const character = (): string => 'ACDEFGHJKLMNPQRTUVWXYZ234679'.charAt(Math.floor(draw() * 28))
  const three = (): string => character() + character() + character()
  return `${three()}-${three()}`
}

/** Numbers from 0, included, to 1, excluded: the same each time (a linear congruential generator of 32 bits). */
function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
