import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createIdle, type Idle, type IdleQuestion } from './idle.ts'
import { createOperatorSession } from './operator-session.ts'

const minute = 60_000
const second = 1000

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

/** Patricia has just come in by touching the keyboard. `asked`: how often the system was asked when it was last touched. */
function counter() {
  const start = Date.now()
  const monotonic = (): number => Date.now() - start
  const state = {
    touchedAt: monotonic(),
    minutes: 10,
    waits: false,
    attended: false,
    asked: 0,
    shown: [] as (IdleQuestion | null)[],
    doubts: 0,
    tells: (idleMs: number): number => idleMs,
  }
  const rows: JournalEvent[] = []
  const session = createOperatorSession({
    clock: { now: () => new Date(), monotonic },
    journal: { appendEventually: (row) => rows.push(row) },
    maxHours: () => 12,
  })
  const idle: Idle = createIdle({
    clock: { monotonic },
    idleMs: () => {
      state.asked += 1
      return state.tells(Math.floor((monotonic() - state.touchedAt) / second) * second)
    },
    minutes: () => state.minutes,
    session,
    waits: () => state.waits,
    attended: () => state.attended,
    lock: () => session.lock('idle'),
    unknown: () => (state.doubts += 1),
    changed: () => state.shown.push(idle.question()),
  })
  session.onChange(idle.sessionChanged)
  session.admit(patricia, { kind: 'password' })
  return {
    state,
    session,
    idle,
    rows,
    kind: () => session.state().session.kind,
    pass: (ms: number) => vi.advanceTimersByTime(ms),
    touch: () => {
      state.touchedAt = monotonic()
    },
  }
}

describe('a workstation that nobody touches', () => {
  it('is asked about after the time of the settings, and locked 20 s later', () => {
    const { idle, session, state, rows, kind, pass } = counter()
    pass(10 * minute - second)
    expect([idle.question(), kind()]).toEqual([null, 'connected'])
    pass(second)
    expect(idle.question()).toMatchObject({ id: 1, minutes: 10, held: { operator: patricia } })
    pass(19 * second)
    expect(kind()).toBe('connected')
    pass(second)
    expect(session.state().session).toMatchObject({ kind: 'locked', reason: 'idle' })
    expect(idle.question()).toBeNull()
    expect(state.shown).toHaveLength(2)
    expect(rows).toEqual([expect.objectContaining({ kind: 'session.locked', details: { reason: 'idle' } })])
  })

  it('is asked rarely when it was last touched, and not at all once locked', () => {
    const { state, pass } = counter()
    pass(10 * minute)
    expect(state.asked).toBeLessThanOrEqual(20)
    pass(minute)
    const { asked } = state
    pass(60 * minute)
    expect(state.asked).toBe(asked)
  })

  it('is locked by what the settings say now', () => {
    const { state, idle, pass } = counter()
    state.minutes = 240
    pass(30 * minute)
    expect(idle.question()).toBeNull()
    state.minutes = 1
    pass(30 * second)
    expect(idle.question()).toMatchObject({ minutes: 1 })
  })

  it('is nobody’s while nobody is connected', () => {
    const { state, session, pass, touch } = counter()
    session.end('disconnect')
    pass(60 * minute)
    expect(state.shown).toEqual([])
    // Somebody comes in without the keyboard, by telephone: they have their whole time.
    session.admit(patricia, { kind: 'password' })
    pass(10 * minute - second)
    expect(state.shown).toEqual([])
    touch()
    pass(9 * minute)
    expect(state.shown).toEqual([])
  })
})

describe('the grace of 20 s', () => {
  it('ends with any input, without a row, and the time is counted anew', () => {
    const { idle, rows, kind, pass, touch } = counter()
    pass(10 * minute + 5 * second)
    touch()
    pass(second)
    expect([idle.question(), kind(), rows]).toEqual([null, 'connected', []])
    pass(10 * minute - 2 * second)
    expect(idle.question()).toBeNull()
    pass(2 * second)
    expect(idle.question()).toMatchObject({ id: 2 })
  })

  it('is left to whoever is busy with the question, who is here at its end all the same', () => {
    const { idle, state, kind, pass, touch } = counter()
    pass(10 * minute)
    state.attended = true
    touch()
    pass(19 * second)
    expect(idle.question()).not.toBeNull()
    pass(second)
    expect([idle.question(), kind()]).toEqual([null, 'connected'])
  })

  it('does not keep a pointer that was left on the question from locking', () => {
    const { state, kind, pass } = counter()
    state.attended = true
    pass(10 * minute + 20 * second)
    expect(kind()).toBe('locked')
  })

  it.each(['lock', 'leave'] as const)('locks at once by « %s »', (answer) => {
    const { idle, session, pass, touch } = counter()
    pass(10 * minute)
    touch()
    idle.answer(answer, 1)
    expect(session.state().session).toMatchObject({ kind: 'locked', reason: 'idle' })
    expect(idle.question()).toBeNull()
  })

  it('keeps connected who answers so, though the system heard no input', () => {
    const { idle, kind, pass } = counter()
    pass(10 * minute)
    idle.answer('stay', 1)
    expect(idle.question()).toBeNull()
    pass(10 * minute - second)
    expect([idle.question(), kind()]).toEqual([null, 'connected'])
  })

  it('hears no answer to another question', () => {
    const { idle, kind, pass } = counter()
    idle.answer('lock')
    pass(10 * minute)
    idle.answer('lock', 7)
    expect([idle.question()?.id, kind()]).toEqual([1, 'connected'])
  })

  it('goes with its operator', () => {
    const { idle, session, state, pass } = counter()
    pass(10 * minute)
    session.end('disconnect')
    expect(idle.question()).toBeNull()
    expect(state.shown).toHaveLength(2)
  })

  it('gives way to a card that is pulled', () => {
    const { idle, kind, pass } = counter()
    pass(10 * minute)
    idle.touched()
    pass(minute)
    expect([idle.question(), kind()]).toEqual([null, 'connected'])
  })
})

describe('another question, or an identification elsewhere', () => {
  it('comes first, and the grace follows it', () => {
    const { idle, state, kind, pass } = counter()
    state.waits = true
    pass(12 * minute)
    expect([idle.question(), kind()]).toEqual([null, 'connected'])
    state.waits = false
    pass(second)
    expect(idle.question()).not.toBeNull()
  })
})

describe('a system that cannot tell', () => {
  it.each([
    ['always says « now »', () => 0],
    ['says nonsense', () => Number.NaN],
    [
      'throws',
      () => {
        throw new Error('no screen')
      },
    ],
  ])('%s: nothing locks, and it is said once', (_, tells) => {
    const { state, idle, kind, pass } = counter()
    state.tells = tells
    pass(120 * minute)
    expect([idle.question(), kind(), state.doubts]).toEqual([null, 'connected', 1])
  })

  it('is not suspected of it because somebody types', () => {
    const { state, pass, touch } = counter()
    pass(30 * second)
    for (let looks = 0; looks < 100; looks += 1) {
      touch()
      pass(30 * second)
    }
    expect(state.doubts).toBe(0)
  })

  it('locks nobody when it falls silent during the grace', () => {
    const { state, kind, pass } = counter()
    pass(10 * minute)
    state.tells = () => Number.NaN
    pass(minute)
    expect(kind()).toBe('connected')
  })
})
