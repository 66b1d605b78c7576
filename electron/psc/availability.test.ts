import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAvailability, type Answering } from './availability.ts'
import type { Fetch } from './fetch.ts'

const discoveryUrl = 'https://psc.invalid/.well-known/wallet-openid-configuration'
const tokenUrl = 'https://psc.invalid/token'
const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** What the provider answers from now on, and how long that takes it. */
type Provider = { answer: () => Response | Error; milliseconds: number; wrongMinutes: number | null }

function workstation(given: Partial<Provider> = {}) {
  const provider: Provider = { answer: discovery, milliseconds: 0, wrongMinutes: null, ...given }
  const questions: number[] = []
  const seen: Answering[] = []
  let impeded = false
  const fetch: Fetch['fetch'] = async () => {
    questions.push(performance.now())
    if (provider.milliseconds > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, provider.milliseconds)
      })
    }
    const answer = provider.answer()
    if (answer instanceof Error) throw answer
    return answer
  }
  const availability = createAvailability({
    clock: { monotonic: () => performance.now() },
    discoveryUrl,
    transport: () => Promise.resolve(impeded ? null : watched),
    changed: () => seen.push(availability.state()),
  })
  const watched = availability.watched({
    fetch,
    providerNow: () => null,
    wrongMinutes: () => provider.wrongMinutes,
    close: () => undefined,
  })
  return {
    availability,
    provider,
    questions,
    seen,
    impede: (now: boolean) => (impeded = now),
    exchange: (url = tokenUrl) =>
      watched
        .fetch(url, { method: 'POST', headers: {}, body: null, redirect: 'manual' })
        .catch(() => undefined),
    /** The pauses between one question and the next, in seconds. */
    pauses: () => questions.slice(1).map((at, index) => (at - (questions[index] ?? 0)) / 1000),
  }
}

function discovery(): Response {
  return new Response('{}', { headers: { 'content-type': 'application/json' } })
}

const failing = (): Error => new Error('unreachable')

describe('what is asked of Pro Santé Connect by itself', () => {
  it('is asked again some seconds after a sleep, also where the monotonic clock slept too', async () => {
    const { availability, questions } = workstation()
    availability.start()
    await vi.advanceTimersByTimeAsync(2 * minute)
    expect(questions).toHaveLength(1)
    // Neither clock nor timers go on between the two.
    availability.stop()
    availability.start()
    await vi.advanceTimersByTimeAsync(5000)
    expect(questions).toHaveLength(2)
  })

  it('is its discovery, some seconds after the start, then every five minutes', async () => {
    const { availability, questions, pauses } = workstation()
    await vi.advanceTimersByTimeAsync(minute)
    expect(questions).toEqual([])
    availability.start()
    await vi.advanceTimersByTimeAsync(4999)
    expect([questions, availability.state()]).toEqual([[], { kind: 'unknown' }])
    await vi.advanceTimersByTimeAsync(1)
    expect([questions.length, availability.state()]).toEqual([1, { kind: 'available' }])
    await vi.advanceTimersByTimeAsync(20 * minute)
    expect(pauses()).toEqual([300, 300, 300, 300])
  })

  it('comes back every minute while it does not answer, and is told once', async () => {
    const { availability, provider, pauses, seen } = workstation({ answer: failing })
    availability.start()
    await vi.advanceTimersByTimeAsync(5000 + 3 * minute)
    provider.answer = discovery
    await vi.advanceTimersByTimeAsync(6 * minute)
    expect(pauses()).toEqual([60, 60, 60, 60, 300])
    expect(seen).toEqual([{ kind: 'unavailable' }, { kind: 'available' }])
  })

  it('waits a minute after anything else that was asked, and after its answer', async () => {
    const { availability, provider, exchange, questions, pauses } = workstation({ answer: failing })
    availability.start()
    await vi.advanceTimersByTimeAsync(4000)
    provider.milliseconds = 9000
    void exchange()
    await vi.advanceTimersByTimeAsync(9000 + minute - 1)
    expect(questions).toHaveLength(1)
    provider.milliseconds = 0
    await vi.advanceTimersByTimeAsync(1)
    expect(pauses()).toEqual([69])
    await vi.advanceTimersByTimeAsync(30_000)
    void exchange()
    await vi.advanceTimersByTimeAsync(minute)
    expect(pauses()).toEqual([69, 30, 60])
  })

  it('is nothing when an identification begins while the credential is read', async () => {
    const { availability, exchange, questions } = workstation()
    availability.start()
    vi.advanceTimersByTime(5000)
    void exchange()
    await vi.advanceTimersByTimeAsync(minute)
    expect(questions).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(4 * minute)
    expect(questions).toHaveLength(2)
  })

  it('is nothing while this workstation lacks its credential, which is looked for every minute', async () => {
    const { availability, impede, questions, seen } = workstation()
    impede(true)
    availability.start()
    await vi.advanceTimersByTimeAsync(10 * minute)
    expect([questions, seen]).toEqual([[], []])
    impede(false)
    await vi.advanceTimersByTimeAsync(minute)
    expect([questions.length, seen]).toEqual([1, [{ kind: 'available' }]])
  })

  it('is nothing while the computer sleeps, and comes some seconds after', async () => {
    const { availability, questions } = workstation()
    availability.start()
    await vi.advanceTimersByTimeAsync(2 * minute)
    availability.stop()
    await vi.advanceTimersByTimeAsync(600 * minute)
    expect(questions).toHaveLength(1)
    availability.start()
    await vi.advanceTimersByTimeAsync(4999)
    expect(questions).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(questions).toHaveLength(2)
  })

  it('is nothing after a sleep that began just after an exchange, before its minute is over', async () => {
    const { availability, exchange, pauses } = workstation()
    availability.start()
    void exchange()
    availability.stop()
    await vi.advanceTimersByTimeAsync(2000)
    availability.start()
    await vi.advanceTimersByTimeAsync(10 * minute)
    expect(Math.min(...pauses())).toBeGreaterThanOrEqual(60)
  })
})

