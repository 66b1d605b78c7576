import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CardRemovedAnswer, JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createCardRemoved, type CardRemovedQuestion } from './card-removed.ts'
import { createOperatorSession } from './operator-session.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: { kind: 'rpps', digits: '99700261797' },
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}

/** Patricia is connected; the countdown lasts 30 s. `shown`: what the windows found at each change. */
function counter(onRemoval: 'ask' | 'lock' | 'ignore' = 'ask') {
  const rows: JournalEvent[] = []
  const shown: (CardRemovedQuestion | null)[] = []
  const clock = { now: () => new Date(), monotonic: () => Date.now() }
  const journal = { appendEventually: (row: JournalEvent) => rows.push(row) }
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  session.admit(patricia, { kind: 'password' })
  const card = createCardRemoved({
    clock,
    onRemoval: () => onRemoval,
    seconds: () => 30,
    journal,
    session,
    changed: () => shown.push(card.question()),
  })
  return { rows, shown, session, card, kind: () => session.state().session.kind }
}

const answered = (answer: CardRemovedAnswer) => ({
  kind: 'card-removed.answered',
  outcome: 'done',
  operator: { id: 'id-1', code: '1' },
  details: { answer },
})
const locked = {
  kind: 'session.locked',
  outcome: 'done',
  operator: { id: 'id-1', code: '1' },
  details: { reason: 'card-removed' },
}

describe('a pulled card', () => {
  it('asks whether to stay connected, with a countdown, and changes nothing meanwhile', () => {
    const { card, shown, rows, session, kind } = counter()
    card.removed()
    expect(card.question()).toEqual({ id: 1, held: session.connected(), deadline: Date.now() + 30_000 })
    expect(shown).toEqual([card.question()])
    expect([kind(), rows]).toEqual(['connected', []])
  })

  it('locks at once where the settings say so', () => {
    const { card, shown, rows, kind } = counter('lock')
    card.removed()
    expect([kind(), rows, shown, card.question()]).toEqual(['locked', [locked], [], null])
  })

  it('does nothing where the settings say so', () => {
    const { card, shown, rows, kind } = counter('ignore')
    card.removed()
    vi.advanceTimersByTime(600_000)
    expect([kind(), rows, shown, card.question()]).toEqual(['connected', [], [], null])
  })

  it.each(['ask', 'lock', 'ignore'] as const)('is nobody’s when nobody is connected (%s)', (onRemoval) => {
    const { card, shown, rows, session } = counter(onRemoval)
    session.end('disconnect')
    rows.length = 0
    card.removed()
    expect([shown, rows, card.question()]).toEqual([[], [], null])
  })

  it('asks nothing of a session that is locked', () => {
    const { card, shown, session } = counter()
    session.lock('idle')
    card.removed()
    expect([shown, card.question()]).toEqual([[], null])
  })

  it('is asked about once, were it pulled twice: the countdown goes on', () => {
    const { card, shown, kind } = counter()
    card.removed()
    vi.advanceTimersByTime(20_000)
    card.removed()
    expect(shown.map((question) => question?.id)).toEqual([1])
    vi.advanceTimersByTime(10_000)
    expect(kind()).toBe('locked')
  })

  it('makes a new question after an answer, with all its time', () => {
    const { card, kind } = counter()
    card.removed()
    vi.advanceTimersByTime(20_000)
    card.answer('stay')
    card.removed()
    expect(card.question()).toMatchObject({ id: 2, deadline: Date.now() + 30_000 })
    vi.advanceTimersByTime(29_999)
    expect(kind()).toBe('connected')
    vi.advanceTimersByTime(1)
    expect(kind()).toBe('locked')
  })
})

describe('its answer', () => {
  it('is the countdown when nobody gives one: it is locked', () => {
    const { card, shown, rows, kind } = counter()
    card.removed()
    vi.advanceTimersByTime(29_999)
    expect([kind(), rows]).toEqual(['connected', []])
    vi.advanceTimersByTime(1)
    expect([kind(), rows]).toEqual(['locked', [answered('countdown'), locked]])
    expect([card.question(), shown.at(-1)]).toEqual([null, null])
  })

  it.each(['stay', 'card-returned'] as const)('%s keeps the session, whatever time passes', (answer) => {
    const { card, shown, rows, session, kind } = counter()
    const held = session.connected()
    card.removed()
    card.answer(answer)
    vi.advanceTimersByTime(600_000)
    expect(kind()).toBe('connected')
    expect(session.connected()).toBe(held)
    expect([rows, card.question(), shown.at(-1)]).toEqual([[answered(answer)], null, null])
  })

  it.each(['lock', 'escape', 'window-closed'] as const)('%s locks, and both are in the journal', (answer) => {
    const { card, shown, rows, kind } = counter()
    card.removed()
    card.answer(answer, 1)
    expect([kind(), rows]).toEqual(['locked', [answered(answer), locked]])
    vi.advanceTimersByTime(600_000)
    expect([rows.length, shown.at(-1)]).toEqual([2, null])
  })

  it('changes nothing when it is to a former question', () => {
    const { card, rows, kind } = counter()
    card.removed()
    card.answer('stay', 1)
    card.removed()
    card.answer('lock', 1)
    expect([card.question()?.id, kind(), rows]).toEqual([2, 'connected', [answered('stay')]])
  })

  it('changes nothing when it is the second one', () => {
    const { card, shown, rows, kind } = counter()
    card.removed()
    card.answer('stay', 1)
    card.answer('lock', 1)
    card.answer('lock')
    expect([kind(), rows, shown.length]).toEqual(['connected', [answered('stay')], 2])
  })

  it('changes nothing when nothing was asked', () => {
    const { card, shown, rows, kind } = counter()
    card.answer('card-returned')
    card.answer('lock', 0)
    expect([kind(), rows, shown]).toEqual(['connected', [], []])
  })
})

describe('a question withdrawn', () => {
  it('goes without an answer, and its countdown with it', () => {
    const { card, shown, rows, kind } = counter()
    card.removed()
    card.withdraw()
    vi.advanceTimersByTime(600_000)
    expect([card.question(), shown.at(-1), kind(), rows]).toEqual([null, null, 'connected', []])
    card.answer('lock', 1)
    expect([kind(), rows]).toEqual(['connected', []])
  })

  it('is nothing to tell when there was none', () => {
    const { card, shown } = counter()
    card.withdraw()
    expect(shown).toEqual([])
  })
})
