import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from './operator-session.ts'
import type { Evidence } from './session.ts'
import { createStayConnected } from './stay-connected.ts'

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
const password: Evidence = { kind: 'password' }

/** Patricia is connected, by Pro Santé Connect unless `evidence` says otherwise. */
function counter(evidence?: Evidence) {
  const rows: JournalEvent[] = []
  /** How often the browser was sent to end Pro Santé Connect, and whether she was still connected by it then. */
  const leftInBrowser: string[] = []
  const clock = { now: () => new Date(), monotonic: () => Date.now() }
  const journal = { appendEventually: (row: JournalEvent) => rows.push(row) }
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  const endsAt = Date.now() + 4 * 3_600_000
  session.admit(
    patricia,
    evidence ?? { kind: 'psc', credential: 'card', inBrowser: true, acr: 'eidas3', acrFrom: 'psc', endsAt },
  )
  const stay = createStayConnected({
    clock,
    seconds: () => 30,
    journal,
    session,
    stillOpen: () => [],
    leavePsc: () => leftInBrowser.push(session.connected()?.means.kind ?? 'nobody'),
    changed: () => undefined,
  })
  return { rows, leftInBrowser, session, stay }
}
const kindsOf = (rows: readonly JournalEvent[]) => rows.map(({ kind }) => kind)

describe('« Rester connecté, sans Pro Santé Connect »', () => {
  it('is offered after a module that asked for it, to whoever has it', () => {
    const { stay } = counter()
    stay.moduleLeft('DMP', true)
    expect(stay.question()?.mayLeavePsc).toBe(true)
  })

  it('is not offered after a module that did not ask for it', () => {
    const { stay } = counter()
    stay.moduleLeft('Produits', false)
    expect(stay.question()?.mayLeavePsc).toBe(false)
  })

  it('is not offered to whoever does not have it', () => {
    const { stay } = counter(password)
    stay.moduleLeft('DMP', true)
    expect(stay.question()?.mayLeavePsc).toBe(false)
  })

  it.each([
    [true, false],
    [false, true],
  ])('is offered when one of several modules asked for it (%s, %s)', (first, second) => {
    const { stay } = counter()
    stay.moduleLeft('DMP', first)
    stay.moduleLeft('Produits', second)
    expect(stay.question()).toMatchObject({ id: 1, mayLeavePsc: true })
  })

  it('is no longer offered once it has been left', () => {
    const { stay, session } = counter()
    stay.moduleLeft('DMP', true)
    session.leavePsc('setting')
    stay.moduleLeft('Produits', false)
    expect(stay.question()?.mayLeavePsc).toBe(false)
  })

  it('is not offered in a later question for a module of a former one', () => {
    const { stay } = counter()
    stay.moduleLeft('DMP', true)
    stay.answer('stay')
    stay.moduleLeft('Produits', false)
    expect(stay.question()).toMatchObject({ id: 2, mayLeavePsc: false })
  })

  it('keeps the operator, ends Pro Santé Connect here and in the browser, and is journalled', () => {
    const { stay, session, rows, leftInBrowser } = counter()
    stay.moduleLeft('DMP', true)
    stay.answer('stay-without-psc')
    expect(session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc-left' } })
    expect(leftInBrowser).toEqual(['psc'])
    expect(rows).toMatchObject([
      { kind: 'stay-connected.answered', means: 'psc', details: { answer: 'stay-without-psc' } },
      { kind: 'session.psc-left', means: 'psc', details: { by: 'operator' } },
    ])
    vi.advanceTimersByTime(600_000)
    expect(session.connected()?.operator).toBe(patricia)
  })
})

describe('Pro Santé Connect is ended in the browser', () => {
  it('by a press of « Déconnecter »', () => {
    const { stay, session, rows, leftInBrowser } = counter()
    stay.moduleLeft('DMP', true)
    stay.answer('disconnect')
    expect(leftInBrowser).toEqual(['psc'])
    expect(session.state().session.kind).toBe('none')
    expect(kindsOf(rows)).toEqual(['stay-connected.answered', 'session.ended'])
  })

  it.each(['escape', 'window-closed', 'stay'] as const)('not by %s', (answer) => {
    const { stay, leftInBrowser } = counter()
    stay.moduleLeft('DMP', true)
    stay.answer(answer)
    expect(leftInBrowser).toEqual([])
  })

  it('not by the countdown', () => {
    const { stay, session, leftInBrowser } = counter()
    stay.moduleLeft('DMP', true)
    vi.advanceTimersByTime(30_000)
    expect(session.state().session.kind).toBe('none')
    expect(leftInBrowser).toEqual([])
  })

  it.each(['disconnect', 'stay-without-psc'] as const)('not where it is not used (%s)', (answer) => {
    const { stay, leftInBrowser } = counter(password)
    stay.moduleLeft('Produits', false)
    stay.answer(answer)
    expect(leftInBrowser).toEqual([])
  })

  it('not by an answer to a former question', () => {
    const { stay, session, leftInBrowser } = counter()
    stay.moduleLeft('DMP', true)
    stay.answer('stay', 1)
    stay.moduleLeft('DMP', true)
    stay.answer('stay-without-psc', 1)
    expect([leftInBrowser, session.connected()?.means.kind]).toEqual([[], 'psc'])
  })
})
