import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, afterSuccess, untouched, verdict } from './throttle.ts'
import type { RecentFailures, ThrottleState } from './throttle.ts'

const start = Date.parse('2026-03-02T08:00:00Z')
const fresh: ThrottleState = { code: untouched, workstation: null }

/** The state after `count` failures of the same code, all at `now`. */
function afterFailures(count: number, now = start): ThrottleState {
  let state = fresh
  for (let failures = 1; failures <= count; failures++) state = afterFailure(state, recent(failures), now)
  return state
}

function recent(codeInDay: number, workstationInTenMinutes = 1): RecentFailures {
  return { codeInDay, workstationInTenMinutes }
}

describe('a code', () => {
  it.each([
    [0, { kind: 'free' }],
    [4, { kind: 'free' }],
    [5, { kind: 'wait', seconds: 61 }],
    [6, { kind: 'wait', seconds: 122 }],
    [7, { kind: 'wait', seconds: 244 }],
    [8, { kind: 'wait', seconds: 488 }],
    [9, { kind: 'wait', seconds: 976 }],
    [10, { kind: 'blocked' }],
  ])('after %i consecutive failures: %o', (failures, expected) => {
    expect(verdict(afterFailures(failures), start)).toEqual(expected)
  })

  it('may be tried again when the wait is over, to the second', () => {
    const state = afterFailures(5)
    expect(verdict(state, start + 60_999)).toEqual({ kind: 'wait', seconds: 1 })
    expect(verdict(state, start + 61_000)).toEqual({ kind: 'free' })
  })

  it('stays blocked whatever time passes', () => {
    const state = afterFailures(10)
    expect(verdict(state, start + 10 * 365 * 86_400_000)).toEqual({ kind: 'blocked' })
  })

  it('starts anew after a success', () => {
    expect(afterSuccess(afterFailures(4))).toEqual(fresh)
  })

  it('is blocked at the 25th failure in 24 h, successes in between notwithstanding', () => {
    expect(verdict(afterFailure(fresh, recent(24), start), start)).toEqual({ kind: 'free' })
    expect(verdict(afterFailure(fresh, recent(25), start), start)).toEqual({ kind: 'blocked' })
  })
})

describe('the workstation', () => {
  it.each([
    [19, { kind: 'free' }],
    [20, { kind: 'wait', seconds: 30 }],
    [21, { kind: 'wait', seconds: 60 }],
    [25, { kind: 'wait', seconds: 180 }],
  ])('after %i failures in 10 min: %o', (failures, expected) => {
    expect(verdict(afterFailure(fresh, recent(1, failures), start), start)).toEqual(expected)
  })

  it('waits even for a code that succeeded', () => {
    const state = afterSuccess(afterFailure(fresh, recent(1, 20), start))
    expect(verdict(state, start)).toEqual({ kind: 'wait', seconds: 30 })
  })

  it('the longer of the two waits counts', () => {
    const state = afterFailure(afterFailures(4), recent(5, 22), start)
    expect(verdict(state, start)).toEqual({ kind: 'wait', seconds: 90 })
  })
})

describe('properties', () => {
  it('no failure ever makes the next attempt freer', () => {
    const order = { free: 0, wait: 1, blocked: 2 }
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(30), (failures, inDay, inTenMinutes) => {
        const before = afterFailures(failures)
        const after = afterFailure(before, recent(inDay, inTenMinutes), start)
        expect(order[verdict(after, start).kind]).toBeGreaterThanOrEqual(order[verdict(before, start).kind])
      }),
    )
  })
})
