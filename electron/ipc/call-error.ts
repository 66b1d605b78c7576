import { sentence } from '../../renderer/ui/texts.ts'
import { newReference } from '../journal/reference.ts'
import { StorageError, type StorageFault } from '../storage/storage-error.ts'
import { Refusal, type CallError, type ErrorCode } from './result.ts'

const storageCodes: Record<StorageFault, ErrorCode> = {
  busy: 'storage-busy',
  full: 'storage-full',
  'read-only': 'storage-read-only',
  corrupt: 'storage-corrupt',
  'newer-schema': 'storage-unavailable',
  'missing-folder': 'storage-unavailable',
  'missing-database': 'storage-missing',
  unavailable: 'storage-unavailable',
}

/**
 * A failure as a window shows it. What is unexpected says nothing of itself: the log holds it, by its reference, which is
 * `reference` where the failure has none of its own.
 */
export function toCallError(cause: unknown, reference = newReference()): CallError {
  if (cause instanceof Refusal) return callError(cause)
  if (cause instanceof StorageError) return callError(new Refusal(storageCodes[cause.kind], reference))
  return callError(new Refusal('internal', reference))
}

function callError({ code, reference, parameters }: Refusal): CallError {
  const { text, remedy } = sentence(code, parameters)
  return {
    code,
    message: text,
    reference,
    retryable: code !== 'refused' && code !== 'blocked' && code !== 'suspended',
    ...(remedy === undefined ? {} : { remedy }),
    ...(code === 'throttled' ? { retryAfterSeconds: parameters.seconds ?? 1 } : {}),
  }
}
