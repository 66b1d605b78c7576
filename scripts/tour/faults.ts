import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backUpToday } from '../../electron/program/backups.ts'
import type { Album } from './album.ts'
import type { Stage } from './stage.ts'

/** What keeps Comptoir from starting, and the exit code that says so (product.md §5, sysexits). */
const SETTINGS = 78
const DISK = 74

/** What keeps Comptoir from starting. */
export async function playFaults({ step }: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('fautes')
  const { config, dataDir } = workstation
  const right = await readFile(config, 'utf8')
  const stop = async (
    name: string,
    caption: string,
    exitCode: number,
    role: 'fault' | 'restore' = 'fault',
  ): Promise<void> => {
    const program = await stage.start(workstation)
    await step(name, caption, async () => {
      const page = await program.window(role)
      if (role === 'restore') await page.getByRole('button', { name: 'Reprendre cette sauvegarde' }).waitFor()
      return page
    })
    const code = await program.stop()
    if (code !== exitCode) throw new Error(`exit code ${code} instead of ${exitCode}`)
  }

  const wrong = {
    ...JSON.parse(right),
    session: { stayConnectedSeconds: 5, maxHours: 'quatre' },
    modulles: [],
  }
  await writeFile(config, JSON.stringify(wrong, null, 2))
  await stop('reglages-a-corriger', 'Réglages faux : chaque faute est nommée, rien ne démarre.', SETTINGS)

  await writeFile(config, right.slice(0, right.length / 2))
  await stop('reglages-tronques', 'Un fichier de réglages tronqué.', SETTINGS)

  await writeFile(config, right)
  await backUpToday({ database: join(dataDir, 'comptoir.db'), folder: join(dataDir, 'sauvegardes') })
  await writeFile(join(dataDir, 'comptoir.db'), "Ceci n'est pas une base de données. ".repeat(200))
  await stop('base-abimee', 'Une base abîmée : sa dernière sauvegarde saine est proposée.', DISK, 'restore')
}
