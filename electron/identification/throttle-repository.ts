import { createHmac, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { normaliseTypedCode } from '../operators/operator.ts'
import type { ThrottleTable } from '../storage/schema.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { WorkstationIdentity } from '../storage/workstation.ts'
import { createThrottleTime } from './throttle-time.ts'
import { afterFailure, afterSuccess, dayMs, tenMinutesMs, untouched, verdict } from './throttle.ts'
import type { CodeState, RecentFailures, ThrottleState, Verdict, Wait } from './throttle.ts'

/**
 * The counters of failed identifications, by code as typed (existing or not: both look the same) and by
 * workstation. Every method rejects with `StorageError` only.
 */
export type ThrottleRepository = {
  /** Whether an attempt with this code may be made now. Asked before the password is verified. */
  readonly verdict: (typedCode: string) => Promise<Verdict>
  /** Counts a failed attempt; resolves to what is told about the next one. */
  readonly recordFailure: (trx: Transaction, typedCode: string) => Promise<Verdict>
  /**
   * Counts a right password. Resolves to `free` when it holds; otherwise failures made meanwhile forbid it: nothing is
   * written and the attempt is to be refused, else trying many at once would escape the waits.
   */
  readonly recordSuccess: (trx: Transaction, typedCode: string) => Promise<Verdict>
  /** Forgets all failures of a code. Resolves to whether it was blocked. */
  readonly unblock: (trx: Transaction, code: string) => Promise<boolean>
  readonly isBlocked: (trx: Transaction, code: string) => Promise<boolean>
  /** Which of these codes are blocked. */
  readonly blockedAmong: (codes: readonly string[]) => Promise<ReadonlySet<string>>
}

export function createThrottleRepository({
  storage,
  clock,
  workstation,
}: {
  storage: Storage
  clock: Clock
  workstation: WorkstationIdentity
}): ThrottleRepository {
  /** Only a keyed hash is kept: a password typed in the code's field by mistake must not be readable. */
  const keyOf = (purpose: 'code' | 'workstation', text: string): string =>
    createHmac('sha256', workstation.throttleKey).update(`${purpose}:${text}`).digest('hex')
  const codeKey = (typedCode: string): string => keyOf('code', normaliseTypedCode(typedCode))
  const workstationKey = keyOf('workstation', workstation.id)
  const time = createThrottleTime(clock, workstation)

  const stateOf = async (db: Storage['db'], key: string): Promise<ThrottleState> => {
    const rows = await db
      .selectFrom('throttle')
      .selectAll()
      .where('key', 'in', [key, workstationKey])
      .execute()
    return {
      code: codeStateOf(rows.find((row) => row.key === key)),
      workstation: codeStateOf(rows.find((row) => row.key === workstationKey)).wait,
    }
  }

  const save = async (trx: Transaction, key: string, state: ThrottleState): Promise<void> => {
    await saveRow(trx, key, state.code)
    await saveRow(trx, workstationKey, { ...untouched, wait: state.workstation })
  }

  return {
    verdict: (typedCode) =>
      storage.read(async (db) => verdict(await stateOf(db, codeKey(typedCode)), await time.now(db))),

    recordFailure: async (trx, typedCode) => {
      const key = codeKey(typedCode)
      const now = await time.now(trx)
      await time.keep(trx, now)
      await addFailure(trx, key, workstation.id, now)
      const recent = await recentFailures(trx, key, workstation.id, now)
      const state = afterFailure(await stateOf(trx, key), recent, now)
      await save(trx, key, state)
      return verdict(state, now)
    },

    recordSuccess: async (trx, typedCode) => {
      const key = codeKey(typedCode)
      const state = await stateOf(trx, key)
      const decision = verdict(state, await time.now(trx))
      if (decision.kind === 'free') await saveRow(trx, key, afterSuccess(state).code)
      return decision
    },

    unblock: async (trx, code) => {
      const key = codeKey(code)
      const { blockedAt } = (await stateOf(trx, key)).code
      await saveRow(trx, key, untouched)
      await trx.deleteFrom('failure').where('key', '=', key).execute()
      return blockedAt !== null
    },

    isBlocked: async (trx, code) => (await stateOf(trx, codeKey(code))).code.blockedAt !== null,

    blockedAmong: async (codes) => {
      const rows = await storage.read((db) =>
        db.selectFrom('throttle').select('key').where('blocked_at', 'is not', null).execute(),
      )
      const blocked = new Set(rows.map(({ key }) => key))
      return new Set(blocked.size === 0 ? [] : codes.filter((code) => blocked.has(codeKey(code))))
    },
  }
}

/** Adds one failure and forgets those that no window reaches any more. */
async function addFailure(trx: Transaction, key: string, workstation: string, now: number): Promise<void> {
  await trx
    .deleteFrom('failure')
    .where('at', '<=', textOf(now - dayMs))
    .execute()
  await trx
    .insertInto('failure')
    .values({ id: randomUUID(), key, workstation, at: textOf(now) })
    .execute()
}

async function recentFailures(
  trx: Transaction,
  key: string,
  workstation: string,
  now: number,
): Promise<RecentFailures> {
  const since = (ms: number) =>
    trx
      .selectFrom('failure')
      .select((select) => select.fn.countAll().as('count'))
      .where('at', '>', textOf(now - ms))
  const code = await since(dayMs).where('key', '=', key).executeTakeFirstOrThrow()
  const all = await since(tenMinutesMs).where('workstation', '=', workstation).executeTakeFirstOrThrow()
  return { codeInDay: Number(code.count), workstationInTenMinutes: Number(all.count) }
}

async function saveRow(trx: Transaction, key: string, state: CodeState): Promise<void> {
  await trx.deleteFrom('throttle').where('key', '=', key).execute()
  if (state.consecutive === 0 && state.wait === null && state.blockedAt === null) return
  await trx
    .insertInto('throttle')
    .values({
      key,
      consecutive: state.consecutive,
      waiting_until: state.wait === null ? null : textOf(state.wait.until),
      wait_seconds: state.wait?.seconds ?? 0,
      blocked_at: state.blockedAt === null ? null : textOf(state.blockedAt),
    })
    .execute()
}

function codeStateOf(row: ThrottleTable | undefined): CodeState {
  if (row === undefined) return untouched
  return {
    consecutive: row.consecutive,
    wait: waitOf(row),
    blockedAt: row.blocked_at === null ? null : Date.parse(row.blocked_at),
  }
}

function waitOf({ waiting_until: until, wait_seconds: seconds }: ThrottleTable): Wait | null {
  return until === null ? null : { until: Date.parse(until), seconds }
}

function textOf(instant: number): string {
  return new Date(instant).toISOString()
}
