import type { HelpPage } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'

/** The pages as one looks for them: by whom they are written for. */
export const groups: readonly { readonly title: string; readonly pages: readonly HelpPage[] }[] = [
  {
    title: texts.help.groups.counter,
    pages: [
      'identify',
      'psc-card',
      'psc-e-cps',
      'link-rpps',
      'card',
      'activate-e-cps',
      'certificate',
      'which-card',
      'register-preparateur',
      'switch',
      'locked',
      'diagnostic',
      'operators',
      'journal',
      'about',
    ],
  },
  {
    title: texts.help.groups.installer,
    pages: [
      'checklist',
      'install',
      'cryptolib',
      'settings',
      'commands',
      'backups',
      'psc',
      'connection-sheet',
      'module-session',
    ],
  },
]
