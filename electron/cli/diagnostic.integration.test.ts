import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KeychainError, type Keychain } from '../../native/keychain/secrets.ts'
import { readAssistanceCode } from '../diagnostic/assistance-code.ts'
import { checkIds } from '../diagnostic/finding.ts'
import type { ReportJson } from '../diagnostic/report.ts'
import {
  account,
  createInstallation,
  password,
  type Installation,
  type Told,
} from './testing/installation.ts'

const closed = (): Promise<never> => Promise.reject(new KeychainError('no-keychain'))
const item = { read: closed, write: closed, remove: closed }
const keychain: Keychain = { ...item, names: closed, journalHead: () => item }

let comptoir: Installation
beforeEach(async () => {
  comptoir = await createInstallation(keychain)
  await settings({ card: { enabled: false } })
})
afterEach(() => comptoir.remove())

const settings = (content: object): Promise<void> =>
  writeFile(comptoir.paths.settings, JSON.stringify(content))
const jsonIn = ({ out }: Told): ReportJson => JSON.parse(out.join('\n'))
const check = (told: Told, id: string) => jsonIn(told).checks.find((one) => one.id === id)

describe('--diagnostic', () => {
  it('makes every check, beside a Comptoir at work, and leaves no row', async () => {
    await comptoir.addTeam()
    const told = await comptoir.run('--diagnostic --json')
    expect(told.errors).toEqual([])
    const json = jsonIn(told)
    expect(json.checks.map(({ id }) => id)).toEqual(checkIds)
    // Nothing keeps the journal's head in this session: that is to be watched, and all the rest is well.
    expect(json.checks.filter(({ verdict }) => verdict !== 'fine').map(({ id }) => id)).toEqual(['keychain'])
    expect([told.code, json.verdict]).toEqual([1, 'watch'])
    expect(readAssistanceCode(json.code)).toEqual({ card: 'off', psc: 'off', database: 'fine' })
    expect(json).toMatchObject({ version: '1.2.3', workstation: expect.any(String) })
    expect(comptoir.rows()).toEqual([])

    const text = await comptoir.run('--diagnostic')
    expect(text.code).toBe(1)
    expect(text.out[3]).toBe(`Code d'assistance : ${json.code}`)
    expect(text.out.filter((line) => /^\d+\. /u.test(line))).toHaveLength(checkIds.length)
  })

  it('makes no database where there is none', async () => {
    const told = await comptoir.run('--diagnostic --json')
    expect(check(told, 'database')?.verdict).toBe('fine')
    expect(await readdir(comptoir.paths.data)).toEqual([])
  })

  it('goes on with the defaults when comptoir.json has faults, and tells where, not what', async () => {
    await settings({ network: { proxy: 'motdepasse' }, card: { enabled: 'motdepasse' } })
    const told = await comptoir.run('--diagnostic --json')
    expect(told.code).toBe(2)
    expect(check(told, 'settings')).toMatchObject({
      verdict: 'mend',
      text: expect.stringContaining('network.proxy'),
    })
    expect(jsonIn(told).checks).toHaveLength(checkIds.length)
    expect(told.out.join()).not.toContain('motdepasse')
  })

  it('finds a row that somebody changed, and a database that is none', async () => {
    await comptoir.addTeam()
    await comptoir.run(['operators', 'reset-password', '1'])
    comptoir.alter("update operator set first_name = 'X'")
    expect(check(await comptoir.run('--diagnostic --json'), 'journal')?.verdict).toBe('fine')
    comptoir.alter(
      ...comptoir
        .sql<{ name: string }>("select name from sqlite_master where type = 'trigger'")
        .map(({ name }) => `drop trigger ${name}`),
      "update journal set outcome = 'failed'",
    )
    const told = await comptoir.run('--diagnostic --json')
    expect([told.code, check(told, 'journal')?.text]).toEqual([2, expect.stringMatching(/ligne n° 1 : /u)])

    await writeFile(join(comptoir.paths.data, 'comptoir.db'), Buffer.alloc(8192, 'x'))
    const damaged = await comptoir.run('--diagnostic --json')
    expect(readAssistanceCode(jsonIn(damaged).code)?.database).toBe('damaged')
  })

  it('writes its file in the place of the last one, whole and for its owner', async () => {
    const file = join(comptoir.folder, 'diagnostic.json')
    await writeFile(file, 'celui de la veille')
    const told = await comptoir.run(['--diagnostic', '--json', '--output', file])
    expect(told).toMatchObject({ code: 1, out: [`Diagnostic écrit dans ${file}.`], errors: [] })
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ verdict: 'watch' })
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readdir(comptoir.folder)).filter((name) => name.includes('en-cours'))).toEqual([])
  })

  it.runIf(process.platform !== 'win32')(
    'writes to a device, and never puts a file in its place',
    async () => {
      const device = join(comptoir.folder, 'vers-nulle-part')
      await symlink('/dev/null', device)
      expect(await comptoir.run(['--diagnostic', '--output', device])).toMatchObject({ code: 1, errors: [] })
      expect((await stat(device)).isCharacterDevice()).toBe(true)
    },
  )

  it('makes nothing where the folder of the data is not there, and says so', async () => {
    await rm(comptoir.paths.data, { recursive: true })
    const before = await readdir(comptoir.folder)
    const told = await comptoir.run('--diagnostic --json')
    expect([told.code, told.errors]).toEqual([2, []])
    expect(check(told, 'database')).toMatchObject({ verdict: 'mend' })
    expect(readAssistanceCode(jsonIn(told).code)?.database).toBe('missing')
    expect(await readdir(comptoir.folder)).toEqual(before)
  })

  it('waits for no database that somebody holds, and leaves nothing beside it', async () => {
    await comptoir.addTeam()
    const other = new Sqlite(join(comptoir.paths.data, 'comptoir.db'))
    try {
      other.exec('begin immediate')
      const told = await comptoir.run('--diagnostic --json')
      expect(told.code).toBe(2)
      expect(readAssistanceCode(jsonIn(told).code)?.database).toBe('busy')
    } finally {
      other.close()
    }
    expect((await readdir(comptoir.paths.data)).sort()).toEqual(['comptoir.db', 'comptoir.db.usage'])
    expect(comptoir.rows()).toEqual([])
  })

  it('is 74 when its file cannot be written, and 64 when it is misused', async () => {
    const lost = await comptoir.run([
      '--diagnostic',
      '--output',
      join(comptoir.folder, 'nulle-part', 'a.txt'),
    ])
    expect(lost).toMatchObject({ code: 74, out: [], errors: [expect.stringMatching(/ne s'est pas écrit/u)] })
    expect(await comptoir.run(['--diagnostic', '--output', comptoir.folder])).toMatchObject({ code: 74 })
    for (const words of [
      '--diagnostic --yaml',
      '--diagnostic x',
      '--diagnostic --output=',
      '--diagnostic --json=1',
    ]) {
      expect(await comptoir.run(words)).toMatchObject({ code: 64, out: [] })
    }
  })
})

describe('--diagnostic --named', () => {
  it('asks who may, and is on record', async () => {
    await comptoir.addTeam()
    await comptoir.loseRights()
    const refused = await comptoir.run('--diagnostic --named', { installed: true, input: `1\n${password}` })
    expect(refused).toMatchObject({ code: 1, out: [] })
    expect((await comptoir.run('--diagnostic --named', { installed: true, input: '' })).out).toEqual([])
    expect(comptoir.rows().filter(([kind]) => kind === 'diagnostic.named')).toEqual([])

    const told = await comptoir.run('--diagnostic --named', { installed: true, input: `0\n${password}` })
    expect(told.errors).toEqual([])
    expect(told.out.at(-1)).toMatch(/ne le donnez qu'à votre assistance\.$/u)
    expect(comptoir.rows().filter(([kind]) => kind === 'diagnostic.named')).toEqual([
      [
        'diagnostic.named',
        'done',
        {
          by: 'command',
          osAccount: account,
          authorisedBy: expect.objectContaining({ code: '0' }),
          to: 'terminal',
        },
      ],
    ])
  })
})

describe('the card', () => {
  it('is read by a process that falls alone, and leaves nothing', async () => {
    const modulePath = join(comptoir.folder, 'cryptolib.so')
    await writeFile(modulePath, 'no library')
    await settings({ card: { modulePath } })
    const told = await comptoir.run('--diagnostic --json')
    expect([told.code, told.errors]).toEqual([2, []])
    expect(check(told, 'cryptolib')).toMatchObject({ verdict: 'mend', text: 'Cryptolib inutilisable.' })
    expect(readAssistanceCode(jsonIn(told).code)?.card).toBe('cryptolib-unusable')
  })

  it('is probed by nobody else', async () => {
    for (const words of ['card-probe elsewhere', 'card-probe rdp rdp', 'card-probe --module=/tmp/x.so']) {
      expect(await comptoir.run(words)).toMatchObject({ code: 64, out: [] })
    }
    const { errors } = await comptoir.run('nothing')
    expect(errors.join()).not.toContain('card-probe')
    expect(errors.join()).toContain('--diagnostic [--json] [--named] [--output FICHIER]')
  })
})
