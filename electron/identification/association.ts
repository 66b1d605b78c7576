import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent } from '../journal/kinds.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import { hasRight } from '../operators/rights.ts'
import { contradictsRole, type PscIdentity } from '../psc/claims.ts'
import type { Evidence } from '../session/session.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import {
  notAwaited,
  succeededRow,
  wrongByNow,
  type Expectation,
  type PasswordIdentification,
  type Refused,
} from './identification.ts'
import { compareNames } from './names.ts'
import { proofOf, type Asserted } from './pro-sante-connect.ts'

/** Somebody who has proved, by their password, to be the operator to whom an RPPS is to be given. */
export type Claim = {
  readonly operator: Operator
  /** The PHC string of that password: reset since, it proves nothing any more. */
  readonly passwordHash: string
  /** Whether a name differs between Pro Santé Connect and Comptoir. */
  readonly namesDiffer: boolean
  /** Whether an authorised person must confirm too: both names differ, or the profession contradicts the role. */
  readonly authorisation: boolean
}

/** « Associer ce RPPS ». What is awaited of the operator is told by the expectation. */
export type Association = {
  /** Checks whose RPPS it is said to be. Rejects with a `Refusal` that the journal has, or with `StorageError`. */
  readonly claim: (
    asserted: Asserted,
    code: string,
    password: string,
    expectation: Expectation,
  ) => Promise<Claim>
  /**
   * Gives the operator the RPPS and lets them in: both are on the disk, or neither. Rejects as `claim` does, and with
   * `authorisation-needed` when an authorised person is wanted and `authoriser` is null or not one.
   */
  readonly confirm: (
    asserted: Asserted,
    claim: Claim,
    authoriser: { code: string; password: string } | null,
    expectation: Expectation,
  ) => Promise<Operator>
}

type Parts = {
  storage: Storage
  now: () => Date
  operators: OperatorRepository
  journal: Journal
  identification: PasswordIdentification
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
}

/** Gives an operator the RPPS that Pro Santé Connect has just asserted: one RPPS, one operator. */
export function createAssociation(parts: Parts): Association {
  const { storage, now, operators, journal, identification, admissionEvents } = parts

  const link = async (
    trx: Transaction,
    asserted: Asserted,
    rpps: Rpps,
    { operator: claimant, passwordHash }: Claim,
    authoriser: Operator | null,
    expectation: Expectation,
  ): Promise<Operator> => {
    const { reference } = asserted
    const current = (await operators.byIdIn(trx, claimant.id)) ?? claimant
    const holder = await operators.byRppsIn(trx, rpps)
    const stands = (await operators.passwordHashOf(claimant.id, trx)) === passwordHash
    const unauthorised = authoriser === null && wantsAuthorisation(asserted.identity, current)
    const refused =
      (stands ? null : wrongByNow) ??
      (holder === null || holder.id === current.id ? null : rppsOfAnother) ??
      otherRpps(current, rpps) ??
      (unauthorised ? notAuthorised : null) ??
      notAwaited(current, expectation, now())
    if (refused !== null) throw new LinkRefused(refused, current)
    const operator: Operator = { ...current, rpps }
    await operators.setRpps(trx, operator.id, rpps)
    await journal.appendIn(trx, {
      kind: 'operator.rpps-linked',
      outcome: 'done',
      operator: referenceOf(operator),
      means: 'psc',
      reference,
      details: { rpps: rpps.digits, authorisedBy: authoriser === null ? null : referenceOf(authoriser) },
    })
    const proof = proofOf(asserted, 'password')
    await journal.appendIn(trx, succeededRow(operator, proof, expectation.module, reference))
    for (const row of admissionEvents(operator, proof.evidence, reference)) await journal.appendIn(trx, row)
    return operator
  }

  return {
    claim: async ({ identity }, code, password, expectation) => {
      const allows = (operator: Operator): Refused | null =>
        otherRpps(operator, identity.rpps) ?? expectation.allows(operator)
      let passwordHash = ''
      const asked = { ...expectation, allows }
      const operator = await identification.prove(code, password, asked, async (trx, { id }) => {
        passwordHash = (await operators.passwordHashOf(id, trx)) ?? ''
      })
      const namesDiffer = compareNames(identity, operator) !== 'same'
      return { operator, passwordHash, namesDiffer, authorisation: wantsAuthorisation(identity, operator) }
    },

    confirm: async (asserted, claim, authoriser, expectation) => {
      const { identity, reference, trace } = asserted
      const { rpps } = identity
      if (rpps === null) throw new Refusal('psc-without-rpps', reference)
      if (claim.authorisation && authoriser === null) throw new Refusal('authorisation-needed', reference)
      let linked: Operator | null = null
      const linkAs = async (trx: Transaction, by: Operator | null): Promise<void> => {
        linked = await link(trx, asserted, rpps, claim, by, expectation)
      }
      try {
        if (authoriser === null) await storage.write((trx) => linkAs(trx, null))
        else {
          const allows = (operator: Operator): Refused | null =>
            hasRight(operator, 'authorise') ? null : notAuthorised
          const asked: Expectation = { operator: null, module: expectation.module, allows }
          await identification.prove(authoriser.code, authoriser.password, asked, linkAs)
        }
      } catch (error) {
        if (!(error instanceof LinkRefused)) throw error
        await journal.append({
          kind: 'identification.refused',
          outcome: 'refused',
          operator: referenceOf(error.operator),
          means: 'psc',
          module: expectation.module,
          reference,
          details: { ...trace, reason: error.refused.reason },
        })
        throw error.refused.refusal(reference)
      }
      return linked ?? claim.operator
    },
  }
}

/** Both names differ, or the profession contradicts the role. */
function wantsAuthorisation(identity: PscIdentity, operator: Operator): boolean {
  return compareNames(identity, operator) === 'both-differ' || contradictsRole(identity, operator.role)
}

/** Undoes a transaction whose operator may not have the RPPS. */
class LinkRefused extends Error {
  readonly refused: Refused
  readonly operator: Operator

  constructor(refused: Refused, operator: Operator) {
    super(refused.reason)
    this.name = 'LinkRefused'
    this.refused = refused
    this.operator = operator
  }
}

function otherRpps(operator: Operator, rpps: Rpps | null): Refused | null {
  if (operator.rpps === null || operator.rpps.digits === rpps?.digits) return null
  return {
    reason: 'other-rpps',
    refusal: (reference) => new Refusal('operator-has-other-rpps', reference, { operator: operator.code }),
  }
}

/** One RPPS, one operator. */
export const rppsOfAnother: Refused = {
  reason: 'rpps-of-another',
  refusal: (reference) => new Refusal('rpps-of-another', reference),
}

/** A titulaire, or somebody who was given the right, must confirm. */
export const notAuthorised: Refused = {
  reason: 'not-authorised',
  refusal: (reference) => new Refusal('authorisation-needed', reference),
}
