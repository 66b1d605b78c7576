import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { expect } from 'vitest'
import type { Keychain } from '../../../native/keychain/secrets.ts'
import { systemClock as clock } from '../../clock.ts'
import { hashPassword } from '../../identification/password.ts'
import type { OperatorReference } from '../../journal/kinds.ts'
import type { Operator } from '../../operators/operator.ts'
import { openRecords, type Records } from '../../program/records.ts'
import type { Edition } from '../../settings/edition.ts'
import { perform, type Program } from '../perform.ts'

/** Everybody's. */
export const password = 'lavande parasol tabouret'
export const account = userInfo().username

const scorerFile = fileURLToPath(new URL('../../operators/password-strength.worker.ts', import.meta.url))

/** What a command starts in a process of its own; of the settings of whoever started it. */
const itself = [process.execPath, fileURLToPath(new URL('itself.ts', import.meta.url))]

type Given = {
  readonly input?: string | Buffer | null
  readonly installed?: boolean
  /** That of a program with those rules, unless told. */
  readonly edition?: Edition
}
export type Told = { readonly code: number; readonly out: string[]; readonly errors: string[] }

/** A settings file and a data folder of their own, and the commands on them. */
export type Installation = {
  readonly folder: string
  readonly paths: Program['paths']
  /** What a command says, and its exit code; `input` is on its standard input (null: a keyboard). */
  readonly run: (words: string | readonly string[], given?: Given) => Promise<Told>
  /** The database, opened beside the commands. */
  readonly withRecords: <T>(use: (records: Records) => Promise<T>) => Promise<T>
  /** A titulaire « 0 » and an adjoint « 1 », and nobody's row in the journal. */
  readonly addTeam: () => Promise<Record<'0' | '1', OperatorReference>>
  /** From now on this OS account is no administrator. */
  readonly loseRights: () => Promise<void>
  readonly sql: <Row>(statement: string) => Row[]
  /** Changes the database by other means than Comptoir's. */
  readonly alter: (...statements: readonly string[]) => void
  /** The journal's rows, as kind, outcome and details. */
  readonly rows: () => [kind: string, outcome: string, details: unknown][]
  readonly remove: () => Promise<void>
}

/** `hidden`: what no command may say. */
export async function createInstallation(
  keychain: Keychain,
  hidden: readonly string[] = [],
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-cli-'))
  const paths = { settings: join(folder, 'settings/comptoir.json'), data: join(folder, 'data') }
  await mkdir(join(folder, 'settings'))
  await mkdir(paths.data)
  await writeFile(paths.settings, '{}')

  const withRecords: Installation['withRecords'] = async (use) => {
    const url = 'sqlite:comptoir.db'
    const records = await openRecords({
      url,
      dataDir: paths.data,
      backups: join(paths.data, 'sauvegardes'),
      keptRows: null,
      headItem: null,
      clock,
    })
    try {
      return await use(records)
    } finally {
      await records.storage.close()
    }
  }
  const sql = <Row>(statement: string): Row[] => {
    const database = new Sqlite(join(paths.data, 'comptoir.db'), { readonly: true })
    try {
      return database.prepare<[], Row>(statement).all()
    } finally {
      database.close()
    }
  }

  return {
    folder,
    paths,
    run: async (words, given = {}) => {
      const { input = '', installed = false } = given
      const out: string[] = []
      const errors: string[] = []
      const terminal = {
        read: () => (input === null ? null : Buffer.from(input)),
        say: (line: string) => void out.push(plain(line)),
        complain: (line: string) => void errors.push(plain(line)),
        progress: () => undefined,
      }
      const typed = typeof words === 'string' ? words.split(' ') : words
      const program: Program = {
        words: typed,
        itself,
        paths,
        edition: given.edition ?? (installed ? 'installed' : 'development'),
        version: '1.2.3',
        versions: process.versions,
        scorerFile,
      }
      const code = await perform(program, { terminal, keychain })
      for (const line of [...out, ...errors]) {
        for (const secret of [password, ...hidden]) expect(line).not.toContain(secret)
        expect(line).not.toContain('\n')
      }
      return { code, out, errors }
    },
    withRecords,
    addTeam: () =>
      withRecords(async ({ storage, operators }) => {
        const passwordHash = await hashPassword(password)
        const insert = (given: Pick<Operator, 'code' | 'role'>): Promise<OperatorReference> =>
          storage.write(async (trx) => {
            const none = { rpps: null, suspended: false, firstDay: null, lastDay: null, rights: [] }
            const names = { firstName: 'Test', lastName: given.role }
            const insertion = await operators.insert(trx, { ...given, ...names, ...none, passwordHash })
            if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
            return { id: insertion.operator.id, code: given.code }
          })
        const titulaire = await insert({ code: '0', role: 'titulaire' })
        return { '0': titulaire, '1': await insert({ code: '1', role: 'adjoint' }) }
      }),
    // Root writes everywhere: a folder that is not there stands for one that is not theirs to write.
    loseRights: () => rm(join(folder, 'settings'), { recursive: true }),
    sql,
    alter: (...statements) => {
      const database = new Sqlite(join(paths.data, 'comptoir.db'))
      try {
        for (const statement of statements) database.exec(statement)
      } finally {
        database.close()
      }
    },
    rows: () =>
      sql<{ kind: string; outcome: string; details: string }>('select * from journal order by seq').map(
        ({ kind, outcome, details }) => [kind, outcome, JSON.parse(details)],
      ),
    remove: () => rm(folder, { recursive: true }),
  }
}

function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/gu, ' ')
}
