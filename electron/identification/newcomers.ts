import type { Clock } from '../clock.ts'
import { Refusal } from '../ipc/result.ts'
import type { NewcomerForm } from '../ipc/operator-views.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent } from '../journal/kinds.ts'
import { localDay, parseName, parseOperatorCode, type Operator, type Role } from '../operators/operator.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import { hasRight } from '../operators/rights.ts'
import type { PscIdentity } from '../psc/claims.ts'
import type { Evidence } from '../session/session.ts'
import type { Transaction } from '../storage/storage.ts'
import { notAuthorised, rppsOfAnother } from './association.ts'
import {
  notAwaited,
  succeededRow,
  type Expectation,
  type PasswordIdentification,
  type Refused,
} from './identification.ts'
import { proofOf, type Asserted } from './pro-sante-connect.ts'
import type { ThrottleRepository } from './throttle-repository.ts'

/** What is proposed to somebody who has no code yet, and may be changed but for the names that PSC gives. */
export type Proposed = Omit<NewcomerForm, 'password'>
/** Who is to become an operator, once somebody of the team lets them in. */
export type Newcomer = {
  readonly proposed: Proposed
  readonly code: string
  /** The PHC string of the password they chose. */
  readonly passwordHash: string
}

/** « Je n'ai pas de code opérateur »: a replacement for a day, by the RPPS that PSC has just asserted of nobody here. */
export type Newcomers = {
  readonly propose: (identity: PscIdentity) => Promise<Proposed>
  /** Reads what they filled in, and writes nothing. Rejects with a `Refusal` or `StorageError`. */
  readonly describe: (asserted: Asserted, form: NewcomerForm, expectation: Expectation) => Promise<Newcomer>
  /**
   * Creates the operator in the name of an authorised person, and lets them in: all of it is on the disk, or nothing.
   * Rejects with a `Refusal` or `StorageError`.
   */
  readonly admit: (
    asserted: Asserted,
    newcomer: Newcomer,
    authoriser: { code: string; password: string },
    expectation: Expectation,
  ) => Promise<Operator>
}

type Parts = {
  clock: Clock
  operators: OperatorRepository
  throttle: Pick<ThrottleRepository, 'unblock'>
  journal: Journal
  identification: PasswordIdentification
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
  /** Rejects with a `Refusal` when the password is too weak. */
  hashPassword: (password: string, operator: Operator) => Promise<string>
}

export function createNewcomers(parts: Parts): Newcomers {
  const { clock, operators, throttle, journal, identification, admissionEvents, hashPassword } = parts

  const create = async (
    trx: Transaction,
    asserted: Asserted,
    newcomer: Newcomer,
    authoriser: Operator,
    expectation: Expectation,
  ): Promise<Operator> => {
    const { reference } = asserted
    const { firstDay, lastDay, role } = newcomer.proposed
    const rpps = rppsOf(asserted)
    const insertion = await operators.insert(trx, {
      ...newOperator(newcomer.proposed, newcomer.code, rpps),
      passwordHash: newcomer.passwordHash,
    })
    if (insertion.kind === 'rpps-taken') throw new NewcomerRefused(rppsOfAnother)
    if (insertion.kind === 'code-taken') throw new Refusal('code-taken', reference)
    const { operator } = insertion
    const refused = notAwaited(operator, expectation, clock.now())
    if (refused !== null) throw new NewcomerRefused(refused)
    await journal.appendIn(trx, {
      kind: 'operator.created',
      outcome: 'done',
      operator: referenceOf(authoriser),
      means: 'password',
      reference,
      details: {
        role,
        by: 'replacement',
        rpps: rpps.digits,
        firstDay,
        lastDay,
        target: referenceOf(operator),
      },
    })
    // What was typed of this code while it was nobody's is not held against them.
    await throttle.unblock(trx, operator.code)
    const proof = proofOf(asserted, 'freshness')
    await journal.appendIn(trx, succeededRow(operator, proof, expectation.module, reference))
    for (const row of admissionEvents(operator, proof.evidence, reference)) await journal.appendIn(trx, row)
    return operator
  }

  return {
    propose: async ({ firstName, lastName, professions }) => {
      const today = localDay(clock.now())
      const code = await operators.nextFreeCode()
      return { code, firstName, lastName, role: roleOf(professions), firstDay: today, lastDay: today }
    },

    describe: async (asserted, { password, ...filledIn }, expectation) => {
      const { identity, reference } = asserted
      const wrong = (detail: string): Refusal => new Refusal('invalid-operator', reference, { detail })
      const code = parseOperatorCode(filledIn.code)
      // What PSC says is not theirs to change.
      const firstName = identity.firstName.trim() || parseName(filledIn.firstName)
      const lastName = identity.lastName.trim() || parseName(filledIn.lastName)
      const { role, firstDay, lastDay } = filledIn
      const today = localDay(clock.now())
      if (code === null) throw wrong('le code opérateur')
      if (firstName === null || lastName === null) throw wrong('les noms')
      if (firstDay > today || lastDay < today) throw wrong('les dates')
      if (role === 'titulaire') throw new Refusal('titulaire-needed', reference)
      const proposed = { code, firstName, lastName, role, firstDay, lastDay }
      const candidate = { id: '', ...newOperator(proposed, code, rppsOf(asserted)) }
      const refused = expectation.allows(candidate)
      if (refused !== null) throw refused.refusal(reference)
      if ((await operators.takenCodes([code])).size > 0) throw new Refusal('code-taken', reference)
      return { proposed, code, passwordHash: await hashPassword(password, candidate) }
    },

    admit: async (asserted, newcomer, authoriser, expectation) => {
      const { reference, trace } = asserted
      const asked: Expectation = {
        operator: null,
        module: expectation.module,
        allows: (candidate) => (hasRight(candidate, 'authorise') ? null : notAuthorised),
      }
      let created: Operator | null = null
      const createIn = async (trx: Transaction, by: Operator): Promise<void> => {
        created = await create(trx, asserted, newcomer, by, expectation)
      }
      try {
        await identification.prove(authoriser.code, authoriser.password, asked, createIn)
      } catch (error) {
        if (!(error instanceof NewcomerRefused)) throw error
        const { reason, refusal } = error.refused
        await journal.append({
          kind: 'identification.refused',
          outcome: 'refused',
          means: 'psc',
          module: expectation.module,
          reference,
          details: { ...trace, reason },
        })
        throw refusal(reference)
      }
      if (created === null) throw new Error('a right password commits')
      return created
    },
  }
}

/** Undoes a transaction whose newcomer may not come in. */
class NewcomerRefused extends Error {
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.reason)
    this.name = 'NewcomerRefused'
    this.refused = refused
  }
}

function newOperator(proposed: Proposed, code: string, rpps: Rpps): Omit<Operator, 'id'> {
  return { ...proposed, code, rpps, suspended: false, rights: [] }
}

function rppsOf({ identity, reference }: Asserted): Rpps {
  if (identity.rpps === null) throw new Refusal('psc-without-rpps', reference)
  return identity.rpps
}

/** What somebody of this profession most often is, who comes for a day. */
function roleOf(professions: PscIdentity['professions']): Role {
  if (professions.includes('pharmacien')) return 'remplacant'
  return professions.includes('preparateur') ? 'preparateur' : 'autre'
}
