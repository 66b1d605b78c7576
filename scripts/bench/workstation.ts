import { join } from 'node:path'
import type * as PerformanceHooks from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ElectronApplication } from '@playwright/test'
import { attach, freePort, spawnProgram } from '../../e2e/support/bare-program.ts'
import { startProgram, type Program } from '../../e2e/support/program.ts'
import type { Simulator } from '../../e2e/psc-simulator/simulator.ts'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { writeDemonstration, type Demonstration } from '../demonstration/data.ts'
import { usualPagesUrl } from '../demonstration/pages.ts'
import { electronExecutable } from '../electron-arguments.ts'
import { momentOf, submitNow } from './interactions.ts'
import { ownMemoryOf, processorTimeOf } from './memory.ts'
import { collectGarbage } from './psc-in-a-row.ts'
import { summaryOf, trendOf } from './statistics.ts'
import { row, type Row } from './table.ts'
import { measureTicketExchange } from './ticket-exchange.ts'

/** After as many switches, everything that is made once is made. */
const warmUp = 20
const switches = 200
const between = 20
const dayMs = 8 * 60 * 60 * 1000
const restMs = 30_000
/** By then the backup of the day is made, and what the start needed is given back. */
const settledMs = 75_000

/** What a working day at one workstation costs. Times in milliseconds, memory in megabytes. */
export type WorkstationMeasures = {
  /** From the call that opens « Diagnostic du poste » to its last check. */
  readonly diagnoses: readonly number[]
  /** From « Changer d'opérateur » to the other operator connected, without what somebody takes to type. */
  readonly switches: readonly number[]
  /** Of main and its pages, for themselves, after so many switches. */
  readonly memory: readonly { readonly at: number; readonly value: number }[]
  /** The share of one processor that all processes take while nobody touches anything. */
  readonly rest: number
  readonly tickets: readonly number[]
}

type Operator = { readonly code: string; readonly password: string }

/** Measures with all there is on: the card process, Pro Santé Connect, the lock of who is away. */
export async function measureWorkstation(
  folder: string,
  simulator: Simulator,
  rounds: number,
): Promise<WorkstationMeasures> {
  const tickets = await measureTicketExchange(join(folder, 'tickets'), rounds * 5)
  // Settles while the other one works.
  const resting = await startResting(await workstation(join(folder, 'rest'), simulator))
  try {
    const day = await measureDay(await workstation(join(folder, 'day'), simulator), rounds)
    return { ...day, rest: await resting.measure(), tickets }
  } finally {
    await resting.end()
  }
}

function workstation(folder: string, psc: Simulator): Promise<Demonstration> {
  return writeDemonstration(folder, { electron: electronExecutable(), pagesUrl: usualPagesUrl, psc })
}

async function measureDay(
  { config, dataDir, operators }: Demonstration,
  rounds: number,
): Promise<Omit<WorkstationMeasures, 'rest' | 'tickets'>> {
  const [one, other] = operators
  if (one === undefined || other === undefined) throw new Error('nobody to switch to')
  const program = await startProgram({ config, dataDir })
  try {
    const diagnoses: number[] = []
    // The first one loads what looks.
    for (let round = 0; round <= Math.min(rounds, 4); round += 1) {
      const took = await diagnose(program)
      if (round > 0) diagnoses.push(took)
    }
    return { diagnoses, ...(await workADay(program, [one, other])) }
  } finally {
    await program.stop()
  }
}

/**
 * A program with somebody connected and nobody there. Not Playwright's: it keeps every page focused, where the caret of a
 * hidden field would go on blinking.
 */
async function startResting({ config, dataDir, operators: [operator] }: Demonstration) {
  if (operator === undefined) throw new Error('nobody to connect')
  const port = await freePort()
  const started = performance.now()
  const program = spawnProgram({ config, dataDir }, [`--remote-debugging-port=${port}`])
  const { pid, window } = await attach(port)
  await (await window('launcher')).evaluate(() => void Reflect.get(globalThis, 'comptoir').identify())
  await sleep(2000)
  await submitNow(await window('identification'), operator.code, operator.password)
  return {
    /** The share of one processor, over `restMs`. */
    measure: async (): Promise<number> => {
      await sleep(Math.max(0, started + settledMs - performance.now()))
      const before = processorTimeOf(pid)
      await sleep(restMs)
      return (processorTimeOf(pid) - before) / restMs
    },
    end: async (): Promise<void> => {
      program.process.kill('SIGTERM')
      await program.ended
    },
  }
}

