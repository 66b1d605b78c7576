import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CardState } from '../../native/card/states.ts'
import { checkIds, type CheckId, type Finding, type Verdict } from '../diagnostic/finding.ts'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import { settingsSchema } from '../settings/schema.ts'
import { createReadiness, readinessOf } from './readiness.ts'
import { healthySite } from './testing/diagnostic-site.ts'

const found = (...list: [CheckId, Verdict][]): Map<CheckId, Finding> =>
  new Map(list.map(([id, verdict]) => [id, { verdict, text: id, named: null, remedy: `remède ${id}` }]))
const first = (...list: [CheckId, Verdict][]): string => {
  const readiness = readinessOf(found(...list))
  return readiness.kind === 'to-do' ? `${readiness.check} +${readiness.others}` : readiness.kind
}

describe('the one thing to do', () => {
  it('is nothing where all is well', () => {
    expect(first(...checkIds.map((id): [CheckId, Verdict] => [id, 'fine']))).toBe('ready')
  })
  it('is what keeps most people from working, what is to be corrected before what is to be watched', () => {
    expect(first(['psc', 'mend'], ['backup', 'watch'], ['cryptolib', 'mend'])).toBe('psc +2')
    expect(first(['psc', 'mend'], ['clock', 'mend'])).toBe('clock +1')
    expect(first(['backup', 'watch'], ['readers', 'watch'])).toBe('backup +1')
    expect(first(['readers', 'watch'])).toBe('readers +0')
  })
  it('is not what a card says of its holder, nor what is only known for who installs', () => {
    expect(
      first(['card', 'mend'], ['national-id', 'watch'], ['versions', 'watch'], ['keychain', 'watch']),
    ).toBe('ready')
  })
})

function line(given: () => Partial<DiagnosticSite>) {
  let connected = false
  const listeners: (() => void)[] = []
  const state = { card: 'empty-reader', psc: 'available' }
  const looks = vi.fn<() => Promise<DiagnosticSite>>(() => Promise.resolve(healthySite(given())))
  const changed = vi.fn<() => void>()
  const readiness = createReadiness({
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    session: {
      isConnected: () => connected,
      onChange: (listener) => listeners.push(listener),
    },
    site: looks,
    state: () => ({ ...state }),
    changed,
  })
  return {
    readiness,
    looks,
    changed,
    state,
    connect: () => {
      connected = true
      for (const listener of listeners) listener()
    },
  }
}

