import { open, rm } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { assertNever } from '../assert-never.ts'
import { writing } from '../storage/file-error.ts'
import type { Storage } from '../storage/storage.ts'
import { beginning } from './chain.ts'
import type { StoredRow } from './chain.ts'
import { csvHeader, csvLines } from './export-csv.ts'
import { jsonlHeader, jsonlLine } from './export-jsonl.ts'
import type { JournalFilter } from './filter.ts'
import { keptRows } from './kept.ts'
import { createJournalPages } from './pages.ts'
import { toStored } from './rows.ts'

/** About twenty milliseconds of work: whoever shares the thread waits no longer. */
const batchSize = 1000

type Asked = {
  readonly filter: JournalFilter
  readonly format: 'csv' | 'jsonl'
  /** A name that nobody else uses: what is there is replaced. */
  readonly file: string
}
type Course = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { done: number; total: number }) => void
}

/**
 * Writes the rows that a filter keeps now, oldest first, to a file that only its owner reads. On the disk when it
 * resolves; null: it was aborted. Rejects with `FileError` when the file cannot be written, and with `StorageError`
 * when the journal cannot be read. Unless it is written whole, no file is left.
 */
export async function exportRows(
  storage: Storage,
  { filter, format, file }: Asked,
  course: Course = {},
): Promise<{ rows: number } | null> {
  await writing(() => rm(file, { force: true }))
  const handle = await writing(() => open(file, 'wx', 0o600))
  let rows: number | null = null
  try {
    rows = await writeRows(
      storage,
      { filter, format },
      (text) => writing(() => handle.appendFile(text)),
      course,
    )
    await writing(() => handle.sync())
  } finally {
    await handle.close()
    if (rows === null) await rm(file, { force: true })
  }
  return rows === null ? null : { rows }
}

async function writeRows(
  storage: Storage,
  { filter, format }: Omit<Asked, 'file'>,
  write: (text: string) => Promise<void>,
  { signal, onProgress }: Course,
): Promise<number | null> {
  const { total, upTo } = await createJournalPages(storage).count({ filter, upTo: null })
  await write(headerOf(format, filter, upTo))
  let done = 0
  let before: StoredRow | null = null
  for (;;) {
    if (signal?.aborted === true) return null
    const span = { first: (before?.seq ?? 0) + 1, last: upTo }
    const page = { from: 'oldest', skipped: 0, limit: batchSize } as const
    const rows: StoredRow[] = (await storage.read((db) => keptRows(db, filter, span, page))).map(toStored)
    await write(await linesOf(storage, format, rows, before))
    done += rows.length
    before = rows.at(-1) ?? null
    onProgress?.({ done, total })
    if (before === null || rows.length < batchSize) return done
    await nextTurn()
  }
}

function headerOf(format: Asked['format'], filter: JournalFilter, upTo: number): string {
  switch (format) {
    case 'csv':
      return csvHeader
    case 'jsonl':
      return jsonlHeader(filter, upTo)
    default:
      return assertNever(format)
  }
}

async function linesOf(
  storage: Storage,
  format: Asked['format'],
  rows: readonly StoredRow[],
  before: StoredRow | null,
): Promise<string> {
  switch (format) {
    case 'csv':
      return csvLines(rows)
    case 'jsonl': {
      const previous = await previousHashes(storage, rows, before)
      return rows.map((row) => jsonlLine(row, previous.get(row.seq))).join('')
    }
    default:
      return assertNever(format)
  }
}

/** By the number of each row that does not follow the one before: the hash that it was bound to, null where it is lost. */
async function previousHashes(
  storage: Storage,
  rows: readonly StoredRow[],
  before: StoredRow | null,
): Promise<Map<number, string | null>> {
  const alone = rows
    .filter((row, index) => row.seq !== ((index === 0 ? before : rows[index - 1])?.seq ?? Number.NaN) + 1)
    .map(({ seq }) => seq)
  if (alone.length === 0) return new Map()
  const wanted = alone.map((seq) => seq - 1)
  const known = await storage.read(async (db) => [
    ...(await db
      .selectFrom('journal_checkpoint')
      .select(['seq', 'hash'])
      .where('seq', 'in', wanted)
      .execute()),
    ...(await db.selectFrom('journal').select(['seq', 'hash']).where('seq', 'in', wanted).execute()),
  ])
  const hashes = new Map([beginning, ...known].map(({ seq, hash }) => [seq, hash]))
  return new Map(alone.map((seq) => [seq, hashes.get(seq - 1) ?? null]))
}
