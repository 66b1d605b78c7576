import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { systemClock } from '../../clock.ts'
import type { Clock } from '../../clock.ts'
import { createJournal } from '../../journal/journal.ts'
import { openStorage } from '../open.ts'
import { StorageError } from '../storage-error.ts'
import type { StorageFault } from '../storage-error.ts'
import { temporaryFolder } from './engines.ts'

export const started = { kind: 'program.started', outcome: 'done', details: { version: '0.1.0' } } as const

/** Five seconds of patience pass in a tenth of a second. */
export const hurried: Clock = { now: systemClock.now, monotonic: () => systemClock.monotonic() * 50 }

/** The folder of each test, and the database file that it may hold. */
export const place = { dataDir: '', file: '' }

/** Gives each test of the file a folder of its own. */
export function useTemporaryFolder(): void {
  beforeEach(async () => {
    place.dataDir = await temporaryFolder()
    place.file = path.join(place.dataDir, 'test.db')
  })
  afterEach(() => rm(place.dataDir, { recursive: true }))
}

export const open = (url = 'sqlite:test.db', dataDir = place.dataDir) =>
  openStorage({ url, dataDir, clock: hurried })

export async function opensAs(kind: StorageFault, dataDir = place.dataDir): Promise<void> {
  const error: unknown = await open('sqlite:test.db', dataDir).then(
    (storage) => storage.close(),
    (fault: unknown) => fault,
  )
  expect(error).toBeInstanceOf(StorageError)
  expect(error).toMatchObject({ kind })
}

/** A database with rows in it, closed as it should be. */
export async function makeDatabase(rows = 50): Promise<void> {
  const storage = await open()
  const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
  for (let row = 0; row < rows; row++) await journal.append(started)
  await storage.close()
}
