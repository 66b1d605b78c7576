import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { IssuedCard } from '../../e2e/support/card/pki.ts'
import type { Control, Simulation } from '../../e2e/support/card/simulated-cryptolib.ts'
import { recordPill, type PillRecord, type Said } from '../../e2e/support/card-pill.ts'
import { cardProcesses } from '../../e2e/support/card-process.ts'
import { startProgram, type Program } from '../../e2e/support/program.ts'
import { longestBlocks, recordBlocks, type Longest } from '../tour/blocking.ts'
import { eventually, type Place } from './card-workstation.ts'
import { measureIdentification } from './interactions.ts'

/** What the card process costs, and what it spares the program. */
export type CardProcessFigures = {
  /** Milliseconds from the last answer of Cryptolib to the holder in the pill. */
  readonly own: readonly number[]
  /** Milliseconds from a crash noticed to the card shown again. */
  readonly recovery: readonly number[]
  /** Share of a core at rest, with a card in its reader. */
  readonly rest: number
  readonly hang: Hang
}

/** What happens while Cryptolib does not answer. */
export type Hang = {
  readonly blocks: Longest
  /** Milliseconds from a click on « S'identifier » to the identification window shown. */
  readonly identification: readonly number[]
}

type Site = { readonly place: Place; readonly simulation: Simulation; readonly cards: readonly IssuedCard[] }

const restarting = 'Lecture de carte : redémarrage…'
/** In milliseconds. */
const restMs = 30_000
/** V8 tidies up once, some half a minute after its last work. */
const settledMs = 40_000
const hangMs = 10_000

/** Measures over the simulated Cryptolib with two cards. */
export async function measureCardProcess(site: Site, rounds: number): Promise<CardProcessFigures> {
  const recovery: number[] = []
  // A second crash within a minute is waited for longer, by design: each is of a program of its own.
  for (let round = 0; round < rounds; round += 1) recovery.push(await inProgram(site, recoveryOf))
  return inProgram(site, async (started) => {
    const own = await ownTimes(started, rounds * 2)
    const rest = await loadAtRest(started)
    return { own, recovery, rest, hang: await measureHang(started, rounds) }
  })
}

type Started = Site & { readonly program: Program; readonly launcher: Page; readonly pill: PillRecord }

/** Starts the program with the first card inserted, waits until it is shown, and ends it afterwards. */
async function inProgram<T>(site: Site, measure: (started: Started) => Promise<T>): Promise<T> {
  insert(site, 0)
  const program = await startProgram(site.place)
  try {
    const launcher = await program.window('launcher')
    const pill = await recordPill(launcher)
    await saidNext(pill, (text) => isOf(text, site.cards[0]))
    return await measure({ ...site, program, launcher, pill })
  } finally {
    await program.stop()
  }
}

function insert({ simulation, cards }: Site, index: number, more: Partial<Control> = {}): void {
  const card = cards[index]
  if (card === undefined) throw new Error(`no card ${index}`)
  simulation.set({ readers: [{ name: 'Lecteur', content: { card } }], ...more })
}

function isOf(text: string, card: IssuedCard | undefined): boolean {
  return text.startsWith('Carte ') && card !== undefined && text.endsWith(nameOf(card))
}

function nameOf({ profile }: IssuedCard): string {
  return profile === 'pharmacist' ? 'ADJOINTPHARM' : 'ETUDIANTPHARM'
}

function saidNext(pill: PillRecord, matches: (text: string) => boolean): Promise<Said> {
  return eventually('the pill', async () => (await pill.said()).find(({ text }) => matches(text)))
}

async function recoveryOf(started: Started): Promise<number> {
  const { pill, cards } = started
  insert(started, 0, { faults: [{ in: 'C_GetSlotList', kind: 'segv', times: 1 }] })
  const said: Said[] = []
  const last = await eventually('the card again', async () => {
    said.push(...(await pill.said()))
    return said.findLast(({ text }) => isOf(text, cards[0]))
  })
  const noticed = said.find(({ text }) => text === restarting)
  if (noticed === undefined) throw new Error('the crash was not told')
  return last.at - noticed.at
}

/**
 * One card takes the place of the other, and everything is read at once. Each call of the library is written down in a
 * file as it begins: the file's time is that of the last one, which takes no time to answer, some milliseconds early
 * (the kernel dates files by its tick). A time that is later than what the pill said is of a call that came afterwards:
 * the measure is left out.
 */
async function ownTimes(started: Started, times: number): Promise<number[]> {
  const { launcher, pill, simulation, cards } = started
  const trace = join(dirname(simulation.modulePath), 'calls')
  const measures: number[] = []
  for (let time = 0; measures.length < times; time += 1) {
    const index = (time + 1) % 2
    insert(started, index, { traced: true })
    await launcher.evaluate(() => Reflect.get(globalThis, 'comptoir').testCard())
    const { at } = await saidNext(pill, (text) => isOf(text, cards[index]))
    const answered = statSync(trace).mtimeMs
    if (answered <= at) measures.push(at - answered)
    if (time > times * 3) throw new Error('the library is never left alone')
  }
  insert(started, 0)
  simulation.calls()
  return measures
}

/** All threads of the card process, over half a minute. */
async function loadAtRest({ program }: Started): Promise<number> {
  const [pid = 0] = cardProcesses(program)
  await sleep(settledMs)
  const before = runTime(pid)
  const from = performance.now()
  await sleep(restMs)
  return (runTime(pid) - before) / (performance.now() - from)
}

/** Milliseconds on a processor of all threads of a process, as the kernel's scheduler has it (Linux, sched-stats). */
function runTime(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const times = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
  return times.reduce((sum, time) => sum + Number(time) / 1e6, 0)
}

/** Cryptolib hangs; meanwhile somebody opens the identification window again and again. */
async function measureHang(started: Started, times: number): Promise<Hang> {
  const { program, pill, cards } = started
  await pill.said()
  const recorder = await recordBlocks(program.app)
  insert(started, 0, {
    faults: [{ in: 'C_GetSlotList', kind: 'delay', milliseconds: hangMs, times: 1 }],
  })
  const identification = await measureIdentification(program, times)
  await saidNext(pill, (text) => text === restarting)
  await saidNext(pill, (text) => isOf(text, cards[0]))
  const { working } = longestBlocks(await recorder.stop())
  return { blocks: working, identification }
}
