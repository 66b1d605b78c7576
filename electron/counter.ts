import { assertNever } from './assert-never.ts'
import type { Clock } from './clock.ts'
import { createAttempts, type Attempt, type Purpose } from './identification/attempt.ts'
import { cancelled, createPasswordIdentification, type Refused } from './identification/identification.ts'
import { Refusal } from './ipc/result.ts'
import { toCallError } from './ipc/call-error.ts'
import type { Notice } from './ipc/views.ts'
import { referenceOf } from './journal/kinds.ts'
import { createModules } from './modules/modules.ts'
import { createOpenModules } from './modules/open-modules.ts'
import { createPages } from './windows/module-pages.ts'
import type { Records } from './program/records.ts'
import { createOperatorSession, type ChangeCause } from './session/operator-session.ts'
import { createStayConnected, type Question } from './session/stay-connected.ts'
import type { Settings } from './settings/schema.ts'
import type { AppWindow, AppWindows } from './windows/app-windows.ts'
import { createIdentification, createStayConnectedWindow, stayConnectedView } from './windows/questions.ts'
import { bringForward } from '../native/window/bring-forward.ts'
import { texts } from '../renderer/ui/texts.ts'

/** The counter at work: who is connected, which modules are open, and the windows that ask. */
export type Counter = ReturnType<typeof createCounter>

type Parts = {
  settings: Settings
  clock: Clock
  records: Records
  windows: AppWindows
  launcher: AppWindow<'launcher'>
  openExternal: (url: string) => Promise<void>
}

