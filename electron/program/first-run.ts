import { hashPassword } from '../identification/password.ts'
import { Refusal } from '../ipc/result.ts'
import type { ValueOf } from '../ipc/contract.ts'
import { newReference } from '../journal/reference.ts'
import { createFirstTitulaire, type TitulaireForm } from '../operators/first-titulaire.ts'
import type { PasswordScorer } from '../operators/password-strength.ts'
import { canWrite } from '../settings/folders.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import { openFirstRun } from '../windows/dialogs.ts'
import { fr, passwordAdvice } from '../../renderer/ui/texts.ts'
import type { Records } from './records.ts'

export type FirstRun = {
  /** Whether no operator exists yet. */
  readonly needed: () => boolean
  readonly open: () => void
  readonly cancel: () => void
  /** Rejects with a `Refusal` or `StorageError`: nothing is then written. */
  readonly create: (form: TitulaireForm) => Promise<void>
  readonly score: (password: string, words: readonly string[]) => Promise<ValueOf<'scorePassword'>>
}

type Parts = {
  windows: AppWindows
  launcher: AppWindow<'launcher'>
  records: Records
  scorer: PasswordScorer
  pharmacy: () => string
  /** Whether no operator exists as the program starts. */
  empty: boolean
  /** The folder that only administrators write, where that right is asked for; null in development. */
  administratorsFolder: string | null
  created: () => void
}

/** « Créer le titulaire », for as long as no operator exists. */
export function createFirstRun(parts: Parts): FirstRun {
  const { windows, launcher, records, scorer, pharmacy, administratorsFolder, created } = parts
  let needed = parts.empty
  let dialog: AppWindow<'first-run'> | null = null

  const close = (): void => {
    dialog?.window.destroy()
    dialog = null
    launcher.window.focus()
  }

  return {
    needed: () => needed,
    open: () => {
      if (!needed) return
      if (dialog !== null && !dialog.window.isDestroyed()) return dialog.window.focus()
      dialog = openFirstRun(windows, launcher.window, pharmacy())
    },
    cancel: close,
    create: async (form) => {
      if (administratorsFolder !== null && !(await canWrite(administratorsFolder))) {
        throw new Refusal('administrator-needed', newReference())
      }
      await createFirstTitulaire({ ...records, scorer, pharmacy: pharmacy(), hashPassword }, form)
      needed = false
      close()
      created()
    },
    score: async (password, words) => {
      const { bits, enough, advice } = await scorer.score(password, [...words, pharmacy()])
      return { bits, enough, advice: advice === 'enough' ? null : fr(passwordAdvice[advice]) }
    },
  }
}
