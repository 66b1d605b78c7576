import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

// A keychain of another system than this machine's, which asks its user and waits.
const asked: string[] = []
const unanswered: (() => void)[] = []
const hang = (method: string) => () => {
  asked.push(method)
  return new Promise((resolve) => unanswered.push(() => resolve(null)))
}
vi.mock('keytar', () => ({
  default: {
    getPassword: hang('getPassword'),
    setPassword: hang('setPassword'),
    deletePassword: hang('deletePassword'),
  },
}))

const { platform } = process
const isPlatform = (value: string) => Object.defineProperty(process, 'platform', { value })

beforeEach(() => {
  isPlatform('darwin')
  asked.length = 0
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  isPlatform(platform)
  vi.useRealTimers()
})

const opened = async () => (await import('./secrets.ts')).openKeychain
const outcomeOf = async (call: Promise<unknown>) => call.catch((error: unknown) => String(error))
const locked = 'KeychainError: keychain: locked'

describe('a keychain that does not answer', () => {
  it('is asked once, however many times it is opened, and again once it has answered', async () => {
    const openKeychain = await opened()
    for (let minute = 0; minute < 5; minute += 1) {
      const read = outcomeOf(openKeychain().read('psc.clientSecret'))
      await vi.waitFor(() => expect(asked).toEqual(['getPassword']))
      await vi.advanceTimersByTimeAsync(10_000)
      expect(await read).toBe(locked)
    }
    unanswered.pop()?.()
    const read = outcomeOf(openKeychain().read('psc.clientSecret'))
    await vi.waitFor(() => expect(asked).toEqual(['getPassword', 'getPassword']))
    unanswered.pop()?.()
    expect(await read).toBeNull()
  })

  it.each(['write', 'remove'] as const)('is given up before a busy database is: %s', async (method) => {
    const keychain = (await opened())()
    const change = outcomeOf(
      method === 'write' ? keychain.write('psc.clientSecret', 's3cret') : keychain.remove('psc.clientSecret'),
    )
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(4500)
    expect(await Promise.race([change, nextTurn('waiting')])).toBe(locked)
  })

  it('is not asked later for what was reported as failed', async () => {
    const keychain = (await opened())()
    const read = outcomeOf(keychain.read('psc.clientSecret'))
    const write = outcomeOf(keychain.write('psc.clientSecret', 's3cret'))
    await vi.waitFor(() => expect(asked).toEqual(['getPassword']))
    await vi.advanceTimersByTimeAsync(4500)
    expect(await write).toBe(locked)
    unanswered.pop()?.()
    expect(await read).toBeNull()
    await nextTurn()
    expect(asked).toEqual(['getPassword'])
  })
})
