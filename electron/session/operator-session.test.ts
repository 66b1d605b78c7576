import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession, type OperatorSession } from './operator-session.ts'
import { admissionOf, heldIn } from './session.ts'

const minute = 60_000
const hour = 60 * minute

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 2, 2, 8, 0) }))
afterEach(() => vi.useRealTimers())

function operator(code: string, lastDay: string | null = null): Operator {
  const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint', rpps: null } as const
  return { id: `id-${code}`, code, ...names, suspended: false, firstDay: null, lastDay, rights: [] }
}
const a = operator('A')
const b = operator('B')
const c = operator('C')

/** A session at eight in the morning: both clocks run with the timers, and the wall clock can be set. */
function workstation(maxHours = 4) {
  const start = Date.now()
  let shift = 0
  const rows: JournalEvent[] = []
  const changes: string[] = []
  const session = createOperatorSession({
    clock: { now: () => new Date(Date.now() + shift), monotonic: () => Date.now() - start },
    journal: { appendEventually: (row) => rows.push(row) },
    maxHours: () => maxHours,
  })
  session.onChange((cause) => changes.push(cause))
  const setWallClock = (by: number): void => {
    shift += by
  }
  return { session, rows, changes, setWallClock, pass: (ms: number) => vi.advanceTimersByTime(ms) }
}

const endedRow = (code: string, reason: string) => ({
  kind: 'session.ended',
  outcome: 'done',
  operator: { id: `id-${code}`, code },
  means: 'password',
  details: { reason },
})
const frontOf = (session: OperatorSession) => heldIn(session.state().session)?.operator.code ?? null
const suspendedIn = (session: OperatorSession) => session.state().suspended.map((held) => held.operator.code)

describe('locking and ending', () => {
  it('take effect at once, and their rows are kept until the database answers', () => {
    const { session, rows, changes } = workstation()
    session.admit(a, { kind: 'password' })
    expect(session.connected()?.operator).toBe(a)
    session.lock('switch')
    expect(session.connected()).toBeNull()
    expect(session.state().session).toMatchObject({ kind: 'locked', reason: 'switch' })
    session.end('disconnect')
    expect(session.state().session.kind).toBe('none')
    expect(rows).toEqual([
      {
        kind: 'session.locked',
        outcome: 'done',
        operator: { id: 'id-A', code: 'A' },
        details: { reason: 'switch' },
      },
      endedRow('A', 'disconnect'),
    ])
    expect(changes).toEqual(['changed', 'changed', 'changed'])
  })

  it('end those that are suspended too when the day is closed, each with its row', () => {
    const { session, rows, changes } = workstation()
    for (const coming of [a, b, c]) session.admit(coming, { kind: 'password' })
    session.lock('idle')
    rows.length = 0
    changes.length = 0
    session.endAll('day-closed')
    expect(session.state()).toEqual({ session: { kind: 'none' }, suspended: [] })
    expect(rows).toEqual(['C', 'A', 'B'].map((code) => endedRow(code, 'day-closed')))
    session.endAll('day-closed')
    expect([rows.length, changes]).toEqual([3, ['changed']])
  })

  it('do nothing and write nothing where there is nothing to lock or end', () => {
    const { session, rows, changes } = workstation()
    session.lock('idle')
    session.end('disconnect')
    expect([rows, changes]).toEqual([[], []])
    session.admit(a, { kind: 'password' })
    session.lock('idle')
    session.lock('sleep')
    expect(rows).toHaveLength(1)
    expect(session.state().session).toMatchObject({ reason: 'idle' })
  })

  it('leave suspended sessions to their operators', () => {
    const { session, rows } = workstation()
    session.admit(a, { kind: 'password' })
    session.admit(b, { kind: 'password' })
    session.end('disconnect')
    expect(rows).toEqual([endedRow('B', 'disconnect')])
    expect([frontOf(session), suspendedIn(session)]).toEqual([null, ['A']])
  })
})

