import { StorageError } from '../../electron/storage/storage-error.ts'

/**
 * What the system or the database said when the demonstration could not be written, without a full stop; null when
 * the fault is not theirs.
 */
export function whyNotWritten(error: unknown): string | null {
  if (error instanceof StorageError) return error.cause instanceof Error ? error.cause.message : error.kind
  return error instanceof Error && 'syscall' in error ? error.message : null
}
