import { hostname } from 'node:os'
import { systemClock as clock } from '../clock.ts'
import { openRecords, type Records } from '../program/records.ts'
import { backupsFolder } from '../settings/paths.ts'
import { readSettings } from '../settings/read.ts'
import type { Settings } from '../settings/schema.ts'
import { openHeld } from '../storage/in-use.ts'
import { databaseFile, openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/storage.ts'
import { fr } from '../../renderer/ui/texts/french.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'
import { CommandFault } from './fault.ts'
import type { Program } from './perform.ts'

/** The settings of this workstation. Throws a `CommandFault` that names each of their faults. */
export function settingsOf({ paths, edition }: Program): Settings {
  const read = readSettings(paths.settings, { edition })
  if (read.kind !== 'faulty') return read.settings
  const lines = read.faults.map((fault) => fr(`${paths.settings} : ${settingsTexts.fault(fault)}`))
  throw new CommandFault(78, lines)
}

/** Opens the database as `withRecords` does, only if there is one, and whatever somebody did to its journal. */
export async function withStorage<T>(
  program: Program,
  use: (storage: Storage) => Promise<T>,
  settings: Pick<Settings, 'storage'> = settingsOf(program),
): Promise<T> {
  const { url } = settings.storage
  const dataDir = program.paths.data
  const storage = await openHeld(databaseFile(url, dataDir), () =>
    openStorage({ url, dataDir, clock, existing: true }),
  )
  try {
    return await use(storage)
  } finally {
    await storage.close()
  }
}

/**
 * Opens the database for `use`, beside a Comptoir that runs, and closes it whatever comes of it. `existing`: none is made
 * where there is none. Rejects with a `CommandFault` over the settings, with `StorageError`, or as `use` does.
 */
export async function withRecords<T>(
  program: Program,
  use: (records: Records, settings: Settings) => Promise<T>,
  { existing } = { existing: true },
): Promise<T> {
  const settings = settingsOf(program)
  const { url, backupFolder } = settings.storage
  const dataDir = program.paths.data
  const backups = backupsFolder(dataDir, backupFolder, hostname())
  const records = await openRecords({
    url,
    dataDir,
    backups,
    existing,
    keptRows: null,
    headItem: null,
    clock,
  })
  try {
    return await use(records, settings)
  } finally {
    await records.storage.close()
  }
}
