import { assertNever } from './assert-never.ts'
import type { Clock } from './clock.ts'
import { createAttempts, type Attempt } from './identification/attempt.ts'
import { createPasswordIdentification } from './identification/identification.ts'
import { isOpenToAll } from './identification/open-to-all.ts'
import { createReplaceProvisional } from './identification/replace-provisional.ts'
import type { Refusal } from './ipc/result.ts'
import type { FailureLog } from './ipc/answer.ts'
import { toCallError } from './ipc/call-error.ts'
import type { HelpPage, Notice } from './ipc/views.ts'
import { referenceOf } from './journal/kinds.ts'
import { newReference } from './journal/reference.ts'
import { builtInModules } from './modules/module.ts'
import { createModules } from './modules/modules.ts'
import { createOpenModules } from './modules/open-modules.ts'
import type { Operator } from './operators/operator.ts'
import { createAsking } from './program/asking.ts'
import { createCard } from './program/card.ts'
import { createDay } from './program/day.ts'
import type { MakeCardSupervisor } from './program/card-process.ts'
import { fulfil } from './program/fulfil.ts'
import { createModuleSessions } from './program/module-sessions.ts'
import { createPsc } from './program/psc.ts'
import { tellNews } from './program/news.ts'
import { createRecentList } from './program/recent-operators.ts'
import { createRecording } from './program/recording.ts'
import type { Records } from './program/records.ts'
import { createUnlocking } from './program/unlocking.ts'
import { notAsked, type PscSnapshot } from './psc/state.ts'
import { createIdle } from './session/idle.ts'
import { createOperatorSession, type ChangeCause } from './session/operator-session.ts'
import { holdsBrowser, holdsPsc } from './session/session.ts'
import { createStayConnected } from './session/stay-connected.ts'
import { readWorkstation } from './storage/workstation.ts'
import { trustOf, usablePsc } from './settings/psc.ts'
import type { Settings } from './settings/schema.ts'
import type { NewerVersion } from './updates/newer-version.ts'
import type { AppWindow, AppWindows } from './windows/app-windows.ts'
import type { BuiltInWindows } from './windows/built-in-windows.ts'
import { createHelp } from './windows/help.ts'
import { createPages } from './windows/module-pages.ts'
import { bringForward } from '../native/window/bring-forward.ts'
import { texts } from '../renderer/ui/texts.ts'

/** The counter at work: who is connected, which modules are open, and the windows that ask. */
export type Counter = ReturnType<typeof createCounter>

type Parts = {
  settings: Settings
  /** A Comptoir that is known to be newer. */
  newer: () => NewerVersion | null
  clock: Clock
  records: Records
  windows: AppWindows
  builtIns: BuiltInWindows
  launcher: AppWindow<'launcher'>
  openExternal: (url: string) => Promise<void>
  /** Puts a text on the clipboard. */
  copy: (text: string) => void
  log: FailureLog
  /** The card or Pro Santé Connect may tell something else. */
  stateChanged: () => void
  makeCardSupervisor: MakeCardSupervisor
  /** Milliseconds since the last input anywhere on this computer. May throw. */
  idleMs: () => number
  /** The system does not tell when it was last touched. */
  idleUnknown: () => void
  /** Hashes a password that an operator chooses; rejects with a `Refusal` when it is too weak. */
  hashChosen: (password: string, operator: Operator) => Promise<string>
}

