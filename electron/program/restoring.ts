import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { app } from 'electron'
import { assertNever } from '../assert-never.ts'
import type { Handlers } from '../ipc/answer.ts'
import { Refusal } from '../ipc/result.ts'
import type { ViewOf } from '../ipc/views.ts'
import { readHead, resetHead } from '../journal/head.ts'
import { newReference } from '../journal/reference.ts'
import { databaseFile } from '../storage/open.ts'
import { isMarkedDamaged, unmark } from '../storage/restore.ts'
import { StorageError, toStorageError } from '../storage/storage-error.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import { openRestore } from '../windows/dialogs.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import type { Offer } from './backups.ts'
import { shownSupport, storageFault, type LostDatabase } from './faults.ts'
import type { TechnicalLog } from './log.ts'
import type { RestoreAnswer, RestoreTask, RestoreTasks } from './restoring.worker.ts'

/** Of sysexits.h: the disk. */
const diskFault = 74

type Parts = {
  windows: AppWindows
  log: TechnicalLog
  /** What the build has made. */
  dist: string
  url: string
  dataDir: string
  /** Where the daily backups are. */
  backups: string
  support: ViewOf<'fault'>['support']
  cause: StorageError
  what: LostDatabase
}

/**
 * « Sauvegarde proposée », in place of the launcher: the newest sound backup, searched for and put in place by a thread
 * of its own. Nothing is touched before « Reprendre cette sauvegarde »; whatever else closes the window ends Comptoir.
 */
export function offerBackup(parts: Parts): Partial<Handlers> {
  const { windows, log, dist, url, dataDir, backups, support, cause, what } = parts
  const database = databaseFile(url, dataDir)
  const reference = newReference()
  let offer: Offer | null | undefined
  let taking = false
  let exitCode = diskFault

  const run = <T extends RestoreTask>(task: T, args: RestoreTasks[T]['args']) =>
    runInThread<RestoreTasks[T]['value']>(join(dist, 'main', 'restore-worker.cjs'), { task, args })

  const dialog = openRestore(windows, () => ({
    database: what,
    search: searchView(offer),
    support: shownSupport(support),
    reference,
  }))
  dialog.window.on('close', (event) => {
    if (taking) event.preventDefault()
  })
  // Also when the program ends: it ends with the code of its first reason.
  dialog.window.on('closed', () => app.exit(exitCode))

  void log.note(`cannot start: storage (${cause.kind})`, { reference, cause })
  process.stderr.write(`${texts.restore.what[what]} ${texts.reference(reference)}\n`)

  const startAgain = (): void => {
    exitCode = 0
    app.relaunch()
    app.exit(exitCode)
  }

  const search = async (): Promise<void> => {
    // Found by a program that went on: it may have been mistaken.
    const doubtful = isMarkedDamaged(database)
    const found = await run('search', { database, folder: backups, doubtful }).catch(() => null)
    // Where it stays marked, the next start would come back here.
    const unmarked = async (): Promise<boolean> =>
      unmark(database).then(
        () => true,
        () => false,
      )
    if (found?.sound === true && (await unmarked())) return startAgain()
    offer = found?.offer ?? null
    if (!dialog.window.isDestroyed()) dialog.push()
  }
  void search()

  const refused = (detail: string, why?: unknown): Refusal => {
    const refusal = new Refusal('backup-not-restored', newReference(), { detail: fr(detail) })
    void log.note('the backup was not restored', { reference: refusal.reference, cause: why })
    return refusal
  }

  const take = async ({ file, workstation }: Offer): Promise<void> => {
    const { openKeychain } = await import('../../native/keychain/secrets.ts')
    const item = openKeychain().journalHead(workstation)
    const head = await readHead(item)
    const keptHead = head.kind === 'kept' ? { seq: head.seq, hash: head.hash } : null
    const restored = await run('restore', { database, backup: file, keptHead }).catch((error: unknown) => {
      throw refused(storageFault(toStorageError(error).kind)[0], error)
    })
    switch (restored.kind) {
      case 'restored':
        if (!(await resetHead(item, restored.first))) {
          await log.note('the keychain did not take the head of the restored journal')
        }
        return
      case 'in-use':
        throw refused(texts.restore.inUse)
      case 'not-sound':
        offer = undefined
        dialog.push()
        void search()
        throw refused(texts.restore.notSound)
      default:
        assertNever(restored)
    }
  }

  return {
    restoreBackup: async () => {
      if (taking || offer === undefined || offer === null) throw new Refusal('refused', newReference())
      taking = true
      try {
        await take(offer)
      } finally {
        taking = false
      }
      startAgain()
    },
    declineBackup: () => dialog.window.close(),
  }
}

function searchView(offer: Offer | null | undefined): ViewOf<'restore'>['search'] {
  if (offer === undefined) return { kind: 'under-way' }
  if (offer === null) return { kind: 'nothing' }
  return { kind: 'found', at: offer.at, missingRows: offer.missingRows }
}

/** Runs one task in a thread that ends with it. Rejects with `StorageError`. */
function runInThread<V>(workerFile: string, request: { task: RestoreTask; args: unknown }): Promise<V> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(workerFile, { workerData: request })
    thread.on('message', (answer: RestoreAnswer<V>) => {
      if (answer.kind === 'done') resolve(answer.value)
      else reject(new StorageError(answer.fault, new Error(answer.message)))
    })
    thread.on('error', (error) => reject(new StorageError('unavailable', error)))
    thread.on('exit', () => reject(new StorageError('unavailable', new Error('the thread has ended'))))
  })
}
