import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FailureLog } from '../ipc/answer.ts'
import type { WindowRole } from '../ipc/views.ts'
import type { StorageFault } from '../storage/storage-error.ts'
import type { CrashReason } from '../windows/app-windows.ts'
import type { CardNote } from '../../native/card/supervisor.ts'
import { shapeOf } from './error-shape.ts'

/** What is noted, in closed words: no text of a user's, of the settings or of an error can be passed. */
export type LogNote =
  | CardNote
  | 'the card process: FatalError'
  | `the ${WindowRole} window crashed: ${CrashReason}`
  | `${number} journal rows are kept for the next start: the database did not take them`
  | `cannot start: settings (${number} faults)`
  | `cannot start: storage (${StorageFault})`
  | 'the backup was not restored'
  | 'the keychain did not take the head of the restored journal'
  | `the daily backup was not made: ${StorageFault}`
  | 'the database was found damaged'
  | 'the system does not tell when it was last touched: nothing locks when idle'
  | 'the switch shortcut is taken'
  | 'the main process failed'
  | 'a task of the main process failed'
  | 'the switch shortcut cannot work: Wayland'

/** The technical log: what failed, by reference. Redacted by construction: it holds closed words and shapes only. */
export type TechnicalLog = {
  readonly failure: FailureLog
  /** `cause`: what was thrown, when something was. */
  readonly note: (note: LogNote, about?: { reference?: string; cause?: unknown }) => Promise<void>
  /** Where it is written. */
  readonly file: string
}

/**
 * Writes to `journal-technique.log` in `folder`, 1 MB and one older file at most. Loaded at the first line.
 * `sources`: the folder of our own bundled files, the only ones that a failure names.
 */
export function createTechnicalLog({ folder, sources }: { folder: string; sources: string }): TechnicalLog {
  const file = join(folder, 'journal-technique.log')
  let own: Promise<ReadonlySet<string>> | null = null
  const ownFiles = (): Promise<ReadonlySet<string>> =>
    (own ??= readdir(sources).then(
      (names) => new Set(names),
      () => new Set(),
    ))
  const write = async (reference: string, text: string): Promise<void> => {
    // Not `electron-log/main`, which also listens to what windows would have it write.
    const { default: log } = await import('electron-log/node')
    log.transports.file.setAppName('Comptoir')
    log.transports.file.resolvePathFn = () => file
    log.transports.file.format = '{iso} {text}'
    log.transports.console.level = false
    log.info(`${/^\w{3}-\w{3}$/u.test(reference) ? reference : '-'} ${text}`)
  }
  return {
    file,
    failure: ({ channel, code, reference, cause }) => {
      void ownFiles().then((names) => write(reference, `${channel} ${code} ${shapeOf(cause, names)}`))
    },
    note: async (note, { reference = '-', cause } = {}) =>
      write(reference, cause === undefined ? note : `${note} ${shapeOf(cause, await ownFiles())}`),
  }
}