const settle = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('the line of the launcher', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-02T07:55:00+01:00') }))
  afterEach(() => vi.useRealTimers())

  it('says nothing before it has looked, some seconds after the start, then what it found', async () => {
    const { readiness, changed } = line(() => ({}))
    readiness.start()
    await settle(5000)
    expect(readiness.readiness()).toBeNull()
    await settle(5000)
    await vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    expect(changed).toHaveBeenCalledTimes(1)
    readiness.stop()
  })

  it('looks again at the first connection of another day, and at no other', async () => {
    const { readiness, looks, connect } = line(() => ({}))
    readiness.start()
    await settle(10_000)
    await vi.waitFor(() => expect(readiness.readiness()).not.toBeNull())
    connect()
    await settle(60_000)
    expect(looks).toHaveBeenCalledTimes(1)
    await settle(24 * 3_600_000)
    expect(looks).toHaveBeenCalledTimes(1)
    connect()
    connect()
    await settle(10_000)
    await vi.waitFor(() => expect(looks).toHaveBeenCalledTimes(2))
    readiness.stop()
  })

  it('follows the card and Pro Santé Connect, once they have settled, and tells only what changes', async () => {
    let full = false
    const { readiness, looks, changed, state } = line(() => ({
      disks: () => Promise.resolve([{ of: 'data', freeBytes: full ? 1 : 50e9 }]),
      card: () =>
        Promise.resolve(
          state.card === 'cryptolib-missing'
            ? {
                kind: 'seen',
                snapshot: {
                  state: { kind: 'cryptolib-missing' },
                  cryptolib: null,
                  readers: [],
                  events: true,
                },
              }
            : { kind: 'off' },
        ),
    }))
    readiness.start()
    await settle(10_000)
    await vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    // Not looked at: it is not what has changed.
    full = true
    readiness.stateChanged()
    await settle(5000)
    expect(looks).toHaveBeenCalledTimes(1)
    state.card = 'cryptolib-missing'
    for (let time = 0; time < 10; time += 1) readiness.stateChanged()
    await settle(5000)
    await vi.waitFor(() =>
      expect(readiness.readiness()).toMatchObject({
        kind: 'to-do',
        check: 'cryptolib',
        verdict: 'mend',
        others: 0,
      }),
    )
    expect(looks).toHaveBeenCalledTimes(2)
    expect(changed).toHaveBeenCalledTimes(2)
    state.card = 'empty-reader'
    readiness.stateChanged()
    await settle(5000)
    await vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    readiness.stop()
  })

  it('looks at the backups only once that of the day was to be made', async () => {
    const { readiness } = line(() => ({
      backup: () => Promise.resolve({ kind: 'no-folder', why: 'missing' }),
    }))
    readiness.start()
    await settle(10_000)
    await vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    readiness.backedUp()
    await vi.waitFor(() => expect(readiness.readiness()).toMatchObject({ kind: 'to-do', check: 'backup' }))
    readiness.stop()
  })

  it('looks again at what is to be done, within the hour or when it is asked to, and at nothing else', async () => {
    let taken = true
    const { readiness, changed } = line(() => ({
      settingsFile: () =>
        Promise.resolve({
          path: 'comptoir.json',
          state: taken ? { kind: 'faulty', where: [] } : { kind: 'read' },
        }),
      disks: () => Promise.resolve([{ of: 'data', freeBytes: 50e9 }]),
    }))
    const task = () => vi.waitFor(() => expect(readiness.readiness()).toMatchObject({ check: 'settings' }))
    const done = () => vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    readiness.start()
    await settle(10_000)
    await task()
    taken = false
    readiness.backedUp()
    await done()
    taken = true
    readiness.settingsChanged()
    await task()
    taken = false
    readiness.lookAgain()
    await done()
    expect(changed).toHaveBeenCalledTimes(4)
    readiness.stop()
  })

  it('misses a reader where there was one, and none where people work without', async () => {
    let readers: string[] = []
    const seen: number[] = []
    const { readiness, state } = line(() => ({
      settings: settingsSchema.parse({
        psc: { discoveryUrl: 'https://auth.exemple.fr/d', issuer: 'https://auth.exemple.fr', clientId: 'c' },
      }),
      card: () => {
        seen.push(readers.length)
        const [reader] = readers
        const state: CardState =
          reader === undefined ? { kind: 'no-reader' } : { kind: 'empty-reader', reader }
        return Promise.resolve({ kind: 'seen', snapshot: { state, cryptolib: null, readers, events: true } })
      },
    }))
    const cardChanges = async (now: string[]): Promise<void> => {
      readers = now
      state.card = `reader ${now.length}`
      readiness.stateChanged()
      await settle(5000)
    }
    readiness.start()
    await settle(10_000)
    await vi.waitFor(() => expect(readiness.readiness()).toEqual({ kind: 'ready' }))
    await cardChanges(['ACR38'])
    await vi.waitFor(() => expect(seen).toContain(1))
    expect(readiness.readiness()).toEqual({ kind: 'ready' })
    await cardChanges([])
    await vi.waitFor(() => expect(readiness.readiness()).toMatchObject({ check: 'readers' }))
    readiness.stop()
  })

  it('takes what fails, or never answers, for no task', async () => {
    const { readiness } = line(() => ({
      database: () => Promise.reject(new Error('broken')),
      disks: () => new Promise(() => undefined),
    }))
    readiness.start()
    await vi.waitFor(async () => {
      await settle(10_000)
      expect(readiness.readiness()).toEqual({ kind: 'ready' })
    })
    readiness.stop()
  })
})
