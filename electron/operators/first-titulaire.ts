import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import type { FirstRunPermission } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { parseRpps } from './national-id.ts'
import { parseName, parseOperatorCode } from './operator.ts'
import type { PasswordScorer } from './password-strength.ts'
import type { OperatorRepository } from './repository.ts'

/** What the first-run window sends. */
export type TitulaireForm = {
  firstName: string
  lastName: string
  code: string
  password: string
  rpps: string
}

/** Who is let create it; `admit` is the last word, in the transaction that does. */
export type Admission = {
  readonly allowedBy: FirstRunPermission
  readonly admit: (trx: Transaction) => Promise<void>
}

type Parts = {
  admission: Admission
  storage: Storage
  operators: OperatorRepository
  journal: Journal
  scorer: PasswordScorer
  pharmacy: string
  hashPassword: (password: string) => Promise<string>
}

/**
 * Creates the first operator, a titulaire, with its journal row in the same transaction. Rejects with a `Refusal`
 * when an operator exists already, the password is too weak or a field is wrong; then nothing is written.
 */
export async function createFirstTitulaire(parts: Parts, form: TitulaireForm): Promise<void> {
  const { admission, storage, operators, journal, scorer, pharmacy, hashPassword } = parts
  const reference = newReference()
  const code = parseOperatorCode(form.code)
  const rpps = form.rpps.trim() === '' ? null : parseRpps(form.rpps)
  const firstName = parseName(form.firstName)
  const lastName = parseName(form.lastName)
  if (code === null) throw new Refusal('invalid-operator', reference, { detail: 'le code opérateur' })
  if (firstName === null || lastName === null)
    throw new Refusal('invalid-operator', reference, { detail: 'les noms' })
  if (form.rpps.trim() !== '' && rpps === null) {
    throw new Refusal('invalid-operator', reference, { detail: 'le RPPS' })
  }
  const { enough } = await scorer.score(form.password, [firstName, lastName, code, pharmacy])
  if (!enough) throw new Refusal('weak-password', reference)
  const passwordHash = await hashPassword(form.password)
  const role = 'titulaire'
  const presence = { suspended: false, firstDay: null, lastDay: null, rights: [] }
  await storage.write(async (trx) => {
    await admission.admit(trx)
    const insertion = await operators.insertFirst(trx, {
      ...presence,
      code,
      firstName,
      lastName,
      role,
      rpps,
      passwordHash,
    })
    if (insertion.kind === 'not-first') throw new Refusal('titulaire-exists', reference)
    if (insertion.kind !== 'inserted') throw new Refusal('code-taken', reference)
    const { id } = insertion.operator
    await journal.appendIn(trx, {
      kind: 'operator.created',
      outcome: 'done',
      operator: { id, code },
      reference,
      details: { role, by: 'first-run', allowedBy: admission.allowedBy },
    })
  })
}
