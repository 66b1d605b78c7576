import * as z from 'zod'
import {
  createThrottleRepository,
  type ThrottleRepository,
} from '../../identification/throttle-repository.ts'
import type { OperatorForm } from '../../ipc/operator-views.ts'
import { createJournal, type Journal } from '../../journal/journal.ts'
import type { Transaction } from '../../storage/storage.ts'
import { settableClock, type SettableClock, type TestDatabase } from '../../storage/testing/engines.ts'
import { readWorkstation } from '../../storage/workstation.ts'
import type { Actor } from '../actor.ts'
import { createManagement, type Management, type OperatorEffect } from '../management.ts'
import type { Operator } from '../operator.ts'
import { createOperatorRepository, type NewOperator, type OperatorRepository } from '../repository.ts'

/** A pharmacy on the first of March 2027: titulaire 0, manager 1 (adjoint), préparateur 2. */
export type Pharmacy = {
  readonly database: TestDatabase
  readonly clock: SettableClock
  readonly operators: OperatorRepository
  readonly journal: Journal
  readonly throttle: ThrottleRepository
  readonly management: Management
  readonly titulaire: Operator
  readonly manager: Operator
  readonly preparateur: Operator
  /** What was told after a commit. */
  readonly told: { readonly code: string; readonly effect: OperatorEffect }[]
  readonly add: (operator: Partial<NewOperator>) => Promise<Operator>
  readonly write: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>
  /** The kinds of the journal's rows since the pharmacy was there, with the code of whom they are about. */
  readonly rows: () => Promise<string[]>
}

export const reference = 'ABCDEFGH'
export const administrator = { by: 'command', osAccount: 'SYSTEM', authorisedBy: null } as const
export const as = (operator: Operator): Actor => ({ by: 'operator', operator })

export async function openPharmacy(open: () => Promise<TestDatabase>): Promise<Pharmacy> {
  const database = await open()
  const { storage } = database
  const clock = settableClock('2027-03-01T10:00:00.000Z')
  const workstation = await readWorkstation(storage)
  const operators = createOperatorRepository({ storage, clock })
  const journal = createJournal({ storage, clock, workstation: workstation.id })
  const throttle = createThrottleRepository({ storage, clock, workstation })
  const told: { code: string; effect: OperatorEffect }[] = []
  const changed = ({ code }: Operator, effect: OperatorEffect): void => {
    told.push({ code, effect })
  }
  const management = createManagement({ storage, operators, journal, throttle, clock, changed })

  const add = async (operator: Partial<NewOperator>): Promise<Operator> => {
    const insertion = await storage.write((trx) => operators.insert(trx, { ...somebody, ...operator }))
    if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
    return insertion.operator
  }
  return {
    database,
    clock,
    operators,
    journal,
    throttle,
    management,
    told,
    add,
    titulaire: await add({ code: '0', firstName: 'Alice', lastName: 'TITULAIRE', role: 'titulaire' }),
    manager: await add({ code: '1', lastName: 'ADJOINTPHARM', rights: ['manage-operators'] }),
    preparateur: await add({ code: '2', firstName: 'Paul', lastName: 'PREPARATEUR', role: 'preparateur' }),
    write: (work) => storage.write(work),
    rows: async () => {
      const rows = await journal.rows()
      return rows.map(({ kind, operatorCode, details }) => {
        const target = details['target']
        const code = referenceSchema.safeParse(target).data?.code ?? '-'
        return `${kind} ${code} by ${operatorCode ?? '-'}`
      })
    },
  }
}

const referenceSchema = z.looseObject({ code: z.string() })

const somebody: NewOperator = {
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
  passwordHash: '$argon2id$…',
}

/** The form that shows an operator as they are, with what is changed in it. */
export function formOf(operator: Operator, change: Partial<OperatorForm> = {}): OperatorForm {
  const { id: _id, suspended: _suspended, rpps, rights, ...same } = operator
  return { ...same, rpps: rpps?.digits ?? '', rights: [...rights], ...change }
}

export const newForm: OperatorForm = {
  code: '3',
  firstName: 'Chloé',
  lastName: 'NOUVELLE',
  role: 'preparateur',
  rpps: '',
  firstDay: null,
  lastDay: null,
  rights: [],
}
