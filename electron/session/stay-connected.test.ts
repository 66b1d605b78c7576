import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from './operator-session.ts'
import { createStayConnected, type Question } from './stay-connected.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}

/** Patricia is connected; the countdown lasts 30 s; `open` holds the labels of her modules still open. */
function counter() {
  const rows: JournalEvent[] = []
  const shown: (Question | null)[] = []
  const open: string[] = []
  const left: string[] = []
  const clock = { now: () => new Date(), monotonic: () => Date.now() }
  const journal = { appendEventually: (row: JournalEvent) => rows.push(row) }
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  session.admit(patricia, { kind: 'password' })
  const stay = createStayConnected({
    clock,
    seconds: () => 30,
    journal,
    session,
    stillOpen: () => open,
    leavePsc: () => left.push('browser'),
    changed: (question) => shown.push(question),
  })
  return { rows, shown, open, left, session, stay }
}

const answered = (answer: string) => ({
  kind: 'stay-connected.answered',
  outcome: 'done',
  operator: { id: 'id-1', code: '1' },
  means: 'password',
  details: { answer },
})
const ended = (reason: string) => expect.objectContaining({ kind: 'session.ended', details: { reason } })

describe('« Rester connecté ? »', () => {
  it('is asked of the connected operator, with a countdown when nothing else is open', () => {
    const { stay, shown, session } = counter()
    stay.moduleLeft('Produits', false)
    expect(stay.question()).toEqual({
      id: 1,
      held: session.connected(),
      left: ['Produits'],
      mayLeavePsc: false,
      deadline: Date.now() + 30_000,
    })
    expect(shown).toEqual([stay.question()])
  })

  it.each(['lock', 'end'] as const)('is asked of nobody after %s', (event) => {
    const { stay, shown, session } = counter()
    if (event === 'lock') session.lock('switch')
    else session.end('disconnect')
    stay.moduleLeft('Produits', false)
    expect([stay.question(), shown]).toEqual([null, []])
  })

  it('is one question when several modules end', () => {
    const { stay, shown } = counter()
    stay.moduleLeft('Produits', false)
    stay.moduleLeft('Stock', false)
    expect(shown.map((question) => question?.id)).toEqual([1, 1])
    expect(stay.question()?.left).toEqual(['Produits', 'Stock'])
  })

  it('stops counting when another module opens, and counts again once it is left', () => {
    const { stay, open } = counter()
    stay.moduleLeft('Produits', false)
    open.push('Stock')
    stay.modulesChanged()
    expect(stay.question()?.deadline).toBeNull()
    vi.advanceTimersByTime(60_000)
    open.pop()
    stay.modulesChanged()
    expect(stay.question()?.deadline).toBe(Date.now() + 30_000)
  })

  it('goes on counting when a module of somebody else changes', () => {
    const { stay } = counter()
    stay.moduleLeft('Produits', false)
    const deadline = stay.question()?.deadline
    vi.advanceTimersByTime(10_000)
    stay.modulesChanged()
    expect(stay.question()?.deadline).toBe(deadline)
  })

  it('does not count while another question stands before it, and counts anew after', () => {
    const { stay } = counter()
    stay.moduleLeft('Produits', false)
    vi.advanceTimersByTime(25_000)
    stay.setHidden(true)
    vi.advanceTimersByTime(60_000)
    expect(stay.question()).toMatchObject({ left: ['Produits'], deadline: null })
    stay.setHidden(false)
    expect(stay.question()?.deadline).toBe(Date.now() + 30_000)
    vi.advanceTimersByTime(30_000)
    expect(stay.question()).toBeNull()
  })

  it('is a new question after an answer', () => {
    const { stay } = counter()
    stay.moduleLeft('Produits', false)
    stay.answer('stay')
    stay.moduleLeft('Stock', false)
    expect(stay.question()).toMatchObject({ id: 2, left: ['Stock'] })
  })

  it('has no countdown while another module is open, and gets one when that one is left too', () => {
    const { stay, open, session } = counter()
    open.push('Stock')
    stay.moduleLeft('Produits', false)
    expect(stay.question()?.deadline).toBeNull()
    vi.advanceTimersByTime(600_000)
    expect(stay.question()?.id).toBe(1)
    open.pop()
    stay.moduleLeft('Stock', false)
    vi.advanceTimersByTime(29_999)
    expect(session.connected()?.operator).toBe(patricia)
    vi.advanceTimersByTime(1)
    expect(session.state().session.kind).toBe('none')
  })

  it('loses its countdown when a module is open again meanwhile', () => {
    const { stay, open, session } = counter()
    stay.moduleLeft('Produits', false)
    open.push('Documentation')
    stay.moduleLeft('Stock', false)
    vi.advanceTimersByTime(600_000)
    expect(stay.question()?.deadline).toBeNull()
    expect(session.connected()?.operator).toBe(patricia)
  })
})

