import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operator } from '../operators/operator.ts'
import {
  admitted,
  freshSession,
  hasPscLevel,
  heldIn,
  holdsBrowser,
  holdsPsc,
  isByPsc,
  locked,
  nobody,
  withOperator,
  withoutPsc,
  type Evidence,
  type HeldSession,
  type SessionState,
} from './session.ts'

const hour = 3_600_000
const morning = new Date(2026, 2, 2, 8, 0)

function operator(code: string, lastDay: string | null = null): Operator {
  const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint', rpps: null } as const
  return { id: `id-${code}`, code, ...names, suspended: false, firstDay: null, lastDay, rights: [] }
}
const a = operator('A')
const b = operator('B')
const password: Evidence = { kind: 'password' }
const pscUntil = (endsAt: number, inBrowser = true): Evidence => ({
  kind: 'psc',
  credential: 'card',
  inBrowser,
  acr: 'eidas3',
  acrFrom: 'psc',
  endsAt,
})

/** The session that an identification is worth, `hours` after the morning, on a monotonic clock begun then. */
function held(who: Operator, evidence: Evidence, hours = 0): HeldSession {
  return freshSession(who, evidence, 4, new Date(morning.getTime() + hours * hour), hours * hour)
}
const at = (hours: number, minutes = 0) => new Date(2026, 2, 2, hours, minutes)
const byPsc = (who: Operator, inBrowser = true) => admitted(nobody, held(who, pscUntil(3 * hour, inBrowser)))
const frontOf = (state: SessionState) => heldIn(state.session)

describe('a session by Pro Santé Connect ends', () => {
  it.each([
    ['with PSC’s own, when that comes first', 4, a, 3 * hour, at(11)],
    ['after its hours, when they come first', 2, a, 3 * hour, at(10)],
    ['with the last day, when that comes first', 12, operator('A', '2026-03-02'), 20 * hour, at(20)],
    ['at once when PSC’s own is over', 4, a, 0, at(8)],
  ])('%s', (_, maxHours, who, endsAt, until) => {
    const session = freshSession(who, pscUntil(endsAt), maxHours, morning, 0)
    expect(session.until).toEqual(until)
    expect(session.untilMonotonic).toBe(until.getTime() - morning.getTime())
  })

  it('with the last day before PSC’s own and its hours', () => {
    const evening = new Date(2026, 2, 2, 22)
    const session = freshSession(operator('A', '2026-03-02'), pscUntil(4 * hour), 4, evening, 0)
    expect(session.until).toEqual(new Date(2026, 2, 3))
  })

  it('at the same time by both clocks, and never later than one by a password', () => {
    fc.assert(
      fc.property(
        fc.nat(12 * hour),
        fc.nat(hour),
        fc.double({ min: 0.1, max: 12, noNaN: true }),
        (left, since, max) => {
          const byPsc = freshSession(a, pscUntil(since + left), max, morning, since)
          const byPassword = freshSession(a, password, max, morning, since)
          expect(byPsc.until.getTime()).toBeLessThanOrEqual(byPassword.until.getTime())
          expect(byPsc.until.getTime() - morning.getTime()).toBeLessThanOrEqual(left)
          expect(byPsc.untilMonotonic - since).toBe(byPsc.until.getTime() - morning.getTime())
        },
      ),
    )
  })

  it('at its own end only, by a password', () => {
    expect(held(a, password).until).toEqual(at(12))
  })
})

describe('a session by Pro Santé Connect', () => {
  const byPsc = admitted(nobody, held(a, pscUntil(3 * hour)))

  it('keeps its level and its end when it is unlocked by a password', () => {
    const state = admitted(locked(byPsc, 'switch'), held(a, password, 2))
    expect(state).toEqual(byPsc)
    expect(hasPscLevel(frontOf(state))).toBe(true)
  })

  it('keeps its level and its end when it is resumed by a password', () => {
    const suspended = admitted(byPsc, held(b, password, 1))
    const state = admitted(suspended, held(a, password, 2))
    expect(frontOf(state)).toEqual(frontOf(byPsc))
  })

  it('takes the new end when it is unlocked by Pro Santé Connect, and keeps its beginning', () => {
    const again = held(a, pscUntil(6 * hour), 2)
    const state = admitted(locked(byPsc, 'switch'), again)
    expect(frontOf(state)).toEqual({ ...again, since: morning })
  })
})

describe('a session by a password', () => {
  const byPassword = admitted(nobody, held(a, password))
  const again = held(a, pscUntil(5 * hour), 1)

  it.each([
    ['renewed', byPassword],
    ['unlocked', locked(byPassword, 'switch')],
    ['resumed', admitted(byPassword, held(b, password, 1))],
  ])('is raised when it is %s by Pro Santé Connect', (_, state) => {
    expect(frontOf(admitted(state, again))).toEqual({ ...again, since: morning })
  })
})

