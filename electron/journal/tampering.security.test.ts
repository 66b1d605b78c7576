import { rm } from 'node:fs/promises'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock } from '../clock.ts'
import { openStorage } from '../storage/open.ts'
import { temporaryFolder } from '../storage/testing/engines.ts'
import { createJournal } from './journal.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await temporaryFolder()
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock: systemClock })
  const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
  for (const version of ['1', '2', '3']) {
    await journal.append({ kind: 'program.started', outcome: 'done', details: { version } })
  }
  await storage.close()
})
afterEach(() => rm(dataDir, { recursive: true }))

/** Somebody with a tool of their own, who first takes the triggers away. */
function tamper(statement: string): void {
  const database = new Sqlite(path.join(dataDir, 'comptoir.db'))
  for (const name of ['journal_no_update', 'journal_no_delete', 'journal_no_replace']) {
    database.exec(`drop trigger ${name}`)
  }
  database.exec(statement)
  database.close()
}

it.each([
  ['a changed row', "update journal set kind = 'program.stopped' where seq = 2", 2, 'hash'],
  ['changed details', `update journal set details = '{"version":"9"}' where seq = 2`, 2, 'hash'],
  ['an operator put in', "update journal set operator_code = '1' where seq = 1", 1, 'hash'],
  ['a row taken out', 'delete from journal where seq = 2', 2, 'missing'],
  ['the first row taken out', 'delete from journal where seq = 1', 1, 'missing'],
  ['rows numbered again', 'delete from journal where seq = 1; update journal set seq = seq - 1', 1, 'hash'],
])('names the first bad row: %s', (_, statement, seq, reason) => {
  expect(readJournal(dataDir).verdict).toEqual({ ok: true, rows: 3 })
  tamper(statement)
  expect(readJournal(dataDir).verdict).toEqual({ ok: false, seq, reason })
})