describe('a session ends by itself', () => {
  it('after its hours, and says that it expired', () => {
    const { session, rows, changes, pass } = workstation()
    session.admit(a, { kind: 'password' })
    pass(4 * hour - 1)
    expect(frontOf(session)).toBe('A')
    pass(10)
    expect(frontOf(session)).toBeNull()
    expect(rows).toEqual([endedRow('A', 'expired')])
    expect(changes.at(-1)).toBe('expired')
  })

  it('when the wall clock is set forward past its end, at the next comparison', () => {
    const { session, changes, setWallClock, pass } = workstation()
    session.admit(a, { kind: 'password' })
    setWallClock(5 * hour)
    pass(31_000)
    expect([frontOf(session), changes.at(-1)]).toEqual([null, 'expired'])
  })

  it('at once on resume from sleep', () => {
    const { session, setWallClock } = workstation()
    session.admit(a, { kind: 'password' })
    setWallClock(5 * hour)
    session.check()
    expect(frontOf(session)).toBeNull()
  })

  it('no later when the wall clock is set back', () => {
    const { session, setWallClock, pass } = workstation()
    session.admit(a, { kind: 'password' })
    pass(hour)
    setWallClock(-24 * hour)
    pass(3 * hour - 1)
    expect(frontOf(session)).toBe('A')
    pass(10)
    expect(frontOf(session)).toBeNull()
  })

  it('at the end of the last day', () => {
    const { session, changes, pass } = workstation(12)
    pass(13 * hour)
    session.admit(operator('A', '2026-03-02'), { kind: 'password' })
    pass(3 * hour - 1)
    expect(frontOf(session)).toBe('A')
    pass(10)
    expect([frontOf(session), changes.at(-1)]).toEqual([null, 'inactive'])
  })

  it('when the day is no longer one of those the operator works', () => {
    const { session, setWallClock } = workstation()
    session.admit({ ...a, firstDay: '2026-03-02' }, { kind: 'password' })
    setWallClock(-24 * hour)
    session.check()
    expect(frontOf(session)).toBeNull()
  })

  it('while it is locked too', () => {
    const { session, rows, pass } = workstation()
    session.admit(a, { kind: 'password' })
    session.lock('switch')
    pass(4 * hour + 10)
    expect(session.state().session.kind).toBe('none')
    expect(rows.at(-1)).toEqual(endedRow('A', 'expired'))
  })

  it('while it is suspended too, without troubling the one in front', () => {
    const { session, rows, changes, pass } = workstation()
    session.admit(a, { kind: 'password' })
    pass(hour)
    session.admit(b, { kind: 'password' })
    pass(3 * hour + 10)
    expect([frontOf(session), suspendedIn(session)]).toEqual(['B', []])
    expect(rows).toEqual([endedRow('A', 'expired')])
    expect(changes.at(-1)).toBe('changed')
  })

  it('with those suspended whose end has come as well, each with its row', () => {
    const { session, rows, setWallClock } = workstation()
    session.admit(a, { kind: 'password' })
    session.admit(b, { kind: 'password' })
    setWallClock(5 * hour)
    session.check()
    expect([frontOf(session), suspendedIn(session)]).toEqual([null, []])
    expect(rows).toEqual([endedRow('A', 'expired'), endedRow('B', 'expired')])
  })

  it('four hours after it was renewed, at its first end when it was only unlocked', () => {
    const { session, pass } = workstation()
    session.admit(a, { kind: 'password' })
    pass(3 * hour)
    session.admit(a, { kind: 'password' })
    pass(3 * hour)
    session.lock('switch')
    session.admit(a, { kind: 'password' })
    pass(hour - 1)
    expect(frontOf(session)).toBe('A')
    pass(10)
    expect(frontOf(session)).toBeNull()
  })
})

describe('a session that ends soon', () => {
  it('is told ten minutes before, once, and no longer once renewed', () => {
    const { session, changes, pass } = workstation()
    session.admit(a, { kind: 'password' })
    pass(4 * hour - 10 * minute - 1)
    expect([session.endingSoon(), changes]).toEqual([false, ['changed']])
    pass(10)
    expect([session.endingSoon(), changes]).toEqual([true, ['changed', 'changed']])
    pass(5 * minute)
    expect(changes).toHaveLength(2)
    session.admit(a, { kind: 'password' })
    expect(session.endingSoon()).toBe(false)
  })

  it('is told at its half when sessions are very short', () => {
    const { session, pass } = workstation(0.1)
    session.admit(a, { kind: 'password' })
    expect(session.endingSoon()).toBe(false)
    pass(3 * minute + 10)
    expect(session.endingSoon()).toBe(true)
  })

  it('is nobody’s where nobody is connected', () => {
    expect(workstation().session.endingSoon()).toBe(false)
  })
})

