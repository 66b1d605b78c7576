import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { answer, type CallEvent, type Caller, type Handlers, type Serving } from './answer.ts'
import { channelNames, contract, type ChannelName } from './contract.ts'
import type { Result } from './result.ts'
import { createHostile, type Hostile } from './testing/hostile.ts'
import { samplesOf } from './testing/samples.ts'
import { windowRoles, type WindowRole } from './views.ts'

const payloads = 10_000
/** As many valid ones to start from. */
const starts = 50

/** Calls that reach what `record` stands for, from windows whose web contents are numbered as the roles are. */
function serving(record: (channel: ChannelName, args: unknown, role: WindowRole) => void): Serving {
  const handlers: Partial<Handlers> = {}
  for (const channel of channelNames) {
    const handler = (args: unknown, { role }: Caller): void => record(channel, args, role)
    Reflect.set(handlers, channel, handler)
  }
  return {
    atOnce: {},
    handlers: Promise.resolve(handlers),
    roleOf: (id) => windowRoles[id] ?? null,
    log: () => undefined,
  }
}

/** One frame for each role. */
const frames = windowRoles.map((role) => ({ url: `app://comptoir/${role}/index.html` }))
function eventOf(role: WindowRole): CallEvent {
  const id = windowRoles.indexOf(role)
  const mainFrame = frames[id] ?? null
  return { sender: { id, mainFrame }, senderFrame: mainFrame }
}
/** A caller that may not use the channel: another role, a frame inside, another page, a window of nobody. */
function strangerTo(channel: ChannelName, { random, pick }: Hostile): CallEvent {
  const own = eventOf(pick(contract[channel].windows))
  const others = windowRoles.filter((role) => !contract[channel].windows.some((allowed) => allowed === role))
  const choice = random()
  if (choice < 0.4 && others.length > 0) return eventOf(pick(others))
  if (choice < 0.6) return { ...own, senderFrame: { url: own.senderFrame?.url ?? '' } }
  if (choice < 0.8) return { ...own, sender: { id: 99, mainFrame: own.sender.mainFrame } }
  const elsewhere = {
    url: pick(['https://comptoir/', 'about:blank', 'app://comptoir/', 'app://x/launcher/index.html']),
  }
  return { sender: { ...own.sender, mainFrame: elsewhere }, senderFrame: elsewhere }
}

/** What is wrong with a value as handlers get it: they are to be given small plain data and nothing else. */
function oddityOf(value: unknown, depth = 0): string | null {
  if (value === undefined) return depth === 0 ? null : 'an undefined part'
  if (value === null || typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : 'not a safe integer'
  if (typeof value === 'string') return value.length <= 2_000_000 ? null : 'a huge text'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (depth === 4) return 'something deep'
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return 'an odd prototype'
  const parts = Object.entries(value)
  if (parts.length > 80) return 'too many parts'
  if (parts.some(([name]) => name === '__proto__' || name === 'constructor')) return 'an odd name'
  return parts.map(([, part]) => oddityOf(part, depth + 1)).find((oddity) => oddity !== null) ?? null
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  try {
    return schema.safeParse(value).success
  } catch {
    return false
  }
}

function whyNotDone(result: Result<unknown>, reached: readonly (string | null)[]): string | null {
  if (!result.ok) return `answered ${result.error.code}`
  return reached.length === 1 ? (reached[0] ?? null) : `reached ${reached.length} times`
}

function whyNotRefused(result: Result<unknown>, reached: readonly (string | null)[]): string | null {
  if (reached.length > 0) return 'reached'
  return !result.ok && result.error.code === 'refused' ? null : 'not answered « refused »'
}

function never(): never {
  throw new Error('looked at')
}

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)
const properties = [Object, Array, Function, String].map((type) =>
  Object.getOwnPropertyNames(type.prototype).join(),
)
const { stackTraceLimit } = Error
beforeAll(() => {
  process.on('unhandledRejection', note)
  // Refusals by the hundred thousand: where each was made takes longer than the rest.
  Error.stackTraceLimit = 0
})
afterAll(() => {
  process.off('unhandledRejection', note)
  Error.stackTraceLimit = stackTraceLimit
})

describe(`${payloads} payloads at random`, () => {
  it.each(channelNames)('to %s do nothing that its window may not ask', async (channel) => {
    const seed = Date.now() % 1_000_000
    const hostile = createHostile(seed)
    const { args, windows } = contract[channel]
    const makeSample = samplesOf(args)
    const samples = Array.from({ length: starts }, () => makeSample(hostile))
    let reached: (string | null)[] = []
    const served = serving((name, given, role) => {
      const allowed = name === channel && windows.some((each) => each === role)
      reached.push(allowed ? oddityOf(given) : `${name} for ${role}`)
    })
    const wrong: string[] = []
    for (let sent = 0; sent < payloads; sent += 1) {
      const sample = hostile.pick(samples)
      const kind = hostile.random()
      const payload = kind < 0.05 ? sample : kind < 0.8 ? hostile.mutate(sample) : hostile.anything()
      const stranger = hostile.random() < 0.1
      const event = stranger ? strangerTo(channel, hostile) : eventOf(hostile.pick(windows))
      reached = []
      const result = await answer(served, channel, event, payload)
      const fault =
        !stranger && (payload === sample || accepts(args, payload))
          ? whyNotDone(result, reached)
          : whyNotRefused(result, reached)
      if (fault !== null) wrong.push(`payload ${sent} of seed ${seed}: ${fault}`)
    }
    expect(wrong).toEqual([])
  })

  it('leave the language as it was, and no rejection that nobody waits for', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(unhandled).toEqual([])
    expect(
      [Object, Array, Function, String].map((type) => Object.getOwnPropertyNames(type.prototype).join()),
    ).toEqual(properties)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('a call that is right', () => {
  it.each(channelNames)('%s is answered to its own windows, and to no other', async (channel) => {
    const hostile = createHostile(7)
    const sample = samplesOf(contract[channel].args)(hostile)
    const answered: WindowRole[] = []
    const served = serving((_channel, _args, role) => answered.push(role))
    for (const role of windowRoles) await answer(served, channel, eventOf(role), sample)
    expect(answered.toSorted()).toEqual([...contract[channel].windows].toSorted())
  })

  it.each(channelNames)('%s is refused what no wire carries', async (channel) => {
    let reached = 0
    const served = serving(() => (reached += 1))
    const event = eventOf(contract[channel].windows[0])
    const traps = {
      get: never,
      has: never,
      ownKeys: never,
      getPrototypeOf: never,
      getOwnPropertyDescriptor: never,
    }
    const payloads = [
      new Proxy({}, traps),
      Object.defineProperty({}, 'attempt', { get: never, enumerable: true }),
    ]
    for (const payload of [
      ...payloads,
      Symbol('attempt'),
      never,
      new WeakMap(),
      Object.create({ id: 'x', attempt: 1 }),
    ]) {
      expect((await answer(served, channel, event, payload)).ok).toBe(false)
    }
    expect(reached).toBe(0)
  })
})
