import { existsSync, statSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../clock.ts'
import { everyRow } from '../journal/filter.ts'
import { appendRows } from '../journal/testing/fill.ts'
import { FileError } from '../storage/file-error.ts'
import { openStorage } from '../storage/open.ts'
import { StorageError } from '../storage/storage-error.ts'
import { temporaryFolder } from '../storage/testing/engines.ts'
import { lookFromOutside } from '../storage/testing/outside.ts'
import { createStorageWorker } from './storage-client.ts'
import type { StorageWorker } from './storage-tasks.ts'

const realWorker = new URL('storage-worker.ts', import.meta.url)
const rowCount = 20_000
const newest = { filter: everyRow, upTo: null, offset: 0, limit: 3 }
const verify = { head: { kind: 'none' } } as const

let dataDir = ''
const workers: StorageWorker[] = []

beforeAll(async () => {
  dataDir = await temporaryFolder()
  const storage = await openStorage({ url: 'sqlite:test.db', dataDir, clock })
  const row = {
    workstation: 'w',
    operatorId: null,
    operatorCode: null,
    kind: 'program.started',
    outcome: 'done',
  }
  const context = { means: null, module: null, reference: null, details: { version: '0.1.0' } }
  const at = '2026-01-01T00:00:00.000Z'
  await appendRows(
    storage,
    Array.from({ length: rowCount }, () => ({ ...row, ...context, at })),
  )
  await storage.close()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()))
})
afterAll(() => rm(dataDir, { recursive: true }))

function start(options: { workerFile?: string; url?: string; idleMs?: number } = {}): StorageWorker {
  const worker = createStorageWorker({
    workerFile: fileURLToPath(realWorker),
    url: 'sqlite:test.db',
    dataDir,
    ...options,
  })
  workers.push(worker)
  return worker
}

/** A worker file that does something before it is the real one. */
async function workerThatFirst(statements: string): Promise<string> {
  const file = path.join(dataDir, 'worker.mjs')
  await writeFile(
    file,
    `import { appendFileSync, existsSync } from 'node:fs'
    const log = ${JSON.stringify(path.join(dataDir, 'starts.log'))}
    const isFirst = !existsSync(log)
    appendFileSync(log, 'started\\n')
    ${statements}
    await import(${JSON.stringify(realWorker.href)})`,
  )
  await rm(path.join(dataDir, 'starts.log'), { force: true })
  return file
}
const starts = async (): Promise<number> =>
  (await readFile(path.join(dataDir, 'starts.log'), 'utf8')).split('\n').length - 1

