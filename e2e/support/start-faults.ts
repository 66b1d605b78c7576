import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { copyFileSync, writeFileSync, openSync, closeSync, writeSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { makeReadOnly, mountSmallDisk } from '../../electron/storage/testing/mount.ts'
import type { StartOptions } from './program.ts'
import type { Workstation } from './test.ts'

/** Something that keeps Comptoir from starting, with what its window must say. */
export type StartFault = {
  readonly name: string
  readonly title: 'Comptoir ne peut pas démarrer' | 'Réglages à corriger'
  /** Each line of the window: the sentence, then what to do. */
  readonly lines: readonly (readonly string[])[]
  readonly exitCode: 69 | 74 | 78
  readonly needsMount?: true
  readonly prepare: (workstation: Workstation) => Promise<Prepared>
}
export type Prepared = {
  readonly options?: Partial<StartOptions>
  /** The file at fault: it must be left byte for byte as it is (or missing, if it is). */
  readonly file: string
  /** Takes the cause away, once the program has ended. */
  readonly undo: () => Promise<void>
}

const storageTitle = 'Comptoir ne peut pas démarrer'
const settingsTitle = 'Réglages à corriger'
export const startFaults: readonly StartFault[] = [
  {
    name: 'settings cut short',
    title: settingsTitle,
    lines: [["Ce fichier n'est pas du JSON complet : il s'arrête trop tôt, ligne 5."]],
    exitCode: 78,
    prepare: ({ config }) => settingsReplaced(config, (text) => text.split('\n').slice(0, 5).join('\n')),
  },
  {
    name: 'several faults in the settings',
    title: settingsTitle,
    lines: [
      ['pharmacie', 'clé inconnue : pharmacie — vouliez-vous dire « pharmacy » ?'],
      ['card.enabled', 'attendu : true ou false ; trouvé : "oui"'],
      ['session.stayConnectedSeconds', 'attendu : au moins 20 ; trouvé : 3'],
    ],
    exitCode: 78,
    prepare: ({ config }) =>
      settingsReplaced(config, () =>
        JSON.stringify({ pharmacie: {}, card: { enabled: 'oui' }, session: { stayConnectedSeconds: 3 } }),
      ),
  },
  {
    name: 'settings that are a folder',
    title: settingsTitle,
    lines: [["C'est un dossier, pas un fichier (EISDIR). Mettez-y un fichier, ou enlevez-le."]],
    exitCode: 78,
    prepare: async ({ config }) => {
      await rm(config)
      await mkdir(config)
      return { file: config, undo: async () => undefined }
    },
  },
  {
    name: 'a read-only data folder',
    title: storageTitle,
    lines: [
      [
        'La base de Comptoir est en lecture seule.',
        'Appelez votre assistance : avec « comptoir prepare », elle rend le dossier des données aux comptes de ce poste.',
      ],
    ],
    exitCode: 74,
    needsMount: true,
    prepare: async ({ dataDir }) => ({ file: databaseIn(dataDir), undo: await makeReadOnly(dataDir) }),
  },
  {
    name: 'a missing data folder',
    title: storageTitle,
    lines: [
      [
        'Le dossier des données de Comptoir est introuvable.',
        'Vérifiez que son disque est branché ; sinon votre assistance le remet en place avec « comptoir prepare ».',
      ],
    ],
    exitCode: 74,
    prepare: async ({ dataDir }) => {
      const away = `${dataDir}-away`
      await rename(dataDir, away)
      return { file: databaseIn(dataDir), undo: () => rename(away, dataDir) }
    },
  },
  {
    name: 'a full disk',
    title: storageTitle,
    lines: [['Le disque de ce poste est plein.', 'Libérez de la place, puis réessayez.']],
    exitCode: 74,
    needsMount: true,
    prepare: async (workstation) => {
      const { file, disk } = await onSmallDisk(workstation)
      fill(path.dirname(file))
      return { file, undo: disk.unmount }
    },
  },
  {
    name: 'a database locked by another program',
    title: storageTitle,
    lines: [
      [
        'La base de Comptoir est verrouillée par un autre programme.',
        'Fermez ce programme, ou redémarrez le poste, puis réessayez.',
      ],
    ],
    exitCode: 69,
    prepare: async ({ dataDir }) => {
      const unlock = lock(dataDir)
      return { file: databaseIn(dataDir), undo: async () => unlock() }
    },
  },
  {
    name: 'a database of a more recent version',
    title: storageTitle,
    lines: [
      [
        "La base a été écrite par une version plus récente de Comptoir. Elle n'a pas été touchée.",
        "Installez la dernière version de Comptoir sur ce poste, ou reprenez une sauvegarde d'avant avec « comptoir restore ».",
      ],
    ],
    exitCode: 69,
    prepare: async ({ dataDir }) => {
      const file = databaseIn(dataDir)
      const newer = new Sqlite(file)
      newer.exec("insert into kysely_migration values ('9999-future', '2030-01-01T00:00:00.000Z')")
      newer.close()
      return { file, undo: async () => undefined }
    },
  },
  {
    name: 'a folder in the place of the database',
    title: storageTitle,
    lines: [
      [
        'La base de Comptoir ne répond pas.',
        'Redémarrez le poste ; si rien ne change, appelez votre assistance.',
      ],
    ],
    exitCode: 69,
    prepare: async ({ dataDir }) => {
      const file = databaseIn(dataDir)
      await rename(file, `${file}-away`)
      await mkdir(file)
      return {
        file,
        undo: async () => {
          await rm(file, { recursive: true })
          await rename(`${file}-away`, file)
        },
      }
    },
  },
]

/** The bytes of a file; null when it cannot be read as one. */
export async function bytesOf(file: string): Promise<string | null> {
  return readFile(file, 'base64').catch(() => null)
}

export function databaseIn(dataDir: string): string {
  return path.join(dataDir, 'comptoir.db')
}

/** Keeps the database locked, as another program that is writing would; returns how to let it go. */
export function lock(dataDir: string): () => void {
  const other = new Sqlite(databaseIn(dataDir))
  other.exec('begin exclusive')
  return () => other.close()
}

/** Puts the workstation's database on a small disk of its own; the technical log stays in the data folder. */
export async function onSmallDisk({ dataDir, settings }: Workstation) {
  const disk = await mountSmallDisk('512k')
  const file = databaseIn(disk.folder)
  copyFileSync(databaseIn(dataDir), file)
  await settings((written) => ({ ...written, storage: { url: `sqlite:${file}` } }))
  return { disk, file }
}

/** Leaves no free byte on the disk of a folder; returns how to give the place back. */
export function fill(folder: string): () => void {
  const ballast = path.join(folder, 'ballast')
  const handle = openSync(ballast, 'w')
  try {
    for (;;) writeSync(handle, Buffer.alloc(4096))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(handle)
  }
  return () => writeFileSync(ballast, '')
}

/** Changes the text of the settings; nothing has to be undone. */
async function settingsReplaced(config: string, change: (text: string) => string): Promise<Prepared> {
  await writeFile(config, change(await readFile(config, 'utf8')))
  return { file: config, undo: async () => undefined }
}
