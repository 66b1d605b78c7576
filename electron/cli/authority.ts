import { dirname } from 'node:path'
import { systemClock as clock } from '../clock.ts'
import { createPasswordIdentification, type Expectation } from '../identification/identification.ts'
import { Refusal } from '../ipc/result.ts'
import { referenceOf, type JournalEvent, type OperatorReference } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { openRecords, type Records } from '../program/records.ts'
import { canWrite } from '../settings/folders.ts'
import { readSettings } from '../settings/read.ts'
import { CommandFault } from './fault.ts'
import type { Program } from './perform.ts'

/** Who must stand behind a command that changes something. In development nobody, and nothing is journalled. */
export type Authority = 'none' | 'administrator' | 'titulaire'

/** What a command changes, as the journal has it. */
export type Deed = {
  readonly kind: 'secret.set' | 'secret.deleted'
  readonly name: string
  readonly osAccount: string
}

/** An administrator is somebody who may write where the settings are; anybody else needs a titulaire. */
export async function authorityFor({ installed, paths }: Program): Promise<Authority> {
  if (!installed) return 'none'
  return (await canWrite(dirname(paths.settings))) ? 'administrator' : 'titulaire'
}

/**
 * Does what a command asks for, once it is authorised. Its row is committed once `act` has resolved, and only then: what
 * `act` did stays without a row when that commit fails, or when `act` rejects over what is done later all the same.
 * `act` holds the database, for which a running Comptoir waits 5 s: it must settle in less. `credentials`: a titulaire's
 * code and password, where they are needed. Rejects with a `CommandFault` over the settings, a `Refusal` (counted and
 * journalled as in the windows), `StorageError`, or as `act` does.
 */
export async function carryOut(
  asked: {
    readonly authority: Authority
    readonly credentials: readonly string[]
    readonly deed: Deed
    readonly program: Program
  },
  act: () => Promise<void>,
): Promise<void> {
  const { authority, credentials, deed, program } = asked
  if (authority === 'none') return act()
  const records = await recordsOf(program)
  const { storage, journal } = records
  try {
    if (authority === 'administrator') {
      await storage.write(async (trx) => {
        await journal.appendIn(trx, rowOf(deed, null, newReference()))
        await act()
      })
      return
    }
    const [code = '', password = ''] = credentials
    const identification = createPasswordIdentification({
      ...records,
      now: clock.now,
      admissionEvents: () => [],
    })
    await identification.prove(code, password, titulaireOnly, async (trx, operator, reference) => {
      await journal.appendIn(trx, rowOf(deed, referenceOf(operator), reference))
      await act()
    })
  } finally {
    await storage.close()
  }
}

const titulaireOnly: Expectation = {
  operator: null,
  allows: ({ role }) =>
    role === 'titulaire'
      ? null
      : { reason: 'role', refusal: (reference) => new Refusal('role-not-allowed', reference) },
  module: null,
}

function rowOf(
  { kind, name, osAccount }: Deed,
  authorisedBy: OperatorReference | null,
  reference: string,
): JournalEvent {
  return { kind, outcome: 'done', reference, details: { name, osAccount, authorisedBy } }
}

async function recordsOf({ paths, installed }: Program): Promise<Records> {
  const read = readSettings(paths.settings, { installed })
  if (read.kind === 'faulty') {
    const lines = read.faults.map(({ where, text }) =>
      [paths.settings, where, text].filter((part) => part !== null).join(': '),
    )
    throw new CommandFault(78, lines)
  }
  const { url } = read.settings.storage
  return openRecords({ url, dataDir: paths.data, keptRows: null, clock })
}
