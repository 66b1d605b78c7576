import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { systemClock as clock } from '../../electron/clock.ts'
import { openRecords } from '../../electron/program/records.ts'

export const passwordOf = (code: string): string => `girafe tunnel moutarde ${code}`

/** Makes the folder of a workstation with two operators, « 1 » and « 2 ». */
export async function makePlace(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-soak-'))
  const { storage, operators } = await openRecords({
    url: 'sqlite:comptoir.db',
    dataDir,
    backups: join(dataDir, 'sauvegardes'),
    keptRows: null,
    headItem: null,
    clock,
  })
  for (const code of ['1', '2']) {
    // What a verification costs is not what is tried here.
    const passwordHash = await hash(passwordOf(code), { memoryCost: 8, timeCost: 1, parallelism: 1 })
    const names = { firstName: 'SOAK', lastName: code, role: 'adjoint', rpps: null } as const
    const state = { suspended: false, firstDay: null, lastDay: null, rights: [] }
    await storage.write((trx) => operators.insert(trx, { code, ...names, ...state, passwordHash }))
  }
  await storage.close()
  return dataDir
}

/** What nothing of a counter without modules of these kinds may come to. */
export function forbidden(): never {
  throw new Error('not to be called')
}