describe('the storage worker', () => {
  it('answers each of several tasks', async () => {
    const worker = start()
    const [page, count, sound] = await Promise.all([
      worker.run('journal.page', newest),
      worker.run('journal.count', { filter: everyRow, upTo: null }),
      worker.run('database.check', { database: path.join(dataDir, 'test.db') }),
    ])
    expect(page.map(({ seq, details }) => ({ seq, details }))).toEqual(
      [rowCount, rowCount - 1, rowCount - 2].map((seq) => ({ seq, details: { version: '0.1.0' } })),
    )
    expect(count).toEqual({ total: rowCount, upTo: rowCount })
    expect(sound).toEqual({ sound: true })
  })

  it('tells how far a task is, and shows pages meanwhile', async () => {
    const worker = start()
    await worker.run('journal.page', newest)
    const told: { done: number; total: number }[] = []
    const order: string[] = []
    const verified = worker.run('journal.verify', verify, {
      onProgress: (progress) => {
        told.push(progress)
        if (told.length === 1) void worker.run('journal.page', newest).then(() => order.push('page'))
      },
    })
    expect(await verified.finally(() => order.push('verified'))).toMatchObject({
      kind: 'sound',
      rows: rowCount,
    })
    expect(order).toEqual(['page', 'verified'])
    expect(told[0]).toEqual({ done: 1000, total: rowCount })
  })

  it('ends a task that is aborted, before or while it runs', async () => {
    const worker = start()
    const ending = new AbortController()
    const { signal } = ending
    const onProgress = (): void => ending.abort()
    expect(await worker.run('journal.verify', verify, { signal, onProgress })).toEqual({ kind: 'cancelled' })
    const asked = { filter: everyRow, format: 'jsonl', file: path.join(dataDir, 'x.jsonl') } as const
    expect(await worker.run('journal.export', asked, { signal })).toBeNull()
    expect(existsSync(asked.file)).toBe(false)
  })

  it('rejects as the task did, by the same fault', async () => {
    const elsewhere: unknown = await start({ url: 'sqlite:nowhere.db' })
      .run('journal.page', newest)
      .catch((error: unknown) => error)
    expect(elsewhere).toBeInstanceOf(StorageError)
    expect(elsewhere).toMatchObject({ kind: 'missing-database' })
    const asked = { filter: everyRow, format: 'csv', file: path.join(dataDir, 'nowhere', 'x.csv') } as const
    const unwritten: unknown = await start()
      .run('journal.export', asked)
      .catch((error: unknown) => error)
    expect(unwritten).toBeInstanceOf(FileError)
    expect(unwritten).toMatchObject({ kind: 'missing-folder', message: expect.stringContaining('ENOENT') })
  })

  it('rejects what was asked when it ends by itself, and starts again', async () => {
    const worker = start({ workerFile: await workerThatFirst('if (isFirst) process.exit(3)') })
    await expect(worker.run('journal.page', newest)).rejects.toMatchObject({
      name: 'StorageError',
      kind: 'unavailable',
    })
    expect(await worker.run('journal.page', newest)).toHaveLength(3)
    expect(await starts()).toBe(2)
  })

  it('rejects when it cannot start', async () => {
    const worker = start({ workerFile: path.join(dataDir, 'missing.mjs') })
    await expect(worker.run('journal.page', newest)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('ends when nothing is asked, and not while something is', async () => {
    const worker = start({ workerFile: await workerThatFirst(''), idleMs: 50 })
    await worker.run('journal.page', newest)
    await worker.run('journal.page', newest)
    expect(await starts()).toBe(1)
    await sleep(300)
    await worker.run('journal.page', newest)
    expect(await starts()).toBe(2)
    expect(await worker.run('journal.verify', verify)).toMatchObject({ kind: 'sound' })
  })

  it('is closed at once, whatever it does, and then refuses', async () => {
    const worker = start({
      workerFile: await workerThatFirst('for (const end = Date.now() + 5000; Date.now() < end; );'),
    })
    const pending = worker.run('journal.page', newest)
    const rejected = expect(pending).rejects.toMatchObject({ kind: 'unavailable' })
    const from = performance.now()
    await worker.close()
    expect(performance.now() - from).toBeLessThan(2000)
    await rejected
    await expect(worker.run('journal.page', newest)).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

// The locks of POSIX are of a process, whichever of its threads lets go of them.
describe.runIf(process.platform === 'linux')('the locks of an open database', () => {
  it.each<[string, (worker: StorageWorker) => Promise<unknown>]>([
    ['a second connection', async () => (await openStorage({ ...place(), clock })).close()],
    ['a page', (worker) => worker.run('journal.page', newest)],
    [
      'a backup',
      (worker) => worker.run('database.back-up', { database: file(), folder: path.join(dataDir, 's') }),
    ],
    ['a check', (worker) => worker.run('database.check', { database: file() })],
  ])('stay through %s, so that another program leaves its WAL', async (_, work) => {
    const storage = await openStorage({ ...place(), clock })
    try {
      await storage.write((trx) => trx.deleteFrom('phone_push').execute())
      expect(await locks()).not.toEqual([])
      const worker = start()
      await work(worker)
      await worker.close()
      expect(await locks()).not.toEqual([])
      await lookFromOutside(file())
      expect(existsSync(`${file()}-wal`)).toBe(true)
    } finally {
      await storage.close()
    }
  })
})

function file(): string {
  return path.join(dataDir, 'test.db')
}

/** Those that this process has on the database. */
async function locks(): Promise<string[]> {
  const ours = new RegExp(` ${process.pid} \\S+:${statSync(file()).ino} `, 'u')
  return (await readFile('/proc/locks', 'utf8')).split('\n').filter((line) => ours.test(line))
}

function place(): { url: string; dataDir: string } {
  return { url: 'sqlite:test.db', dataDir }
}
