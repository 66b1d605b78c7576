import type { Clock } from '../clock.ts'
import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent, type RefusalReason } from '../journal/kinds.ts'
import { parseRpps, type Rpps } from '../operators/national-id.ts'
import { isActive, parseOperatorCode, type Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { PscFlow, PscTrace } from '../psc/trace.ts'
import type { Storage } from '../storage/storage.ts'
import type { PscTry } from './pro-sante-connect.ts'
import type { PushLimit } from './push-limit.ts'

/** Who may be asked on their phone. */
export type PhoneRequests = {
  /**
   * The RPPS to ask, of an operator or of who has typed a code or an RPPS, once the request is counted on the disk. An
   * RPPS that is nobody's yet may be asked. Rejects with a `Refusal` that the journal has, or with `StorageError`: a
   * code of nobody, of an operator without RPPS and of a suspended one are refused alike.
   */
  readonly allow: (whom: Operator | string, tried: PscTry) => Promise<Rpps>
}

type Parts = {
  storage: Storage
  clock: Clock
  operators: OperatorRepository
  journal: Journal
  pushLimit: PushLimit
  newTrace: (flow: PscFlow) => PscTrace
}

type Found = { readonly operator: Operator | null; readonly rpps: Rpps | null }

export function createPhoneRequests(parts: Parts): PhoneRequests {
  const { storage, clock, operators, journal, pushLimit, newTrace } = parts

  const refusedRow = (
    operator: Operator | null,
    reason: RefusalReason,
    { reference, flow, module }: PscTry,
  ): JournalEvent => ({
    kind: 'identification.refused',
    outcome: 'refused',
    operator: operator === null ? null : referenceOf(operator),
    means: 'psc',
    module,
    reference,
    details: { ...newTrace(flow), reason },
  })

  /** What is typed is looked up, and kept nowhere. */
  const find = async (typed: string): Promise<Found> => {
    const rpps = parseRpps(typed)
    if (rpps !== null) return { operator: await operators.byRpps(rpps), rpps }
    const code = parseOperatorCode(typed)
    const operator = code === null ? null : await operators.byCode(code)
    return { operator, rpps: operator?.rpps ?? null }
  }

  return {
    allow: async (whom, tried) => {
      const { operator, rpps } =
        typeof whom === 'string' ? await find(whom) : { operator: whom, rpps: whom.rpps }
      const suspended = operator !== null && !isActive(operator, clock.now())
      if (rpps === null || suspended) {
        const reason = suspended ? 'suspended' : operator === null ? 'wrong-credentials' : 'without-rpps'
        await journal.append(refusedRow(operator, reason, tried))
        throw new Refusal('psc-not-by-phone', tried.reference)
      }
      const seconds = await storage.write(async (trx) => {
        const wait = await pushLimit.count(trx, rpps)
        if (wait > 0) await journal.appendIn(trx, refusedRow(operator, 'throttled', tried))
        return wait
      })
      if (seconds > 0) throw new Refusal('psc-too-many-pushes', tried.reference, { seconds })
      return rpps
    },
  }
}
