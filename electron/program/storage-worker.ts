import { parentPort, workerData } from 'node:worker_threads'
import { systemClock as clock } from '../clock.ts'
import { FileError } from '../storage/file-error.ts'
import { openStorage } from '../storage/open.ts'
import { toStorageError } from '../storage/storage-error.ts'
import type { Storage } from '../storage/storage.ts'
import type {
  Course,
  Progress,
  RunRequest,
  StorageAnswer,
  StorageRequest,
  StorageTask,
} from './storage-tasks.ts'
import { createWork } from './storage-work.ts'

/** Entry of each thread of the storage worker: answers every `StorageRequest` by `StorageAnswer`s. */

const progressEveryMs = 200

const place: { url: string; dataDir: string } = workerData
const underWay = new Map<number, { readonly ending: AbortController; readonly over: Promise<void> }>()
let opening: Promise<Storage> | null = null
const work = createWork(opened)

parentPort?.on('message', (request: StorageRequest) => {
  if (request.kind === 'run') {
    const ending = new AbortController()
    underWay.set(request.id, { ending, over: answer(request, ending.signal) })
  } else if (request.kind === 'abort') underWay.get(request.id)?.ending.abort()
  else void end()
})

async function answer(request: RunRequest, signal: AbortSignal): Promise<void> {
  const { id } = request
  const onProgress = seldom((progress) => tell({ kind: 'progress', id, progress }))
  try {
    const value = await perform(request, { signal, onProgress })
    tell({ kind: 'done', id, value })
  } catch (error) {
    const { kind, cause } = toStorageError(error)
    const message = cause instanceof Error ? cause.message : kind
    tell({ kind: 'failed', id, of: error instanceof FileError ? 'file' : 'database', fault: kind, message })
  } finally {
    underWay.delete(id)
  }
}

async function perform<T extends StorageTask>(
  { task, args }: RunRequest<T>,
  course: Course,
): Promise<unknown> {
  return work[task](args, course)
}

/** At the first task that needs it; tried again at the next when the database could not be opened. */
function opened(): Promise<Storage> {
  opening ??= openStorage({ ...place, clock, existing: true }).catch((error: unknown) => {
    opening = null
    throw error
  })
  return opening
}

function tell(answer: StorageAnswer<unknown>): void {
  parentPort?.postMessage(answer, [])
}

/** Passes on the first progress, then one in a while. */
function seldom(tellProgress: (progress: Progress) => void): (progress: Progress) => void {
  let next = 0
  return (progress) => {
    if (clock.monotonic() < next) return
    next = clock.monotonic() + progressEveryMs
    tellProgress(progress)
  }
}

/** What is under way ends early; without a port nothing keeps this thread. */
async function end(): Promise<void> {
  for (const { ending } of underWay.values()) ending.abort()
  await Promise.allSettled([...underWay.values()].map(({ over }) => over))
  const open = await opening?.catch(() => null)
  await open?.close()
  parentPort?.close()
}
