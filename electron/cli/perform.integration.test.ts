import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { usages } from '../../renderer/ui/texts/cli.ts'
import { createInstallation, type Installation } from './testing/installation.ts'

let comptoir: Installation
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain())
})
afterEach(() => comptoir.remove())

it('tells its version', async () => {
  expect(await comptoir.run('--version')).toEqual({ code: 0, out: ['1.2.3'], errors: [] })
  const edition = 'test-package'
  expect(await comptoir.run('--version', { installed: true, edition })).toMatchObject({
    out: ["1.2.3 (paquet d'essai)"],
  })
  expect(await comptoir.run('--version --json')).toMatchObject({ code: 64, out: [] })
})

it.each(['operateurs', 'operators', 'operators delete 1', 'journal', 'journal clear', 'secret'])(
  '%s is no command, and all of them are listed',
  async (words) => {
    const { code, out, errors } = await comptoir.run(words)
    expect([code, out]).toEqual([64, []])
    expect(errors).toEqual([
      'Commande inconnue. Commandes de Comptoir :',
      ...Object.values(usages).map((usage) => `  comptoir ${usage}`),
    ])
  },
)

describe('whatever needs the database', () => {
  const words = ['operators list', 'operators unblock 1', 'backup copie.db']

  it.each([...words, 'journal verify'])('%s names each fault of the settings: 78', async (typed) => {
    await writeFile(comptoir.paths.settings, '{ "pharmacie": 1, "card": { "enabled": "oui" } }')
    expect(await comptoir.run(typed)).toEqual({
      code: 78,
      out: [],
      errors: [
        expect.stringMatching(/comptoir\.json : pharmacie : clé inconnue : pharmacie/u),
        expect.stringMatching(/comptoir\.json : card\.enabled : attendu/u),
      ],
    })
  })

  it.each([...words, 'journal verify'])('%s: 74 without the data folder', async (typed) => {
    await rm(comptoir.paths.data, { recursive: true })
    const { code, out, errors } = await comptoir.run(typed)
    expect([code, out, errors]).toEqual([74, [], [expect.stringMatching(/Réf\. /u)]])
  })

  it('69 while another program keeps it for itself', async () => {
    await comptoir.addTeam()
    const other = new Sqlite(join(comptoir.paths.data, 'comptoir.db'))
    other.exec('begin immediate')
    try {
      expect(await comptoir.run('operators unblock 1')).toMatchObject({ code: 69, out: [] })
    } finally {
      other.close()
    }
    expect(comptoir.rows()).toEqual([])
  })

  it('69 when a more recent Comptoir wrote it', async () => {
    await comptoir.addTeam()
    comptoir.alter("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')")
    expect(await comptoir.run('operators list')).toMatchObject({ code: 69, out: [] })
  })
})
