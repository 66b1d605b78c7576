import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { systemClock as clock } from '../clock.ts'
import { createPasswordIdentification, type Expectation } from '../identification/identification.ts'
import { Refusal } from '../ipc/result.ts'
import { referenceOf, type ByWhom, type OperatorReference } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Records } from '../program/records.ts'
import { isInstalled } from '../settings/edition.ts'
import { canWrite } from '../settings/folders.ts'
import type { Transaction } from '../storage/storage.ts'
import { CommandFault } from './fault.ts'
import type { Program } from './perform.ts'

/** Who stands behind a command that writes or exports. */
export type Authority =
  /** In development nobody is asked. */
  | { readonly kind: 'nobody' }
  /** This OS account. */
  | { readonly kind: 'administrator' }
  /** As typed: nothing is proved yet. */
  | { readonly kind: 'titulaire'; readonly code: string; readonly password: string }

/** By whom something was done, as the journal has it. */
export type CommandBy = Extract<ByWhom, { by: 'command' }>

/** What a command writes once it is authorised, in the transaction that proves who a titulaire is. */
export type Commit = (trx: Transaction, by: CommandBy, reference: string) => Promise<void>

/**
 * Who stands behind this command. An administrator is somebody who may write where the settings are; anybody else needs
 * a titulaire, whose code and password are the first two lines of standard input: they are taken off `lines`, which is
 * called then only. Rejects with a `CommandFault` when they are missing; `advice` says what to do.
 */
export async function authorityFor(
  { edition, paths }: Program,
  lines: () => string[],
  advice: string,
): Promise<Authority> {
  if (!isInstalled(edition)) return { kind: 'nobody' }
  if (await canWrite(dirname(paths.settings))) return { kind: 'administrator' }
  const [code, password] = lines().splice(0, 2)
  if (code === undefined || password === undefined) throw new CommandFault(1, [advice])
  return { kind: 'titulaire', code, password }
}

/**
 * Commits what a command writes, once it is authorised; resolves to who did it. `commit` holds the database, for which a
 * running Comptoir waits 5 s: it must settle in less, and what it rejects with undoes it all. Rejects with a `Refusal`
 * (a titulaire's is counted and journalled as in the windows), `StorageError`, or as `commit` does.
 */
export async function authorised(
  records: Records,
  authority: Authority,
  commit: Commit = nothingMore,
): Promise<CommandBy> {
  if (authority.kind !== 'titulaire') {
    const by = byCommand(null)
    await records.storage.write((trx) => commit(trx, by, newReference()))
    return by
  }
  const identification = createPasswordIdentification({
    ...records,
    now: clock.now,
    admissionEvents: () => [],
  })
  const { code, password } = authority
  const titulaire = await identification.prove(code, password, titulaireOnly, (trx, operator, reference) =>
    commit(trx, byCommand(operator), reference),
  )
  return byCommand(titulaire)
}

/** This OS account. `titulaire`: who vouched for it, where somebody had to. */
export function byCommand(titulaire: OperatorReference | null): CommandBy {
  const authorisedBy = titulaire === null ? null : referenceOf(titulaire)
  return { by: 'command', osAccount: userInfo().username, authorisedBy }
}

const titulaireOnly: Expectation = {
  operator: null,
  allows: ({ role }) =>
    role === 'titulaire'
      ? null
      : { reason: 'role', refusal: (reference) => new Refusal('role-not-allowed', reference) },
  module: null,
}

function nothingMore(): Promise<void> {
  return Promise.resolve()
}
