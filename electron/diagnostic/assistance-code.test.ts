import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assistanceCode, digits, letters, readAssistanceCode } from './assistance-code.ts'
import {
  cardSummaries,
  databaseSummaries,
  pscSummaries,
  statesOf,
  type CardSummary,
  type DatabaseSummary,
  type PscSummary,
} from './states.ts'
import { healthySite } from '../program/testing/diagnostic-site.ts'

const everyState = cardSummaries.flatMap((card) =>
  pscSummaries.flatMap((psc) => databaseSummaries.map((database) => ({ card, psc, database }))),
)

describe('the assistance code', () => {
  it('is another one for each set of states, and none is heard for another', () => {
    const codes = everyState.map(assistanceCode)
    expect(new Set(codes).size).toBe(everyState.length)
    for (const code of codes) {
      expect(code).toMatch(/^[ACDEFGHJKLMNPQRTUVWXYZ][234679]-[234679]{2}$/u)
      expect(code).not.toMatch(/[O0I1S5B8]/u)
    }
    expect(new Set(letters + digits).size).toBe(letters.length + digits.length)
  })

  it('has room for every state, and keeps the codes that were read aloud', () => {
    expect(cardSummaries.length).toBeLessThanOrEqual(letters.length)
    expect(pscSummaries.length).toBeLessThanOrEqual(digits.length ** 2)
    expect(databaseSummaries.length).toBeLessThanOrEqual(digits.length)
    // Lists only grow at their ends: these change never again.
    expect(assistanceCode({ card: 'fine', psc: 'available', database: 'fine' })).toBe('A2-22')
    expect(assistanceCode({ card: 'no-reader', psc: 'unreachable', database: 'busy' })).toBe('L3-34')
    expect(assistanceCode({ card: 'remark', psc: 'certificate-expired', database: 'unusable' })).toBe('Z6-49')
  })

  it('is read back as it was said', () => {
    for (const states of everyState) expect(readAssistanceCode(assistanceCode(states))).toEqual(states)
    const told = { card: 'no-reader', psc: 'unreachable', database: 'busy' }
    for (const said of ['l3-34', 'L334', ' L 3 – 3 4 ', 'l3\u201134'])
      expect(readAssistanceCode(said)).toEqual(told)
  })

  it('is nothing else', () => {
    for (const said of [
      '',
      'L',
      'L3',
      'L3-3',
      'L3-344',
      'O3-34',
      'L0-34',
      'B3-34',
      'L9-92',
      '33-34',
      'K4-17',
    ]) {
      expect(readAssistanceCode(said)).toBeNull()
    }
    fc.assert(
      fc.property(fc.string(), (said) => {
        const read = readAssistanceCode(said)
        if (read !== null) expect(readAssistanceCode(assistanceCode(read))).toEqual(read)
      }),
    )
  })
})

const of = (given: Parameters<typeof healthySite>[0]) => statesOf(healthySite(given))
const silent = (): Promise<never> => new Promise(() => undefined)

describe('the states that it sums up', () => {
  it('are those of the site', async () => {
    expect(await of({})).toEqual({ card: 'off', psc: 'off', database: 'fine' })
    const reachable = { kind: 'on', host: 'auth', impeded: null, aheadMs: 0 } as const
    const psc = (more: object) => () =>
      Promise.resolve({ ...reachable, discovery: { kind: 'answered', tookMs: 1 } as const, ...more })
    const states: [Parameters<typeof healthySite>[0], CardSummary | PscSummary | DatabaseSummary][] = [
      [{ psc: psc({}) }, 'available'],
      [{ psc: psc({ discovery: { kind: 'answered', tookMs: 2001 } }) }, 'slow'],
      [{ psc: psc({ aheadMs: -300_000 }) }, 'clock-wrong'],
      [{ psc: psc({ discovery: { kind: 'unreachable', why: 'proxy', code: '407' } }) }, 'unreachable-proxy'],
      [{ psc: psc({ impeded: { impediment: 'key-mismatch', detail: null } }) }, 'key-mismatch'],
      [{ card: () => Promise.resolve({ kind: 'failed', why: 'hung' }) }, 'restarting'],
      [{ database: () => Promise.resolve({ kind: 'fault', fault: 'full' }) }, 'disk'],
      [{ database: () => Promise.resolve({ kind: 'none' }) }, 'missing'],
    ]
    for (const [given, expected] of states) expect(Object.values(await of(given))).toContain(expected)
  })

  it('are told at once: what has not answered is not waited for', async () => {
    const states = await statesOf(healthySite({ card: silent, psc: silent, database: silent }))
    expect(states).toEqual({ card: 'looking', psc: 'not-asked', database: 'unusable' })
  })
})
