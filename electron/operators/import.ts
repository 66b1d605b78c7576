import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { ThrottleRepository } from '../identification/throttle-repository.ts'
import type { ImportFault, ImportReport } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Transaction } from '../storage/storage.ts'
import { byWhom, createAuthority, type Actor } from './actor.ts'
import type { Described } from './form.ts'
import { described, judge, repeated, reported, type JudgedLine } from './import-lines.ts'
import { readList, type ListSource } from './import-list.ts'
import type { PasswordScorer } from './password-strength.ts'
import type { OperatorRepository } from './repository.ts'
import { hasRight } from './rights.ts'

/** A list that was read, with what is wrong in it. It holds the passwords: it stays in this process. */
export type ImportReading = {
  readonly report: ImportReport
  /** Empty unless the report is acceptable. */
  readonly people: readonly { readonly person: Described; readonly password: string }[]
}

/** Everybody of a list, their passwords hashed. */
export type PreparedImport = readonly { readonly person: Described; readonly passwordHash: string }[]

/** Creates operators from a list in CSV, everybody or nobody. */
export type OperatorImport = {
  /**
   * Reads a list and says line by line what is wrong; writes nothing. Never rejects for what the list holds; rejects
   * with `StorageError`, or when passwords cannot be scored.
   */
  readonly read: (source: ListSource, actor: Actor) => Promise<ImportReading>
  /**
   * Hashes the passwords, two at a time off the main thread: less than 0.1 s each. Rejects with a `Refusal`
   * (`import-refused`) when the list has a fault.
   */
  readonly prepare: (reading: ImportReading) => Promise<PreparedImport>
  /**
   * Creates everybody in `trx`, each with a row, then `operators.imported`; resolves to how many. What has changed since
   * the reading (a code, an RPPS, what the actor may do) refuses them all.
   */
  readonly apply: (
    trx: Transaction,
    actor: Actor,
    prepared: PreparedImport,
    reference: string,
  ) => Promise<number>
}

export type ImportParts = {
  readonly operators: OperatorRepository
  readonly throttle: Pick<ThrottleRepository, 'unblock'>
  readonly journal: Pick<Journal, 'appendIn'>
  readonly clock: Clock
  readonly scorer: Pick<PasswordScorer, 'score'>
  /** The pharmacy's name, which an attacker would try first. */
  readonly pharmacy: () => string
  /** To a PHC string, off the main thread. */
  readonly hashPassword: (password: string) => Promise<string>
}

/** Two cores are busy while the counter goes on: what else waits for the thread pool is served in between. */
const hashedAtOnce = 2
/** These are written in a few milliseconds. */
const createdAtOnce = 10

export function createOperatorImport(parts: ImportParts): OperatorImport {
  const { operators, throttle, journal, clock, scorer, pharmacy, hashPassword } = parts
  const authority = createAuthority({ operators, clock })

  /** What is wrong of a line with regard to who is there already. */
  const conflicts = async (
    lines: readonly JudgedLine[],
    actor: Actor,
  ): Promise<(line: JudgedLine) => ImportFault[]> => {
    const codes = await operators.takenCodes(lines.flatMap(({ code }) => code ?? []))
    const digits = await operators.takenRpps(lines.flatMap(({ rpps }) => rpps?.digits ?? []))
    const appoints = actor.by === 'command' || hasRight(actor.operator, 'appoint-titulaires')
    return ({ code, rpps, role }) => [
      ...(code !== null && codes.has(code) ? (['code-taken'] as const) : []),
      ...(role === 'titulaire' && !appoints ? (['titulaire-needed'] as const) : []),
      ...(rpps !== null && digits.has(rpps.digits) ? (['rpps-taken'] as const) : []),
    ]
  }

  const isWeak = async ({ written: { cells } }: JudgedLine): Promise<boolean> => {
    if (cells.motdepasse === '') return false
    const words = [cells.prenom, cells.nom, cells.code, pharmacy()]
    return !(await scorer.score(cells.motdepasse, words)).enough
  }

  return {
    read: async (source, actor) => {
      const { encoding, unreadable, lines } = readList(source)
      const judged = lines.map(judge)
      await nextTurn()
      const repeats = repeated(judged)
      const conflictsOf = await conflicts(judged, actor)
      const report: ImportReport['lines'] = []
      for (const line of judged) {
        const weak: ImportFault[] = (await isWeak(line)) ? ['weak-password'] : []
        report.push(reported(line, [...line.faults, ...repeats(line), ...conflictsOf(line), ...weak]))
      }
      const acceptable = unreadable === null && report.every(({ faults }) => faults.length === 0)
      const people = judged.flatMap((line) => {
        const person = acceptable ? described(line) : null
        return person === null ? [] : { person, password: line.written.cells.motdepasse }
      })
      const file = source.kind === 'file' ? source.name : null
      return { report: { file, encoding, unreadable, lines: report, acceptable }, people }
    },

    prepare: async ({ report, people }) => {
      if (!report.acceptable) throw new Refusal('import-refused', newReference())
      return inTurns(people, async ({ person, password }) => ({
        person,
        passwordHash: await hashPassword(password),
      }))
    },

    apply: async (trx, actor, prepared, reference) => {
      const by = byWhom(actor)
      const record = (event: JournalEvent): Promise<void> =>
        journal.appendIn(trx, {
          ...event,
          operator: actor.by === 'operator' ? referenceOf(actor.operator) : null,
          reference,
        })
      for (const [index, { person, passwordHash }] of prepared.entries()) {
        // The counter goes on working meanwhile.
        if (index % createdAtOnce === 0) await nextTurn()
        await authority.overForm(trx, actor, person, null, reference)
        const insertion = await operators.insert(trx, {
          ...person,
          suspended: false,
          passwordHash,
          provisional: true,
        })
        if (insertion.kind !== 'inserted') throw new Refusal('import-refused', reference)
        const { operator } = insertion
        // What was typed of this code while it was nobody's is not held against them.
        await throttle.unblock(trx, operator.code)
        const details = { role: operator.role, ...by, target: referenceOf(operator) }
        await record({ kind: 'operator.created', outcome: 'done', details })
      }
      const details = { ...by, created: prepared.length }
      await record({ kind: 'operators.imported', outcome: 'done', details })
      return prepared.length
    },
  }
}

/** What `work` makes of each, a few at once; the first rejection ends it. */
async function inTurns<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = []
  for (let start = 0; start < items.length; start += hashedAtOnce) {
    results.push(...(await Promise.all(items.slice(start, start + hashedAtOnce).map(work))))
  }
  return results
}
