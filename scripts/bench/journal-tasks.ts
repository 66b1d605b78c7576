import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { systemClock as clock } from '../../electron/clock.ts'
import { everyRow, type JournalFilter } from '../../electron/journal/filter.ts'
import { createJournal } from '../../electron/journal/journal.ts'
import { createStorageWorker } from '../../electron/program/storage-client.ts'
import type { StorageWorker } from '../../electron/program/storage-tasks.ts'
import { openStorage } from '../../electron/storage/open.ts'
import { root } from '../bootstrap/places.mjs'
import { atCounter } from './journal-rows.ts'

/** What a million rows cost the storage worker, as built; in milliseconds where no unit is told. */
export type TaskFigures = {
  /** Of a thread that has just started. */
  readonly firstPage: readonly number[]
  /** The first page of each filter, of a thread that remembers nothing. */
  readonly filtered: readonly Series[]
  /** A page in the middle of what a filter keeps. */
  readonly deep: readonly Series[]
  readonly counted: readonly Series[]
  readonly verifyRowsPerSecond: number
  /** From the order to the answer. */
  readonly cancelled: readonly number[]
  /** The first page, asked while the journal is verified. */
  readonly pageMeanwhile: readonly number[]
  readonly exportRowsPerSecond: { readonly csv: number; readonly jsonl: number }
  readonly append: readonly number[]
  readonly appendMeanwhile: readonly number[]
  /** Bytes of the table and of each index. */
  readonly sizes: readonly { readonly name: string; readonly bytes: number }[]
  readonly rows: number
}

/** A series for one filter. */
export type Series = { readonly filter: string; readonly rows: number; readonly measures: readonly number[] }

const [frequent = { id: '', code: '' }] = atCounter
const connections = [
  'identification.succeeded',
  'identification.refused',
  'session.connected',
  'session.locked',
  'session.unlocked',
  'session.ended',
] as const
const month = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' }
const filters: readonly (readonly [name: string, filter: Partial<JournalFilter>])[] = [
  ['a month', month],
  ['half of the year', { from: '2025-11-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' }],
  ['an operator', { operator: frequent.id }],
  ['a frequent kind', { kinds: ['module.opened'] }],
  ['a rare kind', { kinds: ['window.crashed'] }],
  ['a family of kinds', { kinds: [...connections] }],
  ['a module', { module: 'lgo' }],
  ['a reference', { reference: '7K2-49R' }],
  ['an operator, a month, a family', { ...month, operator: frequent.id, kinds: [...connections] }],
  ['a module, a month', { ...month, module: 'lgo' }],
  ['an operator and a rare kind', { operator: frequent.id, kinds: ['window.crashed'] }],
]
const appended = 200

