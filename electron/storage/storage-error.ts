/** Why the database did not do what was asked. Each has its French sentence and its remedy. */
export type StorageFault =
  /** Another program kept it locked for longer than we wait. */
  | 'busy'
  | 'read-only'
  | 'full'
  /** Not a database, or one whose pages or header are damaged. It is left as it is. */
  | 'corrupt'
  /** Written by a more recent version of the program. It is left as it is. */
  | 'newer-schema'
  | 'missing-folder'
  /** There was one, and there is nothing in its place: none is made, since the last one may have a backup. */
  | 'missing-database'
  /** Anything else: a failing disk, a server that does not answer, a refused statement. */
  | 'unavailable'

/** The only error that storage, repositories and journal reject with. */
export class StorageError extends Error {
  readonly kind: StorageFault

  constructor(kind: StorageFault, cause?: unknown) {
    super(`storage: ${kind}${cause instanceof Error ? ` (${cause.message})` : ''}`, { cause })
    this.name = 'StorageError'
    this.kind = kind
  }
}

/** Says in our words what SQLite, PostgreSQL or the operating system reported. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  return new StorageError(faultOf(codeOf(error)), error)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** First match wins: SQLite's extended codes begin with the primary one. */
const faults: readonly (readonly [codes: RegExp, fault: StorageFault])[] = [
  // The file was moved or deleted under us: what we would write is lost.
  [/^SQLITE_READONLY_DBMOVED$/u, 'unavailable'],
  [/^SQLITE_(?:BUSY|LOCKED)/u, 'busy'],
  [/^SQLITE_READONLY/u, 'read-only'],
  // SQLite reserves the shared memory of the WAL by writing it: failing there is a full disk.
  [/^SQLITE_(?:FULL|IOERR_SHMSIZE)/u, 'full'],
  [/^SQLITE_(?:CORRUPT|NOTADB|IOERR_CORRUPTFS|IOERR_DATA)/u, 'corrupt'],
  [/^(?:EROFS|EACCES|EPERM)$/u, 'read-only'],
  [/^(?:ENOSPC|EDQUOT)$/u, 'full'],
  [/^(?:ENOENT|ENOTDIR)$/u, 'missing-folder'],
  // PostgreSQL, Appendix A of its manual: lock_not_available, read_only_sql_transaction, disk_full, class XX.
  [/^55P03$/u, 'busy'],
  [/^25006$/u, 'read-only'],
  [/^53100$/u, 'full'],
  [/^XX00[12]$/u, 'corrupt'],
]

function faultOf(code: string): StorageFault {
  return faults.find(([codes]) => codes.test(code))?.[1] ?? 'unavailable'
}
