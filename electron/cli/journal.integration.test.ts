import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { account, createInstallation, password, type Installation } from './testing/installation.ts'

// As in a session that has no keychain, whatever this one has.
beforeAll(() => void vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', ''))
afterAll(() => void vi.unstubAllEnvs())

let comptoir: Installation
let file = ''
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain())
  await comptoir.addTeam()
  await comptoir.withRecords(async ({ journal }) => {
    for (const version of ['1', '2', '3']) {
      await journal.append({ kind: 'program.started', outcome: 'done', details: { version } })
    }
  })
  file = join(comptoir.folder, 'journal.csv')
})
afterEach(() => comptoir.remove())

describe('journal export', () => {
  const by = { by: 'command', osAccount: account, authorisedBy: null }

  it.each(['jsonl', 'csv'])('writes every row with its hash: %s', async (format) => {
    const hashes = comptoir.sql<{ hash: string }>('select hash from journal order by seq')
    expect(await comptoir.run(['journal', 'export', '--format', format, '--output', file])).toEqual({
      code: 0,
      out: [`3 lignes du journal dans ${file}.`],
      errors: [],
    })
    const written = await readFile(file, 'utf8')
    for (const { hash } of hashes) expect(written).toContain(hash)
    expect((await stat(file)).mode & 0o077).toBe(0)
    expect(comptoir.rows().at(-1)).toEqual(['journal.exported', 'done', { ...by, format, rows: 3 }])
  })

  it('writes over no file', async () => {
    await writeFile(file, 'somebody else’s')
    const words = ['journal', 'export', '--output', file, '--format', 'csv']
    expect(await comptoir.run(words)).toEqual({
      code: 1,
      out: [],
      errors: [expect.stringMatching(/journal\.csv existe déjà\./u)],
    })
    expect(await readFile(file, 'utf8')).toBe('somebody else’s')
    expect(comptoir.rows()).toHaveLength(3)
  })

  it('says where it cannot be written, and leaves nothing', async () => {
    const words = ['journal', 'export', '--format', 'csv', '--output', join(comptoir.folder, 'nowhere/j.csv')]
    expect(await comptoir.run(words)).toEqual({
      code: 74,
      out: [],
      errors: [expect.stringMatching(/nowhere\/j\.csv ne s'est pas écrit\. .*Réf\. /u)],
    })
    expect(comptoir.rows()).toHaveLength(3)
  })

  it('asks for a titulaire in an installed program, before anything is written', async () => {
    await comptoir.loseRights()
    const words = ['journal', 'export', '--format', 'csv', '--output', file]
    const refused = await comptoir.run(words, { input: `1\n${password}\n`, installed: true })
    expect(refused).toMatchObject({ code: 1, out: [] })
    expect(await readdir(comptoir.folder)).toEqual(['data'])
    expect(await comptoir.run(words, { input: `0\n${password}\n`, installed: true })).toMatchObject({
      code: 0,
    })
    expect(comptoir.rows().at(-1)?.[2]).toMatchObject({ authorisedBy: { code: '0' }, rows: 4 })
  })

  it.each([
    'journal export',
    'journal export --format csv',
    'journal export --format xml --output a',
    'journal export --output a',
    'journal export a --format csv --output b',
  ])('%s: 64', async (words) => {
    expect(await comptoir.run(words)).toEqual({
      code: 64,
      out: [],
      errors: [
        expect.stringMatching(/s'écrit : comptoir journal export --format csv\|jsonl --output FICHIER$/u),
      ],
    })
  })
})

describe('journal verify', () => {
  it('says that every row is as it was written, and what cannot be seen', async () => {
    expect(await comptoir.run('journal verify')).toEqual({
      code: 0,
      out: [
        'Le journal est intact : 3 lignes, de la n° 1 à la n° 3.',
        'Sans trousseau de clés, une fin coupée ne se verrait pas.',
      ],
      errors: [],
    })
  })

  it('names the first bad row, whether it is the last or not', async () => {
    for (const [seq, version] of [
      [3, '8'],
      [2, '9'],
    ]) {
      comptoir.alter(
        'drop trigger if exists journal_no_update',
        `update journal set details = '{"version":"${version}"}' where seq = ${seq}`,
      )
      const { code, out, errors } = await comptoir.run('journal verify')
      expect([code, out]).toEqual([1, []])
      expect(errors).toEqual([
        `Le journal a été altéré : la ligne n° ${seq} n'est plus celle que Comptoir a écrite.`,
        expect.stringMatching(/^Ne supprimez rien/u),
      ])
    }
  })

  it('asks nobody and writes nothing, in an installed program too', async () => {
    await comptoir.loseRights()
    expect(await comptoir.run('journal verify', { input: null, installed: true })).toMatchObject({ code: 0 })
    expect(comptoir.rows()).toHaveLength(3)
  })

  it('makes no database where there is none', async () => {
    const empty = await createInstallation(openKeychain())
    try {
      expect(await empty.run('journal verify')).toMatchObject({ code: 74, out: [] })
      expect(await readdir(empty.paths.data)).toEqual([])
    } finally {
      await empty.remove()
    }
  })

  it('64', async () => {
    expect(await comptoir.run('journal verify --all')).toEqual({
      code: 64,
      out: [],
      errors: ["Cette commande s'écrit : comptoir journal verify"],
    })
  })
})