describe('the state of Pro Santé Connect', () => {
  it('is slow when an answer takes more than two seconds', async () => {
    const { availability, provider, exchange } = workstation({ milliseconds: 2000 })
    void exchange()
    await vi.advanceTimersByTimeAsync(2000)
    expect(availability.state()).toEqual({ kind: 'available' })
    provider.milliseconds = 2001
    void exchange()
    await vi.advanceTimersByTimeAsync(2001)
    expect(availability.state()).toEqual({ kind: 'slow' })
  })

  it.each([
    ['a page', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ['a redirection', () => new Response(null, { status: 302, headers: { location: '/portail' } })],
    ['a refusal', () => new Response('{}', { status: 404, headers: { 'content-type': 'application/json' } })],
  ])('is unavailable when its discovery is %s', async (_, answer) => {
    const { availability, exchange } = workstation({ answer })
    await Promise.all([exchange(discoveryUrl), vi.advanceTimersByTimeAsync(0)])
    expect(availability.state()).toEqual({ kind: 'unavailable' })
  })

  it('is available when somebody is refused: it answers', async () => {
    const { availability, exchange } = workstation({
      answer: () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
    })
    await Promise.all([exchange(), vi.advanceTimersByTimeAsync(0)])
    expect(availability.state()).toEqual({ kind: 'available' })
  })

  it('is that the clock is wrong when the answer says so', async () => {
    const { availability, exchange } = workstation({ wrongMinutes: -7, milliseconds: 3000 })
    await Promise.all([exchange(), vi.advanceTimersByTimeAsync(3000)])
    expect(availability.state()).toEqual({ kind: 'clock-wrong', minutes: -7 })
  })

  it('is right again within a minute of the clock', async () => {
    const { availability, provider, seen } = workstation({ wrongMinutes: 6 })
    availability.start()
    await vi.advanceTimersByTimeAsync(5000)
    provider.wrongMinutes = null
    await vi.advanceTimersByTimeAsync(minute)
    expect(seen).toEqual([{ kind: 'clock-wrong', minutes: 6 }, { kind: 'available' }])
  })

  it('leaves what is asked as it was: answers and errors', async () => {
    const { exchange, provider } = workstation()
    const [answer] = await Promise.all([exchange(), vi.advanceTimersByTimeAsync(0)])
    expect(await answer?.text()).toBe('{}')
    provider.answer = failing
    const [none] = await Promise.all([exchange(), vi.advanceTimersByTimeAsync(0)])
    expect(none).toBeUndefined()
  })
})
