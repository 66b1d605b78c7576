import type { Readiness } from '../ipc/diagnostic-views.ts'
import type { MeansView, Notice, OperatorView, SessionView, ViewOf } from '../ipc/views.ts'
import { tileOf } from '../modules/catalogue.ts'
import { builtInModules } from '../modules/module.ts'
import type { OpenModules } from '../modules/open-modules.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import type { PscSnapshot } from '../psc/state.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { CardSnapshot } from '../../native/card/states.ts'
import { assertNever } from '../assert-never.ts'
import type { SessionMeans } from '../session/session.ts'
import type { Edition } from '../settings/edition.ts'
import type { Settings } from '../settings/schema.ts'
import type { Shortcut } from '../settings/shortcut.ts'
import type { NewerVersion } from '../updates/newer-version.ts'
import { texts } from '../../renderer/ui/texts.ts'

/** Where the program runs, known from the settings alone. */
export type Place = {
  readonly settings: Settings
  /** Its name: in the settings, else the computer's. */
  readonly workstation: () => string
  readonly version: string
  readonly edition: Edition
}

/** What the launcher shows is drawn from. */
export type LauncherSource = Place & {
  readonly session: Pick<OperatorSession, 'state' | 'connected' | 'endingSoon'>
  readonly openModules: Pick<OpenModules, 'byId'>
  readonly firstRun: () => boolean
  readonly notice: () => Notice | null
  /** Whether the connected operator has not been told yet what the journal records. */
  readonly untold: () => boolean
  /** Null where the settings silence the card. */
  readonly card: () => CardSnapshot | null
  readonly psc: () => PscSnapshot
  /** What changes operator from any program; null where nothing does. */
  readonly switchShortcut: () => Shortcut | null
  /** Null until it has been looked at. */
  readonly readiness: () => Readiness | null
  /** A Comptoir that is known to be newer. */
  readonly newer: () => NewerVersion | null
}

/** An operator as the windows show them. */
export function operatorView(operator: Operator): OperatorView {
  return {
    code: operator.code,
    name: displayName(operator),
    role: operator.role,
    rpps: operator.rpps?.digits ?? null,
  }
}

/** By what a session was opened, as the windows tell it. */
export function meansView(means: SessionMeans): MeansView {
  if (means.kind !== 'psc') return means.kind
  switch (means.credential) {
    case 'card':
      return 'psc-card'
    case 'e-cps':
      return 'psc-e-cps'
    case 'unknown':
      return 'psc'
    default:
      return assertNever(means.credential)
  }
}

/** What the team is told of the journal: how long it is kept, and who answers for it. */
export function recordingOf({ journal, pharmacy }: Pick<Settings, 'journal' | 'pharmacy'>): {
  months: number
  contact: string
} {
  return { months: journal.retentionMonths, contact: texts.recording.contact(pharmacy.name) }
}

/** The launcher's view of the state as it is now. */
export function launcherView(source: LauncherSource): ViewOf<'launcher'> {
  const { settings, openModules, session } = source
  const held = session.connected()
  const { name, phone } = settings.support
  return {
    pharmacy: settings.pharmacy.name ?? texts.pharmacy,
    workstation: source.workstation(),
    version: source.version,
    testPackage: source.edition === 'test-package',
    newer: source.newer()?.version ?? null,
    support: name === null && phone === null ? null : { name, phone },
    psc: source.psc(),
    card: source.card(),
    firstRun: source.firstRun(),
    session: sessionView(source),
    suspended: session.state().suspended.length,
    modules: settings.modules.map((module) => tileOf(module, held, openModules.byId(module.id))),
    builtIn: builtInModules.map((module) => tileOf(module, held, openModules.byId(module.id))),
    recording: source.untold() ? recordingOf(settings) : null,
    notice: source.notice(),
    switchShortcut: shortcutView(source.switchShortcut()),
    readiness: source.readiness(),
  }
}

function shortcutView(shortcut: Shortcut | null): ViewOf<'launcher'>['switchShortcut'] {
  return shortcut === null ? null : { label: shortcut.label, aria: shortcut.aria }
}

function sessionView({ session, settings }: LauncherSource): SessionView {
  const state = session.state().session
  switch (state.kind) {
    case 'none':
      return { kind: 'none' }
    case 'connected':
      return {
        kind: 'connected',
        operator: operatorView(state.held.operator),
        means: meansView(state.held.means),
        until: state.held.until.toISOString(),
        endingSoon: session.endingSoon(),
      }
    case 'locked':
      return {
        kind: 'locked',
        operator: operatorView(state.held.operator),
        reason: state.reason,
        idleMinutes: settings.session.idleLockMinutes,
      }
    default:
      return state
  }
}
