import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach } from 'vitest'
import { systemClock as clock } from '../../clock.ts'
import { temporaryFolder } from '../../storage/testing/engines.ts'
import { openRecords, type Records } from '../records.ts'

/** The data folder of each test, its database and its backups. */
export const site = { dataDir: '', database: '', backups: '' }

/** Gives each test of the file a data folder of its own. */
export function useSite(): void {
  beforeEach(async () => {
    site.dataDir = await temporaryFolder()
    site.database = path.join(site.dataDir, 'comptoir.db')
    site.backups = path.join(site.dataDir, 'sauvegardes')
  })
  afterEach(() => rm(site.dataDir, { recursive: true }))
}

export function openSite(): Promise<Records> {
  const { dataDir, backups } = site
  return openRecords({ url: 'sqlite:comptoir.db', dataDir, backups, keptRows: null, headItem: null, clock })
}

/** Opens the database, adds so many rows to its journal, and closes it. */
export async function addRows(rows: number): Promise<void> {
  const { journal, storage } = await openSite()
  await writeRows({ journal }, rows)
  await storage.close()
}

export async function writeRows({ journal }: Pick<Records, 'journal'>, rows: number): Promise<void> {
  for (let row = 0; row < rows; row++) {
    await journal.append({ kind: 'program.started', outcome: 'done', details: { version: String(row) } })
  }
}

/** Fills a page with what SQLite never writes: nothing at the start shows it. */
export async function spoilPage(file: string, name = 'journal_operator_code'): Promise<void> {
  const sqlite = new Sqlite(file, { readonly: true })
  const page = Number(sqlite.prepare('select rootpage from sqlite_master where name = ?').pluck().get(name))
  sqlite.close()
  const bytes = await readFile(file)
  await writeFile(file, bytes.fill(0xff, (page - 1) * 4096, page * 4096))
}

/** Turns a database's header into nothing that SQLite knows. */
export async function spoilHeader(file: string): Promise<void> {
  const bytes = await readFile(file)
  await writeFile(file, bytes.fill(0x55, 0, 100))
}