/** A row of an admission. */
const row = (kind: string, code: string, details: object = {}) => ({
  kind,
  outcome: 'done',
  operator: { id: `id-${code}`, code },
  details,
  ...(kind === 'session.suspended' ? {} : { means: 'password', reference: '7K2-49R' }),
})
/** A time of that day, as rows write it. */
const at = (hour: number) => ({ until: new Date(2026, 2, 2, hour).toISOString() })

describe('the rows of an admission', () => {
  it('say how each comes in and until when, and who gives their place', () => {
    const { session, pass } = workstation()
    const admission = (who: Operator) => {
      const events = session.admissionEvents(who, { kind: 'password' }, '7K2-49R')
      session.admit(who, { kind: 'password' })
      return events
    }
    expect(admission(a)).toEqual([row('session.connected', 'A', at(12))])
    pass(hour)
    expect(admission(a)).toEqual([row('session.renewed', 'A', at(13))])
    expect(admission(b)).toEqual([row('session.suspended', 'A'), row('session.connected', 'B', at(13))])
    pass(hour)
    expect(admission(a)).toEqual([row('session.suspended', 'B'), row('session.resumed', 'A', at(13))])
    session.lock('switch')
    expect(admission(a)).toEqual([row('session.unlocked', 'A')])
    session.lock('switch')
    expect(admission(b)).toEqual([row('session.suspended', 'A'), row('session.resumed', 'B', at(13))])
  })

  it('change nothing by being asked for', () => {
    const { session, rows, changes } = workstation()
    session.admit(a, { kind: 'password' })
    const before = session.state()
    session.admissionEvents(b, { kind: 'password' }, '7K2-49R')
    expect(session.state()).toBe(before)
    expect([rows, changes]).toEqual([[], ['changed']])
  })
})

describe('whatever happens', () => {
  type Step =
    | { readonly do: 'admit'; readonly who: Operator }
    | { readonly do: 'lock' | 'end' | 'check' | 'ask' }
    | { readonly do: 'pass' | 'set'; readonly ms: number }
  const steps = fc.array(
    fc.oneof(
      fc.constantFrom(a, b, c, operator('D', '2026-03-02')).map((who): Step => ({ do: 'admit', who })),
      fc.constantFrom('lock', 'end', 'check', 'ask').map((step): Step => ({ do: step })),
      fc.nat(3 * hour).map((ms): Step => ({ do: 'pass', ms })),
      fc.integer({ min: -30 * hour, max: 30 * hour }).map((ms): Step => ({ do: 'set', ms })),
    ),
    { maxLength: 30 },
  )

  function take(step: Step, { session, pass, setWallClock }: ReturnType<typeof workstation>): void {
    switch (step.do) {
      case 'admit':
        return session.admit(step.who, { kind: 'password' })
      case 'lock':
        return session.lock('switch')
      case 'end':
        return session.end('disconnect')
      case 'check':
        return session.check()
      case 'ask':
        return void session.admissionEvents(a, { kind: 'password' }, '7K2-49R')
      case 'pass':
        return void pass(step.ms)
      case 'set':
        return setWallClock(step.ms)
    }
  }

  it('only their own admission makes an operator connected', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const place = workstation()
        for (const step of taken) {
          const before = place.session.connected()
          take(step, place)
          const now = place.session.connected()
          if (step.do === 'admit') expect(now?.operator).toBe(step.who)
          else if (now !== null) expect(now).toBe(before)
        }
      }),
    )
  })

  it('nobody has two sessions on a workstation, and none is longer than its hours', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const place = workstation()
        for (const step of taken) take(step, place)
        const { session, suspended } = place.session.state()
        const all = [heldIn(session), ...suspended].filter((held) => held !== null)
        expect(new Set(all.map(({ operator: { id } }) => id)).size).toBe(all.length)
        place.pass(4 * hour + 10)
        expect(place.session.state()).toEqual({ session: { kind: 'none' }, suspended: [] })
      }),
    )
  })

  it('the rows of an admission are what it then does', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(a, b, c), (taken, who) => {
        const place = workstation()
        for (const step of taken) take(step, place)
        const { session } = place
        const front = frontOf(session)
        const admission = admissionOf(session.state(), who)
        const rows = session.admissionEvents(who, { kind: 'password' }, '7K2-49R')
        session.admit(who, { kind: 'password' })
        const until = session.connected()?.until.toISOString()
        expect(rows.at(-1)).toMatchObject({
          kind: `session.${admission}`,
          operator: { code: who.code },
          details: admission === 'unlocked' ? {} : { until },
        })
        const gaveTheirPlace = rows.slice(0, -1).map((row) => row.operator?.code)
        expect(gaveTheirPlace).toEqual(front === null || front === who.code ? [] : [front])
        expect(suspendedIn(session)).toEqual(expect.arrayContaining(gaveTheirPlace))
      }),
    )
  })
})