export function createCounter(parts: Parts) {
  const { settings, clock, records, windows, launcher, builtIns, openExternal } = parts
  const { storage, operators, throttle, journal } = records
  const maxHours = (): number => settings.session.maxHours
  let notice: Notice | null = null
  let closingAll = false

  const session = createOperatorSession({ clock, journal, maxHours })
  const openModules = createOpenModules(() => {
    stay.modulesChanged()
    day.refresh()
    launcher.push()
  })
  const pages = createPages({
    windows,
    near: launcher.window,
    patientDisplay: () => settings.workstation.patientDisplay,
    veiled: () => asking.raise(),
  })

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

  /** A pulled card, and nobody being there, come before a module that was left. */
  const questionChanged = (): void => {
    stay.setHidden(card.removed.question() !== null || idle.question() !== null)
    asking.showQuestion()
  }

  const card = createCard({
    settings,
    clock,
    records,
    session,
    makeSupervisor: parts.makeCardSupervisor,
    attempts: () => attempts,
    notice: () => notice,
    notify,
    changed: () => {
      day.refresh()
      launcher.push()
      asking.refresh()
      parts.stateChanged()
    },
    asked: () => {
      if (card.removed.question() !== null) idle.touched()
      questionChanged()
    },
  })
  const identification = createPasswordIdentification({
    storage,
    operators,
    throttle,
    journal,
    now: () => clock.now(),
    admissionEvents: session.admissionEvents,
  })
  const pscSettings = usablePsc(settings)
  const psc =
    pscSettings === null
      ? null
      : createPsc({
          settings: pscSettings,
          network: settings.network,
          clock,
          records,
          session,
          identification,
          hashPassword: parts.hashChosen,
          openExternal,
          notice: () => notice,
          notify,
          changed: () => {
            launcher.push()
            asking.refresh()
            parts.stateChanged()
          },
        })

  const pscSnapshot = (): PscSnapshot => psc?.snapshot() ?? notAsked(null)

  const recording = createRecording({ ...records, changed: () => launcher.push() })

  const attempts = createAttempts({
    clock,
    identification,
    replaceProvisional: createReplaceProvisional({
      ...records,
      hashPassword: parts.hashChosen,
      now: () => clock.now(),
      admissionEvents: session.admissionEvents,
    }),
    psc: psc?.parts ?? null,
    session,
    cardConfirms: card.atCounter.confirms,
    copy: parts.copy,
    hashPassword: parts.hashChosen,
    log: parts.log,
    changed: (attempt) => {
      card.followAttempt(attempt)
      asking.showAttempt()
      recent.follow(attempt)
    },
    succeeded: (purpose, operator, authentication) => {
      if (authentication !== null) {
        psc?.keep(operator, authentication)
        card.identified(operator, authentication)
      }
      void fulfil(purpose, { open: modules.open, failed })
      void tellNews({ records, notify }, operator)
    },
  })

  const moduleSessions = createModuleSessions({
    clock,
    journal,
    session,
    workstation: async () => (await readWorkstation(storage)).id,
    failed: (cause) =>
      parts.log({ channel: 'module-session', code: 'internal', reference: newReference(), cause }),
  })

  const modules = createModules({
    catalogue: () => [...settings.modules, ...builtInModules],
    clock,
    journal,
    session,
    openModules,
    identifyFor: (module) => attempts.begin({ kind: 'open-module', module }),
    stepUp:
      pscSettings === null
        ? 'psc-off'
        : trustOf(pscSettings).acrIsFromPsc
          ? (module, operator) => attempts.begin({ kind: 'step-up', module, operator })
          : 'psc-level-not-vouched',
    openSession: moduleSessions.open,
    openPage: pages.open,
    openInBrowser: openExternal,
    openBuiltIn: builtIns.open,
    bringForward,
    left: (module) => {
      const askedForPsc = module.access === 'psc'
      if (askedForPsc && settings.session.dropPscAfterModule) session.leavePsc('setting')
      // Whoever closes everything is not asked about each.
      if (!closingAll) stay.moduleLeft(module.label, askedForPsc)
    },
    failed,
  })

  const stillOpen = (): string[] => {
    const operator = session.connected()?.operator
    return operator === undefined ? [] : openModules.of(operator).map(({ module }) => module.label)
  }
  const stay = createStayConnected({
    clock,
    seconds: () => settings.session.stayConnectedSeconds,
    journal,
    session,
    stillOpen,
    changed: () => asking.showQuestion(),
    leavePsc: (inBrowser) => psc?.end(inBrowser),
  })
  const unlocking = createUnlocking({ session, attempts, identification })
  const idle = createIdle({
    clock,
    idleMs: parts.idleMs,
    minutes: () => settings.session.idleLockMinutes,
    session,
    waits: () =>
      card.removed.question() !== null ||
      (stay.question()?.deadline ?? null) !== null ||
      isElsewhere(attempts.current()),
    attended: () => asking.attended(),
    lock: () => unlocking.lock('idle'),
    unknown: parts.idleUnknown,
    changed: questionChanged,
  })
  /** Closes the modules' pages, as `Pages.closeAll` says, and asks nobody whether they stay connected. */
  const closePages = (): Promise<boolean> => {
    closingAll = true
    return pages.closeAll().finally(() => {
      closingAll = false
    })
  }
  const day = createDay({
    session,
    journal,
    openModules,
    closePages,
    leavePsc: (inBrowser) => psc?.end(inBrowser),
    giveUpComing: unlocking.giveUpComing,
    isInserted: card.atCounter.isInserted,
    notice: () => notice,
    notify,
  })
  const asking = createAsking({
    settings,
    clock,
    windows,
    launcher,
    attempts: () => attempts,
    stay: () => stay,
    cardRemoved: () => card.removed,
    idle: () => idle,
    card: card.atCounter,
    recent: () => recent,
    psc: pscSnapshot,
    stillOpen,
  })
  const recent = createRecentList({
    recent: records.recent,
    shown: () => settings.identification.showRecentOperators,
    clock,
    session,
    changed: () => asking.refresh(),
  })
  const help = createHelp(parts)

  pages.onInput(stay.workedElsewhere)

  session.onChange((cause) => {
    const held = session.connected()
    const connected = held?.operator ?? null
    recording.follow(connected)
    psc?.forgetUnless(holdsPsc(held) ? connected : null)
    const question = stay.question()
    if (question !== null && question.held.operator.id !== connected?.id) stay.withdraw()
    for (const { module, operator } of pages.follow(held)) {
      if (operator === null) continue
      journal.appendEventually({
        kind: 'module.veiled',
        outcome: 'done',
        module: module.id,
        operator: referenceOf(operator),
        details: {},
      })
    }
    builtIns.follow(session.state())
    card.sessionChanged()
    idle.sessionChanged()
    if (cause !== 'changed') notice = endOfSession(cause, maxHours())
    else if (connected !== null) notice = null
    launcher.push()
  })

  return {
    ...unlocking,
    session,
    idle,
    openModules,
    pages,
    attempts,
    modules,
    stay,
    cardRemoved: card.removed,
    testCard: card.test,
    card: card.atCounter.snapshot,
    psc: pscSnapshot,
    startPsc: (): void => psc?.start(),
    stopPsc: (): void => psc?.stop(),
    startCard: card.start,
    stopCard: card.stop,
    /** Ends what modules are told of who is connected, at once. */
    closeModuleSessions: moduleSessions.close,
    questionClosed: asking.closed,
    openHelp: (page: HelpPage, webContentsId: number): void =>
      help.open(page, windows.byContents(webContentsId)?.window ?? launcher.window),
    copyConnectionSheet: help.copySheet,
    identification,
    notice: () => notice,
    notify,
    untold: recording.untold,
    acknowledgeRecording: recording.acknowledge,
    /** Creates the hidden windows that must be there when they are wanted. */
    prepareWindows: (): void => {
      asking.prepare()
      void recent.refresh()
    },
    usesTouch: asking.usesTouch,
    /**
     * The global shortcut: locks at once, then asks who comes, before whatever program is in front. An identification
     * under way that is open to all goes on.
     */
    comeForward: (): void => {
      session.lock('switch')
      if (!isOpenToAll(attempts.current())) {
        attempts.begin({ kind: session.state().session.kind === 'none' ? 'connect' : 'switch' })
      }
      asking.bringForward()
    },
    /** « Déconnecter ». */
    disconnect: (): void => {
      const held = session.connected()
      if (holdsPsc(held)) psc?.end(holdsBrowser(held))
      session.end('disconnect')
    },
    closePages,
    day,
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

/** Whether somebody is identifying elsewhere than here, for a while: the system hears no input from them. */
function isElsewhere(attempt: Attempt): boolean {
  const step = attempt.kind === 'none' ? null : attempt.step.kind
  return step === 'browser' || step === 'phone' || step === 'checking'
}

/** Why the session in front is over. */
function endOfSession(cause: Exclude<ChangeCause, 'changed'>, maxHours: number): Notice {
  switch (cause) {
    case 'expired':
      return { tone: 'watch', text: texts.sessionExpired(maxHours), remedy: null, reference: null }
    case 'inactive':
      return { tone: 'watch', text: texts.sessionOver, remedy: texts.seeTitulaire, reference: null }
    case 'withdrawn':
      return { tone: 'watch', text: texts.sessionWithdrawn, remedy: texts.seeTitulaire, reference: null }
    default:
      return assertNever(cause)
  }
}
