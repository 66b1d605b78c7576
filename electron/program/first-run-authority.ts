import type { ThrottleRepository } from '../identification/throttle-repository.ts'
import type { Verdict } from '../identification/throttle.ts'
import type { ViewOf } from '../ipc/views.ts'
import { Refusal } from '../ipc/result.ts'
import type { FirstRunPermission, InstallationCodeRefusal, JournalEvent } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Admission } from '../operators/first-titulaire.ts'
import {
  isCurrent,
  provesInstallation,
  readInstallationCode,
  type InstallationCode,
} from '../operators/installation-code.ts'
import { canWrite } from '../settings/folders.ts'
import type { Records } from './records.ts'

/** Who may create the first titulaire of an installed program: an administrator, or who has the one-time code. */
export type FirstRunAuthority = {
  /** What « Créer le titulaire » asks of whoever opens it. */
  readonly asked: () => Promise<ViewOf<'first-run'>['installationCode']>
  /** Rejects with a `Refusal` or `StorageError`; a wrong code is then counted and journalled. */
  readonly allow: (typed: string) => Promise<Admission>
}

type Parts = Pick<Records, 'storage' | 'operators' | 'throttle' | 'journal'> & {
  /** The folder that only administrators write, where that right is asked for; null in development. */
  administratorsFolder: string | null
  now: () => Date
}

export function createFirstRunAuthority(parts: Parts): FirstRunAuthority {
  const { administratorsFolder: folder, now } = parts
  return {
    asked: async () => {
      if (folder === null || (await canWrite(folder))) return 'not-asked'
      const code = await readInstallationCode(folder)
      return code !== null && isCurrent(code, now()) ? 'asked' : 'none'
    },
    allow: async (typed) => {
      // A code proves nothing then, and nobody learns whether it would.
      if ((await parts.operators.count()) > 0) throw new Refusal('titulaire-exists', newReference())
      if (folder === null) return admitted('development')
      if (await canWrite(folder)) return admitted('administrator')
      const code = await readInstallationCode(folder)
      if (code === null) throw new Refusal('administrator-needed', newReference())
      return allowByCode(parts, code, typed)
    },
  }
}

async function allowByCode(
  { storage, throttle, journal, now }: Parts,
  code: InstallationCode,
  typed: string,
): Promise<Admission> {
  const reference = newReference()
  const key = throttleKey(code)
  if (!isCurrent(code, now())) {
    await journal.append(refusedRow('expired', reference))
    throw new Refusal('installation-code-expired', reference)
  }
  const before = await throttle.verdict(key)
  if (before.kind !== 'free') {
    await journal.append(refusedRow(before.kind === 'wait' ? 'throttled' : 'blocked', reference))
    throw tooMany(before, reference)
  }
  if (!(await provesInstallation(code, typed, now()))) {
    await storage.write(async (trx) => {
      await throttle.recordFailure(trx, key)
      await journal.appendIn(trx, refusedRow('wrong', reference))
    })
    throw new Refusal('installation-code-wrong', reference)
  }
  return {
    allowedBy: 'installation-code',
    // Those who tried at the same time were counted meanwhile.
    admit: async (trx) => {
      const verdict = await throttle.recordSuccess(trx, key)
      if (verdict.kind !== 'free') throw tooMany(verdict, reference)
    },
  }
}

/**
 * Wrong codes are counted as wrong passwords are, by the code that is kept: they outlive the program, wait, then block, and
 * another code that an administrator writes is free again. No operator code has a space.
 */
function throttleKey({ hash }: InstallationCode): Parameters<ThrottleRepository['verdict']>[0] {
  return `installation ${hash}`
}

function admitted(allowedBy: FirstRunPermission): Admission {
  return { allowedBy, admit: () => Promise.resolve() }
}

function refusedRow(reason: InstallationCodeRefusal, reference: string): JournalEvent {
  return { kind: 'installation-code.refused', outcome: 'refused', reference, details: { reason } }
}

function tooMany(verdict: Exclude<Verdict, { kind: 'free' }>, reference: string): Refusal {
  return verdict.kind === 'wait'
    ? new Refusal('installation-code-throttled', reference, { seconds: verdict.seconds })
    : new Refusal('installation-code-blocked', reference)
}
