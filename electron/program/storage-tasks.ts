import type { ChainedRow } from '../journal/chain.ts'
import type { JournalFilter } from '../journal/filter.ts'
import type { Tail } from '../journal/tail.ts'
import type { KeptHead, Verification } from '../journal/verdict.ts'
import type { DatabaseLook } from '../storage/look.ts'
import type { StorageFault } from '../storage/storage-error.ts'
import type { BackupLook } from './backups.ts'

/** A window on the rows that a filter keeps, newest first. */
export type PageRequest = {
  readonly filter: JournalFilter
  /** Rows written after this one are not seen, so that what is shown does not move; null: none is left out. */
  readonly upTo: number | null
  /** How many rows are skipped. */
  readonly offset: number
  readonly limit: number
}

/**
 * What the storage worker does, with a connection of its own, so that the main process waits for none of it. A task
 * with progress tells `{ done, total }` in rows, a few times a second, and ends early when it is aborted.
 */
export type StorageTasks = {
  'journal.page': { args: PageRequest; value: ChainedRow[] }
  /** `upTo`: the last row there is, or the one asked for. */
  'journal.count': {
    args: { filter: JournalFilter; upTo: number | null }
    value: { total: number; upTo: number }
  }
  /** With progress. */
  'journal.verify': { args: { head: KeptHead }; value: Verification }
  /**
   * With progress. Writes a file that only its owner reads; null: aborted, and no file is left. Rejects with `FileError`
   * when the file cannot be written.
   */
  'journal.export': {
    args: { filter: JournalFilter; format: 'csv' | 'jsonl'; file: string }
    value: { rows: number } | null
  }
  /** Lets go of the rows before an instant; resolves to how many went. */
  'journal.cut': { args: { before: string; months: number; reason: string | null }; value: { rows: number } }
  /** The daily backup, when today's is not there yet, verified and rotated; null: it was. */
  'database.back-up': {
    args: { database: string; folder: string }
    value: { upTo: number; hash: string } | null
  }
  /** Whether every page of the database is as SQLite wrote it (`quick_check`). */
  'database.check': { args: { database: string }; value: { sound: boolean } }
  /** For « Diagnostic du poste ». */
  'database.look': { args: { database: string }; value: DatabaseLook }
  /** The newest backup; null: there is none. */
  'backup.look': { args: { folder: string }; value: BackupLook | null }
  /** Verifies the last rows, `count` of them; null: aborted. */
  'journal.tail': { args: { count: number; head: KeptHead }; value: Tail | null }
}
export type StorageTask = keyof StorageTasks

export type TaskOptions = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export type Progress = { readonly done: number; readonly total: number }

/** How a task that lasts is told to end early and tells how far it is; it may tell as often as it likes. */
export type Course = {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Asks the worker; started at the first task. Rejects with `StorageError`, also when the worker has ended. */
export type StorageWorker = {
  readonly run: <T extends StorageTask>(
    task: T,
    args: StorageTasks[T]['args'],
    options?: TaskOptions,
  ) => Promise<StorageTasks[T]['value']>
  /**
   * Ends the tasks under way, which are rejected, within half a second; what is asked later is rejected too. Only a
   * `quick_check` under way, of a check or of a backup, is waited for: a second for half a gigabyte that is in memory, as
   * long as the disk takes to read it otherwise.
   */
  readonly close: () => Promise<void>
}

/** What the program asks a thread of the worker. */
export type StorageRequest<T extends StorageTask = StorageTask> =
  RunRequest<T> | { kind: 'abort'; id: number } | { kind: 'end' }
export type RunRequest<T extends StorageTask = StorageTask> = {
  kind: 'run'
  id: number
  task: T
  args: StorageTasks[T]['args']
}

/** What a thread answers; `Value` is the task's. */
export type StorageAnswer<Value> =
  | { kind: 'done'; id: number; value: Value }
  /** `of`: which `StorageError` it is, of the database or of a file (`FileError`). */
  | { kind: 'failed'; id: number; of: 'database' | 'file'; fault: StorageFault; message: string }
  | { kind: 'progress'; id: number; progress: Progress }
