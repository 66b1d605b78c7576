import { setImmediate as nextTurn } from 'node:timers/promises'
import { hash } from '@node-rs/argon2'
import { expect, vi } from 'vitest'
import { Refusal } from '../../ipc/result.ts'
import type { JournalEvent } from '../../journal/kinds.ts'
import { createJournal } from '../../journal/journal.ts'
import type { Rpps } from '../../operators/national-id.ts'
import type { Operator } from '../../operators/operator.ts'
import { rightsColumns } from '../../operators/operator-table.ts'
import { createOperatorRepository } from '../../operators/repository.ts'
import type { GivenRight } from '../../operators/rights.ts'
import type { PscIdentity } from '../../psc/claims.ts'
import { newTrace, type PscFlow, type PscTrace } from '../../psc/trace.ts'
import { createOperatorSession } from '../../session/operator-session.ts'
import type { Evidence } from '../../session/session.ts'
import type { OperatorTable } from '../../storage/schema.ts'
import type { TestDatabase } from '../../storage/testing/engines.ts'
import { readWorkstation } from '../../storage/workstation.ts'
import { createAssociation } from '../association.ts'
import { createPasswordIdentification, type Expectation } from '../identification.ts'
import { createNewcomers } from '../newcomers.ts'
import { createChangeOwnPassword } from '../own-password.ts'
import { createPhoneRequests } from '../phone-requests.ts'
import { createPushLimit } from '../push-limit.ts'
import { createPscIdentification, type Asserted } from '../pro-sante-connect.ts'
import { createReplaceProvisional } from '../replace-provisional.ts'
import { createThrottleRepository } from '../throttle-repository.ts'

export const patriciasRpps: Rpps = { kind: 'rpps', digits: '99700261797' }
export const kitsRpps: Rpps = { kind: 'rpps', digits: '99700427885' }
/** An RPPS that none of the team has. */
export const newRpps: Rpps = { kind: 'rpps', digits: '99700000001' }
export const anyone: Expectation = { operator: null, allows: () => null, module: null }
/** Everybody's password. */
export const right = 'girafe tunnel moutarde'

/** A PHC string that costs nothing to verify: what it costs is tested elsewhere. */
export function quickHash(password: string): Promise<string> {
  return hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
}

/** Hashes what somebody chooses, unless it is « faible ». */
export async function chosenHash(password: string): Promise<string> {
  if (password === 'faible') throw new Refusal('weak-password', '7K2-49R')
  return quickHash(password)
}

/** The trace of a try at PSC itself that has learnt nothing yet. */
export const traceOf = (flow: PscFlow): PscTrace => newTrace(flow, 'https://psc.test/realm', true)

/** Somebody whom PSC has identified at this very moment, unless `more` says otherwise. */
export function identified(
  more: Partial<Omit<Asserted, 'identity' | 'trace'>> & {
    identity?: Partial<PscIdentity>
    trace?: Partial<PscTrace>
  } = {},
): Asserted {
  const { identity, trace, ...rest } = more
  const rpps = identity?.rpps === undefined ? patriciasRpps : identity.rpps
  const authMode = identity?.authMode === undefined ? 'CARD' : identity.authMode
  return {
    identity: {
      nationalId: rpps ?? { kind: 'other', value: 'psi-1' },
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
      professions: ['pharmacien'],
      ...identity,
      authMode,
      rpps,
    },
    trace: {
      ...traceOf('code'),
      acr: 'eidas3',
      authMode,
      nationalId: rpps === null ? 'psi-1' : `8${rpps.digits}`,
      ...trace,
    },
    age: 0,
    returnedAt: 0,
    idToken: 'id-token',
    refreshToken: 'refresh-token',
    reference: 'PSC-TRY',
    ...rest,
  }
}

type Team = { patricia: Operator; kit: Operator; titulaire: Operator }
export type Counter = Awaited<ReturnType<typeof openCounter>>

/**
 * A workstation's records, session and identification over a database, at eight in the morning: Patricia has her RPPS;
 * Kit and the titulaire have none.
 */
