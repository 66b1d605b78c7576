import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from './operator-session.ts'
import type { Evidence } from './session.ts'

const hour = 3_600_000

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 2, 2, 8, 0) }))
afterEach(() => vi.useRealTimers())

const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint', rpps: null } as const
const a: Operator = {
  id: 'id-A',
  code: 'A',
  ...names,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}
const b: Operator = { ...a, id: 'id-B', code: 'B' }
const password: Evidence = { kind: 'password' }
const psc = (endsAt = 3 * hour): Evidence => ({
  kind: 'psc',
  credential: 'e-cps',
  inBrowser: true,
  acr: 'eidas2',
  acrFrom: 'psc',
  endsAt,
})

/** A session at eight in the morning: both clocks run with the timers. */
function workstation() {
  const start = Date.now()
  const rows: JournalEvent[] = []
  const changes: string[] = []
  const session = createOperatorSession({
    clock: { now: () => new Date(), monotonic: () => Date.now() - start },
    journal: { appendEventually: (row) => rows.push(row) },
    maxHours: () => 4,
  })
  session.onChange((cause) => changes.push(cause))
  return { session, rows, changes, pass: (ms: number) => vi.advanceTimersByTime(ms) }
}

describe('a session by Pro Santé Connect', () => {
  it('ends by itself with PSC’s own, and says by what it was', () => {
    const { session, rows, changes, pass } = workstation()
    session.admit(a, psc())
    pass(3 * hour - 1)
    expect(session.connected()?.operator).toBe(a)
    pass(10)
    expect(session.connected()).toBeNull()
    expect(rows).toMatchObject([{ kind: 'session.ended', means: 'psc', details: { reason: 'expired' } }])
    expect(changes.at(-1)).toBe('expired')
  })

  it('has the end that its row says, whatever time the database took', () => {
    const { session, pass } = workstation()
    const [row] = session.admissionEvents(a, psc(), '7K2-49R')
    pass(5000)
    session.admit(a, psc())
    expect(row).toMatchObject({
      kind: 'session.connected',
      means: 'psc',
      details: { until: session.connected()?.until.toISOString() },
    })
    expect(session.connected()?.until).toEqual(new Date(2026, 2, 2, 11))
  })

  it('comes back by a password at the level and to the end it had, its rows saying by what it came', () => {
    const { session, pass } = workstation()
    session.admit(a, psc())
    const before = session.connected()
    session.lock('switch')
    pass(hour)
    expect(session.admissionEvents(a, password, '7K2-49R')).toMatchObject([
      { kind: 'session.unlocked', means: 'password' },
    ])
    session.admit(a, password)
    expect(session.connected()).toEqual(before)
    session.admit(b, password)
    expect(session.admissionEvents(a, password, '7K2-49R')).toMatchObject([
      { kind: 'session.suspended', operator: { code: 'B' } },
      { kind: 'session.resumed', means: 'password', details: { until: before?.until.toISOString() } },
    ])
    session.admit(a, password)
    expect(session.connected()).toEqual(before)
  })

  it('is what a session by a password becomes when it is unlocked by it', () => {
    const { session } = workstation()
    session.admit(a, password)
    session.lock('switch')
    session.admit(a, psc())
    expect(session.connected()?.means).toEqual(psc())
    expect(session.connected()?.until).toEqual(new Date(2026, 2, 2, 11))
  })
})

describe('leaving Pro Santé Connect', () => {
  it.each(['operator', 'setting'] as const)('takes effect at once, with its row (%s)', (by) => {
    const { session, rows, changes } = workstation()
    session.admit(a, psc())
    session.leavePsc(by)
    expect(session.connected()).toMatchObject({ operator: a, means: { kind: 'psc-left' } })
    expect(rows).toEqual([
      {
        kind: 'session.psc-left',
        outcome: 'done',
        operator: { id: 'id-A', code: 'A' },
        means: 'psc',
        details: { by },
      },
    ])
    expect(changes).toEqual(['changed', 'changed'])
  })

  it('does nothing and writes nothing where there is none to leave', () => {
    const { session, rows, changes } = workstation()
    session.leavePsc('operator')
    session.admit(a, password)
    session.leavePsc('operator')
    session.admit(b, psc())
    session.leavePsc('operator')
    session.leavePsc('setting')
    expect(rows).toHaveLength(1)
    expect(changes).toHaveLength(3)
  })

  it('does not lengthen the session', () => {
    const { session, pass } = workstation()
    session.admit(a, psc())
    session.leavePsc('operator')
    pass(3 * hour + 10)
    expect(session.connected()).toBeNull()
  })
})
