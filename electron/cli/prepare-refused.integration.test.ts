import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRoot, mayMount, mountSmallDisk } from '../storage/testing/mount.ts'
import { createBareMachine, type BareMachine } from './testing/bare-machine.ts'

const mounts = await mayMount()
/** What a code file may hold that is no code: never told. */
const weak = 'LAVANDE2026'

let machine: BareMachine
beforeEach(async () => {
  machine = await createBareMachine([weak])
})
afterEach(() => machine.remove())

/** That nothing at all was written. */
function expectNothing(): void {
  for (const place of [machine.settingsFolder, machine.paths.data]) expect(existsSync(place)).toBe(false)
}

describe.runIf(isRoot)('nothing is written', () => {
  it.each([
    [['--host', 'https://sso.example'], /^--host : attendu : /u],
    [['--host', 'sso.example:99999'], /^--host : attendu : /u],
    [['--host', 'sso.example', '--realm', '../master'], /^--realm : attendu : /u],
    [['--pharmacy', 'x" /D=C:\\'], /^--pharmacy : attendu : /u],
    [['--pharmacy', '%TEMP%'], /^--pharmacy : attendu : /u],
    [['--phone', 'appelez-moi'], /^--phone : attendu : /u],
    [['--realm', 'officine'], /^--realm ne va qu'avec --host/u],
    [['--config', 'comptoir.json'], /^--config : attendu : /u],
    [['--config', '/nulle-part/comptoir.json'], /^--config : ce fichier n'existe pas/u],
    [['--code-file', '/nulle-part/code.txt'], /^--code-file : ce fichier n'existe pas/u],
    [['--server', 'x'], /^Cette commande s'écrit : comptoir prepare /u],
    [['sso.example'], /^Cette commande s'écrit : comptoir prepare /u],
    [['--host'], /^Cette commande s'écrit : comptoir prepare /u],
    [['--upgrade=oui'], /^Cette commande s'écrit : comptoir prepare /u],
  ])('with %j: 64', async (words, line) => {
    expect(await machine.prepare(words)).toEqual({ code: 64, out: [], errors: [expect.stringMatching(line)] })
    expectNothing()
  })

  it('with several of them, each being told: 64', async () => {
    const words = [
      '--host',
      'a b',
      '--finess',
      '12',
      '--client',
      'x',
      '--config',
      '/nulle-part',
      '--phone',
      'x',
    ]
    const { code, errors } = await machine.prepare(words)
    expect(code).toBe(64)
    expect(errors.map((line) => line.split(' ')[0])).toEqual([
      '--host',
      '--finess',
      '--phone',
      '--host',
      '--client',
      '--finess',
      '--phone',
      '--config',
    ])
    expectNothing()
  })

  it('of a file that has faults, each being told: 78', async () => {
    const from = join(machine.folder, 'donné.json')
    const psc = { issuer: 'http://clair.example', discoveryUrl: 'https://x.example', clientId: 'c' }
    await writeFile(from, JSON.stringify({ psc, moduls: [] }))
    const { code, out, errors } = await machine.prepare(['--config', from])
    expect([code, out]).toEqual([78, []])
    expect(errors).toEqual([
      `${from} a des erreurs : il n'est pas mis en place. Corrigez-le.`,
      expect.stringMatching(/^psc\.issuer : attendu : une adresse https/u),
      expect.stringMatching(/^psc\.discoveryUrl : /u),
      expect.stringMatching(/^moduls : clé inconnue : moduls — vouliez-vous dire « modules »/u),
    ])
    expectNothing()
  })

  it.each([
    ['too weak', weak],
    ['of one sign', '1111 1111 1111'],
    ['of words and a year', 'Comptoir-2026'],
    ['of a keyboard row', 'AZERTYUIOP12'],
    ['empty', '\n'],
  ])('with a code that is %s: 64', async (_what, content) => {
    const from = join(machine.folder, 'code.txt')
    await writeFile(from, content)
    const refused = {
      code: 64,
      out: [],
      errors: [expect.stringMatching(/^--code-file : la première ligne/u)],
    }
    expect(await machine.prepare(['--code-file', from])).toEqual(refused)
    expect(await machine.prepare(['--code-file', '-'], content)).toEqual(refused)
    expectNothing()
  })

  it('while a code would be typed, and seen: 64', async () => {
    expect(await machine.prepare(['--code-file', '-'], null)).toMatchObject({ code: 64 })
    expectNothing()
  })
})

describe.runIf(mounts)('a disk without room', () => {
  it('is told, with nothing half-written; once there is room the same command completes: 74', async () => {
    // comptoir.json has its page, the schema does not.
    const { folder, unmount } = await mountSmallDisk('24k')
    try {
      machine.paths.settings = join(folder, 'settings/comptoir.json')
      const { code, errors } = await machine.prepare()
      expect([code, errors]).toEqual([74, [expect.stringMatching(/^Le disque de .* est plein\./u)]])
      const settings = join(folder, 'settings')
      expect(await readdir(settings)).toEqual(['comptoir.json'])
      expect(JSON.parse(await readFile(machine.paths.settings, 'utf8'))).toEqual({
        $schema: './comptoir.schema.json',
      })
    } finally {
      await unmount()
    }
    await mkdir(folder)
    expect(await machine.prepare()).toMatchObject({ code: 0 })
  })
})
