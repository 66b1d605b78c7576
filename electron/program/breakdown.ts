import { setTimeout as sleep } from 'node:timers/promises'
import { BrowserWindow } from 'electron'
import { newReference } from '../journal/reference.ts'
import type { ViewOf } from '../ipc/views.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import { shownSupport, type StartFault } from './faults.ts'
import { endWithSentence } from './window-process.ts'

/** What is left to write is given this long, as when Comptoir is closed, and a little more. */
const longestMs = 8000

/** The window that says that Comptoir has stopped. */
export function explainBreakdown(cause: unknown, support: ViewOf<'fault'>['support']): StartFault {
  return {
    exitCode: 69,
    note: 'the main process failed',
    cause,
    view: {
      title: texts.fault.stopped,
      faults: [{ where: null, text: fr(texts.fault.failed), remedy: fr(texts.fault.failedRemedy) }],
      support: shownSupport(support),
      retryable: true,
      file: null,
    },
  }
}

type Parts = {
  /** Ends the sessions and writes what is left, under this reference. May never settle: nothing is known any more. */
  end: (reference: string) => Promise<void>
  /** Opens the window that says it: the only one there is then. */
  show: (reference: string) => void
}

/** Ends everything but the program, and says why. Never half alive: whatever fails here ends the program. */
export async function breakDown({ end, show }: Parts): Promise<void> {
  try {
    const reference = newReference()
    await Promise.race([end(reference).catch(() => undefined), sleep(longestMs)])
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    show(reference)
  } catch {
    endWithSentence()
  }
}