export async function openCounter({ storage }: TestDatabase) {
  let time = 0
  const start = new Date(2026, 2, 2, 8).getTime()
  const clock = { now: () => new Date(start + time), monotonic: () => time }
  const workstation = await readWorkstation(storage)
  const journal = createJournal({ storage, clock, workstation: workstation.id })
  const operators = createOperatorRepository({ storage, clock })
  const throttle = createThrottleRepository({ storage, clock, workstation })
  const pushLimit = createPushLimit({ clock, workstation })
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  /** What breaks the rows of an admission, when a test wants them broken. */
  let breaking: Error | null = null
  const admissionEvents = (who: Operator, evidence: Evidence, reference: string): JournalEvent[] => {
    if (breaking !== null) throw breaking
    return session.admissionEvents(who, evidence, reference)
  }
  const given = { storage, clock, operators, throttle, pushLimit, journal }
  const records = { ...given, admissionEvents, newTrace: traceOf }
  const identification = createPasswordIdentification({ ...records, now: clock.now })
  const psc = createPscIdentification(records)
  const requests = createPhoneRequests(records)
  const association = createAssociation({ ...records, now: clock.now, identification })
  const chosen = { ...records, now: clock.now, hashPassword: chosenHash }
  const replaceProvisional = createReplaceProvisional(chosen)
  const newcomers = createNewcomers({ ...chosen, identification })
  const changeOwnPassword = createChangeOwnPassword({ ...chosen, identification })

  const passwordHash = await quickHash(right)
  const insert = async (
    code: string,
    firstName: string,
    lastName: string,
    role: Operator['role'],
    rpps: Rpps | null,
  ): Promise<Operator> => {
    const none = { suspended: false, firstDay: null, lastDay: null, rights: [] }
    const given = { code, firstName, lastName, role, rpps, ...none, passwordHash }
    const insertion = await storage.write((trx) => operators.insert(trx, given))
    if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
    return insertion.operator
  }
  const team: Team = {
    patricia: await insert('1', 'Patricia', 'ADJOINTPHARM', 'adjoint', patriciasRpps),
    kit: await insert('2', 'Kit', 'DOC0042788', 'preparateur', null),
    titulaire: await insert('9', 'Test', 'TITULAIRE', 'titulaire', null),
  }
  const change = async (id: string, values: Partial<OperatorTable>) => {
    await storage.write((trx) =>
      trx.updateTable('operator').set(values).where('id', '=', id).executeTakeFirstOrThrow(),
    )
  }
  return {
    storage,
    clock,
    records,
    journal,
    operators,
    throttle,
    session,
    identification,
    psc,
    requests,
    association,
    replaceProvisional,
    newcomers,
    changeOwnPassword,
    ...team,
    suspend: ({ id }: Operator) => change(id, { suspended: 1 }),
    giveRpps: ({ id }: Operator, rpps: Rpps | null) => change(id, { rpps: rpps?.digits ?? null }),
    /** Gives an operator a provisional password, the same as they had. */
    makeProvisional: ({ id }: Operator) => change(id, { provisional: 1 }),
    giveRight: ({ id }: Operator, right: GivenRight) => change(id, rightsColumns([right])),
    giveRole: ({ id }: Operator, role: Operator['role']) => change(id, { role }),
    fail: async (code: string, times: number) => {
      for (let count = 0; count < times; count++) {
        await storage.write((trx) => throttle.recordFailure(trx, code))
      }
    },
    /** From now on, or no longer: the rows of an admission cannot be made. */
    breakAdmissions: (error: Error | null) => {
      breaking = error
    },
    /** Lets time pass on both clocks, and on the timers where they are not real. */
    pass: (ms: number) => {
      time += ms
      if (vi.isFakeTimers()) vi.advanceTimersByTime(ms)
    },
    /** The journal's rows, once what could wait is written. */
    rows: async () => {
      expect(await journal.flush(5000)).toBe(0)
      return journal.rows()
    },
  }
}

/** A refusal of this code. */
export const refusedAs = (code: string, parameters: object = {}) =>
  expect.objectContaining({ code, parameters: expect.objectContaining(parameters) })

/** What a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error
  throw new Error('not refused', { cause: error })
}

/** Waits, whatever the timers are, until `check` holds. */
export async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000
  while (!check()) {
    if (performance.now() > deadline) throw new Error('it never came')
    await nextTurn()
  }
}

/** Gives what could still happen the time to happen. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await nextTurn()
}
