import type { Clock } from '../clock.ts'
import { hashPassword } from '../identification/password.ts'
import type { ValueOf } from '../ipc/contract.ts'
import { createFirstTitulaire, type TitulaireForm } from '../operators/first-titulaire.ts'
import type { PasswordScorer } from '../operators/password-strength.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import { openFirstRun } from '../windows/dialogs.ts'
import { fr, passwordAdvice } from '../../renderer/ui/texts.ts'
import { createFirstRunAuthority } from './first-run-authority.ts'
import type { Records } from './records.ts'

export type FirstRun = {
  /** Whether no operator exists yet. */
  readonly needed: () => boolean
  readonly open: () => Promise<void>
  readonly cancel: () => void
  /** Rejects with a `Refusal` or `StorageError`: nothing is then written. */
  readonly create: (form: TitulaireForm & { installationCode: string }) => Promise<void>
  readonly score: (password: string, words: readonly string[]) => Promise<ValueOf<'scorePassword'>>
}

type Parts = {
  windows: AppWindows
  launcher: AppWindow<'launcher'>
  clock: Clock
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
  const { windows, launcher, clock, records, scorer, pharmacy, administratorsFolder, created } = parts
  const authority = createFirstRunAuthority({ ...records, administratorsFolder, now: clock.now })
  let needed = parts.empty
  let dialog: AppWindow<'first-run'> | null = null
  let opening: Promise<void> | null = null

  const close = (): void => {
    dialog?.window.destroy()
    dialog = null
    launcher.window.focus()
  }

  const show = async (): Promise<void> => {
    const installationCode = await authority.asked()
    if (needed) dialog = openFirstRun(windows, launcher.window, { pharmacy: pharmacy(), installationCode })
  }

  return {
    needed: () => needed,
    open: async () => {
      if (dialog !== null && !dialog.window.isDestroyed()) return dialog.window.focus()
      await (opening ??= show().finally(() => {
        opening = null
      }))
    },
    cancel: close,
    create: async ({ installationCode, ...form }) => {
      const admission = await authority.allow(installationCode)
      const parts = { ...records, admission, scorer, pharmacy: pharmacy(), hashPassword }
      await createFirstTitulaire(parts, form)
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
