import { describe, expect, it } from 'vitest'
import type { Operator } from '../operators/operator.ts'
import {
  admissionOf,
  admitted,
  ended,
  freshSession,
  heldIn,
  isOver,
  locked,
  millisecondsLeft,
  nobody,
  type HeldSession,
  type SessionState,
} from './session.ts'

const hour = 3_600_000
const password = { kind: 'password' } as const
const morning = new Date(2026, 2, 2, 8, 0)

function operator(code: string, lastDay: string | null = null): Operator {
  const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint', rpps: null } as const
  return { id: `id-${code}`, code, ...names, suspended: false, firstDay: null, lastDay, rights: [] }
}
const a = operator('A')
const b = operator('B')
const c = operator('C')

/** A session of four hours, given `hours` after the morning. */
function held(who: Operator, hours = 0): HeldSession {
  return freshSession(who, password, 4, new Date(morning.getTime() + hours * hour), hours * hour)
}

/** The operators come in one after the other, an hour apart. */
function after(...coming: Operator[]): SessionState {
  return coming.reduce((state, who, hours) => admitted(state, held(who, hours)), nobody)
}

const suspendedIn = (state: SessionState) => state.suspended.map((session) => session.operator.code)

describe('an operator who identifies', () => {
  it('is connected where nobody was, for a whole new session', () => {
    expect(admissionOf(nobody, a)).toBe('connected')
    expect(after(a)).toEqual({ session: { kind: 'connected', held: held(a) }, suspended: [] })
  })

  it('is connected in the place of another, whose session is suspended as it was', () => {
    const state = admitted(after(a), held(b, 1))
    expect(admissionOf(after(a), b)).toBe('connected')
    expect(state).toEqual({ session: { kind: 'connected', held: held(b, 1) }, suspended: [held(a)] })
  })

  it('is connected in the place of another whose session was locked, and does not unlock it', () => {
    const state = locked(after(a), 'switch')
    expect(admissionOf(state, b)).toBe('connected')
    expect(admitted(state, held(b, 1))).toEqual(after(a, b))
  })

  it('renews a session that is connected: a new end, the same beginning', () => {
    expect(admissionOf(after(a), a)).toBe('renewed')
    const session = heldIn(admitted(after(a), held(a, 3)).session)
    expect(session).toEqual({ ...held(a, 3), since: held(a).since })
  })

  it('unlocks a session that is locked, without prolonging it', () => {
    const state = locked(after(a), 'switch')
    expect(admissionOf(state, a)).toBe('unlocked')
    expect(admitted(state, held(a, 3))).toEqual(after(a))
  })

  it('resumes a session that is suspended, without prolonging it', () => {
    expect(admissionOf(after(a, b), a)).toBe('resumed')
    expect(admitted(after(a, b), held(a, 3))).toEqual({
      session: { kind: 'connected', held: held(a) },
      suspended: [held(b, 1)],
    })
  })

  it('comes in as they are now, with a role changed meanwhile', () => {
    const promoted: Operator = { ...a, role: 'titulaire' }
    for (const state of [after(a), locked(after(a), 'switch'), after(a, b)]) {
      expect(heldIn(admitted(state, held(promoted, 2)).session)?.operator).toBe(promoted)
    }
  })

  it('leaves the other suspended sessions as they are', () => {
    expect(suspendedIn(after(a, b, c))).toEqual(['A', 'B'])
    expect(suspendedIn(after(a, b, c, a))).toEqual(['B', 'C'])
    expect(suspendedIn(after(a, b, c, c))).toEqual(['A', 'B'])
  })

  it('comes back to a whole new session once theirs has ended', () => {
    const state = ended(after(a))
    expect(admissionOf(state, a)).toBe('connected')
    expect(admitted(state, held(a, 2))).toEqual({
      session: { kind: 'connected', held: held(a, 2) },
      suspended: [],
    })
  })
})

describe('locking', () => {
  it('keeps whose session it is, its end and the reason', () => {
    expect(locked(after(a), 'sleep').session).toEqual({ kind: 'locked', held: held(a), reason: 'sleep' })
  })

  it('changes nothing where nobody is connected or the session is locked already', () => {
    const state = locked(after(a), 'switch')
    expect(locked(nobody, 'idle')).toBe(nobody)
    expect(locked(state, 'idle')).toBe(state)
  })
})

describe('ending', () => {
  it('leaves nobody in front: a suspended session does not come back by itself', () => {
    expect(ended(after(a, b))).toEqual({ session: { kind: 'none' }, suspended: [held(a)] })
    expect(ended(locked(after(a), 'switch'))).toEqual(nobody)
  })
})

describe('a session', () => {
  const end = held(a).until
  const before = new Date(end.getTime() - 1)

  it.each([
    ['before its end by both clocks', before, 4 * hour - 1, false, 1],
    ['at its end by the wall clock', end, 0, true, 0],
    ['at its end by the monotonic clock, the wall clock set back', morning, 4 * hour, true, 0],
    ['long after', new Date(end.getTime() + hour), 9 * hour, true, 0],
  ])('%s', (_when, now, monotonic, over, left) => {
    expect(isOver(held(a), now, monotonic)).toBe(over)
    expect(millisecondsLeft(held(a), now, monotonic)).toBe(left)
  })

  it('lasts the hours that the settings give', () => {
    expect(freshSession(a, password, 0.5, morning, 7)).toEqual({
      operator: a,
      means: password,
      since: morning,
      until: new Date(2026, 2, 2, 8, 30),
      untilMonotonic: 7 + hour / 2,
    })
  })

  it("ends with the operator's last day when that comes first, by both clocks", () => {
    const evening = new Date(2026, 2, 2, 22, 0)
    const until = new Date(2026, 2, 3, 0, 0)
    expect(freshSession(operator('A', '2026-03-02'), password, 4, evening, 0)).toMatchObject({
      until,
      untilMonotonic: 2 * hour,
    })
    expect(freshSession(operator('A', '2026-03-03'), password, 4, evening, 0).untilMonotonic).toBe(4 * hour)
  })
})
