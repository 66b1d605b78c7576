import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { constants, copyFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { systemClock as clock } from '../../electron/clock.ts'
import { firstPreviousHash, hashOf } from '../../electron/journal/chain.ts'
import { rowOf, toTable } from '../../electron/journal/rows.ts'
import { openStorage } from '../../electron/storage/open.ts'
import { readWorkstation } from '../../electron/storage/workstation.ts'
import { cache, cached, root } from '../bootstrap/places.mjs'
import { journalEntries } from './journal-rows.ts'

const journalRows = 1_000_000
/** Half a gigabyte: only the last one made is kept. */
const prefix = `journal-${journalRows}-`
const firstDay = new Date('2025-11-01T00:00:00.000Z')

/** What a database made here depends on: another schema, or another journal, is made anew. */
const madeFrom = [
  'electron/storage/migrations/*.ts',
  'electron/journal/{chain,rows}.ts',
  'scripts/bench/journal-{rows,database}.ts',
]

/**
 * Puts a database with a million journal rows, chained as the program would have, in `dataDir`: made once (a minute),
 * copied afterwards.
 */
export async function writeMillionRows(dataDir: string): Promise<void> {
  const name = `${prefix}${version()}`
  const folder = await cached(name, make)
  for (const other of await readdir(cache)) {
    if (other.startsWith(prefix) && other !== name && !other.includes('.')) {
      await rm(join(cache, other), { recursive: true })
    }
  }
  await copyFile(join(folder, 'comptoir.db'), join(dataDir, 'comptoir.db'), constants.COPYFILE_FICLONE)
}

function version(): string {
  const files = madeFrom.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

async function make(dataDir: string): Promise<void> {
  console.error('A journal of a million rows is made; it is kept for the next time.')
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock })
  const { id: workstation } = await readWorkstation(storage)
  await storage.close()
  const database = new Sqlite(join(dataDir, 'comptoir.db'))
  // Nobody waits for this file: it is whole when it gets its name.
  database.pragma('synchronous = OFF')
  database.transaction(() => append(database, workstation))()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

function append(database: Sqlite.Database, workstation: string): void {
  const columns = [
    'seq',
    'at',
    'workstation',
    'operator_id',
    'operator_code',
    'kind',
    'outcome',
    'means',
    'module',
    'reference',
    'details',
    'hash',
  ]
  const insert = database.prepare(
    `insert into journal (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})`,
  )
  let seq = 0
  let hash = firstPreviousHash
  for (const entry of journalEntries({ count: journalRows, firstDay, workstation })) {
    seq += 1
    const row = { ...rowOf(entry), seq }
    hash = hashOf(hash, row)
    insert.run(toTable({ ...row, hash }))
  }
}
