import type { Role } from '../operators/operator.ts'
import type { GivenRight } from '../operators/rights.ts'
import type { PscFailureReason } from '../psc/failure.ts'
import type { PscTrace } from '../psc/trace.ts'
import type { StorageFault } from '../storage/storage-error.ts'

/**
 * What the journal records, kind by kind. It has no place for what it must never hold: a typed code that matches
 * nobody, a PIN, a token, a URL, a window title, a program's arguments.
 */
type Kinds = {
  /** By the command line. `osAccount`: the account that typed it; `authorisedBy`: null for an administrator. */
  'secret.set': Done<{ name: string; osAccount: string; authorisedBy: OperatorReference | null }>
  'secret.deleted': Done<{ name: string; osAccount: string; authorisedBy: OperatorReference | null }>
  'program.started': Done<{ version: string }>
  'program.stopped': Done
  /** What nobody had caught: the sessions ended of it, and the program too where `stopped`. */
  'program.failed': Failed<{ stopped: boolean }>
  /** comptoir.json has changed: the keys that hold now, and those that wait for the next start. */
  'settings.changed': Done<{ applied: readonly string[]; pending: readonly string[] }>
  /** « Fermer la journée »: how many sessions and pages it ended. */
  'day.closed': Done<{ sessions: number; pages: number }>
  /** A report of « Diagnostic du poste » left with names and RPPS. */
  'diagnostic.named': Done<
    { to: 'clipboard' | 'file' } | (Extract<ByWhom, { by: 'command' }> & { to: 'file' | 'terminal' })
  >
  /** By the first titulaire or the demonstration, the operator of the row is the new one; otherwise `target` is. */
  'operator.created': Done<
    | { role: Role; by: 'demonstration' }
    | { role: Role; by: 'first-run'; allowedBy: FirstRunPermission }
    | ({ role: Role } & ByWhom & OnSomebody)
    /** « Je n'ai pas de code opérateur »: the operator of the row let them in; the days are `YYYY-MM-DD`. */
    | ({ role: Role; by: 'replacement'; rpps: string; firstDay: string; lastDay: string } & OnSomebody)
  >
  /** A code that was typed in « Créer le titulaire » of an installed program. */
  'installation-code.refused': Refused<{ reason: InstallationCodeRefusal }>
  /** `changed`: what is not as it was; the others tell how it now is. */
  'operator.changed': Done<
    ByWhom & OnSomebody & { changed: readonly OperatorField[]; role: Role; rights: readonly GivenRight[] }
  >
  'operator.suspended': Done<ByWhom & OnSomebody>
  'operator.resumed': Done<ByWhom & OnSomebody>
  /** « Départ » */
  'operator.departed': Done<ByWhom & OnSomebody>
  /** A provisional password was given. */
  'operator.password-reset': Done<ByWhom & OnSomebody>
  'operator.rpps-set': Done<ByWhom & OnSomebody & { rpps: string }>
  'operator.rpps-unlinked': Done<ByWhom & OnSomebody & { rpps: string }>
  /** The operator of the row was told what is recorded. */
  'operator.told': Done
  'operators.imported': Done<ByWhom & { created: number }>
  'operators.exported': Done<ByWhom & { operators: number }>
  /** The operator of the row was given this RPPS. `authorisedBy`: who confirmed it besides them, by id and code. */
  'operator.rpps-linked': Done<{ rpps: string; authorisedBy: OperatorReference | null }>
  /** « Mot de passe oublié ? » */
  'operator.password-changed': Done<{ by: 'forgotten' | 'own' | 'provisional' }>
  /** A block of a code was lifted: of the row's operator by a fresh PSC login, of `target` by somebody. */
  'operator.unblocked': Done<{ by: 'psc' } | (ByWhom & OnSomebody)>
  /** The journal was opened, at its newest rows. */
  'journal.read': Done
  /** What one person did was looked at. */
  'journal.filtered': Done<OnSomebody>
  /** `seq`: the first bad row, where there is one. */
  'journal.verified': {
    outcome: 'done' | 'failed'
    details: ByWhom & { verdict: string; seq: number | null }
  }
  'journal.exported': Done<ByWhom & { format: 'csv' | 'jsonl'; rows: number }>
  /** « Extrait du journal »: `reason` is what was typed for the control. */
  'journal.extracted': Done<{ reason: string; rows: number; from: string | null; to: string | null }>
  /** Rows up to `upTo` went, their time being over; `hash`: the last one's, which the next row is bound to. */
  'journal.cut': Done<{ upTo: number; hash: string; before: string; months: number; reason: string | null }>
  'database.backed-up': Done<({ by: 'program' } | ByWhom) & { upTo: number; hash: string }>
  'database.backup-failed': Failed<{ fault: StorageFault }>
  /**
   * The first row after a backup took the database's place: the last row of the backup, and the head that was known
   * of the journal before, where one was.
   */
  'database.restored': Done<
    ({ by: 'start' } | ByWhom) & {
      upTo: number
      hash: string
      oldHead: { seq: number; hash: string } | null
    }
  >
  'identification.succeeded': Done<NoDetails | PscDetails>
  'identification.refused': Refused<{ reason: RefusalReason } | (PscTrace & { reason: RefusalReason })>
  /** Pro Santé Connect identified nobody, or nobody went on. `detail`: an error code, a claim. */
  'identification.failed': Failed<PscTrace & { reason: PscFailureReason; detail: string }>
  /** « Non, ce n'est pas moi ». */
  'identification.denied': Refused<PscTrace>
  /** `until`: when the session ends by itself, UTC ISO 8601. */
  'session.connected': Done<{ until: string }>
  'session.locked': Done<{ reason: LockReason }>
  /** `until`: by Pro Santé Connect only, which gives the session another end. */
  'session.unlocked': Done<NoDetails | { until: string }>
  'session.suspended': Done
  'session.resumed': Done<{ until: string }>
  'session.renewed': Done<{ until: string }>
  'session.psc-left': Done<{ by: 'operator' | 'setting' }>
  'session.ended': Done<{ reason: EndReason }>
  'module.opened': Done<{ kind: ModuleKind }>
  /** `by`: who was connected when it was left, compared with who had opened it. */
  'module.left': Done<{ by: 'same-operator' | 'other-operator' | 'nobody' }>
  'module.veiled': Done
  'module.failed': Failed<{ reason: ModuleFailure }>
  'module.refused': Refused<{ reason: ModuleRefusal }>
  /** The module was told who is connected: the operator of the row. */
  'module.session-given': Done
  'module.session-refused': Refused<{ reason: SessionRefusal }>
  'stay-connected.answered': Done<{ answer: StayConnectedAnswer }>
  /** The connected operator's card had left its reader. */
  'card-removed.answered': Done<{ answer: CardRemovedAnswer }>
  /** `role`: the window's; `reason`: Electron's word for it (« crashed », « oom »…). */
  'window.crashed': Failed<{ role: string; reason: string }>
}

