import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rpps } from '../operators/national-id.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { readWorkstation, type WorkstationIdentity } from '../storage/workstation.ts'
import { createPushLimit, type PushLimit } from './push-limit.ts'

const minute = 60_000
const patricia: Rpps = { kind: 'rpps', digits: '99700261797' }
const kit: Rpps = { kind: 'rpps', digits: '99700427885' }

describe.each(engines)('requests to phones on $name', ({ open }) => {
  let database: TestDatabase
  let workstation: WorkstationIdentity
  let limit: PushLimit
  let wall: number
  let monotonic: number
  beforeEach(async () => {
    database = await open()
    workstation = await readWorkstation(database.storage)
    wall = Date.parse('2026-03-02T08:00:00Z')
    monotonic = 0
    restart()
  })
  afterEach(() => database.dispose())

  const restart = (): void => {
    limit = createPushLimit({ clock: { now: () => new Date(wall), monotonic: () => monotonic }, workstation })
  }
  const pass = (ms: number): void => {
    wall += ms
    monotonic += ms
  }
  const count = (rpps = patricia) => database.storage.write((trx) => limit.count(trx, rpps))
  const three = async () => [await count(), await count(), await count()]
  const rows = () => database.storage.read((db) => db.selectFrom('phone_push').selectAll().execute())

  it('are three in ten minutes for one person, and as many for another', async () => {
    expect(await count()).toBe(0)
    pass(4 * minute)
    expect([await count(), await count()]).toEqual([0, 0])
    expect(await count()).toBe(6 * 60)
    expect(await three()).toEqual([360, 360, 360])
    expect(await count(kit)).toBe(0)
    pass(6 * minute - 500)
    expect(await count()).toBe(1)
    pass(500)
    expect(await count()).toBe(0)
    expect(await count()).toBe(4 * 60)
  })

  it('are not forgotten by a restart, and are once ten minutes have passed', async () => {
    await three()
    restart()
    pass(minute)
    expect(await count()).toBe(9 * 60)
    pass(9 * minute)
    expect(await count()).toBe(0)
    expect(await rows()).toHaveLength(1)
  })

  it('go on being counted when the clock is set forward', async () => {
    await three()
    wall += 24 * 60 * minute
    expect(await count()).toBe(10 * 60)
    pass(10 * minute)
    expect(await count()).toBe(0)
  })

  it.each(['as it runs', 'before a restart'])(
    'do not block for ever when the clock is set back (%s)',
    async (when) => {
      await three()
      wall -= 365 * 24 * 60 * minute
      if (when === 'before a restart') restart()
      expect(await count()).toBe(10 * 60)
      pass(5 * minute)
      expect(await count()).toBe(5 * 60)
      pass(5 * minute)
      expect(await count()).toBe(0)
    },
  )

  it('that are undone do not count', async () => {
    const undone = database.storage.write(async (trx) => {
      await limit.count(trx, patricia)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await three()).toEqual([0, 0, 0])
  })

  it('made at once are counted one by one', async () => {
    const counted = await Promise.all(Array.from({ length: 5 }, () => count()))
    expect(counted.filter((seconds) => seconds === 0)).toHaveLength(3)
  })

  it('name nobody', async () => {
    await count()
    expect(JSON.stringify(await rows())).not.toContain('99700261797')
  })
})