describe('leaving Pro Santé Connect', () => {
  const byPsc = admitted(nobody, held(a, pscUntil(3 * hour)))
  const left = { ...held(a, pscUntil(3 * hour)), means: { kind: 'psc-left', inBrowser: false } }

  it('keeps the operator and the end, at the level of a password', () => {
    expect(withoutPsc(byPsc, false)).toEqual({ session: { kind: 'connected', held: left }, suspended: [] })
    expect(isByPsc(frontOf(withoutPsc(byPsc, false)))).toBe(false)
    expect(hasPscLevel(frontOf(withoutPsc(byPsc, false)))).toBe(false)
  })

  it('keeps the lock', () => {
    expect(withoutPsc(locked(byPsc, 'idle'), false).session).toEqual({
      kind: 'locked',
      held: left,
      reason: 'idle',
    })
  })

  it('is for good: a password does not bring it back', () => {
    const state = admitted(locked(withoutPsc(byPsc, false), 'switch'), held(a, password, 1))
    expect(frontOf(state)).toEqual(left)
  })

  it('changes nothing where there is none to leave', () => {
    const byPassword = admitted(nobody, held(a, password))
    for (const state of [nobody, byPassword, withoutPsc(byPsc, false)])
      expect(withoutPsc(state, false)).toBe(state)
  })

  it('leaves a suspended session what it had', () => {
    const state = admitted(byPsc, held(b, password, 1))
    expect(withoutPsc(state, false)).toBe(state)
  })
})

describe('a session by a broker whose level is its own', () => {
  const evidence = { ...pscUntil(3 * hour), acrFrom: 'broker' } as const
  const byBroker = admitted(nobody, held(a, evidence))

  it('holds a session in the browser, and not the level of Pro Santé Connect', () => {
    expect([isByPsc, holdsBrowser, hasPscLevel].map((told) => told(frontOf(byBroker)))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('keeps it so when it is unlocked or resumed by a password', () => {
    const unlocked = admitted(locked(byBroker, 'switch'), held(a, password, 1))
    const resumed = admitted(admitted(byBroker, held(b, password, 1)), held(a, password, 2))
    expect([frontOf(unlocked), frontOf(resumed)]).toEqual([frontOf(byBroker), frontOf(byBroker)])
  })

  it('can be left', () => {
    expect(frontOf(withoutPsc(byBroker, true))?.means).toEqual({ kind: 'psc-left', inBrowser: true })
  })
})

describe('no session', () => {
  it('is by nothing', () => {
    expect([isByPsc, holdsBrowser, hasPscLevel].map((told) => told(null))).toEqual([false, false, false])
  })
})

describe('« Déconnecter » ends', () => {
  const byPsc = (flow: 'code' | 'ciba') => held(a, pscUntil(4 * hour, flow === 'code'))
  const left = (flow: 'code' | 'ciba', staysThere: boolean) => {
    const state: SessionState = { session: { kind: 'connected', held: byPsc(flow) }, suspended: [] }
    return frontOf(withoutPsc(state, staysThere))
  }

  it.each([
    ['Pro Santé Connect and the browser, after the browser', byPsc('code'), true, true],
    ['Pro Santé Connect alone, after a phone', byPsc('ciba'), true, false],
    ['the browser still, when Pro Santé Connect was left here only', left('code', true), true, true],
    ['nothing more, when it was left everywhere', left('code', false), false, false],
    ['nothing more, when what a phone had opened was left', left('ciba', true), false, false],
    ['nothing of Pro Santé Connect, after a password', held(a, password), false, false],
    ['nothing when nobody is there', null, false, false],
  ])('%s', (_what, session, psc, browser) => {
    expect([holdsPsc(session), holdsBrowser(session)]).toEqual([psc, browser])
  })

  it.each(['connected', 'locked'] as const)(
    'the browser still, when they came in by it and again by phone (%s)',
    (kind) => {
      const first = admitted(nobody, byPsc('code'))
      const state = kind === 'locked' ? locked(first, 'idle') : first
      expect(holdsBrowser(frontOf(admitted(state, byPsc('ciba'))))).toBe(true)
      expect(holdsBrowser(frontOf(admitted(admitted(nobody, byPsc('ciba')), byPsc('ciba'))))).toBe(false)
    },
  )
})

describe('an operator who is changed', () => {
  const rpps = { kind: 'rpps', digits: '99700261797' } as const
  const identified: Operator = { ...a, rpps }
  const others: Operator['rpps'][] = [null, { kind: 'rpps', digits: '99700427885' }]

  it.each(others)('loses the level that PSC gave for another RPPS than %o', (other) => {
    const changed = { ...identified, rpps: other }
    for (const inBrowser of [true, false]) {
      const state = byPsc(identified, inBrowser)
      for (const each of [state, locked(state, 'idle')]) {
        const front = frontOf(withOperator(each, changed))
        expect(front).toEqual({
          ...frontOf(state),
          operator: changed,
          means: { kind: 'psc-left', inBrowser },
        })
        expect([hasPscLevel(front), holdsBrowser(front)]).toEqual([false, inBrowser])
      }
    }
    const suspended = admitted(byPsc(identified), held(b, password))
    expect(withOperator(suspended, changed).suspended).toMatchObject([{ means: { kind: 'psc-left' } }])
    // What is read at the password that unlocks says the same.
    const unlocked = admitted(locked(byPsc(identified), 'idle'), held(changed, password, 1))
    expect(hasPscLevel(frontOf(unlocked))).toBe(false)
  })

  it('keeps it with the same RPPS, whatever else they have', () => {
    const renamed: Operator = { ...identified, rpps: { ...rpps }, role: 'titulaire' }
    expect(frontOf(withOperator(byPsc(identified), renamed))).toEqual({
      ...frontOf(byPsc(identified)),
      operator: renamed,
    })
  })
})