/** Who did it: the operator of the row, or an OS account at the command line (`authorisedBy`: null, an administrator). */
export type ByWhom =
  { by: 'operator' } | { by: 'command'; osAccount: string; authorisedBy: OperatorReference | null }
/** To whom it was done. */
type OnSomebody = { target: OperatorReference }
/** What can change of an operator. */
export type OperatorField = 'names' | 'role' | 'dates' | 'rights'

/** What let somebody create the first titulaire. */
export type FirstRunPermission = 'development' | 'administrator' | 'installation-code'
export type InstallationCodeRefusal = 'wrong' | 'expired' | 'throttled' | 'blocked'

export type RefusalReason =
  | 'wrong-credentials'
  | 'throttled'
  | 'blocked'
  | 'suspended'
  | 'role'
  | 'other-operator'
  | 'cancelled'
  | 'without-rpps'
  | 'unknown-rpps'
  | 'other-rpps'
  | 'rpps-of-another'
  | 'not-fresh'
  | 'too-old'
  | 'not-authorised'
  | 'provisional-password'
/** What PSC said of an identification that succeeded. */
export type PscDetails = PscTrace & {
  /** Whether the identity was fresh, or confirmed by the operator's password or by their card in the reader. */
  confirmedBy: 'freshness' | 'password' | 'card'
}
export type LockReason = 'switch' | 'card-removed' | 'idle' | 'system-lock' | 'sleep'
export type EndReason =
  | 'disconnect'
  | 'stay-connected-disconnect'
  | 'countdown'
  | 'escape'
  | 'window-closed'
  | 'expired'
  | 'suspended'
  | 'password-reset'
  | 'switched'
  | 'day-closed'
  | 'program-closed'
  | 'program-failed'
export type ModuleKind = 'program' | 'window' | 'browser' | 'built-in'
export type ModuleFailure =
  | 'missing'
  | 'not-executable'
  | 'not-started'
  | 'ended-at-once'
  | 'page-unreachable'
  | 'page-crashed'
  | 'no-browser'
export type ModuleRefusal =
  'not-connected' | 'role' | 'right' | 'means' | 'level' | 'outside-origins' | 'download'
/** Why a module was not told who is connected. */
export type SessionRefusal =
  'unknown-ticket' | 'used-ticket' | 'expired-ticket' | 'other-module' | 'operator-gone' | 'malformed'
export type StayConnectedAnswer =
  'stay' | 'stay-without-psc' | 'disconnect' | 'countdown' | 'escape' | 'window-closed'

export type CardRemovedAnswer = 'stay' | 'lock' | 'card-returned' | 'countdown' | 'escape' | 'window-closed'

type Done<Details = NoDetails> = { outcome: 'done'; details: Details }
type Refused<Details> = { outcome: 'refused'; details: Details }
type Failed<Details> = { outcome: 'failed'; details: Details }
type NoDetails = Record<string, never>

/** An operator as the journal knows them: never a code that somebody merely typed. */
export type OperatorReference = { readonly id: string; readonly code: string }
export type Outcome = 'done' | 'refused' | 'failed'
export type Means = 'password' | 'psc'

type Context = {
  readonly operator: OperatorReference | null
  readonly means: Means | null
  /** The module's id in the settings. */
  readonly module: string | null
  /** The reference told to the user with a failure. */
  readonly reference: string | null
}

export type JournalKind = keyof Kinds

/** What there is to record; what is left out of the context is null. The journal adds the time and the workstation. */
export type JournalEvent = {
  readonly [Kind in JournalKind]: { readonly kind: Kind } & Readonly<Kinds[Kind]> & Partial<Context>
}[JournalKind]

/** An event with its time and place, as it is written. */
export type JournalEntry = {
  readonly [Kind in JournalKind]: { readonly kind: Kind } & Readonly<Kinds[Kind]> &
    Context & {
      /** When it happened, UTC ISO 8601. */
      readonly at: string
      readonly workstation: string
    }
}[JournalKind]

/** An operator as journal rows name them. */
export function referenceOf({ id, code }: OperatorReference): OperatorReference {
  return { id, code }
}
