import assert from 'node:assert/strict'
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrationsFor } from '../../../electron/storage/migrations/index.ts'
import { install, tryToInstall, type Deb } from './install.ts'
import { importOperators, journalKinds, team, verifyJournal } from './people.ts'
import { comptoir, dataFolder, settingsFile } from './program.ts'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'

/** Changed by hand since the installation: spaces and order are its author's. */
const settings =
  '{\n    "support": { "phone": "01 99 00 12 34" },\n "pharmacy": {"name": "PHARMACIE DU TEST"} }\n'

/** From the previous version to this one, in a root that had none. */
export async function proveUpgrade(
  proof: Proof,
  root: Root,
  debs: { before: Deb; now: Deb },
  scratch: string,
): Promise<void> {
  const { that, note } = proof
  await proveNoRoom(proof, root, debs.now)
  const installed = await that(
    `the previous version (${debs.before.version}) is installed, and used`,
    async () => {
      await install(root, debs.before)
      await importOperators(root)
      await writeFile(root.path(settingsFile), settings)
      await verifyJournal(root)
    },
  )
  if (!installed) return
  const [people, rows] = [await team(root), await journalKinds(root)]
  await that('the upgrade keeps its operators', async () => {
    await install(root, debs.now)
    assert.match((await comptoir(root, ['--version'])).out, new RegExp(`^${debs.now.version}`, 'u'))
    assert.deepEqual(await team(root), people)
  })
  await that('… its journal, whose chain goes on', async () => {
    const now = await journalKinds(root)
    assert.deepEqual(now.slice(0, rows.length), rows)
    note(await verifyJournal(root))
  })
  await that('… and the settings changed by hand, to the letter', async () => {
    assert.equal(await readFile(root.path(settingsFile), 'utf8'), settings)
    assert.equal((await comptoir(root, ['--check-config'], { user: 'officine' })).code, 0)
  })
  await that('settings that were deleted are not brought back by an upgrade', async () => {
    await rm(root.path(settingsFile))
    await install(root, debs.now, '--reinstall')
    assert.notEqual((await root.run(['test', '-e', settingsFile])).code, 0)
  })
  await that('a database of the first version of all is brought up to date', async () => {
    const file = join(dataFolder, 'comptoir.db')
    await root.must(['sh', '-c', `rm -f ${file} ${file}-wal ${file}-shm`])
    // Made aside: SQLite follows links to the end, and that of the root leads to the machine's files.
    const made = join(scratch, 'oldest.db')
    await oldestDatabase(made)
    await copyFile(made, root.path(file))
    await importOperators(root)
    await verifyJournal(root)
  })
}

/** With the first migration only, as the first version left it. */
async function oldestDatabase(file: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(file) }) })
  try {
    const [oldest] = Object.entries(migrationsFor('sqlite')).sort(([one], [other]) =>
      one.localeCompare(other),
    )
    if (oldest === undefined) throw new Error('there is no migration')
    const provider = { getMigrations: () => Promise.resolve(Object.fromEntries([oldest])) }
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    if (error !== undefined) throw error
  } finally {
    await db.destroy()
  }
}

async function proveNoRoom({ that, note }: Proof, root: Root, deb: Deb): Promise<void> {
  await root.must(['mount', '-t', 'tmpfs', '-o', 'size=64m', 'small', '/opt'])
  await that('without room on the disk of /opt it is not installed: what is missing is said', async () => {
    const { code, said } = await tryToInstall(root, deb)
    const line = said.split('\n').find((one) => one.includes('Il manque de la place'))
    note(line ?? 'nothing is said of it')
    assert.notEqual(code, 0)
    assert.ok(line !== undefined, said.split('\n').slice(-12).join('\n'))
  })
  await that('… and nothing of it is left', async () => {
    assert.equal(await root.must(['ls', '-A', '/opt']), '')
    const wrong = ['/usr/bin/comptoir', '/etc/comptoir', dataFolder].map((path) =>
      root.run(['test', '-e', path]),
    )
    for (const told of wrong) assert.notEqual((await told).code, 0)
    const state = await root.run(['dpkg-query', '-W', '-f', '${db:Status-Status}', deb.name])
    assert.ok(['', 'not-installed'].includes(state.out), state.out)
  })
  await root.must(['umount', '/opt'])
}
