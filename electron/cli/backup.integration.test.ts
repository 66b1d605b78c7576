import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { withStorage } from './database.ts'
import type { Program } from './perform.ts'
import { account, createInstallation, password, type Installation } from './testing/installation.ts'

const by = { by: 'command', osAccount: account, authorisedBy: null }

// As in a session that has no keychain, whatever this one has.
beforeAll(() => void vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', ''))
afterAll(() => void vi.unstubAllEnvs())

let comptoir: Installation
let file = ''
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain())
  await comptoir.addTeam()
  file = join(comptoir.folder, 'copie.db')
})
afterEach(() => comptoir.remove())

const codes = () =>
  comptoir.sql<{ code: string }>('select code from operator order by code').map(({ code }) => code)

describe('backup', () => {
  it('copies the database while it is used, to a file that only its owner reads', async () => {
    const told = await comptoir.withRecords(() => comptoir.run(['backup', file]))
    expect(told).toEqual({
      code: 0,
      out: [`Sauvegarde écrite et vérifiée : ${file}, jusqu'à la ligne n° 0 du journal.`],
      errors: [],
    })
    expect((await stat(file)).mode & 0o077).toBe(0)
    expect(comptoir.rows()).toEqual([
      ['database.backed-up', 'done', { ...by, upTo: 0, hash: '0'.repeat(64) }],
    ])
  })

  it('writes over no file', async () => {
    await writeFile(file, 'somebody else’s')
    expect(await comptoir.run(['backup', file])).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/copie\.db existe déjà\./u)],
    })
    expect((await stat(file)).size).toBe('somebody else’s'.length + 2)
    expect(comptoir.rows()).toEqual([])
  })

  it('says where it cannot be written', async () => {
    expect(await comptoir.run(['backup', join(comptoir.folder, 'nowhere/copie.db')])).toEqual({
      code: 74,
      out: [],
      errors: [expect.stringMatching(/nowhere\/copie\.db ne s'est pas écrit\. .*Réf\./u)],
    })
    expect(comptoir.rows()).toEqual([])
  })
})

describe('restore', () => {
  beforeEach(async () => {
    await comptoir.run(['backup', file])
    comptoir.alter("delete from operator where code = '1'")
    await comptoir.run('operators list')
  })

  it('puts a backup in the place of the database, which is kept', async () => {
    expect(codes()).toEqual(['0'])
    expect(await comptoir.run(['restore', file])).toEqual({
      code: 0,
      out: [
        expect.stringMatching(/^Base reprise de .*copie\.db\. La précédente est gardée/u),
        expect.stringMatching(/^Le trousseau de ce compte ne gardait rien du journal\./u),
      ],
      errors: [],
    })
    expect(codes()).toEqual(['0', '1'])
    expect(comptoir.rows()).toEqual([
      [
        'database.restored',
        'done',
        { ...by, upTo: 0, hash: '0'.repeat(64), oldHead: { seq: 2, hash: expect.any(String) } },
      ],
    ])
    const aside = (await readdir(comptoir.paths.data)).filter((name) => /\.remplacee-[\d-]+$/u.test(name))
    expect(aside).toHaveLength(1)
    expect(await comptoir.run('journal verify')).toMatchObject({ code: 0, errors: [] })
  })

  it('not while somebody uses the database', async () => {
    const told = await comptoir.withRecords(() => comptoir.run(['restore', file]))
    expect(told).toEqual({ code: 1, out: [], errors: [expect.stringMatching(/^Comptoir est ouvert/u)] })
    expect(codes()).toEqual(['0'])
  })

  it('not while a command only reads it', async () => {
    const { paths } = comptoir
    const program: Program = {
      words: [],
      itself: [],
      versions: {},
      paths,
      edition: 'development',
      version: '1.2.3',
      scorerFile: '',
    }
    expect(await withStorage(program, () => comptoir.run(['restore', file]))).toMatchObject({
      code: 1,
      errors: [expect.stringMatching(/^Comptoir est ouvert/u)],
    })
    expect(codes()).toEqual(['0'])
  })

  it.each([
    ['what is no database', 'settings/comptoir.json'],
    ['a file that is not there', 'nowhere.db'],
  ])('not %s', async (_, name) => {
    expect(await comptoir.run(['restore', join(comptoir.folder, name)])).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/ne se lit pas, est abîmé/u)],
    })
    expect(codes()).toEqual(['0'])
  })

  it('takes the place of a database that is damaged or gone', async () => {
    await writeFile(join(comptoir.paths.data, 'comptoir.db'), 'x'.repeat(10_000))
    expect(await comptoir.run('operators list')).toMatchObject({ code: 74, out: [] })
    expect(await comptoir.run(['restore', file])).toMatchObject({ code: 0, errors: [] })
    expect(codes()).toEqual(['0', '1'])
  })

  describe('in an installed program', () => {
    const asked = { input: `0\n${password}\n`, installed: true }

    it('asks for a titulaire of the present team', async () => {
      await comptoir.loseRights()
      expect(await comptoir.run(['restore', file], { ...asked, input: '0\nfaux\n' })).toMatchObject({
        code: 1,
      })
      expect(codes()).toEqual(['0'])
      expect(await comptoir.run(['restore', file], asked)).toMatchObject({ code: 0, errors: [] })
      expect(comptoir.rows()).toEqual([
        [
          'database.restored',
          'done',
          expect.objectContaining({ authorisedBy: expect.objectContaining({ code: '0' }) }),
        ],
      ])
    })

    it('asks for an administrator when the database can vouch for nobody', async () => {
      await comptoir.loseRights()
      await writeFile(join(comptoir.paths.data, 'comptoir.db'), 'x'.repeat(10_000))
      expect(await comptoir.run(['restore', file], asked)).toEqual({
        code: 1,
        out: [],
        errors: [expect.stringMatching(/Lancez cette commande en tant qu'administrateur\.$/u)],
      })
    })
  })
})

it.each(['backup', 'backup a b', 'backup --force a', 'restore', 'restore a b'])('%s: 64', async (words) => {
  expect(await comptoir.run(words)).toEqual({
    code: 64,
    out: [],
    errors: [expect.stringMatching(/s'écrit : comptoir (?:backup|restore) FICHIER$/u)],
  })
})
