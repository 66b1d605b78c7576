import { describe, expect, it } from 'vitest'
import { healthySite } from '../program/testing/diagnostic-site.ts'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import { diagnose } from './diagnose.ts'
import { checkIds } from './finding.ts'
import { fine } from '../../renderer/ui/texts/diagnostic.ts'

const of = (look: Check['look'], timeoutMs = 50): Check => ({ id: 'disk', timeoutMs, look })
const silent: Check['look'] = () => new Promise(() => undefined)

describe('a diagnosis', () => {
  it('makes every check, in the order of their numbers', async () => {
    const ended: string[] = []
    const found = await diagnose(healthySite(), { ended: ({ id }) => ended.push(id) })
    expect(found.checks.map(({ id, number }) => [id, number])).toEqual(
      checkIds.map((id, index) => [id, index + 1]),
    )
    expect(ended.toSorted()).toEqual(checkIds.toSorted())
    expect(found.checks.filter(({ finding }) => finding.verdict !== 'fine')).toEqual([])
    expect(found).toMatchObject({ verdict: 'fine', code: 'C2-32' })
  })

  it('gives no check more than twelve seconds', () => {
    expect(Math.max(...checks.map(({ timeoutMs }) => timeoutMs))).toBeLessThanOrEqual(12_000)
  })

  it('takes no longer than its longest check is given, all of them at once', async () => {
    const began = performance.now()
    const list = [of(silent, 60), of(silent, 120), of(silent, 90)]
    const found = await diagnose(healthySite(), { list })
    const took = performance.now() - began
    expect(took).toBeGreaterThanOrEqual(118)
    expect(took).toBeLessThan(1000)
    const [first] = found.checks
    expect(first?.finding).toMatchObject({ verdict: 'watch' })
    expect(first?.finding.text).toMatch(/^Ce contrôle n'a pas répondu en 0,06\u00A0s\.$/u)
    expect(first?.finding.remedy).not.toBeNull()
  })

  it('tells of each check as it ends', async () => {
    const ended: number[] = []
    const list = [of(silent, 80), of(() => Promise.resolve(fine('Voilà.')))]
    await diagnose(healthySite(), { list, ended: ({ number }) => ended.push(number) })
    expect(ended).toEqual([2, 1])
  })

  it('goes on when a check fails, however it does', async () => {
    const list = [
      of(() => Promise.reject(new Error('no'))),
      of(() => {
        throw new Error('no')
      }),
      of(() => Promise.resolve(fine('Voilà.'))),
    ]
    const found = await diagnose(healthySite(), { list })
    expect(found.checks.map(({ finding }) => finding.verdict)).toEqual(['watch', 'watch', 'fine'])
    expect(found.verdict).toBe('watch')
  })

  it('ends when nobody waits for it any more, and so do its checks', async () => {
    const leaving = new AbortController()
    const aborted: boolean[] = []
    const look: Check['look'] = (_, signal) =>
      new Promise(() => signal.addEventListener('abort', () => aborted.push(true)))
    const found = diagnose(healthySite(), { list: [of(look, 60_000)], signal: leaving.signal })
    setTimeout(() => leaving.abort(), 10)
    expect((await found).checks.map(({ finding }) => finding.verdict)).toEqual(['watch'])
    expect(aborted).toEqual([true])
    const already = await diagnose(healthySite(), { list: [of(silent, 60_000)], signal: leaving.signal })
    expect(already.checks).toHaveLength(1)
  })

  it('tells a check that overran that it is over', async () => {
    const aborted: boolean[] = []
    const look: Check['look'] = (_, signal) =>
      new Promise(() => signal.addEventListener('abort', () => aborted.push(true)))
    await diagnose(healthySite(), { list: [of(look, 20)] })
    expect(aborted).toEqual([true])
  })
})
