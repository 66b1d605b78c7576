import { StorageError, toStorageError } from './storage-error.ts'

/** A file that somebody asked for could not be written: the database has nothing to do with it. */
export class FileError extends StorageError {
  override readonly name = 'FileError'
}

/** Runs what writes a file: what the operating system refuses it rejects as a `FileError`. */
export async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new FileError(toStorageError(error).kind, error)
  }
}
