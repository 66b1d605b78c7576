import type { Page } from '@playwright/test'
import type * as z from 'zod'
import { channelsOf, contract, type ChannelName } from '../../electron/ipc/contract.ts'
import { createHostile, type Hostile } from '../../electron/ipc/testing/hostile.ts'
import { samplesOf } from '../../electron/ipc/testing/samples.ts'
import type { WindowRole } from '../../electron/ipc/views.ts'
import type { Program } from './program.ts'

/**
 * The calls that are right for their window do what it is there for; what would end the story, or wait for an answer of
 * the system's, is then not sent. All that their schema refuses is.
 */
const lastingCalls: ReadonlySet<ChannelName> = new Set<ChannelName>([
  // End the program, or start it again.
  'confirmClosing',
  'closeFault',
  'retryStart',
  'restoreBackup',
  'declineBackup',
  // Close their own window.
  'cancelClosing',
  'cancelFirstRun',
  'closeVeiled',
  // The system asks for a file.
  'saveDiagnostic',
  'readImport',
  'exportOperators',
  'exportJournal',
  // What an operator who is connected, or the first of all, may change.
  'createTitulaire',
  'createOperator',
  'changeOperator',
  'actOnOperator',
  'applyImport',
  'changeOwnPassword',
  'disconnect',
  'switchOperator',
])

/** How many calls of a window came to what: `ok`, the code of a refusal, `not carried` by the wire; or what must not be. */
export type Answers = Readonly<Record<string, number>>

type Campaign = { readonly count: number; readonly seed: number }
type Call = { readonly name: string; readonly samples: readonly unknown[]; readonly left: readonly number[] }

/**
 * Sends `count` payloads to each call that a page has, at random and as parts of right ones changed, as a script in this
 * page would; resolves once all are answered.
 */
export function fuzzPage(page: Page, role: WindowRole, { count, seed }: Campaign): Promise<Answers> {
  const calls = channelsOf(role).map((name): Call => {
    const { args } = contract[name]
    const makeSample = samplesOf(args)
    const hostile = createHostile(seed)
    const samples = Array.from({ length: 20 }, () => makeSample(hostile))
    return { name, samples, left: lastingCalls.has(name) ? soundOnes(args, samples, { count, seed }) : [] }
  })
  // The text itself is run: the page's own policy would run none.
  return page.evaluate(
    `(${sendFrom.toString()})(${payloadOf.toString()}, ${createHostile.toString()}, ${JSON.stringify({ calls, count, seed })})`,
  )
}

/** Which payloads of a campaign its schema accepts as they arrive: the bridge takes `__proto__` for the prototype it is. */
function soundOnes(args: z.ZodType, samples: readonly unknown[], { count, seed }: Campaign): number[] {
  const hostile = createHostile(seed)
  const carried = samples.map((sample) => JSON.parse(JSON.stringify([sample]))[0] ?? undefined)
  return Array.from({ length: count }, (_, index) => ({ index, payload: payloadOf(hostile, carried) }))
    .filter(({ payload }) => accepts(args, arrived(payload)))
    .map(({ index }) => index)
}

/** No call takes anything deeper. */
const deepest = 3

function arrived(payload: unknown, depth = 0): unknown {
  if (depth > deepest || typeof payload !== 'object' || payload === null) return payload
  if (Object.getPrototypeOf(payload) !== Object.prototype) return payload
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([name]) => name !== '__proto__')
      .map(([name, part]) => [name, arrived(part, depth + 1)]),
  )
}

function accepts(args: z.ZodType, payload: unknown): boolean {
  try {
    return args.safeParse(payload).success
  } catch {
    return false
  }
}

function payloadOf(hostile: Hostile, samples: readonly unknown[]): unknown {
  const kind = hostile.random()
  const sample = hostile.pick(samples)
  if (kind < 0.05) return sample
  return kind < 0.8 ? hostile.mutate(sample) : hostile.anything()
}

/** Runs in the page, and refers to nothing outside itself. */
async function sendFrom(
  make: typeof payloadOf,
  createHostile: (seed: number) => Hostile,
  { calls, count, seed }: Campaign & { calls: readonly Call[] },
): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  const send = async (name: string, payload: unknown): Promise<string> => {
    let answer: unknown
    try {
      const waited = new Promise<string>((resolve) => {
        setTimeout(resolve, 60_000, 'no answer')
      })
      answer = await Promise.race([waited, Reflect.get(globalThis, 'comptoir')[name](payload)])
    } catch {
      return 'not carried'
    }
    if (answer === 'no answer') return `no answer to ${name}`
    if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return `no result of ${name}`
    if (answer.ok === true) return 'ok'
    const code: unknown = Reflect.get(Reflect.get(answer, 'error'), 'code')
    return code === 'internal' ? `internal in ${name}` : String(code)
  }
  for (const { name, samples, left } of calls) {
    const hostile = createHostile(seed)
    // JSON has no undefined.
    const starts = samples.map((sample) => sample ?? undefined)
    const skipped = new Set(left)
    for (let sent = 0; sent < count;) {
      const batch: Promise<string>[] = []
      for (; batch.length < 50 && sent < count; sent += 1) {
        const payload = make(hostile, starts)
        if (!skipped.has(sent)) batch.push(send(name, payload))
      }
      for (const told of await Promise.all(batch)) answers[told] = (answers[told] ?? 0) + 1
    }
  }
  return answers
}

/** Resolves to what tells the rejections that nobody waits for, in the main process, from now on. */
export async function watch(program: Program): Promise<() => Promise<string[]>> {
  const rejections = await program.app.evaluateHandle(() => {
    const reasons: string[] = []
    process.on('unhandledRejection', (reason) => reasons.push(String(reason)))
    return reasons
  })
  return () => rejections.evaluate((reasons) => [...reasons])
}
