import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock as clock } from '../../electron/clock.ts'
import type { ChainedRow } from '../../electron/journal/chain.ts'
import { openRecords } from '../../electron/program/records.ts'
import type { ThrottleTable, WorkstationTable } from '../../electron/storage/schema.ts'

/** A journal row, as it was acknowledged. */
export type Place = { readonly seq: number; readonly hash: string }

const dayMs = 24 * 60 * 60 * 1000

/**
 * Opens what a killed counter left, as the next start would, and resolves to how many rows it has. Rejects with what
 * is not as it must be.
 */
export async function inspect(dataDir: string, acknowledged: readonly Place[]): Promise<number> {
  const backups = join(dataDir, 'sauvegardes')
  const place = { url: 'sqlite:comptoir.db', dataDir, backups, keptRows: null, headItem: null, clock }
  const { storage } = await openRecords(place)
  await storage.close()
  const { rows, verdict } = readJournal(dataDir)
  assert.deepEqual(verdict, { ok: true, rows: rows.length })
  for (const { seq, hash } of acknowledged) assert.equal(rows[seq - 1]?.hash, hash, `row ${seq}`)
  const sqlite = new Sqlite(join(dataDir, 'comptoir.db'), { readonly: true })
  try {
    assert.equal(sqlite.pragma('quick_check', { simple: true }), 'ok')
    throttleAgrees(sqlite, rows)
  } finally {
    sqlite.close()
  }
  return rows.length
}

/** A failure is counted if and only if the journal tells of it, and forgotten with the success that follows. */
function throttleAgrees(sqlite: Sqlite.Database, rows: readonly ChainedRow[]): void {
  const refused = rows.filter(({ kind }) => kind === 'identification.refused')
  const last = Date.parse(refused.at(-1)?.at ?? '')
  const counted = sqlite.prepare('select count(*) from failure').pluck().get()
  assert.equal(counted, refused.filter(({ at }) => Date.parse(at) > last - dayMs).length, 'failures')

  const throttled = sqlite.prepare<[], ThrottleTable>('select * from throttle').all()
  const workstation = sqlite.prepare<[], WorkstationTable>('select * from workstation').get()
  for (const code of ['1', '2']) {
    const key = createHmac('sha256', Buffer.from(workstation?.throttle_key ?? '', 'hex'))
      .update(`code:${code}`)
      .digest('hex')
    const ofCode = rows.filter(
      ({ kind, operatorCode }) => kind.startsWith('identification.') && operatorCode === code,
    )
    const succeeded = ofCode.findLastIndex(({ kind }) => kind === 'identification.succeeded')
    const consecutive = throttled.find((row) => row.key === key)?.consecutive ?? 0
    assert.equal(consecutive, ofCode.length - 1 - succeeded, `consecutive failures of ${code}`)
  }
}