/** Measures the database in `dataDir`, which it appends to. */
export async function measureTasks(dataDir: string, rounds: number): Promise<TaskFigures> {
  const place = { url: 'sqlite:comptoir.db', dataDir }
  const workerFile = join(root, 'dist/main/storage-worker.cjs')
  const afresh = async <T>(work: (worker: StorageWorker) => Promise<T>): Promise<T> => {
    const worker = createStorageWorker({ workerFile, ...place })
    try {
      return await work(worker)
    } finally {
      await worker.close()
    }
  }

  const firstPage: number[] = []
  const series = new Map<string, Measured>(
    filters.map(([name]) => [name, { total: 0, page: [], deep: [], count: [] }]),
  )
  for (let round = 0; round < rounds; round += 1) {
    await afresh(async (worker) => {
      await worker.run('journal.page', { ...newest, limit: 1 })
      firstPage.push(await timeOf(() => worker.run('journal.page', newest)))
      for (const [name, part] of filters) {
        const filter = { ...everyRow, ...part }
        const measured = series.get(name)
        if (measured === undefined) continue
        measured.page.push(await timeOf(() => worker.run('journal.page', { ...newest, filter })))
        measured.count.push(
          await timeOf(async () => {
            const { total } = await worker.run('journal.count', { filter, upTo: null })
            measured.total = total
          }),
        )
        const offset = Math.floor(measured.total / 2)
        measured.deep.push(await timeOf(() => worker.run('journal.page', { ...newest, filter, offset })))
      }
    })
  }
  const seriesOf = (which: 'page' | 'deep' | 'count'): Series[] =>
    [...series].map(([filter, measured]) => ({ filter, rows: measured.total, measures: measured[which] }))

  const sizes = sizesIn(dataDir)
  return afresh(async (worker) => {
    const { total: rows } = await worker.run('journal.count', { filter: everyRow, upTo: null })
    const verifying = await timeOf(() => worker.run('journal.verify', verify))
    const cancelled: number[] = []
    const pageMeanwhile: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      cancelled.push(await cancelVerification(worker))
      pageMeanwhile.push(...(await pagesMeanwhile(worker)))
    }
    const exported = async (format: 'csv' | 'jsonl'): Promise<number> => {
      const file = join(dataDir, `journal.${format}`)
      const took = await timeOf(() => worker.run('journal.export', { filter: everyRow, format, file }))
      await rm(file)
      return perSecond(rows, took)
    }
    const exportRowsPerSecond = { csv: await exported('csv'), jsonl: await exported('jsonl') }
    const append = await measureAppends(place)
    const ending = new AbortController()
    const verified = worker.run('journal.verify', verify, { signal: ending.signal })
    const appendMeanwhile = await measureAppends(place)
    ending.abort()
    await verified
    return {
      firstPage,
      filtered: seriesOf('page'),
      deep: seriesOf('deep'),
      counted: seriesOf('count'),
      verifyRowsPerSecond: perSecond(rows, verifying),
      cancelled,
      pageMeanwhile,
      exportRowsPerSecond,
      append,
      appendMeanwhile,
      sizes,
      rows,
    }
  })
}

type Measured = { total: number; page: number[]; deep: number[]; count: number[] }

const newest = { filter: everyRow, upTo: null, offset: 0, limit: 100 }
const verify = { head: { kind: 'none' } } as const

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

function perSecond(rows: number, ms: number): number {
  return (rows / ms) * 1000
}

/** How long the answer takes once a verification under way is given up. */
async function cancelVerification(worker: StorageWorker): Promise<number> {
  const ending = new AbortController()
  let from = Number.NaN
  const onProgress = (): void => {
    if (Number.isNaN(from)) from = performance.now()
    ending.abort()
  }
  const found = await worker.run('journal.verify', verify, { signal: ending.signal, onProgress })
  if (found.kind !== 'cancelled') throw new Error('the verification was not cancelled')
  return performance.now() - from
}

async function pagesMeanwhile(worker: StorageWorker): Promise<number[]> {
  const ending = new AbortController()
  const verified = worker.run('journal.verify', verify, { signal: ending.signal })
  const measures: number[] = []
  for (let page = 0; page < 10; page += 1) {
    measures.push(await timeOf(() => worker.run('journal.page', { ...newest, offset: page * 1000 })))
  }
  ending.abort()
  await verified
  return measures
}

/** Rows as the program writes them, each on the disk before the next. */
async function measureAppends(place: { url: string; dataDir: string }): Promise<number[]> {
  const storage = await openStorage({ ...place, clock })
  const journal = createJournal({ storage, clock, workstation: 'bench' })
  const measures: number[] = []
  for (let row = 0; row < appended; row += 1) {
    measures.push(
      await timeOf(() =>
        journal.append({ kind: 'program.started', outcome: 'done', details: { version: 'bench' } }),
      ),
    )
  }
  await storage.close()
  return measures
}

function sizesIn(dataDir: string): TaskFigures['sizes'] {
  const database = new Sqlite(join(dataDir, 'comptoir.db'), { readonly: true })
  const sizes = database
    .prepare<[], { name: string; bytes: number }>(
      `select name, sum(pgsize) as bytes from dbstat where name glob 'journal*' group by name having bytes > 65536
       order by bytes desc`,
    )
    .all()
  database.close()
  return sizes
}