/** The figures as the table shows them. */
export function workstationRows(measures: WorkstationMeasures): Row[] {
  const { memory } = measures
  const first = memory[0]?.value ?? Number.NaN
  const growth = (trendOf(memory, switches).median / first) * 100
  const rest = measures.rest * 100
  return [
    row('diagnostic complete, in its window', summaryOf(measures.diagnoses), 2000, ' ms'),
    row('operator switch, argon2 included', summaryOf(measures.switches), 350, ' ms'),
    row('a ticket exchanged for a session', summaryOf(measures.tickets), 5, ' ms'),
    {
      what: `a day of 8 h by the clock, ${switches} switches: growth of memory`,
      measured: `${growth.toFixed(1)} % of ${first.toFixed(0)} MB`,
      target: '≤ 5 %',
      reached: growth <= 5,
    },
    {
      what: 'processor at rest, everything on',
      measured: `${rest.toFixed(2)} %`,
      target: '≤ 0.3 %',
      reached: rest <= 0.3,
    },
  ]
}

async function diagnose(program: Program): Promise<number> {
  const launcher = await program.window('launcher')
  const from = await launcher.evaluate(() => {
    const at = performance.timeOrigin + performance.now()
    void Reflect.get(globalThis, 'comptoir').openDiagnostic()
    return at
  })
  const page = await program.window('diagnostic')
  const ended = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const bridge = Reflect.get(globalThis, 'comptoir')
        const look = ({ view }: { view: ViewOf<'diagnostic'> }): void => {
          if (view.endedAt !== null) resolve(performance.timeOrigin + performance.now())
        }
        bridge.onView(look)
        void bridge.getView().then(({ value }: { value: { view: ViewOf<'diagnostic'> } }) => look(value))
      }),
  )
  const browserWindow = await program.app.browserWindow(page)
  await browserWindow.evaluate((window) => window.close())
  await program.gone('diagnostic')
  return ended - from
}

/** Two operators take the workstation from each other all day, which the program's clocks are told has passed. */
async function workADay(
  program: Program,
  operators: readonly [Operator, Operator],
): Promise<Pick<WorkstationMeasures, 'switches' | 'memory'>> {
  const took: number[] = []
  const memory: { at: number; value: number }[] = []
  await connect(program, operators[0])
  for (let made = 1; made <= warmUp + switches; made += 1) {
    took.push(await switchTo(program, operators[made % 2 === 0 ? 0 : 1]))
    await passTime(program.app, dayMs / switches)
    if (made % between === 0) memory.push({ at: made, value: await memoryOf(program) })
  }
  return { switches: took.slice(warmUp), memory }
}

async function connect(program: Program, { code, password }: Operator): Promise<void> {
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  await submitNow(await program.window('identification'), code, password)
  await program.gone('identification')
}

async function switchTo(program: Program, { code, password }: Operator): Promise<number> {
  const launcher = await program.window('launcher')
  const shown = await momentOf(program.app, 'identification', 'show')
  const called = await launcher.evaluate(() => {
    const at = performance.timeOrigin + performance.now()
    void Reflect.get(globalThis, 'comptoir').switchOperator()
    return at
  })
  const identification = await program.window('identification')
  const appeared = (await shown.evaluate(({ at }) => at)) - called
  const gone = await momentOf(program.app, 'identification', 'hide')
  const submitted = await submitNow(identification, code, password)
  await program.gone('identification')
  return appeared + (await gone.evaluate(({ at }) => at)) - submitted
}

/** Both clocks of the main process go forward; its timers do not. */
function passTime(app: ElectronApplication, ms: number): Promise<void> {
  return app.evaluate((_, passed) => {
    const hooks: typeof PerformanceHooks | undefined = process.mainModule?.require('node:perf_hooks')
    if (hooks === undefined) throw new Error('no main module')
    const now = Date.now.bind(Date)
    const { performance } = hooks
    const monotonic = performance.now.bind(performance)
    const shift = Reflect.get(globalThis, 'passed')
    if (shift !== undefined) {
      shift.ms += passed
      return
    }
    const since = { ms: passed }
    Reflect.set(globalThis, 'passed', since)
    const RealDate = Date
    globalThis.Date = new Proxy(RealDate, {
      construct: (real, args) =>
        args.length === 0 ? new real(now() + since.ms) : Reflect.construct(real, args),
      get: (real, name) => (name === 'now' ? () => now() + since.ms : Reflect.get(real, name)),
    })
    performance.now = () => monotonic() + since.ms
  }, ms)
}

/** Of main and its pages, once they have given back what they use no more. */
async function memoryOf(program: Program): Promise<number> {
  for (const page of program.app.windows()) {
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    await session.detach()
  }
  await collectGarbage(program.app)
  await sleep(500)
  await collectGarbage(program.app)
  return ownMemoryOf(program.app.process().pid ?? 0)
}
