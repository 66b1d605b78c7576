import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { systemClock } from '../../electron/clock.ts'
import { hashPassword } from '../../electron/identification/password.ts'
import { createJournal, type Journal } from '../../electron/journal/journal.ts'
import { createOperatorRepository, type Insertion } from '../../electron/operators/repository.ts'
import { openStorage } from '../../electron/storage/open.ts'
import type { Storage, Transaction } from '../../electron/storage/storage.ts'
import { readWorkstation } from '../../electron/storage/workstation.ts'
import { makeFolder } from './make-folder.ts'
import { demonstrationSettings, type Surroundings } from './settings.ts'
import { team, type Member } from './team.ts'

/** What somebody who wants to use the demonstration must know. Paths are absolute. */
export type Demonstration = {
  readonly config: string
  readonly dataDir: string
  /** `rpps`: its 11 digits. */
  readonly operators: readonly { code: string; password: string; rpps: string | null }[]
}

/**
 * Makes `folder` a ready demonstration: comptoir.json, replaced each time, and a database with the team, left as it
 * is where there are operators already. `electron` is an executable's absolute path; `pagesUrl`, where
 * `servePages` serves; `psc`, the simulator, or null for a workstation without Pro Santé Connect. Rejects with Node's error or a `StorageError` when the folder cannot be written.
 */
export async function writeDemonstration(
  folder: string,
  surroundings: Omit<Surroundings, 'folder'>,
): Promise<Demonstration> {
  const absolute = resolve(folder)
  const config = join(absolute, 'comptoir.json')
  const dataDir = join(absolute, 'data')
  await makeFolder(dataDir)
  await writeDatabase(dataDir)
  const settings = demonstrationSettings({ ...surroundings, folder: absolute })
  await writeFile(config, `${JSON.stringify(settings, null, 2)}\n`)
  const operators = team.map(({ code, password, rpps }) => ({ code, password, rpps: rpps?.digits ?? null }))
  return { config, dataDir, operators }
}

async function writeDatabase(dataDir: string): Promise<void> {
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock: systemClock })
  try {
    const { id } = await readWorkstation(storage)
    await writeTeam(storage, createJournal({ storage, clock: systemClock, workstation: id }))
  } finally {
    await storage.close()
  }
}

/** All of the team or nobody, so that a run killed midway leaves nothing to mend. */
async function writeTeam(storage: Storage, journal: Journal): Promise<void> {
  const operators = createOperatorRepository({ storage, clock: systemClock })
  if ((await operators.count()) > 0) return
  const members = await Promise.all(team.map(hashed))
  await storage.write(async (trx) => {
    for (const member of members) {
      const insertion = await operators.insert(trx, member)
      await record(trx, journal, insertion)
      // They know the demonstration: nothing stands over its modules.
      if (insertion.kind === 'inserted') await operators.markTold(trx, insertion.operator.id)
    }
  })
}

/** A hundred stories in one process make the same demonstration. */
const hashes = new Map<string, Promise<string>>()

async function hashed({ password, ...member }: Member) {
  const hash = hashes.get(password) ?? hashPassword(password)
  hashes.set(password, hash)
  const passwordHash = await hash
  return { ...member, suspended: false, firstDay: null, lastDay: null, rights: [], passwordHash }
}

async function record(trx: Transaction, journal: Journal, insertion: Insertion): Promise<void> {
  // Another program was faster, or the journal remembers somebody who had this code: it is not taken from them.
  if (insertion.kind !== 'inserted') return
  const { id, code, role } = insertion.operator
  await journal.appendIn(trx, {
    kind: 'operator.created',
    outcome: 'done',
    operator: { id, code },
    details: { role, by: 'demonstration' },
  })
}
