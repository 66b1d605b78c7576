import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readWorkstation } from '../storage/workstation.ts'
import { engines } from '../storage/testing/engines.ts'
import type { TestDatabase } from '../storage/testing/engines.ts'
import { world } from './testing/world.ts'
import { createThrottleRepository } from './throttle-repository.ts'
import type { ThrottleRepository } from './throttle-repository.ts'
import type { Verdict } from './throttle.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe.each(engines)('throttle on $name', ({ open }) => {
  let database: TestDatabase
  let time: ReturnType<typeof world>
  let throttle: ThrottleRepository
  /** A program starts on this database, as another one or as the same again. */
  const start = async (): Promise<ThrottleRepository> => {
    const workstation = await readWorkstation(database.storage)
    return createThrottleRepository({ storage: database.storage, clock: time.program(), workstation })
  }
  beforeEach(async () => {
    database = await open()
    time = world('2026-03-02T08:00:00Z')
    throttle = await start()
  })
  afterEach(() => database.dispose())

  const succeed = (code: string) => database.storage.write((trx) => throttle.recordSuccess(trx, code))
  const failOnce = (code: string) => database.storage.write((trx) => throttle.recordFailure(trx, code))
  const fail = async (code: string, times: number): Promise<Verdict> => {
    let last: Verdict = { kind: 'free' }
    for (let count = 0; count < times; count++) last = await failOnce(code)
    return last
  }

  it('leaves a code alone until its fifth failure', async () => {
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
    expect(await fail('1', 4)).toEqual({ kind: 'free' })
    expect(await fail('1', 1)).toEqual({ kind: 'wait', seconds: 61 })
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 61 })
    expect(await throttle.verdict('2')).toEqual({ kind: 'free' })
    time.pass(61_000)
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
    expect(await fail('1', 1)).toEqual({ kind: 'wait', seconds: 122 })
  })

  it('counts a code under all the ways of typing it', async () => {
    await fail('pat', 2)
    await fail(' PAT ', 3)
    expect(await throttle.verdict('Pat')).toEqual({ kind: 'wait', seconds: 61 })
  })

  it('forgets the failures in a row at a success, not those of the day', async () => {
    for (let day = 0; day < 6; day++) {
      await fail('1', 4)
      expect(await succeed('1')).toEqual({ kind: 'free' })
      time.pass(11 * minute)
    }
    expect(await fail('1', 1)).toEqual({ kind: 'blocked' })
  })

  it('forgets what is older than 24 h', async () => {
    for (let round = 0; round < 6; round++) {
      await fail('1', 4)
      await succeed('1')
      time.pass(5 * hour)
    }
    expect(await fail('1', 1)).toEqual({ kind: 'free' })
  })

  it('blocks at the tenth failure in a row, until it is lifted', async () => {
    expect(await fail('1', 10)).toEqual({ kind: 'blocked' })
    time.pass(1000 * hour)
    expect(await throttle.verdict('1')).toEqual({ kind: 'blocked' })
    await database.storage.write((trx) => throttle.unblock(trx, '1'))
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
  })

  it('is lifted with the failures of the day, so that the next one does not block again', async () => {
    for (let round = 0; round < 6; round++) {
      await fail('1', 4)
      await succeed('1')
      time.pass(11 * minute)
    }
    expect(await fail('1', 1)).toEqual({ kind: 'blocked' })
    await database.storage.write((trx) => throttle.unblock(trx, '1'))
    expect(await fail('1', 1)).toEqual({ kind: 'free' })
  })

  it('refuses a success that failures made meanwhile forbid', async () => {
    await fail('1', 5)
    expect(await succeed('1')).toEqual({ kind: 'wait', seconds: 61 })
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 61 })
  })

  it('slows the whole workstation from its 20th failure in 10 min', async () => {
    for (let code = 0; code < 19; code++) expect(await fail(`X${code}`, 1)).toEqual({ kind: 'free' })
    expect(await fail('Y', 1)).toEqual({ kind: 'wait', seconds: 30 })
    expect(await throttle.verdict('never tried')).toEqual({ kind: 'wait', seconds: 30 })
    time.pass(30_000)
    expect(await throttle.verdict('never tried')).toEqual({ kind: 'free' })
    expect(await fail('Z', 1)).toEqual({ kind: 'wait', seconds: 60 })
    time.pass(11 * minute)
    expect(await fail('Z', 1)).toEqual({ kind: 'free' })
  })

  it.each([
    ['back', -day],
    ['forward', day],
  ])('waits as long as it said when the clock is set %s', async (_, shift) => {
    await fail('1', 5)
    time.shift(shift)
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 61 })
    time.pass(31_000)
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 30 })
    time.pass(30_000)
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
  })

  it.each([
    ['back', -2 * day],
    ['forward', 2 * day],
  ])('forgets nothing of the day when the clock is set %s', async (_, shift) => {
    for (let round = 0; round < 6; round++) {
      await fail('1', 4)
      await succeed('1')
      time.pass(11 * minute)
    }
    time.shift(shift)
    expect(await fail('1', 1)).toEqual({ kind: 'blocked' })
  })

  it('goes on with a wait after a restart', async () => {
    await fail('1', 5)
    time.pass(20_000)
    throttle = await start()
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 41 })
  })

  it('waits its full length once more when the clock was set back between two runs', async () => {
    await fail('1', 5)
    time.shift(-day)
    throttle = await start()
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 61 })
    time.pass(61_000)
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
  })

  it('counts for every program on the same file', async () => {
    await fail('1', 3)
    const command = await start()
    await database.storage.write(async (trx) => {
      await command.recordFailure(trx, '1')
      await command.recordFailure(trx, '1')
    })
    expect(await throttle.verdict('1')).toEqual({ kind: 'wait', seconds: 61 })
  })

  it('writes nothing when what goes with it is not written', async () => {
    const attempt = database.storage.write(async (trx) => {
      for (let count = 0; count < 5; count++) await throttle.recordFailure(trx, '1')
      throw new Error('the journal refused')
    })
    await expect(attempt).rejects.toThrow('the journal refused')
    expect(await throttle.verdict('1')).toEqual({ kind: 'free' })
  })

  it('never keeps a typed code in clear', async () => {
    await fail('MonMotDePasse', 1)
    const kept = await database.storage.read(async (db) => ({
      throttle: await db.selectFrom('throttle').selectAll().execute(),
      failure: await db.selectFrom('failure').selectAll().execute(),
    }))
    expect(kept.failure).toHaveLength(1)
    expect(JSON.stringify(kept).toUpperCase()).not.toContain('MONMOTDEPASSE')
    expect(kept.throttle[0]?.key).toMatch(/^[0-9a-f]{64}$/u)
  })
})
