import { existsSync } from 'node:fs'
import { chmod, chown, lchown, lstat, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeychain } from '../../native/keychain/secrets.ts'
import { provesInstallation, readInstallationCode } from '../operators/installation-code.ts'
import { readSettings } from '../settings/read.ts'
import { isRoot } from '../storage/testing/mount.ts'
import { createBareMachine, type BareMachine } from './testing/bare-machine.ts'
import { createInstallation } from './testing/installation.ts'

/** An ordinary account. */
const nobody = 65_534
const code = 'K7QX-2MPD-93VA'
const minimal = '{\n  "$schema": "./comptoir.schema.json"\n}\n'
const ours = ['comptoir.exemple.json', 'comptoir.schema.json']

let machine: BareMachine
beforeEach(async () => {
  machine = await createBareMachine([code, code.replaceAll('-', '')])
})
afterEach(() => machine.remove())

const file = (name: string): string => join(machine.settingsFolder, name)

/** comptoir.json as somebody placed it before. */
async function place(content: string | Buffer): Promise<void> {
  await mkdir(machine.settingsFolder, { recursive: true })
  await writeFile(machine.paths.settings, content)
}

async function expectProof(): Promise<void> {
  const kept = await readInstallationCode(machine.settingsFolder)
  if (kept === null) throw new Error('no code')
  expect(await provesInstallation(kept, 'k7qx 2mpd 93va', new Date())).toBe(true)
  expect(await provesInstallation(kept, 'K7QX-2MPD-93VB', new Date())).toBe(false)
}

describe('whoever', () => {
  it('is no administrator prepares nothing', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000)
    try {
      expect(await machine.prepare()).toEqual({
        code: 1,
        out: [],
        errors: [expect.stringContaining('administrateur')],
      })
      expect(existsSync(machine.settingsFolder)).toBe(false)
    } finally {
      vi.restoreAllMocks()
    }
  })

  it('works on the program from its sources prepares nothing', async () => {
    const sources = await createInstallation(openKeychain())
    try {
      expect(await sources.run('prepare')).toMatchObject({ code: 1, out: [] })
      expect(existsSync(join(sources.folder, 'settings/comptoir.schema.json'))).toBe(false)
    } finally {
      await sources.remove()
    }
  })
})

