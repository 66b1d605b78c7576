import type { NewcomerForm } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Operator } from '../operators/operator.ts'
import type { AttemptControl, AttemptParts, Identifying, PscParts, Step } from './attempt.ts'
import type { Expectation, Refused } from './identification.ts'
import { createOutings } from './psc-outing.ts'
import { createPhoneCalls } from './psc-phone.ts'
import { createTries } from './psc-tries.ts'
import { proofOf, type Goal } from './pro-sante-connect.ts'
import { expectedOperator } from './purpose.ts'

/**
 * What a window can ask of an attempt by Pro Santé Connect, by the attempt's number. What is not for the step where it
 * stands is refused. Rejects with a `Refusal` or `StorageError`: the session is then as it was.
 */
export type PscRoad = {
  /** Sends the browser out. Somebody who was just refused leaves it first: it would only bring them back. */
  readonly startPsc: (id: number) => void
  /**
   * Asks on the phone of the operator whom the attempt awaits, else of whom this code or RPPS names. Rejects with a
   * `Refusal` or `StorageError`: then nobody is asked.
   */
  readonly startPhone: (id: number, typed: string) => Promise<void>
  readonly reopenBrowser: (id: number) => Promise<void>
  readonly copyLink: (id: number) => void
  /** « Oui » wants more than a click: that operator's card in the reader, or their password, which is then awaited. */
  readonly answerWrongPerson: (id: number, answer: 'yes' | 'no') => Promise<void>
  /** A card was inserted: it answers for the password that « Oui, continuer » waits for, when it is that operator's. */
  readonly cardInserted: () => void
  /** The password of the operator whom Pro Santé Connect names. */
  readonly confirmPerson: (id: number, password: string) => Promise<void>
  /** « J'ai terminé, recommencer ». */
  readonly restartPsc: (id: number) => void
  readonly associate: (id: number, code: string, password: string) => Promise<void>
  readonly confirmAssociation: (
    id: number,
    authoriser: { code: string; password: string } | null,
  ) => Promise<void>
  /** « Mot de passe oublié ? » */
  readonly forgottenPassword: (id: number) => void
  readonly setForgottenPassword: (id: number, password: string) => Promise<void>
  /** « Je n'ai pas de code opérateur »: sends the browser out, unless it has just said who they are. */
  readonly startNewcomer: (id: number) => Promise<void>
  readonly describeNewcomer: (id: number, form: NewcomerForm) => Promise<void>
  /** Goes back to what was described. */
  readonly correctNewcomer: (id: number) => void
  readonly authoriseNewcomer: (id: number, code: string, password: string) => Promise<void>
  /** The attempt is over: whatever is under way is given up. */
  readonly leave: () => void
  /** The same, by the person: what Pro Santé Connect had asserted led nobody in. */
  readonly giveUp: () => void
}

type WrongPerson = Identifying & { step: Extract<Step, { kind: 'wrong-person' }> }

