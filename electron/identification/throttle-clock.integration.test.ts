import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readWorkstation } from '../storage/workstation.ts'
import { openTestSqlite, type TestDatabase } from '../storage/testing/engines.ts'
import { world } from './testing/world.ts'
import { createThrottleRepository, type ThrottleRepository } from './throttle-repository.ts'
import type { Verdict } from './throttle.ts'

/** What happens to a workstation. Times in milliseconds. */
type Happening =
  | { readonly kind: 'fail' | 'succeed'; readonly code: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'shift'; readonly ms: number }
  | { readonly kind: 'restart'; readonly off: number; readonly shift: number }

const minute = 60_000
const day = 1440 * minute
const codes = ['1', '2', 'X']

const code = fc.constantFrom(...codes)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('fail' as const), code }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('succeed' as const), code }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.oneof(fc.nat(2 * minute), fc.nat(20 * minute), fc.nat(day)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('shift' as const),
      ms: fc.integer({ min: -40 * day, max: 40 * day }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      off: fc.nat(20 * minute),
      shift: fc.oneof(fc.constant(0), fc.integer({ min: -day, max: day })),
    }),
  },
)

let database: TestDatabase
beforeAll(async () => {
  database = await openTestSqlite()
})
afterAll(() => database.dispose())

/** What product §3.1 says, from the list of what happened and nothing else. */
function model() {
  type Failure = { readonly at: number; readonly code: string }
  let now = 0
  let failures: Failure[] = []
  const inARow = new Map<string, number>()
  const blocked = new Set<string>()
  const waits = new Map<string, { until: number; full: number }>()
  const within = (ms: number, of: (failure: Failure) => boolean) =>
    failures.filter((failure) => failure.at > now - ms && of(failure)).length

  const leftOf = (key: string): number => Math.max(0, (waits.get(key)?.until ?? 0) - now)
  const wait = (key: string, seconds: number): void => {
    waits.set(key, { until: now + seconds * 1000, full: seconds })
  }
  return {
    pass: (ms: number): void => {
      now += ms
    },
    verdict: (of: string): Verdict => {
      if (blocked.has(of)) return { kind: 'blocked' }
      const seconds = Math.ceil(Math.max(leftOf(of), leftOf('the workstation')) / 1000)
      return seconds === 0 ? { kind: 'free' } : { kind: 'wait', seconds }
    },
    fail: (of: string): void => {
      failures = [...failures, { at: now, code: of }]
      const row = (inARow.get(of) ?? 0) + 1
      inARow.set(of, row)
      if (row >= 10 || within(day, (failure) => failure.code === of) >= 25) blocked.add(of)
      if (row >= 5) wait(of, 61 * 2 ** (row - 5))
      const here = within(10 * minute, () => true)
      if (here >= 20) wait('the workstation', (here - 19) * 30)
    },
    succeed: (of: string): void => {
      inARow.delete(of)
      waits.delete(of)
    },
  }
}

it('is what the product promises, whatever happens to the clocks and the program', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 80 }), async (story) => {
      await forget()
      const time = world('2026-03-02T08:00:00Z')
      const promised = model()
      let clock = time.program()
      let throttle = await start(clock)
      /** The wall clock at the last failure: what a restart measures from. */
      let kept: { wall: number; monotonic: number } | null = null

      for (const happened of story) {
        switch (happened.kind) {
          case 'fail':
          case 'succeed': {
            const { kind, code: typed } = happened
            if ((await throttle.verdict(typed)).kind !== 'free') break
            promised[kind](typed)
            if (kind === 'fail') {
              await database.storage.write((trx) => throttle.recordFailure(trx, typed))
              kept = { wall: clock.now().getTime(), monotonic: clock.monotonic() }
            } else {
              await database.storage.write((trx) => throttle.recordSuccess(trx, typed))
            }
            break
          }
          case 'pass':
            time.pass(happened.ms)
            promised.pass(happened.ms)
            break
          case 'shift':
            time.shift(happened.ms)
            break
          case 'restart': {
            const before: number = clock.monotonic()
            time.pass(happened.off)
            time.shift(happened.shift)
            clock = time.program()
            throttle = await start(clock)
            if (kept !== null) {
              // What this run had counted since the last failure, the wall clock alone still tells.
              const told = Math.max(0, clock.now().getTime() - kept.wall)
              promised.pass(told - (before - kept.monotonic))
              kept = { wall: kept.wall, monotonic: -told }
            }
            break
          }
        }
        for (const typed of codes) {
          expect(await throttle.verdict(typed), JSON.stringify(happened)).toEqual(promised.verdict(typed))
        }
      }
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('waits no longer than it says, in the real time of one run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 60 }), async (story) => {
      await forget()
      const time = world('2026-03-02T08:00:00Z')
      let throttle = await start(time.program())
      for (const happened of story) {
        if (happened.kind === 'pass') {
          time.pass(happened.ms)
        } else if (happened.kind === 'shift') {
          time.shift(happened.ms)
        } else if (happened.kind === 'restart') {
          time.shift(happened.shift)
          throttle = await start(time.program())
        } else {
          const typed = happened.code
          const { kind } = await throttle.verdict(typed)
          if (kind === 'free') await database.storage.write((trx) => throttle.recordFailure(trx, typed))
        }
        const said = await throttle.verdict('1')
        if (said.kind !== 'wait') continue
        // Said in whole seconds: what is left is less than one below.
        time.pass(said.seconds * 1000 - 1000)
        time.shift(happened.kind === 'shift' ? happened.ms : 1)
        expect((await throttle.verdict('1')).kind).toBe('wait')
        time.pass(1000)
        expect((await throttle.verdict('1')).kind).not.toBe('wait')
      }
    }),
    { numRuns: 20 },
  )
}, 60_000)

async function start(
  clock: Parameters<typeof createThrottleRepository>[0]['clock'],
): Promise<ThrottleRepository> {
  const { storage } = database
  return createThrottleRepository({ storage, clock, workstation: await readWorkstation(storage) })
}

async function forget(): Promise<void> {
  await database.storage.write(async (trx) => {
    await trx.deleteFrom('throttle').execute()
    await trx.deleteFrom('failure').execute()
    await trx.updateTable('workstation').set({ throttle_time: null, throttle_wall: null }).execute()
  })
}
