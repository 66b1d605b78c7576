import { Worker } from 'node:worker_threads'
import { FileError } from '../storage/file-error.ts'
import { StorageError } from '../storage/storage-error.ts'
import type {
  Progress,
  StorageAnswer,
  StorageRequest,
  StorageTask,
  StorageTasks,
  StorageWorker,
} from './storage-tasks.ts'

type Parts = {
  /** storage-worker.cjs as built. */
  workerFile: string
  url: string
  dataDir: string
  /** A thread ends after so long without a task; it holds its own copy of the engine in memory. */
  idleMs?: number
}

const defaultIdleMs = 60_000
/**
 * What a thread has to finish its turn in; SQLite rolls back what is cut short. A statement ends first, though: table by
 * table, `quick_check` would be no shorter, since the journal is nearly all there is.
 */
const endMs = 400

/**
 * The storage worker: one thread for what somebody waits for, another for what lasts, each with its own connection.
 * A statement that cannot be cut in turns (`quick_check`) then keeps no page waiting.
 */
export function createStorageWorker(parts: Parts): StorageWorker {
  const threads = { waited: createThread(parts), lasting: createThread(parts) }
  return {
    run: (task, args, options) => threads[threadOf[task]].run(task, args, options),
    close: async () => {
      await Promise.all([threads.waited.close(), threads.lasting.close()])
    },
  }
}

const threadOf = {
  'journal.page': 'waited',
  'journal.count': 'waited',
  'journal.verify': 'lasting',
  'journal.export': 'lasting',
  'journal.cut': 'lasting',
  'database.back-up': 'lasting',
  'database.check': 'lasting',
  // Somebody watches a diagnosis, which gives a check ten seconds.
  'database.look': 'waited',
  'backup.look': 'waited',
  'journal.tail': 'waited',
} as const satisfies Record<StorageTask, string>

type Pending = {
  /** Given what the task of this request answers: the thread's map of tasks sees to it. */
  readonly resolve: (value: never) => void
  readonly reject: (error: StorageError) => void
  readonly onProgress: ((progress: Progress) => void) | undefined
}

type Thread = {
  readonly run: StorageWorker['run']
  readonly close: () => Promise<void>
}

/** A thread that is started on first use, again after it has ended, and ended when nothing is asked of it. */
function createThread({ workerFile, url, dataDir, idleMs = defaultIdleMs }: Parts): Thread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let closed = false
  let lastId = 0

  const start = (): Worker => {
    const started = new Worker(workerFile, { workerData: { url, dataDir } })
    started.on('message', (answer: StorageAnswer<never>) => take(started, answer))
    started.on('error', (error) => lose(started, error))
    started.on('exit', () => lose(started, new Error('the storage worker has ended')))
    return started
  }

  const take = (from: Worker, answer: StorageAnswer<never>): void => {
    const asked = pending.get(answer.id)
    if (answer.kind === 'progress') return asked?.onProgress?.(answer.progress)
    pending.delete(answer.id)
    if (answer.kind === 'done') asked?.resolve(answer.value)
    else asked?.reject(errorOf(answer))
    if (pending.size > 0 || worker !== from) return
    // Neither an idle thread nor its end keeps the program alive.
    from.unref()
    idle = setTimeout(() => void end(), idleMs).unref()
  }

  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return
    worker = null
    for (const { reject } of pending.values()) reject(new StorageError('unavailable', error))
    pending.clear()
  }

  /** Lets the thread close its connection; one that does not is stopped. */
  const end = async (): Promise<void> => {
    clearTimeout(idle)
    const ending = worker
    if (ending === null) return
    lose(ending, new Error('the storage worker is closed'))
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    const late = setTimeout(() => void ending.terminate(), endMs)
    ending.ref()
    post(ending, { kind: 'end' })
    await ended
    clearTimeout(late)
  }

  return {
    run: (task, args, { signal, onProgress } = {}) => {
      if (closed) {
        return Promise.reject(new StorageError('unavailable', new Error('the storage worker is closed')))
      }
      clearTimeout(idle)
      worker ??= start()
      worker.ref()
      const id = ++lastId
      const abort = (): void => post(worker, { kind: 'abort', id })
      const answered = new Promise<StorageTasks[typeof task]['value']>((resolve, reject) => {
        pending.set(id, { resolve, reject, onProgress })
      })
      post(worker, { kind: 'run', id, task, args })
      if (signal?.aborted === true) abort()
      signal?.addEventListener('abort', abort)
      return answered.finally(() => signal?.removeEventListener('abort', abort))
    },
    close: async () => {
      closed = true
      await end()
    },
  }
}

function post<T extends StorageTask>(to: Worker | null, request: StorageRequest<T>): void {
  to?.postMessage(request, [])
}

function errorOf({ of, fault, message }: Extract<StorageAnswer<never>, { kind: 'failed' }>): StorageError {
  const cause = new Error(message)
  return of === 'file' ? new FileError(fault, cause) : new StorageError(fault, cause)
}