/** The road of an attempt through Pro Santé Connect, its questions, and the association of an RPPS. */
export function createPscRoad(parts: AttemptParts, control: AttemptControl): PscRoad {
  const { session, identification, copy, hashPassword } = parts
  const psc = (): PscParts => {
    if (parts.psc === null) throw new Refusal('psc-off', newReference())
    return parts.psc
  }
  const tries = createTries(parts, psc, control)
  const outings = createOutings(psc, control, tries)
  const phone = createPhoneCalls(parts.clock, psc, control, tries)
  /** Who goes from one road to the other is still identified for the same. */
  const goalOf = ({ step }: Identifying): Goal => (step.kind === 'ask' ? 'session' : tries.goal())
  /** « Non, ce n'est pas moi », by the road that the answer came. */
  const deny = { code: outings.deny, ciba: phone.deny }

  /** Resolves to whether the card let its operator in. Rejects with a `Refusal` or `StorageError`. */
  const confirmByCard = async (attempt: WrongPerson): Promise<boolean> => {
    const { asserted, operator } = attempt.step
    const { rpps } = asserted.identity
    if (operator === null || rpps === null || !parts.cardConfirms(rpps)) return false
    session.check()
    const awaited = only(control.expectationOf(attempt, 'wrong-person'), operator, rpps)
    const admitted = await psc().identification.admitByCard(asserted, awaited)
    control.admit(attempt, admitted, proofOf(asserted, 'card').evidence, asserted)
    return true
  }

  return {
    startPsc: (id) => {
      const attempt = control.at(id, 'ask', 'phone')
      outings.start(attempt, goalOf(attempt))
    },
    startPhone: async (id, typed) => {
      const attempt = control.at(id, 'ask', 'browser')
      await phone.start(attempt, typed, goalOf(attempt))
    },
    reopenBrowser: (id) => outings.reopen(control.at(id, 'browser')),
    copyLink: (id) => {
      control.at(id, 'browser')
      const link = outings.link()
      if (link === null) throw new Refusal('psc-unavailable', newReference())
      copy(link)
    },
    answerWrongPerson: async (id, answer) => {
      const attempt = control.at(id, 'wrong-person')
      const { asserted, operator } = attempt.step
      if (answer === 'no') {
        deny[asserted.trace.flow](attempt, asserted, operator)
      } else if (operator === null) {
        tries.askWhose(attempt, asserted, false)
      } else if (!(await confirmByCard(attempt))) {
        control.move(id, { ...attempt.step, password: true })
      }
    },
    cardInserted: () => {
      const attempt = control.current()
      if (attempt.kind !== 'identifying' || attempt.step.kind !== 'wrong-person') return
      if (!attempt.step.password) return
      const asked = { ...attempt, step: attempt.step }
      confirmByCard(asked).catch((error: unknown) => tries.failHeld(asked, error))
    },
    confirmPerson: async (id, password) => {
      session.check()
      const attempt = control.at(id, 'wrong-person')
      const { asserted, operator } = attempt.step
      if (operator === null) throw new Refusal('attempt-over', newReference())
      const proof = proofOf(asserted, 'password')
      const awaited = only(control.expectationOf(attempt, 'wrong-person'), operator, asserted.identity.rpps)
      const admitted = await identification.identify(operator.code, password, awaited, proof)
      control.admit(attempt, admitted, proof.evidence, asserted)
    },
    restartPsc: (id) => outings.restart(control.at(id, 'leaving')),
    associate: async (id, code, password) => {
      const attempt = control.at(id, 'association')
      const { asserted } = attempt.step
      const expectation = control.expectationOf(attempt, 'association')
      const claim = await psc().association.claim(asserted, code, password, expectation)
      tries.hold(control.at(id, 'association'), { kind: 'association-confirm', asserted, claim })
    },
    confirmAssociation: async (id, authoriser) => {
      session.check()
      const attempt = control.at(id, 'association-confirm')
      const { asserted, claim } = attempt.step
      const expectation = control.expectationOf(attempt, 'association-confirm')
      const operator = await psc().association.confirm(asserted, claim, authoriser, expectation)
      control.admit(attempt, operator, proofOf(asserted, 'password').evidence, asserted)
    },
    forgottenPassword: (id) => outings.start(control.at(id, 'ask'), 'new-password'),
    setForgottenPassword: async (id, password) => {
      session.check()
      const attempt = control.at(id, 'new-password')
      const { asserted, operator } = attempt.step
      const hash = await hashPassword(password, operator)
      const expectation = only(
        control.expectationOf(attempt, 'new-password'),
        operator,
        asserted.identity.rpps,
      )
      const admitted = await psc().identification.admitWithPassword(asserted, hash, expectation)
      control.admit(attempt, admitted, proofOf(asserted, 'freshness').evidence, asserted)
    },
    startNewcomer: async (id) => {
      const attempt = control.at(id, 'ask', 'association')
      if (expectedOperator(attempt.purpose) !== null) throw new Refusal('refused', newReference())
      if (attempt.step.kind === 'ask') return outings.start(attempt, 'newcomer')
      const { asserted, newcomer } = attempt.step
      if (!newcomer) throw new Refusal('refused', newReference())
      const proposed = await psc().newcomers.propose(asserted.identity)
      tries.hold(control.at(id, 'association'), { kind: 'newcomer', asserted, proposed })
    },
    describeNewcomer: async (id, form) => {
      const attempt = control.at(id, 'newcomer')
      const { asserted } = attempt.step
      const expectation = control.expectationOf(attempt, 'newcomer')
      const newcomer = await psc().newcomers.describe(asserted, form, expectation)
      tries.hold(control.at(id, 'newcomer'), { kind: 'newcomer-authorise', asserted, newcomer })
    },
    correctNewcomer: (id) => {
      const attempt = control.at(id, 'newcomer-authorise')
      const { asserted, newcomer } = attempt.step
      tries.hold(attempt, { kind: 'newcomer', asserted, proposed: newcomer.proposed })
    },
    authoriseNewcomer: async (id, code, password) => {
      session.check()
      const attempt = control.at(id, 'newcomer-authorise')
      const { asserted, newcomer } = attempt.step
      const expectation = control.expectationOf(attempt, 'newcomer-authorise')
      const operator = await psc().newcomers.admit(asserted, newcomer, { code, password }, expectation)
      control.admit(attempt, operator, proofOf(asserted, 'freshness').evidence, asserted)
    },
    leave: () => {
      tries.leave()
      outings.forget()
    },
    giveUp: () => {
      tries.giveUp()
      outings.forget()
    },
  }
}

/** The operator whom PSC names, as long as they have its RPPS. */
function only(expectation: Expectation, operator: Operator, rpps: Rpps | null): Expectation {
  return {
    ...expectation,
    operator,
    allows: (candidate) =>
      candidate.rpps?.digits === rpps?.digits ? expectation.allows(candidate) : noLongerTheirs,
  }
}

const noLongerTheirs: Refused = {
  reason: 'other-rpps',
  refusal: (reference: string) => new Refusal('attempt-over', reference),
}
