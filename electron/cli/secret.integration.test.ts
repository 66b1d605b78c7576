import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import {
  startSessionWithKeychain,
  type SessionWithKeychain,
} from '../../native/keychain/testing/secret-service.ts'
import type { OperatorReference } from '../journal/kinds.ts'
import { perform } from './perform.ts'
import { account, createInstallation, password, type Installation } from './testing/installation.ts'

const value = 'péché-mignon-7f3a'
const keychain = openKeychain()

let session: SessionWithKeychain
beforeAll(async () => {
  session = await startSessionWithKeychain()
  // Before keytar is loaded: GLib keeps for ever the bus that it first meets.
  Object.assign(process.env, session.env)
})
afterAll(() => session.stop())

let comptoir: Installation
const run: Installation['run'] = (words, given) => comptoir.run(words, given)
const rows: Installation['rows'] = () => comptoir.rows()
beforeEach(async () => {
  comptoir = await createInstallation(keychain, [value])
})
afterEach(async () => {
  await keychain.remove('psc.clientSecret')
  await comptoir.remove()
})

const read = () => keychain.read('psc.clientSecret')

describe('secret set', () => {
  it('keeps the line of standard input, whatever ends it', async () => {
    for (const [input, kept] of [
      [value, value],
      [`${value}\n`, value],
      [`${value}\r\n`, value],
      [`\uFEFF${value}\n`, value],
      ['x'.repeat(2560), 'x'.repeat(2560)],
    ] as const) {
      expect(await run('secret set psc.clientSecret', { input })).toEqual({
        code: 0,
        out: [`psc.clientSecret : enregistré dans le trousseau de clés du compte « ${account} ».`],
        errors: [],
      })
      expect(await read()).toBe(kept)
    }
  })

  it.each<[what: string, input: string | Buffer | null, code: number, says: RegExp]>([
    ['nothing', '', 1, /ne donne pas de secret/u],
    ['an empty line', '\n', 1, /ne donne pas de secret/u],
    ['a second line', `${value}\nencore\n`, 1, /tient sur une ligne/u],
    ['a key', `-----BEGIN PRIVATE KEY-----\n${value}\n`, 1, /tient sur une ligne/u],
    ['what is not UTF-8', Buffer.from([0x70, 0xe9]), 1, /UTF-8/u],
    ['a null character', `${value}\0`, 1, /UTF-8/u],
    ['the space that echo leaves', `${value} \r\n`, 1, /espace/u],
    ['more than Windows keeps', 'é'.repeat(1281), 1, /2560 octets/u],
    ['a keyboard', null, 64, /entrée standard : .* \| comptoir secret set psc\.clientSecret$/u],
  ])('refuses %s, and keeps what there was', async (_, input, code, says) => {
    await keychain.write('psc.clientSecret', 'as before')
    expect(await run('secret set psc.clientSecret', { input })).toEqual({
      code,
      out: [],
      errors: [expect.stringMatching(says)],
    })
    expect(await read()).toBe('as before')
  })

  it.each([
    [`secret set psc.clientSecret ${value}`, /en argument/u],
    [`secret set ${value}`, /Nom de secret inconnu.*psc\.keyPassphrase/u],
    ['secret set', /s'écrit : comptoir secret set NOM$/u],
    ['secret list psc.clientSecret', /s'écrit : comptoir secret list$/u],
    ['secret delete psc.clientSecret psc.p12Password', /s'écrit : comptoir secret delete NOM$/u],
    [`secret delete --${value}`, /s'écrit : comptoir secret delete NOM$/u],
  ])('%s: 64', async (words, says) => {
    expect(await run(words, { input: value })).toEqual({
      code: 64,
      out: [],
      errors: [expect.stringMatching(says)],
    })
    expect(await read()).toBeNull()
  })
})

it('secret list tells which are there; secret delete removes one, once', async () => {
  await keychain.write('psc.clientSecret', value)
  expect((await run('secret list')).out).toEqual([
    'psc.clientSecret présent',
    'psc.keyPassphrase absent',
    'psc.p12Password absent',
  ])
  expect(await run('secret delete psc.clientSecret')).toMatchObject({ code: 0, errors: [] })
  expect(await read()).toBeNull()
  expect(await run('secret delete psc.clientSecret')).toMatchObject({ code: 1, out: [] })
})

it('in development nothing is read but the keychain, and nothing is journalled', async () => {
  await writeFile(comptoir.paths.settings, 'broken')
  expect(await run('secret set psc.clientSecret', { input: value })).toMatchObject({ code: 0 })
  expect(await readdir(comptoir.paths.data)).toEqual([])
})

describe('an installed program', () => {
  const installed = true
  const deed = { name: 'psc.clientSecret', osAccount: account }

  it('lets an administrator, and journals it', async () => {
    expect(await run('secret set psc.clientSecret', { input: value, installed })).toMatchObject({ code: 0 })
    expect(await run('secret delete psc.clientSecret', { installed })).toMatchObject({ code: 0 })
    expect(await run('secret list', { installed })).toMatchObject({ code: 0 })
    expect(rows()).toEqual([
      ['secret.set', 'done', { ...deed, authorisedBy: null }],
      ['secret.deleted', 'done', { ...deed, authorisedBy: null }],
    ])
  })

  it('names every fault of the settings, and does nothing', async () => {
    await writeFile(comptoir.paths.settings, '{ "pharmacie": 1, "card": { "enabled": "oui" } }')
    const { code, errors } = await run('secret set psc.clientSecret', { input: value, installed })
    expect(code).toBe(78)
    expect(errors).toEqual([
      expect.stringMatching(/comptoir\.json : pharmacie : clé inconnue/u),
      expect.stringMatching(/comptoir\.json : card\.enabled : attendu/u),
    ])
    expect(await read()).toBeNull()
  })

  it('says when the database cannot be used, and does nothing', async () => {
    await rm(comptoir.paths.data, { recursive: true })
    expect(await run('secret set psc.clientSecret', { input: value, installed })).toMatchObject({ code: 74 })
    expect(await read()).toBeNull()
  })

  it('journals nothing that the keychain refused', async () => {
    await run('secret set psc.clientSecret', { input: value, installed })
    const refusing = { ...keychain, write: () => Promise.reject(new Error('no')) }
    const terminal = {
      read: () => Buffer.from('another'),
      say: silently,
      complain: silently,
      progress: silently,
    }
    const { paths } = comptoir
    const program = {
      words: ['secret', 'set', 'psc.clientSecret'],
      paths,
      edition: 'installed' as const,
      installed,
      version: '',
      scorerFile: '',
      itself: [],
      versions: {},
    }
    expect(await perform(program, { terminal, keychain: refusing })).toBe(1)
    expect(rows()).toHaveLength(1)
  })

  describe('asks anybody else for a titulaire', () => {
    let team: Record<'0' | '1', OperatorReference>
    beforeEach(async () => {
      team = await comptoir.addTeam()
      await comptoir.loseRights()
    })

    it('whose code and password come first', async () => {
      const credentials = `0\n${password}\n`
      expect(
        await run('secret set psc.clientSecret', { input: `${credentials}${value}\n`, installed }),
      ).toMatchObject({ code: 0 })
      expect(await read()).toBe(value)
      expect(await run('secret delete psc.clientSecret', { input: credentials, installed })).toMatchObject({
        code: 0,
      })
      const authorisedBy = team['0']
      expect(rows()).toEqual([
        ['secret.set', 'done', { ...deed, authorisedBy }],
        ['secret.deleted', 'done', { ...deed, authorisedBy }],
      ])
    })

    it.each([
      ['a wrong password', `0\nfaux\n${value}`, /incorrect/u, 'wrong-credentials'],
      ['an unknown code', `77\n${password}\n${value}`, /incorrect/u, 'wrong-credentials'],
      ['somebody else', `1\n${password}\n${value}`, /titulaire/u, 'role'],
    ])('and refuses %s', async (_, input, says, reason) => {
      expect(await run('secret set psc.clientSecret', { input, installed })).toEqual({
        code: 1,
        out: [],
        errors: [expect.stringMatching(says)],
      })
      expect(await read()).toBeNull()
      expect(rows()).toEqual([['identification.refused', 'refused', { reason }]])
    })

    it('who waits as in the windows after five errors', async () => {
      for (let error = 1; error <= 5; error += 1) {
        await run('secret set psc.clientSecret', { input: `0\nfaux\n${value}`, installed })
      }
      const { code, errors } = await run('secret set psc.clientSecret', {
        input: `0\n${password}\n${value}`,
        installed,
      })
      expect([code, errors]).toEqual([1, [expect.stringMatching(/Trop d'essais/u)]])
      expect(await read()).toBeNull()
      expect(rows().at(-1)).toEqual(['identification.refused', 'refused', { reason: 'throttled' }])
    })

    it('and says so when they are missing', async () => {
      await keychain.write('psc.clientSecret', 'as before')
      for (const [words, input, code] of [
        ['secret set psc.clientSecret', value, 1],
        ['secret delete psc.clientSecret', '', 1],
        ['secret delete psc.clientSecret', null, 64],
      ] as const) {
        expect(await run(words, { input, installed })).toEqual({
          code,
          out: [],
          errors: [expect.stringMatching(/un administrateur, ou un titulaire/u)],
        })
      }
      expect(await read()).toBe('as before')
      expect(rows()).toEqual([])
    })
  })

  it('writes the secret nowhere in its folder', async () => {
    await run('secret set psc.clientSecret', { input: value, installed })
    for (const file of await readdir(comptoir.folder, { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect((await readFile(join(file.parentPath, file.name))).includes(value)).toBe(false)
    }
  })
})

function silently(): void {}
