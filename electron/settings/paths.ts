import { join } from 'node:path'

export type Paths = {
  /** comptoir.json: machine-wide, written by administrators. */
  settings: string
  /** The database, its backups and the logs: written by every user of the machine. */
  data: string
}

type Machine = { platform: string; env: Readonly<Record<string, string | undefined>>; installed: boolean }

/**
 * Where this machine keeps Comptoir's settings and data. `COMPTOIR_CONFIG` and `COMPTOIR_DATA_DIR` override
 * both in development and test packages only: an installed program ignores them.
 */
export function pathsOf({ platform, env, installed }: Machine): Paths {
  const machine = machineWide(platform, env)
  if (installed) return machine
  return {
    settings: env['COMPTOIR_CONFIG'] || machine.settings,
    data: env['COMPTOIR_DATA_DIR'] || machine.data,
  }
}

function machineWide(platform: string, env: Machine['env']): Paths {
  switch (platform) {
    case 'win32': {
      const folder = join(env['ProgramData'] ?? 'C:\\ProgramData', 'Comptoir')
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
 * The folder of Electron's own profile inside the data folder: one per session of a shared host (RDS, TSE), so
 * that each has its own single-instance lock.
 */
export function profileFolder(data: string, env: Machine['env']): string {
  const session = env['SESSIONNAME']?.replaceAll(/[^A-Za-z0-9-]/gu, '-')
  return join(data, session === undefined ? 'profil' : `profil-${session}`)
}
