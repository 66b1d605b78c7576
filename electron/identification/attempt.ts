import type { Clock } from '../clock.ts'
import type { FailureLog } from '../ipc/answer.ts'
import { toCallError } from '../ipc/call-error.ts'
import { Refusal, type CallError } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { Evidence } from '../session/session.ts'
import type { Association, Claim } from './association.ts'
import { byPassword, cancelled, type Expectation, type PasswordIdentification } from './identification.ts'
import type { Newcomer, Newcomers, Proposed } from './newcomers.ts'
import { ProvisionalPassword, type Provisional } from './provisional-password.ts'
import { createPscRoad, type PscRoad } from './psc-road.ts'
import type { Asserted, PscIdentification, PscTry } from './pro-sante-connect.ts'
import { expectedOperator, moduleOf, notAllowed, takesPassword, type Purpose } from './purpose.ts'
import type { PhoneRequests } from './phone-requests.ts'
import type { ReplaceProvisional } from './replace-provisional.ts'
import type { PscBrowser } from '../psc/browser.ts'
import type { PscPhone } from '../psc/ciba.ts'

/** Where an attempt stands. What PSC has asserted is held by its step, and goes with it. */
export type Step =
  /** `failure`: why the last try by Pro Santé Connect did not succeed. */
  | { readonly kind: 'ask'; readonly failure: CallError | null }
  /** The browser is out until `deadline`, on the monotonic clock. `failure`: it could not be opened. */
  | { readonly kind: 'browser'; readonly deadline: number; readonly failure: CallError | null }
  /**
   * The person is asked on their phone until `deadline`, on the monotonic clock, `seconds` in all, and compares the two
   * digits of `number`.
   */
  | {
      readonly kind: 'phone'
      readonly number: string
      readonly deadline: number
      readonly seconds: number
    }
  | { readonly kind: 'checking' }
  /** « Est-ce bien vous ? »; `password`: « Oui » was answered, the operator's password is awaited. */
  | {
      readonly kind: 'wrong-person'
      readonly asserted: Asserted
      readonly operator: Operator | null
      readonly password: boolean
    }
  | { readonly kind: 'leaving'; readonly restart: 'by-itself' | 'by-hand' }
  /** `newcomer`: they may say that they have no code here. */
  | { readonly kind: 'association'; readonly asserted: Asserted; readonly newcomer: boolean }
  | { readonly kind: 'association-confirm'; readonly asserted: Asserted; readonly claim: Claim }
  | { readonly kind: 'new-password'; readonly asserted: Asserted; readonly operator: Operator }
  /** The password that was typed is provisional: another is awaited. */
  | { readonly kind: 'provisional-password'; readonly proved: Provisional }
  /** « Je n'ai pas de code opérateur » */
  | { readonly kind: 'newcomer'; readonly asserted: Asserted; readonly proposed: Proposed }
  | { readonly kind: 'newcomer-authorise'; readonly asserted: Asserted; readonly newcomer: Newcomer }

export type Identifying = {
  readonly kind: 'identifying'
  readonly id: number
  readonly purpose: Purpose
  readonly step: Step
}
export type Attempt = { readonly kind: 'none' } | Identifying

export type Attempts = Omit<PscRoad, 'leave' | 'giveUp'> & {
  readonly current: () => Attempt
  /** Begins an attempt; one under way is replaced. */
  readonly begin: (purpose: Purpose) => void
  /** Rejects with a `Refusal` or `StorageError`: the session is then as it was. */
  readonly submit: (id: number, code: string, password: string) => Promise<void>
  /** « Nouveau mot de passe », in place of the provisional one. Rejects as `submit` does. */
  readonly setProvisionalPassword: (id: number, password: string) => Promise<void>
  readonly cancel: () => void
}

/** What the attempts by Pro Santé Connect are made with; null where it is off. */
export type PscParts = {
  /** For this try. Rejects with a `Refusal` that the journal has, where this workstation lacks what it takes. */
  readonly browser: (tried: PscTry) => Promise<PscBrowser>
  readonly identification: PscIdentification
  readonly association: Association
  readonly newcomers: Newcomers
  readonly timeoutSeconds: number
  /** Without a browser; null where it is not offered. */
  readonly phone: PhoneParts | null
}
export type PhoneParts = {
  readonly open: (tried: PscTry) => Promise<PscPhone>
  readonly requests: PhoneRequests
}

export type AttemptParts = {
  clock: Clock
  identification: PasswordIdentification
  replaceProvisional: ReplaceProvisional
  psc: PscParts | null
  session: OperatorSession
  /** Whether the card of this RPPS is in the reader, put there by who is here now. */
  cardConfirms: (rpps: Rpps) => boolean
  copy: (text: string) => void
  hashPassword: (password: string, operator: Operator) => Promise<string>
  log: FailureLog
  changed: (attempt: Attempt) => void
  /** `asserted`: null when a password alone identified the operator. */
  succeeded: (purpose: Purpose, operator: Operator, asserted: Asserted | null) => void
}

