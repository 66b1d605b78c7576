import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { heldIn } from '../session/session.ts'
import { createLocks } from './locks.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function operator(code: string): Operator {
  const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint', rpps: null } as const
  return { id: `id-${code}`, code, ...names, suspended: false, firstDay: null, lastDay: null, rights: [] }
}

/** « 2 » is connected, « 1 » suspended. `order`: what happened, in order. */
function counter() {
  const rows: JournalEvent[] = []
  const order: string[] = []
  const monitor = new EventEmitter()
  const session = createOperatorSession({
    clock: { now: () => new Date(), monotonic: () => Date.now() },
    journal: { appendEventually: (row) => rows.push(row) },
    maxHours: () => 4,
  })
  session.admit(operator('1'), { kind: 'password' })
  session.admit(operator('2'), { kind: 'password' })
  session.onChange(() => order.push(session.state().session.kind))
  createLocks({
    monitor,
    session,
    lock: (reason) => {
      session.lock(reason)
      order.push('gave up')
    },
    sleeps: () => order.push('sleeps'),
    wakes: () => order.push('wakes'),
    back: () => order.push('back'),
  })
  const front = () => {
    const state = session.state().session
    return [state.kind, heldIn(state)?.operator.code, state.kind === 'locked' ? state.reason : null]
  }
  return { monitor, session, rows, order, front, tell: (event: string) => monitor.emit(event) }
}

describe('the system', () => {
  it.each([
    ['lock-screen', 'system-lock'],
    ['user-did-resign-active', 'system-lock'],
    ['suspend', 'sleep'],
    ['resume', 'sleep'],
  ])('that tells %s locks at once, then gives up who was coming', (event, reason) => {
    const { tell, order, front } = counter()
    tell(event)
    expect(front()).toEqual(['locked', '2', reason])
    expect(order.slice(0, 2)).toEqual(['locked', 'gave up'])
  })

  it('gives up who was coming though nobody is connected', () => {
    const { tell, session, order } = counter()
    session.end('disconnect')
    order.length = 0
    tell('lock-screen')
    expect(order[0]).toBe('gave up')
  })

  it.each(['lock-screen', 'suspend'])('locks out who came in as it told %s', (event) => {
    const { tell, session, front } = counter()
    tell(event)
    session.admit(operator('2'), { kind: 'password' })
    vi.advanceTimersByTime(1000)
    expect(front()[0]).toBe('locked')
  })

  it.each(['unlock-screen', 'user-did-become-active'])(
    'that is back (%s) locks out nobody who comes in then',
    (event) => {
      const { tell, session, front } = counter()
      tell('lock-screen')
      session.admit(operator('2'), { kind: 'password' })
      tell(event)
      expect(front()[0]).toBe('locked')
      session.admit(operator('2'), { kind: 'password' })
      vi.advanceTimersByTime(60_000)
      expect(front()[0]).toBe('connected')
    },
  )

  it('keeps the first reason, and its row', () => {
    const { tell, rows, front } = counter()
    tell('lock-screen')
    tell('suspend')
    tell('resume')
    expect(front()).toEqual(['locked', '2', 'system-lock'])
    expect(rows.filter(({ kind }) => kind === 'session.locked')).toHaveLength(1)
  })

  it('that wakes after the end of the sessions finds nobody, the suspended ones included', () => {
    const { tell, session, rows, order } = counter()
    tell('suspend')
    vi.setSystemTime(Date.now() + 5 * 3_600_000)
    tell('resume')
    expect(session.state()).toEqual({ session: { kind: 'none' }, suspended: [] })
    expect(rows.filter(({ kind }) => kind === 'session.ended')).toHaveLength(2)
    // What is asked of the network comes last.
    expect(order.slice(-2)).toEqual(['back', 'wakes'])
  })
})
