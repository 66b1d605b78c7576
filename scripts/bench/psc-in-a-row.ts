import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as V8 from 'node:v8'
import type * as Vm from 'node:vm'
import type { ElectronApplication } from '@playwright/test'
import { memoryOf } from './memory.ts'
import { disconnect, identify, logIn } from './psc-login.ts'
import { idleMs } from './psc-raw.ts'
import { onPscSite, person } from './psc-site.ts'
import { trendOf, type Summary } from './statistics.ts'
import type { Row } from './table.ts'

/** What a program holds after so many logins, at rest. Memory in megabytes. */
export type Sample = {
  readonly logins: number
  /** Of the main process: its JavaScript, all garbage collected, and what it shares with nobody. */
  readonly heap: number
  readonly own: number
  /** Proportional set size of all processes. */
  readonly all: number
  /** What keeps its event loop alive, by kind. */
  readonly handles: Readonly<Record<string, number>>
  readonly descriptors: number
  readonly listening: number
}

/** After as many, everything that is made once is made. */
const warmUp = 100
const measured = 1000
const between = 100
/** By what the memory of the main process may grow in `measured` logins, in megabytes. */
const allowed = 5

/** Logs the same operator in and out again and again, with the way of authentication that holds most. */
export function measureInARow(folder: string): Promise<Sample[]> {
  return onPscSite(folder, 'tls_client_auth', ({ simulator: { ca }, atCounter }) =>
    atCounter(async (counter) => {
      const samples: Sample[] = []
      for (let logins = 1; logins <= warmUp + measured; logins += 1) {
        await identify(counter)
        await logIn(counter, { identity: person.identity, ca })
        await disconnect(counter)
        if (logins < warmUp || logins % between !== 0) continue
        samples.push({ logins, ...(await sampleOf(counter.program.app)) })
      }
      return samples
    }),
  )
}

async function sampleOf(app: ElectronApplication): Promise<Omit<Sample, 'logins'>> {
  await collectGarbage(app)
  // By then connections that serve nothing have ended, and V8 has given back what it needs no more.
  await sleep(idleMs * 2)
  await collectGarbage(app)
  const { heap, handles } = await app.evaluate(() => {
    const handles: Record<string, number> = {}
    for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1
    return { heap: process.memoryUsage().heapUsed / 1024 ** 2, handles }
  })
  const { pid = 0 } = app.process()
  const descriptors = descriptorsOf(pid)
  return {
    heap,
    own: ownMemoryOf(pid),
    all: memoryOf(pid),
    handles,
    descriptors: descriptors.length,
    listening: descriptors.filter(isOneOf(listeningSockets(pid))).length,
  }
}

/** Has V8 give back what the main process uses no more. */
export function collectGarbage(app: ElectronApplication): Promise<void> {
  return app.evaluate(() => {
    const v8: typeof V8 | undefined = process.mainModule?.require('node:v8')
    const vm: typeof Vm | undefined = process.mainModule?.require('node:vm')
    v8?.setFlagsFromString('--expose-gc')
    vm?.runInNewContext('gc')()
  })
}

/** In megabytes (Linux). What comes from a file becomes a process's own when another program ends that had it too. */
function ownMemoryOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Anonymous:\s+(?<size>\d+) kB/mu.exec(rollup)?.groups?.['size']) / 1024
}

/** What each open descriptor is: a path, or `socket:[INODE]`. */
function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      // Closed since it was listed.
      return []
    }
  })
}

/** Of the whole machine, as descriptors are called. */
function listeningSockets(pid: number): ReadonlySet<string> {
  const lines = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n'),
  )
  const sockets = lines.map((line) => line.trim().split(/\s+/u))
  // TCP_LISTEN, by the kernel's own number.
  return new Set(sockets.filter(({ 3: state }) => state === '0A').map(({ 9: inode }) => `socket:[${inode}]`))
}

function isOneOf(set: ReadonlySet<string>): (name: string) => boolean {
  return (name) => set.has(name)
}

/** The figures as the table shows them. */
export function inARowRows(samples: readonly Sample[]): Row[] {
  const memory = trendOf(
    samples.map(({ logins, own }) => ({ at: logins, value: own })),
    measured,
  )
  const heap = trendOf(
    samples.map(({ logins, heap }) => ({ at: logins, value: heap })),
    measured,
  )
  const handles = growthOf(samples, ({ handles }) =>
    Object.values(handles).reduce((sum, count) => sum + count, 0),
  )
  const descriptors = growthOf(samples, ({ descriptors }) => descriptors)
  const listening = growthOf(samples, ({ listening }) => listening)
  return [
    {
      what: `${measured} PSC logins in a row: growth of main's own memory`,
      measured: `${told(memory)} MB, ${heap.median.toFixed(1)} of it JavaScript`,
      target: `≤ ${allowed} MB`,
      reached: memory.median <= allowed,
    },
    {
      what: 'the same: of handles, descriptors, listening sockets',
      measured: `${handles}, ${descriptors}, ${listening}`,
      target: '0, 0, 0',
      reached: handles <= 0 && descriptors <= 0 && listening <= 0,
    },
  ]
}

function told({ median, low, high }: Summary): string {
  return `${median.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`
}

function growthOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const [first, last] = [samples[0], samples.at(-1)]
  return first === undefined || last === undefined ? Number.NaN : of(last) - of(first)
}
