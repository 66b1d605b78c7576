import { assertNever } from '../assert-never.ts'
import type { Clock } from '../clock.ts'
import type { Counter } from '../counter.ts'
import { newReference } from '../journal/reference.ts'
import type { AppWindow, CrashListener } from '../windows/app-windows.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import type { Closing } from './closing.ts'
import type { TechnicalLog } from './log.ts'
import type { Records } from './records.ts'

/** A window that crashes again this soon would do so for ever. */
const tooSoonMs = 2000
/** sysexits: a service is unavailable. */
const unavailable = 69

type Parts = { clock: Clock; counter: Counter; records: Records; log: TechnicalLog; quit: Closing['quit'] }

/** What becomes of a window whose page has crashed: never a way in, and never a loss. */
export function createCrashes({ clock, counter, records, log, quit }: Parts): CrashListener {
  const lastCrash = new Map<AppWindow['role'], number>()

  return ({ role, window }, reason) => {
    const reference = newReference()
    const now = clock.monotonic()
    const again = now - (lastCrash.get(role) ?? -Infinity) < tooSoonMs
    lastCrash.set(role, now)
    void log.note(`the ${role} window crashed: ${reason}`, { reference })
    records.journal.appendEventually({
      kind: 'window.crashed',
      outcome: 'failed',
      reference,
      details: { role, reason },
    })
    switch (role) {
      case 'launcher':
      case 'veil':
        if (again) void quit(unavailable)
        else window.webContents.reload()
        break
      case 'identification':
        counter.attempts.cancel()
        window.destroy()
        break
      case 'stay-connected':
        counter.questionClosed()
        window.destroy()
        break
      case 'first-run':
      case 'closing':
      case 'fault':
      case 'help':
      case 'diagnostic':
      case 'operators':
      case 'journal':
      case 'connections':
      case 'restore':
        window.destroy()
        break
      default:
        assertNever(role)
    }
    counter.notify({
      tone: 'mend',
      text: fr(texts.crashed.text),
      remedy: fr(texts.crashed.remedy),
      reference,
    })
  }
}
