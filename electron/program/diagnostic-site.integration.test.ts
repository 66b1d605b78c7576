import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Keychain } from '../../native/keychain/secrets.ts'
import { systemClock as clock } from '../clock.ts'
import { diagnose } from '../diagnostic/diagnose.ts'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import { freePort } from '../psc/testing/ports.ts'
import { settingsSchema } from '../settings/schema.ts'
import { openStorage } from '../storage/open.ts'
import { temporaryFolder } from '../storage/testing/engines.ts'
import { backUpToday } from './backups.ts'
import { withLooks } from './diagnostic-looks.ts'
import { createDiagnosticSite } from './diagnostic-site.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await temporaryFolder()
})
afterEach(() => rm(dataDir, { recursive: true }))

const silent = (): Promise<never> => new Promise(() => undefined)
const item = { read: silent, write: silent, remove: silent }
const hung: Keychain = { ...item, names: silent, journalHead: () => item }
const open: Keychain = { ...hung, read: () => Promise.resolve(null), names: () => Promise.resolve([]) }

type Given = { settings?: object; keychain?: Keychain }

function look<T>(
  use: (site: DiagnosticSite) => Promise<T>,
  { settings = {}, keychain = open }: Given = {},
): Promise<T> {
  return withLooks({ url: 'sqlite:comptoir.db', dataDir }, (looks) =>
    use(
      createDiagnosticSite({
        clock,
        paths: { settings: join(dataDir, 'comptoir.json'), data: dataDir },
        edition: 'development',
        settings: settingsSchema.parse(settings),
        version: '1.2.3',
        card: () => Promise.resolve({ kind: 'off' }),
        operatorOf: () => Promise.resolve(null),
        screens: null,
        looks,
        readHead: () => Promise.resolve({ kind: 'none' }),
        keychain,
      }),
    ),
  )
}

const state = () => look(async (site) => (await site.settingsFile()).state)

async function make(): Promise<string> {
  await (await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock })).close()
  return join(dataDir, 'comptoir.db')
}

describe('the workstation, for a diagnosis', () => {
  it('says which keys of comptoir.json are at fault, and never what they hold', async () => {
    expect(await state()).toEqual({ kind: 'missing' })
    await writeFile(join(dataDir, 'comptoir.json'), '{ "network": { "proxy": "motdepasse" } }')
    expect(await state()).toEqual({ kind: 'faulty', where: ['network.proxy'] })
    await writeFile(join(dataDir, 'comptoir.json'), '{ "network": ')
    expect(await state()).toEqual({ kind: 'faulty', where: [null] })
    await writeFile(join(dataDir, 'comptoir.json'), '{}')
    expect(await state()).toEqual({ kind: 'read' })
  })

  it('has its backups: none yet, one that is read, one that is not, or no folder', async () => {
    const database = await make()
    expect(await look((site) => site.backup())).toEqual({ kind: 'none' })
    const folder = join(dataDir, 'sauvegardes')
    await backUpToday({ database, folder })
    expect(await look((site) => site.backup())).toMatchObject({ kind: 'found', ageDays: 0, sound: true })
    await writeFile(join(folder, 'comptoir-2000-01-01.db'), 'x')
    expect(await look((site) => site.backup())).toMatchObject({ ageDays: 0, sound: true })
    const { day } = await look(async (site) => {
      const found = await site.backup()
      return found.kind === 'found' ? found : { day: '' }
    })
    await writeFile(join(folder, `comptoir-${day}.db`), Buffer.alloc(8192, 'x'))
    expect(await look((site) => site.backup())).toMatchObject({ kind: 'found', sound: false })
    const settings = { storage: { backupFolder: join(dataDir, 'nulle', 'part') } }
    expect(await look((site) => site.backup(), { settings })).toEqual({ kind: 'no-folder', why: 'missing' })
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
    expect((await look((site) => site.backup())).kind).not.toBe('found')
  })

  it('does not bring an older database up to date', async () => {
    const database = await make()
    const older = new Sqlite(database)
    older.exec("delete from kysely_migration where name like '0005%'")
    older.close()
    const signal = new AbortController().signal
    expect(await look((site) => site.journal(10, signal))).toEqual({ kind: 'waiting' })
    const done = new Sqlite(database, { readonly: true })
    expect(done.prepare("select count(*) from kysely_migration where name like '0005%'").pluck().get()).toBe(
      0,
    )
    done.close()
  })

  it('is looked at once for several checks', async () => {
    await make()
    await look(async (site) => {
      expect(site.database()).toBe(site.database())
      expect(site.card()).toBe(site.card())
      expect(site.psc()).toBe(site.psc())
      await site.database()
    })
  })

  it('has the room of its disks, and proxies that answer or do not', async () => {
    await mkdir(join(dataDir, 'sauvegardes'))
    expect(await look((site) => site.disks())).toEqual([
      { of: 'data', freeBytes: expect.any(Number) },
      { of: 'temp', freeBytes: expect.any(Number) },
    ])
    const port = await freePort()
    expect(await look((site) => site.reaches({ host: '127.0.0.1', port }))).toBe(false)
  })

  it('is diagnosed whatever hangs: a keychain, a provider', async () => {
    await make()
    const psc = {
      discoveryUrl: 'https://127.0.0.1:9/a',
      issuer: 'https://127.0.0.1:9',
      clientId: 'a',
      clientAuthentication: 'client_secret_basic',
    }
    const began = performance.now()
    const found = await look((site) => diagnose(site), { settings: { psc }, keychain: hung })
    expect(performance.now() - began).toBeLessThan(6000)
    const verdicts = Object.fromEntries(found.checks.map(({ id, finding }) => [id, finding.verdict]))
    expect(verdicts).toMatchObject({ psc: 'mend', keychain: 'mend', database: 'fine', journal: 'fine' })
    expect(found.checks.some(({ finding }) => finding.text.startsWith("Ce contrôle n'a pas"))).toBe(false)
  })
})
