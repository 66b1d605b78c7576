import type { Clock } from '../clock.ts'
import type { ChangeOwnPassword } from '../identification/own-password.ts'
import type { Counter } from '../counter.ts'
import type { KeptHead } from '../journal/verdict.ts'
import type { PasswordScorer } from '../operators/password-strength.ts'
import type { Settings } from '../settings/schema.ts'
import type { SaveAs } from '../windows/save-as.ts'
import type { BuiltInWindows } from '../windows/built-in-windows.ts'
import type { Entitled } from './entitled.ts'
import type { Records } from './records.ts'
import type { StorageWorker } from './storage-tasks.ts'

/** What Comptoir's own pages are served with. */
export type DeskParts = {
  readonly settings: Settings
  /** The name of this workstation. */
  readonly workstation: () => string
  readonly clock: Clock
  readonly records: Records
  readonly counter: Counter
  readonly builtIns: BuiltInWindows
  readonly entitled: Entitled
  readonly worker: StorageWorker
  readonly scorer: PasswordScorer
  /** What is kept of the journal's head outside the database. */
  readonly readHead: () => Promise<KeptHead>
  readonly saveAs: SaveAs
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => void
  readonly changeOwnPassword: ChangeOwnPassword
}