describe.runIf(isRoot)('a first installation', () => {
  it('makes the folders and the least comptoir.json, and says each thing once', async () => {
    const { settingsFolder, paths } = machine
    expect(await machine.prepare()).toEqual({
      code: 0,
      out: [
        `${settingsFolder} : créé ; tous les comptes y lisent, les administrateurs y écrivent.`,
        `${paths.data} : créé ; tous les comptes du poste y écrivent.`,
        `${paths.settings} : écrit.`,
        `${file('comptoir.schema.json')} : écrit.`,
        `${file('comptoir.exemple.json')} : écrit.`,
      ],
      errors: [],
    })
    expect((await machine.placed())['comptoir.json']).toBe(minimal)
    expect(machine.owner(settingsFolder)).toEqual({ uid: 0, mode: '755' })
    expect(machine.owner(paths.data)).toEqual({ uid: 0, mode: '777' })
    for (const name of ['comptoir.json', ...ours]) {
      expect(machine.owner(file(name))).toEqual({ uid: 0, mode: '644' })
    }
  })

  it('gives the example and the schema of this version', async () => {
    await machine.prepare()
    const resources = join(import.meta.dirname, '../../resources')
    for (const name of ours) {
      const shipped: unknown = JSON.parse(await readFile(join(resources, name), 'utf8'))
      expect(JSON.parse(await readFile(file(name), 'utf8'))).toEqual(shipped)
    }
  })

  it('has the same rights whatever the umask of whoever installs', async () => {
    const before = process.umask(0o077)
    try {
      expect(await machine.prepare(['--code-file', '-'], code)).toMatchObject({ code: 0 })
    } finally {
      process.umask(before)
    }
    expect(machine.owner(machine.settingsFolder).mode).toBe('755')
    expect(machine.owner(machine.paths.data).mode).toBe('777')
    for (const name of ['comptoir.json', 'code-titulaire.json', ...ours]) {
      expect(machine.owner(file(name)).mode).toBe('644')
    }
  })

  it('done twice changes nothing', async () => {
    await machine.prepare(['--host', 'sso.example'])
    const before = await stat(machine.paths.settings)
    const placed = await machine.placed()
    expect(await machine.prepare(['--host', 'sso.example'])).toEqual({
      code: 0,
      out: [
        `${machine.settingsFolder} : déjà là.`,
        `${machine.paths.data} : déjà là.`,
        `${machine.paths.settings} : gardé tel quel.`,
        `${file('comptoir.schema.json')} : à jour.`,
        `${file('comptoir.exemple.json')} : à jour.`,
      ],
      errors: [],
    })
    expect(await machine.placed()).toEqual(placed)
    const after = await stat(machine.paths.settings)
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  it('writes what it was told, as Comptoir reads it', async () => {
    const told = {
      host: 'sso.example:8443',
      realm: 'pharmacies',
      client: 'poste-1',
      pharmacy: "Pharmacie de l'Étoile",
      finess: '2A0000015',
      workstation: 'Comptoir 1',
      support: 'Assistance',
      phone: '01 99 00 12 34',
    }
    const words = Object.entries(told).map(([name, value]) => `--${name}=${value}`)
    expect(await machine.prepare(words)).toMatchObject({ code: 0, errors: [] })
    const read = readSettings(machine.paths.settings, { edition: 'installed' })
    expect(read).toMatchObject({
      kind: 'read',
      settings: {
        pharmacy: { name: told.pharmacy, finess: told.finess },
        workstation: { name: told.workstation },
        support: { name: told.support, phone: told.phone },
        psc: {
          issuer: 'https://sso.example:8443/realms/pharmacies',
          discoveryUrl: 'https://sso.example:8443/realms/pharmacies/.well-known/openid-configuration',
          clientId: 'poste-1',
          clientAuthentication: 'none',
        },
      },
    })
  })

  it('takes the usual realm and client unless told', async () => {
    await machine.prepare(['--host', 'sso.example'])
    expect(readSettings(machine.paths.settings, { edition: 'installed' })).toMatchObject({
      settings: { psc: { issuer: 'https://sso.example/realms/officine', clientId: 'comptoir' } },
    })
  })

  it('places the very file it was given', async () => {
    const given = Buffer.from('\uFEFF{\r\n\t"pharmacy": { "name": "PHARMACIE DU TEST" }\r\n}', 'utf8')
    const from = join(machine.folder, 'donné.json')
    await writeFile(from, given)
    expect(await machine.prepare(['--config', from])).toMatchObject({ code: 0, errors: [] })
    expect((await readFile(machine.paths.settings)).equals(given)).toBe(true)
  })
})

describe.runIf(isRoot)('a comptoir.json that is there', () => {
  it('is kept, whatever the installer is told, and told so', async () => {
    const mine = '{ "pharmacy": { "name": "LA MIENNE" } }'
    await place(mine)
    expect(await machine.prepare(['--host', 'sso.example'])).toMatchObject({
      code: 0,
      out: expect.arrayContaining([
        `${machine.paths.settings} : gardé tel quel ; les réglages donnés n'y changent rien.`,
      ]),
    })
    expect((await machine.placed())['comptoir.json']).toBe(mine)
  })

  it('is replaced when nobody wrote anything in it', async () => {
    await machine.prepare()
    expect(await machine.prepare(['--pharmacy', 'PHARMACIE DU TEST'])).toMatchObject({ code: 0 })
    expect((await machine.placed())['comptoir.json']).toContain('PHARMACIE DU TEST')
  })

  it('has its faults told, everything else being done: 78', async () => {
    const mine = '{ "pharmacie": {},\n "session": { "maxHours": 99 } }'
    await place(mine)
    const { code: exit, errors } = await machine.prepare(['--code-file', '-'], code)
    expect([exit, errors]).toEqual([
      78,
      [
        `${machine.paths.settings} a des erreurs. Corrigez-les : Comptoir ne s'ouvre pas tant qu'elles y sont.`,
        expect.stringMatching(/^pharmacie : clé inconnue/u),
        expect.stringMatching(/^session\.maxHours : attendu : au plus 12/u),
      ],
    ])
    expect((await machine.placed())['comptoir.json']).toBe(mine)
    expect(Object.keys(await machine.placed())).toEqual(
      ['code-titulaire.json', 'comptoir.exemple.json', 'comptoir.json', 'comptoir.schema.json'].sort(),
    )
    expect(machine.owner(machine.paths.data).mode).toBe('777')
  })
})

describe.runIf(isRoot)('an upgrade', () => {
  it('renews what is ours, and brings back nothing that was deleted', async () => {
    await machine.prepare()
    await rm(machine.paths.settings)
    for (const name of ours) await writeFile(file(name), '{}')
    expect(await machine.prepare(['--upgrade'])).toEqual({
      code: 0,
      out: [
        `${machine.settingsFolder} : déjà là.`,
        `${machine.paths.data} : déjà là.`,
        `${machine.paths.settings} : absent, et laissé ainsi ; Comptoir prend ses valeurs par défaut.`,
        `${file('comptoir.schema.json')} : écrit.`,
        `${file('comptoir.exemple.json')} : écrit.`,
      ],
      errors: [],
    })
    expect(Object.keys(await machine.placed())).toEqual(ours)
    expect((await machine.placed())['comptoir.schema.json']).toContain('retentionMonths')
  })

  it('leaves the rights that an administrator gave', async () => {
    await machine.prepare()
    await chmod(machine.paths.data, 0o2770)
    await chown(machine.paths.data, 0, nobody)
    await chmod(machine.paths.settings, 0o640)
    expect(await machine.prepare(['--upgrade'])).toMatchObject({ code: 0 })
    expect(machine.owner(machine.paths.data).mode).toBe('2770')
    expect(machine.owner(machine.paths.settings).mode).toBe('640')
  })

  it('says what an older comptoir.json has that is refused today', async () => {
    await machine.prepare()
    await place('{ "identification": { "shortcut": "la touche du milieu" } }')
    const { code: exit, errors } = await machine.prepare(['--upgrade'])
    expect([exit, errors.length]).toEqual([78, 2])
    expect(errors[1]).toMatch(/^identification\.shortcut : /u)
  })

  it('writes comptoir.json where there is none and it is told what to write', async () => {
    expect(await machine.prepare(['--upgrade', '--host', 'sso.example'])).toMatchObject({ code: 0 })
    expect((await machine.placed())['comptoir.json']).toContain('sso.example')
  })
})

describe.runIf(isRoot)('what an ordinary account put there before', () => {
  it('is taken back by administrators: its code proves nothing, its settings are to be read again', async () => {
    await place('{ "pharmacy": { "name": "LA SIENNE" } }')
    await writeFile(file('code-titulaire.json'), '{}')
    await chmod(machine.settingsFolder, 0o777)
    for (const one of [machine.settingsFolder, machine.paths.settings]) await chown(one, nobody, nobody)
    const { code: exit, out } = await machine.prepare()
    expect([exit, out[0], out[3]]).toEqual([
      0,
      `${machine.settingsFolder} : déjà là, rendu aux administrateurs ; tous les comptes y lisent, les administrateurs y écrivent.`,
      `${machine.paths.settings} était là avant l'installation. Relisez-le s'il ne vient pas de vous.`,
    ])
    expect(out.at(-1)).toMatch(/code-titulaire\.json : enlevé/u)
    expect(machine.owner(machine.settingsFolder)).toEqual({ uid: 0, mode: '755' })
    expect(machine.owner(machine.paths.settings)).toEqual({ uid: 0, mode: '644' })
    expect(existsSync(file('code-titulaire.json'))).toBe(false)
  })

  it.each(['settingsFolder', 'data'] as const)(
    'leads nowhere: a link in the place of %s is refused',
    async (which) => {
      const place = which === 'data' ? machine.paths.data : machine.settingsFolder
      const elsewhere = join(machine.folder, 'ailleurs')
      await mkdir(elsewhere, { mode: 0o700 })
      await symlink(elsewhere, place)
      await lchown(place, nobody, nobody)
      expect(await machine.prepare()).toMatchObject({
        code: 74,
        errors: [expect.stringContaining(`${place} est un lien`)],
      })
      expect(machine.owner(elsewhere)).toEqual({ uid: 0, mode: '700' })
    },
  )

  it('is followed where root made the link: the data may be on another disk', async () => {
    const elsewhere = join(machine.folder, 'disque')
    await mkdir(elsewhere)
    await symlink(elsewhere, machine.paths.data)
    expect(await machine.prepare()).toMatchObject({ code: 0 })
    expect((await lstat(machine.paths.data)).isSymbolicLink()).toBe(true)
    expect(machine.owner(elsewhere).mode).toBe('777')
  })

  it('is a file where the folder should be: told, and left', async () => {
    await writeFile(machine.paths.data, 'x')
    expect(await machine.prepare()).toMatchObject({
      code: 74,
      errors: [expect.stringContaining("n'est pas un dossier")],
    })
    expect(await readFile(machine.paths.data, 'utf8')).toBe('x')
  })
})

describe.runIf(isRoot)('the one-time code of the first titulaire', () => {
  it.each([
    ['a file', `${code}\n`],
    ['a file of Windows', `\uFEFF${code}\r\nautre ligne\r\n`],
  ])('is taken from %s', async (_what, content) => {
    const from = join(machine.folder, 'code.txt')
    await writeFile(from, content)
    const { code: exit, out } = await machine.prepare(['--code-file', from])
    expect([exit, out.at(-1)]).toEqual([
      0,
      expect.stringMatching(/code-titulaire\.json : écrit ; .* jusqu'au \d/u),
    ])
    await expectProof()
  })

  it('is taken from standard input', async () => {
    expect(await machine.prepare(['--code-file', '-'], `${code}\n`)).toMatchObject({ code: 0, errors: [] })
    await expectProof()
  })
})
