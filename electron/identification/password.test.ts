import { parseOptions } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { argon2Parameters } from '../argon2id.ts'
import { hashPassword, isTooLong, nobodysHash, verifyAgainstNobody, verifyPassword } from './password.ts'

/** Median times of several works, made in turn so that a busy machine slows them alike. */
async function medians(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => [])
  for (let round = 0; round < 9; round++) {
    for (const [index, work] of works.entries()) {
      const begin = performance.now()
      await work()
      times[index]?.push(performance.now() - begin)
    }
  }
  return times.map((taken) => taken.sort((a, b) => a - b)[4] ?? 0)
}

describe('passwords', () => {
  it('are hashed by argon2id with the announced parameters and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('mauve girafe'), hashPassword('mauve girafe')])
    expect(parseOptions(first)).toMatchObject(argon2Parameters)
    expect(first).not.toBe(second)
    expect(await verifyPassword(first, 'mauve girafe')).toBe(true)
    expect(await verifyPassword(first, 'mauve girafE')).toBe(false)
  })

  it('do not depend on how a keyboard composes accents', async () => {
    const hash = await hashPassword('élève'.normalize('NFD'))
    expect(await verifyPassword(hash, 'élève'.normalize('NFC'))).toBe(true)
  })

  it('have at most 128 characters', async () => {
    expect(isTooLong('é'.normalize('NFD').repeat(128))).toBe(false)
    expect(isTooLong('🦒'.repeat(128))).toBe(false)
    expect(isTooLong('a'.repeat(129))).toBe(true)
    await expect(hashPassword('a'.repeat(129))).rejects.toThrow(RangeError)
    const hash = await hashPassword('a'.repeat(128))
    expect(await verifyPassword(hash, 'a'.repeat(128))).toBe(true)
    expect(await verifyPassword(hash, 'a'.repeat(129))).toBe(false)
  })
})

describe('nobody', () => {
  it('has a hash of the same parameters, so that it costs the same', () => {
    expect(parseOptions(nobodysHash)).toMatchObject(argon2Parameters)
  })

  it('is never let in', async () => {
    expect(await verifyAgainstNobody('nobody has this password')).toBe(false)
    expect(await verifyAgainstNobody('a'.repeat(129))).toBe(false)
  })

  it('takes the time of somebody', async () => {
    const hash = await hashPassword('mauve girafe')
    const [somebody = 0, nobody = 0, tooLong = 0] = await medians([
      () => verifyPassword(hash, 'wrong'),
      () => verifyAgainstNobody('wrong'),
      () => verifyPassword(hash, 'a'.repeat(200)),
    ])
    for (const time of [nobody, tooLong]) {
      expect(time / somebody).toBeGreaterThan(0.6)
      expect(time / somebody).toBeLessThan(1.7)
    }
  }, 20_000)
})
