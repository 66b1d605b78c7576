import { existsSync, readFileSync, statSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openKeychain } from '../../../native/keychain/secrets.ts'
import { createInstallation, type Installation, type Told } from './installation.ts'

/** A machine where the program is installed, and nothing is prepared yet. */
export type BareMachine = Pick<Installation, 'folder' | 'paths' | 'remove'> & {
  /** Of the settings. */
  readonly settingsFolder: string
  readonly prepare: (words?: readonly string[], input?: string | null) => Promise<Told>
  /** What stands in the settings' folder, by name; the code's hash is drawn anew each time, so its file is empty here. */
  readonly placed: () => Promise<Record<string, string>>
  readonly owner: (place: string) => { readonly uid: number; readonly mode: string }
}

/** `hidden`: what the command may not say. */
export async function createBareMachine(hidden: readonly string[] = []): Promise<BareMachine> {
  const { folder, paths, run, remove } = await createInstallation(openKeychain(), hidden)
  const settingsFolder = dirname(paths.settings)
  await rm(settingsFolder, { recursive: true })
  await rm(paths.data, { recursive: true })
  return {
    folder,
    paths,
    remove,
    settingsFolder,
    prepare: (words = [], input = '') => run(['prepare', ...words], { installed: true, input }),
    placed: async () => {
      if (!existsSync(settingsFolder)) return {}
      const names = (await readdir(settingsFolder)).sort()
      return Object.fromEntries(
        names.map((name) => [
          name,
          name === 'code-titulaire.json' ? '' : readFileSync(join(settingsFolder, name), 'utf8'),
        ]),
      )
    },
    owner: (place) => {
      const { uid, mode } = statSync(place)
      return { uid, mode: (mode & 0o7777).toString(8) }
    },
  }
}