export function createCounter({ settings, clock, records, windows, launcher, openExternal }: Parts) {
  const { storage, operators, throttle, journal } = records
  const { stayConnectedSeconds: seconds, maxHours } = settings.session
  const { patientDisplay } = settings.workstation
  let notice: Notice | null = null
  let ask: AppWindow<'identification'> | null = null
  let stayWindow: AppWindow<'stay-connected'> | null = null

  const session = createOperatorSession({ clock, journal, maxHours })
  const openModules = createOpenModules(() => {
    stay.modulesChanged()
    launcher.push()
  })
  const pages = createPages({ windows, near: launcher.window, patientDisplay, veiled: () => raise() })

  /** Whoever has just left, or is coming, needs the launcher and what it asks: no veil stays over them. */
  const raise = (): void => {
    launcher.window.moveTop()
    if (attempts.current().kind === 'none') return
    identificationWindow().window.moveTop()
    identificationWindow().window.focus()
  }

  const notify = (next: Notice | null): void => {
    notice = next
    launcher.push()
  }
  const failed = (refusal: Refusal): void => {
    const { message, remedy, reference } = toCallError(refusal)
    notify({ tone: 'mend', text: message, remedy: remedy ?? null, reference })
    // It is said there: the page it is about may cover it.
    if (launcher.window.isMinimized()) launcher.window.restore()
    launcher.window.moveTop()
  }

  const identification = createPasswordIdentification({
    storage,
    operators,
    throttle,
    journal,
    now: () => clock.now(),
    admissionEvents: session.admissionEvents,
  })
  const attempts = createAttempts({
    identification,
    session,
    changed: (attempt) => showAttempt(attempt),
    succeeded: (purpose) => void fulfil(purpose),
  })

  /** Created once, hidden, and shown at each attempt. */
  const identificationWindow = (): AppWindow<'identification'> => {
    if (ask === null || ask.window.isDestroyed()) {
      ask = createIdentification(windows, launcher.window, attempts.current, attempts.cancel)
    }
    return ask
  }
  const showAttempt = (attempt: Attempt): void => {
    const asking = identificationWindow()
    asking.push()
    if (attempt.kind === 'none') {
      asking.hide()
      launcher.window.focus()
      return
    }
    const label = asking.view().module
    asking.window.setTitle(texts.identification.title(label))
    asking.reveal('focused')
  }

  const modules = createModules({
    catalogue: settings.modules,
    clock,
    journal,
    session,
    openModules,
    identifyFor: (module) => attempts.begin({ kind: 'open-module', module }),
    openPage: pages.open,
    openInBrowser: openExternal,
    bringForward,
    left: (module) => stay.moduleLeft(module.label),
    failed,
  })

  const fulfil = async (purpose: Purpose): Promise<void> => {
    try {
      switch (purpose.kind) {
        case 'connect':
        case 'switch':
        case 'renew':
          return
        case 'open-module':
          await modules.launch(purpose.module)
          return
        case 'resume-module':
          await purpose.open.bringForward()
          return
        default:
          return assertNever(purpose)
      }
    } catch (error) {
      failed(error instanceof Refusal ? error : new Refusal('internal', toCallError(error).reference))
    }
  }

  const stillOpen = (): string[] => {
    const operator = session.connected()?.operator
    return operator === undefined ? [] : openModules.of(operator).map(({ module }) => module.label)
  }
  const stay = createStayConnected({
    clock,
    seconds,
    journal,
    session,
    stillOpen,
    changed: (question) => showQuestion(question),
  })
  const stayConnectedWindow = (): AppWindow<'stay-connected'> => {
    if (stayWindow === null || stayWindow.window.isDestroyed()) {
      stayWindow = createStayConnectedWindow(
        windows,
        launcher.window,
        () => stayConnectedView(stay.question(), { clock, seconds, stillOpen: stillOpen() }),
        () => stay.answer('window-closed'),
      )
    }
    return stayWindow
  }
  const showQuestion = (question: Question | null): void => {
    const asking = stayConnectedWindow()
    asking.push()
    if (question === null) {
      asking.hide()
      return launcher.push()
    }
    asking.reveal(question.deadline === null ? 'unfocused' : 'focused')
  }
  // The operator goes on working elsewhere: that answers a question without a countdown.
  pages.onInput(() => {
    if (stay.question()?.deadline === null) stay.answer('stay')
  })

  session.onChange((cause) => {
    const connected = session.connected()?.operator ?? null
    const question = stay.question()
    if (question !== null && question.held.operator.id !== connected?.id) stay.withdraw()
    for (const { module, operator } of pages.follow(connected)) {
      if (operator === null) continue
      journal.appendEventually({
        kind: 'module.veiled',
        outcome: 'done',
        module: module.id,
        operator: referenceOf(operator),
        details: {},
      })
    }
    if (cause !== 'changed') notice = endOfSession(cause, maxHours)
    else if (connected !== null) notice = null
    launcher.push()
  })

  return {
    session,
    openModules,
    pages,
    attempts,
    modules,
    stay,
    identification,
    notice: () => notice,
    notify,
    /** Creates the hidden windows that must be there when they are wanted. */
    prepareWindows: () => {
      identificationWindow()
      stayConnectedWindow()
    },
    /** Unlocks with the password of the operator whose session is locked. Rejects with a `Refusal`. */
    unlock: async (password: string): Promise<void> => {
      session.check()
      const state = session.state().session
      if (state.kind !== 'locked') return
      const { operator } = state.held
      attempts.cancel()
      // « Changer d'opérateur » pressed meanwhile cancels it.
      const allows = (): Refused | null => (attempts.current().kind === 'none' ? null : cancelled)
      session.admit(
        await identification.identify(operator.code, password, { operator, allows, module: null }),
      )
    },
    /** Asks for the operator of a veiled page, by the web contents of its veil. */
    resumeVeiled: (webContentsId: number): void => {
      const entry = pages.behind(webContentsId)
      const open = entry === null ? null : openModules.byId(entry.module.id)
      if (entry?.operator && open !== null) {
        attempts.begin({ kind: 'resume-module', open, operator: entry.operator })
      }
    },
  }
}

/** Why the session in front is over. */
function endOfSession(cause: Exclude<ChangeCause, 'changed'>, maxHours: number): Notice {
  return cause === 'expired'
    ? { tone: 'watch', text: texts.sessionExpired(maxHours), remedy: null, reference: null }
    : { tone: 'watch', text: texts.sessionOver, remedy: texts.seeTitulaire, reference: null }
}
