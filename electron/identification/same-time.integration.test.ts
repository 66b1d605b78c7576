import { hash, verify } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestSqlite, type TestDatabase } from '../storage/testing/engines.ts'
import { createPasswordIdentification } from './identification.ts'
import { argon2Parameters } from '../argon2id.ts'
import { hashPassword, verifyAgainstNobody } from './password.ts'
import { anyone, openCounter, right, type Counter } from './testing/counter.ts'

/**
 * Product §3.1: an unknown code and a wrong password take the same time. The two are tried in turn, in an order drawn
 * for each pair, so that whatever else the machine does falls on both; what is compared is what they tell apart of each
 * other, with what chance alone would, never with a time.
 */

/** Cheap enough for hundreds of attempts; 200 pairs with the product's own parameters would take half a minute. */
const cheap = { ...argon2Parameters, memoryCost: 4096, timeCost: 1 }
const relabellings = 2000
/** Beyond what the luckiest of all relabellings shows: not once in the life of this test. */
const margin = 1.2

type Pair = { readonly known: number; readonly unknown: number }

let database: TestDatabase
let place: Counter
beforeAll(async () => {
  database = await openTestSqlite()
  place = await openCounter(database)
})
afterAll(() => database.dispose())

/** What another program does meanwhile may fall on one side once; what tells the two apart does each time. */
const patience = { retry: 2, timeout: 60_000 }

describe('a wrong password and an unknown code', patience, () => {
  it('take the same time, over 200 attempts each', async () => {
    const nobody = await hash('nobody', cheap)
    await givePassword(await hash(right, cheap))
    const pairs = await measure(200, async (password) => {
      await verify(nobody, password)
      return false
    })
    expect(apart(pairs)).toBeLessThan(margin * chance(pairs))
  })

  it('take the same time as the product hashes, over 30 attempts each', async () => {
    await givePassword(await hashPassword(right))
    const pairs = await measure(30, verifyAgainstNobody)
    expect(apart(pairs)).toBeLessThan(margin * chance(pairs))
  })

  it('would be told apart if nothing were verified for an unknown code', async () => {
    await givePassword(await hash(right, cheap))
    const pairs = await measure(200, () => Promise.resolve(false))
    expect(apart(pairs)).toBeGreaterThan(margin * chance(pairs))
  })

  it('would be told apart if the verification were a quarter as long', async () => {
    const nobody = await hash('nobody', { ...cheap, memoryCost: cheap.memoryCost / 4 })
    await givePassword(await hash(right, cheap))
    const pairs = await measure(300, async (password) => {
      await verify(nobody, password)
      return false
    })
    expect(apart(pairs)).toBeGreaterThan(margin * chance(pairs))
  })
})

async function givePassword(passwordHash: string): Promise<void> {
  await place.storage.write((trx) => place.operators.setPasswordHash(trx, place.patricia.id, passwordHash))
}

/** Times of attempts in milliseconds, each of an untouched throttle, in pairs whose order is drawn. */
async function measure(
  count: number,
  nobody: (password: string) => Promise<false>,
): Promise<readonly Pair[]> {
  const identification = createPasswordIdentification({
    ...place,
    now: () => place.clock.now(),
    admissionEvents: () => [],
    verifyAgainstNobody: nobody,
  })
  const timeOf = async (code: string): Promise<number> => {
    const began = performance.now()
    await expect(identification.identify(code, 'faux', anyone)).rejects.toMatchObject({
      code: 'wrong-credentials',
    })
    const taken = performance.now() - began
    await place.storage.write(async (trx) => {
      await trx.deleteFrom('throttle').execute()
      await trx.deleteFrom('failure').execute()
    })
    return taken
  }
  const pairs: Pair[] = []
  for (let index = -5; index < count; index++) {
    const knownFirst = Math.random() < 0.5
    const first = await timeOf(knownFirst ? '1' : 'X')
    const second = await timeOf(knownFirst ? 'X' : '1')
    // The first ones load what the others find there.
    if (index < 0) continue
    pairs.push(knownFirst ? { known: first, unknown: second } : { known: second, unknown: first })
  }
  return pairs
}

/**
 * How far the two can be told apart, whatever the sign: the sum of the ranks of the differences within pairs, with their
 * signs (Wilcoxon). An interruption that lasts long is one rank as any other.
 */
function apart(pairs: readonly Pair[]): number {
  return Math.abs(signedRanks(pairs).reduce((sum, rank) => sum + rank, 0))
}

/** The most that 2 000 relabellings of the same times tell apart, where there is nothing to tell. */
function chance(pairs: readonly Pair[]): number {
  const ranks = signedRanks(pairs)
  const sums = Array.from({ length: relabellings }, () =>
    Math.abs(ranks.reduce((sum, rank) => sum + (Math.random() < 0.5 ? rank : -rank), 0)),
  )
  return Math.max(...sums)
}

function signedRanks(pairs: readonly Pair[]): number[] {
  return pairs
    .map(({ known, unknown }) => known - unknown)
    .sort((one, other) => Math.abs(one) - Math.abs(other))
    .map((difference, index) => Math.sign(difference) * (index + 1))
}