/** How the road by Pro Santé Connect sees and moves the attempt it is on. */
export type AttemptControl = {
  readonly current: () => Attempt
  /** The attempt of this number in one of these steps; anything else is over, and refused. */
  readonly at: <K extends Step['kind']>(id: number, ...kinds: K[]) => Identifying & { step: { kind: K } }
  /** Moves the attempt on, unless it is over. */
  readonly move: (id: number, step: Step) => void
  /** Who may come in by this attempt, as long as it stands in one of these steps. */
  readonly expectationOf: (attempt: Identifying, ...during: Step['kind'][]) => Expectation
  /** Lets in an operator whose admission is on the disk, and ends the attempt. */
  readonly admit: (
    attempt: Identifying,
    operator: Operator,
    evidence: Evidence,
    asserted: Asserted | null,
  ) => void
}

/** How long one has for a password of one's own, once the provisional one was typed. */
const choosingMs = 5 * 60_000

/** The attempt to become the connected operator. It never touches the session unless it succeeds. */
export function createAttempts(parts: AttemptParts): Attempts {
  const { identification, replaceProvisional, session, changed, succeeded } = parts
  let attempt: Attempt = { kind: 'none' }
  let lastId = 0
  /** Ends the wait for a password in place of a provisional one. */
  let expiry: NodeJS.Timeout | undefined

  const set = (next: Attempt): void => {
    clearTimeout(expiry)
    attempt = next
    changed(next)
  }
  const end = (): void => {
    road.leave()
    set({ kind: 'none' })
  }
  const isCurrent = (id: number): boolean => attempt.kind === 'identifying' && attempt.id === id

  const control: AttemptControl = {
    current: () => attempt,
    at: (id, ...kinds) => {
      const found = attempt
      if (found.kind !== 'identifying' || found.id !== id || !isAt(found, kinds)) {
        throw new Refusal('attempt-over', newReference())
      }
      return found
    },
    move: (id, step) => {
      if (attempt.kind === 'identifying' && isCurrent(id)) set({ ...attempt, step })
    },
    expectationOf: ({ id, purpose }, ...during) => ({
      operator: expectedOperator(purpose),
      module: moduleOf(purpose)?.id ?? null,
      allows: (candidate) =>
        attempt.kind === 'identifying' && isCurrent(id) && isAt(attempt, during)
          ? notAllowed(purpose, candidate)
          : cancelled,
    }),
    admit: ({ id, purpose }, operator, evidence, asserted) => {
      session.admit(operator, evidence)
      if (isCurrent(id)) end()
      succeeded(purpose, operator, asserted)
    },
  }
  /** What was proved is not kept for whoever comes next to the workstation. */
  const askForAnother = ({ id }: Identifying, proved: Provisional): void => {
    control.move(id, { kind: 'provisional-password', proved })
    expiry = setTimeout(() => {
      const failure = toCallError(new Refusal('password-not-chosen', newReference()))
      control.move(id, { kind: 'ask', failure })
    }, choosingMs)
  }
  const road = createPscRoad(parts, control)
  const { leave: _leave, giveUp: _giveUp, ...byPsc } = road

  return {
    ...byPsc,
    current: control.current,
    begin: (purpose) => {
      road.giveUp()
      set({ kind: 'identifying', id: ++lastId, purpose, step: { kind: 'ask', failure: null } })
    },
    submit: async (id, code, password) => {
      // A session whose end has just come is neither unlocked nor resumed.
      session.check()
      const submitted = control.at(id, 'ask')
      if (!takesPassword(submitted.purpose)) throw new Refusal('refused', newReference())
      const expectation = control.expectationOf(submitted, 'ask')
      try {
        const operator = await identification.identify(code, password, expectation)
        control.admit(submitted, operator, byPassword.evidence, null)
      } catch (error) {
        if (!(error instanceof ProvisionalPassword)) throw error
        askForAnother(submitted, error.proved)
      }
    },
    setProvisionalPassword: async (id, password) => {
      session.check()
      const choosing = control.at(id, 'provisional-password')
      const expectation = control.expectationOf(choosing, 'provisional-password')
      const operator = await replaceProvisional(choosing.step.proved, password, expectation)
      control.admit(choosing, operator, byPassword.evidence, null)
    },
    cancel: () => {
      if (attempt.kind === 'none') return
      road.giveUp()
      set({ kind: 'none' })
    },
  }
}

function isAt<K extends Step['kind']>(
  found: Identifying,
  kinds: readonly K[],
): found is Identifying & { step: { kind: K } } {
  return kinds.some((kind) => kind === found.step.kind)
}