describe('an operator who is changed', () => {
  const role = 'preparateur'

  it('has their new names and role in each session held here', () => {
    const { session, rows, changes } = workstation()
    session.admit(a, { kind: 'password' })
    session.admit(b, { kind: 'password' })
    const before = session.state()
    session.operatorChanged({ ...a, role }, 'changed')
    session.operatorChanged({ ...b, role }, 'changed')
    expect(session.connected()).toEqual({ ...heldIn(before.session), operator: { ...b, role } })
    expect(session.state().suspended).toEqual([{ ...before.suspended[0], operator: { ...a, role } }])
    session.lock('idle')
    session.operatorChanged({ ...b, lastName: 'Autre' }, 'changed')
    expect(session.state().session).toMatchObject({
      kind: 'locked',
      held: { operator: { lastName: 'Autre' } },
    })
    expect([rows.length, changes.at(-1)]).toEqual([1, 'changed'])
  })

  it('and works nowhere here changes nothing', () => {
    const { session, rows, changes } = workstation()
    session.operatorChanged({ ...a, suspended: true }, 'changed')
    session.admit(a, { kind: 'password' })
    session.operatorChanged({ ...b, suspended: true }, 'changed')
    expect([session.connected()?.operator, rows, changes]).toEqual([a, [], ['changed']])
  })

  it('so that they may not work any more has their session ended at once, connected or locked', () => {
    const stops = [{ suspended: true }, { lastDay: '2026-03-01' }, { firstDay: '2026-03-03' }]
    for (const stop of stops) {
      for (const lock of [false, true]) {
        const { session, rows, changes } = workstation()
        session.admit(b, { kind: 'password' })
        session.admit(a, { kind: 'password' })
        if (lock) session.lock('idle')
        session.operatorChanged({ ...a, ...stop }, 'changed')
        expect(session.state().session).toEqual({ kind: 'none' })
        expect([suspendedIn(session), changes.at(-1)]).toEqual([['B'], 'withdrawn'])
        expect(rows.at(-1)).toEqual(endedRow('A', 'suspended'))
      }
    }
  })

  it('has a suspended session ended without a word to who works there now', () => {
    const { session, rows, changes } = workstation()
    session.admit(a, { kind: 'password' })
    session.admit(b, { kind: 'password' })
    session.operatorChanged({ ...a, suspended: true }, 'changed')
    expect([frontOf(session), suspendedIn(session), changes.at(-1)]).toEqual(['B', [], 'changed'])
    expect(rows).toEqual([endedRow('A', 'suspended')])
  })

  it('comes in again with the password that somebody gave them', () => {
    const { session, rows, changes } = workstation()
    session.admit(a, { kind: 'password' })
    session.operatorChanged(a, 'password-reset')
    expect([frontOf(session), changes.at(-1)]).toEqual([null, 'withdrawn'])
    expect(rows).toEqual([endedRow('A', 'password-reset')])
  })

  it('leaves on the last day that was given meanwhile, and never later than before', () => {
    const { session, pass, setWallClock } = workstation(20)
    session.admit(a, { kind: 'password' })
    const { until } = session.connected() ?? expect.unreachable()
    session.operatorChanged({ ...a, lastDay: '2026-03-02' }, 'changed')
    expect(session.connected()?.until).toEqual(new Date(2026, 2, 3))
    session.operatorChanged({ ...a, lastDay: '2026-03-20' }, 'changed')
    expect(session.connected()?.until).toEqual(new Date(2026, 2, 3))
    expect(until).toEqual(new Date(2026, 2, 3, 4))
    // The wall clock set back lengthens nothing.
    setWallClock(-2 * hour)
    pass(16 * hour - 1000)
    expect(frontOf(session)).toBe('A')
    pass(31_000)
    expect(frontOf(session)).toBeNull()
  })
})