describe('its answer', () => {
  it('is the countdown when nobody gives one: the session ends', () => {
    const { stay, shown, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    vi.advanceTimersByTime(30_000)
    expect(session.state().session.kind).toBe('none')
    expect(shown.at(-1)).toBeNull()
    expect(rows).toEqual([answered('countdown'), ended('countdown')])
  })

  it('« Rester connecté » keeps the session, whatever time passes', () => {
    const { stay, shown, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    stay.answer('stay', 1)
    vi.advanceTimersByTime(600_000)
    expect(session.connected()?.operator).toBe(patricia)
    expect([stay.question(), shown.at(-1)]).toEqual([null, null])
    expect(rows).toEqual([answered('stay')])
  })

  it.each([
    ['disconnect', 'stay-connected-disconnect'],
    ['escape', 'escape'],
    ['window-closed', 'window-closed'],
  ] as const)('%s ends the session, and both are in the journal', (answer, reason) => {
    const { stay, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    stay.answer(answer)
    expect(session.state().session.kind).toBe('none')
    expect(rows).toEqual([answered(answer), ended(reason)])
  })

  it('changes nothing when it is to a former question', () => {
    const { stay, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    stay.answer('stay', 1)
    stay.moduleLeft('Stock', false)
    stay.answer('disconnect', 1)
    expect(stay.question()?.id).toBe(2)
    expect(session.connected()?.operator).toBe(patricia)
    expect(rows).toEqual([answered('stay')])
  })

  it('changes nothing when it is the second one', () => {
    const { stay, shown, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    stay.answer('stay', 1)
    stay.answer('disconnect', 1)
    stay.answer('disconnect')
    expect(session.connected()?.operator).toBe(patricia)
    expect([rows, shown]).toEqual([[answered('stay')], [expect.anything(), null]])
  })
})

describe('a question withdrawn', () => {
  it('goes without an answer, and its countdown with it', () => {
    const { stay, shown, rows, session } = counter()
    stay.moduleLeft('Produits', false)
    stay.withdraw()
    vi.advanceTimersByTime(600_000)
    expect([stay.question(), shown.at(-1)]).toEqual([null, null])
    expect(session.connected()?.operator).toBe(patricia)
    expect(rows).toEqual([])
  })

  it('is nothing to tell when there was none', () => {
    const { stay, shown } = counter()
    stay.withdraw()
    expect(shown).toEqual([])
  })

  it('is answered by work in another module of theirs only', () => {
    const { stay, open } = counter()
    open.push('Documentation')
    stay.moduleLeft('Produits', false)
    stay.workedElsewhere()
    expect(stay.question()).toBeNull()

    open.length = 0
    stay.moduleLeft('Documentation', false)
    // A page that asks nobody who they are.
    stay.workedElsewhere()
    // Behind another question, it does not count down either.
    stay.setHidden(true)
    stay.workedElsewhere()
    expect(stay.question()?.left).toEqual(['Documentation'])
  })
})
