import { readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock as clock } from '../clock.ts'
import { isMarkedDamaged } from '../storage/restore.ts'
import { createDaily, type Daily } from './daily.ts'
import type { Records } from './records.ts'
import { createStorageWorker } from './storage-client.ts'
import type { StorageWorker } from './storage-tasks.ts'
import { addRows, openSite, site, spoilPage, useSite } from './testing/site.ts'

useSite()

const hourMs = 60 * 60 * 1000
const damaged = vi.fn<() => void>()
const rounded = vi.fn<() => void>()
let records: Records
let worker: StorageWorker
let daily: Daily

/** Begins a day's work on the database, with the worker's own tasks. */
async function begin(): Promise<void> {
  records = await openSite()
  worker = createStorageWorker({
    workerFile: fileURLToPath(new URL('storage-worker.ts', import.meta.url)),
    url: 'sqlite:comptoir.db',
    dataDir: site.dataDir,
  })
  daily = createDaily({
    settings: { journal: { retentionMonths: 12, retentionReason: null } },
    clock,
    worker,
    journal: records.journal,
    log: { note: () => Promise.resolve() },
    database: site.database,
    backups: site.backups,
    damaged,
    rounded,
  })
  daily.start()
}
/** What the journal says after the rows that were there. */
const told = (): string[] =>
  readJournal(site.dataDir)
    .rows.slice(500)
    .map(({ kind, details }) => ('fault' in details ? `${kind} ${JSON.stringify(details['fault'])}` : kind))
/** The hour passes, and what it brings is done. */
async function anHour(): Promise<void> {
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(hourMs)
}

beforeEach(async () => {
  // Those of `node:timers/promises`, that the database and the worker use, go on.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  damaged.mockClear()
  await addRows(500)
})
afterEach(async () => {
  daily.stop()
  vi.useRealTimers()
  await worker.close()
  await records.storage.close()
})

describe('the work of each day', () => {
  it('backs up a minute after the start, once a day', async () => {
    await begin()
    await vi.advanceTimersByTimeAsync(59_000)
    await expect(readdir(site.backups)).rejects.toMatchObject({ code: 'ENOENT' })
    await vi.advanceTimersByTimeAsync(1000)
    await vi.waitFor(() => expect(told()).toEqual(['database.backed-up']), 10_000)
    expect(await readdir(site.backups)).toHaveLength(1)
    await anHour()
    await anHour()
    expect(told()).toEqual(['database.backed-up'])
    expect(readJournal(site.dataDir).rows.at(-1)?.details).toMatchObject({ by: 'program', upTo: 500 })
    expect(damaged).not.toHaveBeenCalled()
  })

  it('tells of a backup that cannot be made once, and makes it when it can', async () => {
    await writeFile(site.backups, 'not a folder')
    await begin()
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.waitFor(() => expect(told()).toEqual(['database.backup-failed "missing-folder"']), 10_000)
    await anHour()
    await anHour()
    expect(told()).toEqual(['database.backup-failed "missing-folder"'])
    await rm(site.backups)
    await anHour()
    await vi.waitFor(() => expect(told().at(-1)).toBe('database.backed-up'), 10_000)
  })

  it('finds a page that is damaged, and the database is not used again', async () => {
    await begin()
    await spoilPage(site.database, 'throttle')
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.waitFor(() => expect(damaged).toHaveBeenCalledOnce(), 10_000)
    expect(told()).toEqual(['database.backup-failed "corrupt"'])
    expect(await readdir(site.backups)).toEqual([])
    expect(isMarkedDamaged(site.database)).toBe(true)
    await expect(openSite()).rejects.toMatchObject({ kind: 'corrupt' })
  })

  it('begins nothing once the program is closing', async () => {
    await begin()
    daily.stop()
    await vi.advanceTimersByTimeAsync(3 * hourMs)
    expect(vi.getTimerCount()).toBe(0)
    await expect(readdir(site.backups)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
