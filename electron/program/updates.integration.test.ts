import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listening } from '../psc/testing/tls-server.ts'
import { settingsSchema } from '../settings/schema.ts'
import { createUpdates } from './updates.ts'

beforeEach(() => {
  // The connection's own idle time is left to run.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const hour = 3_600_000

it('asks some seconds after the start, once a day, and hourly while nobody answers', async () => {
  let announced: string | null = '1.1.0'
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    if (announced === null) response.statusCode = 404
    response.end(JSON.stringify({ version: announced }))
  })
  const url = `http://127.0.0.1:${await listening(server)}/`
  const changed = vi.fn<() => void>()
  const updates = createUpdates({
    settings: settingsSchema.parse({ updates: { url } }),
    version: '1.0.0',
    edition: 'development',
    clock: { now: () => new Date() },
    changed,
  })
  /** Lets that time pass, in which it asks so many times in all. */
  const pass = async (ms: number, times: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms)
    await vi.waitUntil(() => asked === times && vi.getTimerCount() === 1)
  }
  updates.start()
  expect(asked).toBe(0)
  await pass(15_000, 1)
  expect(updates.newer()).toEqual({ version: '1.1.0', page: null })
  expect(changed).toHaveBeenCalledOnce()

  await vi.advanceTimersByTimeAsync(23 * hour)
  expect(asked).toBe(1)
  announced = null
  await pass(hour, 2)
  expect(updates.newer()?.version, 'what was announced stays while nobody answers').toBe('1.1.0')
  await pass(hour, 3)
  announced = '1.0.0'
  await pass(hour, 4)
  expect(updates.newer(), 'withdrawn').toBeNull()
  expect(changed).toHaveBeenCalledTimes(2)

  updates.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('asks nobody where the settings name nobody', async () => {
  const updates = createUpdates({
    settings: settingsSchema.parse({}),
    version: '1.0.0',
    edition: 'installed',
    clock: { now: () => new Date() },
    changed: () => undefined,
  })
  updates.start()
  expect(vi.getTimerCount()).toBe(0)
})
