import { join, parse, resolve } from 'node:path'
import type { Edition } from './edition.ts'

export type Paths = {
  /** comptoir.json: machine-wide, written by administrators. */
  settings: string
  /** The database, its backups and the logs: written by every user of the machine. */
  data: string
}

type Machine = { platform: string; env: Readonly<Record<string, string | undefined>>; edition: Edition }

/**
 * Where this machine keeps Comptoir's settings and data. `COMPTOIR_CONFIG` and `COMPTOIR_DATA_DIR` override
 * both in development and test packages only: an installed program ignores them.
 */
export function pathsOf({ platform, env, edition }: Machine): Paths {
  if (edition === 'installed') return machineWide(platform, join(parse(process.execPath).root, 'ProgramData'))
  const machine = machineWide(platform, env['ProgramData'] ?? 'C:\\ProgramData')
  return {
    settings: env['COMPTOIR_CONFIG'] || machine.settings,
    data: env['COMPTOIR_DATA_DIR'] || machine.data,
  }
}

/** `programData`: anybody sets their own environment, so an installed program does not ask it where administrators write. */
function machineWide(platform: string, programData: string): Paths {
  switch (platform) {
    case 'win32': {
      const folder = join(programData, 'Comptoir')
      return { settings: join(folder, 'comptoir.json'), data: join(folder, 'data') }
    }
    case 'darwin': {
      const folder = '/Library/Application Support/Comptoir'
      return { settings: join(folder, 'comptoir.json'), data: join(folder, 'data') }
    }
    default:
      return { settings: '/etc/comptoir/comptoir.json', data: '/var/lib/comptoir' }
  }
}

/**
 * The folder of Electron's own profile inside the data folder: one per session of a shared Windows host (RDS, TSE), so
 * that each has its own single-instance lock; elsewhere one per account, which several have at a workstation: nobody
 * else reads what pages keep in it.
 */
export function profileFolder(data: string, { platform, env, account }: Seat): string {
  const session = platform === 'win32' ? env['SESSIONNAME'] : account?.toString()
  const name = session?.replaceAll(/[^A-Za-z0-9-]/gu, '-')
  return join(data, name === undefined ? 'profil' : `profil-${name}`)
}

/** Whose session this is. `account`: its number, where accounts have one. */
type Seat = Pick<Machine, 'platform' | 'env'> & { account: number | undefined }

/**
 * Where the daily backups of this workstation go: beside the data, or in the folder that the settings name (relative to
 * the data's), under the name of this computer. The workstations of an officine have the same settings, and may share
 * one disk.
 */
export function backupsFolder(data: string, setting: string | null, computer: string): string {
  if (setting === null) return join(data, 'sauvegardes')
  return resolve(data, setting, computer.replaceAll(/[^\p{L}\d_-]/gu, '-'))
}
