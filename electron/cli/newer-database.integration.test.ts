import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { createInstallation, type Installation } from './testing/installation.ts'

let comptoir: Installation
beforeEach(async () => {
  comptoir = await createInstallation(openKeychain())
  await comptoir.addTeam()
})
afterEach(() => comptoir.remove())

/** As when a newer version was installed, used, and taken away. */
const writeAsNewer = (): void =>
  comptoir.alter("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')")

it.each(['operators list', 'journal verify', 'backup copie.db'])(
  '%s says that the database is of a newer version, and what to do: 69',
  async (words) => {
    writeAsNewer()
    const { code, out, errors } = await comptoir.run(words, { installed: true })
    expect([code, out]).toEqual([69, []])
    expect(errors).toEqual([
      expect.stringMatching(
        /^La base a été écrite par une version plus récente de Comptoir\. Elle n'a pas été touchée\. Installez .* « comptoir restore »\. Réf\. /u,
      ),
    ])
  },
)

it('a backup from before brings an older version back to work', async () => {
  const backup = join(comptoir.folder, 'avant.db')
  expect(await comptoir.run(['backup', backup], { installed: true })).toMatchObject({ code: 0 })
  writeAsNewer()
  expect(await comptoir.run(['restore', backup], { installed: true })).toMatchObject({ code: 0, errors: [] })
  const { code, out } = await comptoir.run('operators list', { installed: true })
  expect([code, out.at(-1)]).toEqual([0, '2 opérateurs.'])
})
