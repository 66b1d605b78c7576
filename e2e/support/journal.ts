import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { verifyChain } from '../../electron/journal/chain.ts'
import type { ChainedRow, ChainVerdict, Place } from '../../electron/journal/chain.ts'
import { fromTable } from '../../electron/journal/rows.ts'
import type { JournalTable } from '../../electron/storage/schema.ts'

/** Reads the journal of a running or ended program, through a connection that cannot write. */
export function readJournal(
  dataDir: string,
  name = 'comptoir.db',
): { rows: ChainedRow[]; verdict: ChainVerdict } {
  const database = new Sqlite(path.join(dataDir, name), { readonly: true, fileMustExist: true })
  try {
    const rows = database.prepare<[], JournalTable>('select * from journal order by seq').all().map(fromTable)
    const checkpoint = database
      .prepare<[], Place>('select seq, hash from journal_checkpoint order by seq desc limit 1')
      .get()
    return { rows, verdict: verifyChain(rows, checkpoint) }
  } finally {
    database.close()
  }
}
