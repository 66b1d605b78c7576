import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Edition } from './edition.ts'
import { judgeSettings, readSettings, type SettingsFault } from './read.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-settings-'))
  file = join(folder, 'comptoir.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Reads the settings file once it holds `content`: bytes as they are, anything else as JSON. */
function reading(content: unknown, program: { edition: Edition } = { edition: 'development' }) {
  writeFileSync(file, content instanceof Uint8Array ? content : JSON.stringify(content))
  return readSettings(file, program)
}

function settingsIn(content: unknown, program?: { edition: Edition }) {
  const outcome = reading(content, program)
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome.faults))
  return outcome.settings
}

function faultsIn(content: unknown, program?: { edition: Edition }): SettingsFault[] {
  const outcome = reading(content, program)
  return outcome.kind === 'faulty' ? outcome.faults : []
}

function escaped(text: string): string {
  return text.replaceAll(/[?.[\]()]/gu, String.raw`\$&`)
}

/** What a file that says nothing means (product.md §5). */
const defaults = {
  pharmacy: { name: null, finess: null },
  workstation: { name: null, patientDisplay: null },
  support: { name: null, phone: null },
  storage: { url: 'sqlite:comptoir.db', backupFolder: null },
  network: { proxy: null },
  card: { enabled: true, modulePath: null, onRemoval: 'ask' },
  identification: { showRecentOperators: true, shortcut: null },
  session: { idleLockMinutes: 10, maxHours: 4, stayConnectedSeconds: 30, dropPscAfterModule: false },
  journal: { retentionMonths: 12, retentionReason: null },
  updates: { url: null },
  modules: [],
}

/** Pro Santé Connect where only what has no default is given, then what is added to it. */
const pscGiven = {
  discoveryUrl: 'https://exemple.fr/.well-known/wallet-openid-configuration',
  issuer: 'https://exemple.fr/auth/realms/esante-wallet',
  clientId: 'pharmacie-du-test',
}
const loopback = (path: string) => [43110, 43111, 43112].map((port) => `http://localhost:${port}/psc/${path}`)
const pscDefaults = {
  serviceName: 'Comptoir',
  clientAuthentication: 'none',
  caFile: null,
  certificateFile: null,
  keyFile: null,
  p12File: null,
  redirectUris: loopback('retour'),
  postLogoutRedirectUris: loopback('deconnexion'),
  scope: 'openid scope_all',
  acrValues: 'eidas1',
  prompt: null,
  nationalIdClaim: null,
  authTimeIsFromPsc: null,
  acrIsFromPsc: null,
  timeoutSeconds: 180,
  ciba: { enabled: false, channel: 'MOBILE' },
}

const program = { kind: 'program', command: 'C:\\Logiciels\\produits.exe', args: [], leave: 'process' }
const modulesGiven = [
  { id: 'produits', label: 'Produits', shortcut: 'F2', access: 'operator', launch: program },
  {
    id: 'stock',
    label: 'Stock',
    access: 'operator',
    session: true,
    launch: { kind: 'program', command: '/opt/stock' },
  },
  {
    id: 'doc',
    label: 'Documentation',
    access: 'operator',
    roles: ['titulaire', 'adjoint'],
    launch: { kind: 'window', url: 'https://doc.fr/accueil', origins: ['https://doc.fr'] },
  },
  {
    id: 'dmp',
    label: 'DMP',
    shortcut: 'F5',
    access: 'psc',
    launch: { kind: 'browser', url: 'https://www.dmp.fr' },
  },
]

/** The example of product.md §5, as an installer would write it. */
const example = {
  ...defaults,
  pharmacy: { name: 'PHARMACIE DU TEST', finess: '750000001' },
  support: { name: 'Assistance', phone: '01 02 03 04 05' },
  psc: { ...pscGiven, ...pscDefaults },
  modules: modulesGiven,
}

const [firstModule] = modulesGiven

describe('a settings file', () => {
  it('that is missing means the defaults, with Pro Santé Connect disabled', () => {
    expect(readSettings(file, { edition: 'installed' })).toEqual({
      kind: 'read',
      settings: defaults,
      found: false,
    })
  })

  it('may be an empty object', () => {
    expect(settingsIn({})).toEqual(defaults)
  })

  it('may begin with a byte-order mark, as the editors of Windows write it', () => {
    expect(settingsIn(Buffer.from('\uFEFF{}'))).toEqual(defaults)
  })

  it('may name its schema', () => {
    expect(faultsIn({ $schema: './comptoir.schema.json' })).toEqual([])
  })

  it('may be the example of the documentation, whose values are the defaults', () => {
    const settings = settingsIn(example, { edition: 'installed' })
    const [produits, stock, doc, dmp] = example.modules
    expect(settings).toEqual({
      ...example,
      modules: [
        { ...produits, session: false },
        { ...stock, launch: { ...program, command: '/opt/stock' } },
        { ...doc, session: false },
        { ...dmp, session: false },
      ],
    })
    expect(settingsIn({ psc: pscGiven }).psc).toEqual(settings.psc)
  })

  it('says whom to call even when something else is wrong in it', () => {
    const support = { name: 'Assistance', phone: '01 99 00 12 34' }
    writeFileSync(file, JSON.stringify({ support, session: { maxHours: 'quatre' } }))
    expect(readSettings(file, { edition: 'development' })).toMatchObject({ kind: 'faulty', support })
  })

  it('that cannot be read is told with the reason', () => {
    mkdirSync(file)
    expect(readSettings(file, { edition: 'development' })).toEqual({
      kind: 'faulty',
      faults: [
        {
          where: null,
          text: "C'est un dossier, pas un fichier (EISDIR). Mettez-y un fichier, ou enlevez-le.",
        },
      ],
      support: null,
    })
  })

  it('that is cut short anywhere is told in one French sentence', () => {
    const whole = Buffer.from(JSON.stringify(example, null, 2))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        const text =
          length === 0 ? /^Ce fichier est vide\./u : /JSON complet : il s'arrête trop tôt, ligne \d+\.$/u
        expect(faultsIn(whole.subarray(0, length))).toEqual([
          { where: null, text: expect.stringMatching(text) },
        ])
      }),
    )
  })

  it('that is no JSON is told with the place and what was typed there', () => {
    expect(faultsIn(Buffer.from('{\n  // le poste 1\n  "card": {}\n}'))).toEqual([
      {
        where: null,
        text: "Ce fichier n'est pas du JSON, ligne 2, colonne 3 : un commentaire, que le JSON n'a pas. Enlevez-le.",
      },
    ])
  })

  it.each([
    ['UTF-16 of Windows', Buffer.from('\uFEFF{}', 'utf16le'), /^Ce fichier est en UTF-16\. .*UTF-8/u],
    ['UTF-16 the other way', Buffer.from('\uFEFF{}', 'utf16le').swap16(), /^Ce fichier est en UTF-16\./u],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), /^Ce fichier est en UTF-16\./u],
    [
      'Windows-1252',
      Buffer.from('{\n  "pharmacy": { "name": "Pharmacie d\xe9 la Gare" }\n}', 'latin1'),
      /^Ce fichier n'est pas en UTF-8 : .*, ligne 2, colonne 37\. Enregistrez-le en UTF-8/u,
    ],
    ['another kind of file', Buffer.alloc(1024 * 1024 + 1, 0x20), /^Ce fichier dépasse 1 Mo/u],
  ])('in %s is told', (_what, bytes, text) => {
    expect(faultsIn(bytes)).toEqual([{ where: null, text: expect.stringMatching(text) }])
  })

  it('that this account may not read is told so', () => {
    expect(judgeSettings({ kind: 'unreadable', code: 'EACCES' }, { edition: 'installed' })).toMatchObject({
      faults: [
        { where: null, text: expect.stringContaining("n'a pas le droit de lire ce fichier (EACCES)") },
      ],
    })
  })

  it.each([[null], [[]], [3], ['texte']])('holding %j instead of an object is refused', (content) => {
    expect(faultsIn(content)).toEqual([
      { where: null, text: expect.stringMatching(/^attendu : un objet \{ … \}/u) },
    ])
  })
})

describe('the faults of a settings file', () => {
  it('are all told at once, each by its path and with what was expected', () => {
    const faults = faultsIn({
      pharmacie: {},
      card: { enabled: 'oui', lecteur: 1 },
      psc: { ...pscGiven, clientId: '', redirectUris: ['https://localhost/psc'] },
      session: { stayConnectedSeconds: 19 },
      journal: { retentionMonths: 13 },
      modules: [firstModule, { ...firstModule, launch: { kind: 'program', command: 'produits.exe /a' } }],
    })
    expect(faults.map(({ where, text }) => [where, text])).toEqual([
      ['pharmacie', 'clé inconnue : pharmacie — vouliez-vous dire « pharmacy » ?'],
      ['card.enabled', 'attendu : true ou false ; trouvé : "oui"'],
      ['card.lecteur', 'clé inconnue : lecteur ; clés possibles : enabled, modulePath, onRemoval'],
      ['psc.clientId', 'attendu : un texte qui ne soit pas vide ; trouvé : ""'],
      [
        'psc.redirectUris[0]',
        'attendu : http://localhost:{port}/{chemin} ; trouvé : "https://localhost/psc"',
      ],
      ['session.stayConnectedSeconds', 'attendu : au moins 20 ; trouvé : 19'],
      ['journal.retentionReason', "attendu : le motif d'une conservation de plus de 12 mois ; absent"],
      [
        'modules[1].id',
        'attendu : un identifiant qu\'aucun autre module n\'a (modules[0] a celui-ci) ; trouvé : "produits"',
      ],
      [
        'modules[1].shortcut',
        'attendu : une touche qu\'aucun autre module n\'a (modules[0] a celle-ci) ; trouvé : "F2"',
      ],
      [
        'modules[1].launch.command',
        'attendu : le chemin complet du programme, jamais une ligne de commande ; trouvé : "produits.exe /a"',
      ],
    ])
  })

  it('come with their lines, in the order of the file, and with those of several modules', () => {
    const modules = [
      { ...firstModule, shortcut: 'F1' },
      { ...firstModule, launch: { url: 'x' } },
      { ...firstModule, id: 'c', label: 3, launch: { ...program, origins: [], Args: [] } },
      { ...firstModule, access: 'none', roles: ['titulaire', 'patron'], launch: { kind: 'prog' } },
      3,
    ]
    const text = JSON.stringify({ session: { maxHours: '4', idleLockMinutes: 0 }, modules }, null, 2)
    const faults = faultsIn(Buffer.from(text))
    expect(faults.map(({ where }) => where)).toEqual([
      'session.maxHours',
      'session.idleLockMinutes',
      'modules[0].shortcut',
      'modules[1].id',
      'modules[1].launch.kind',
      'modules[2].label',
      'modules[2].shortcut',
      'modules[2].launch.origins',
      'modules[2].launch.Args',
      'modules[3].id',
      'modules[3].shortcut',
      'modules[3].launch.kind',
      'modules[3].roles[1]',
      'modules[4]',
    ])
    const lineOf = (where: string): string | undefined => {
      const told = faults.find((fault) => fault.where === where)?.text ?? ''
      const line = / \(ligne (?<line>\d+)\)$/u.exec(told)?.groups?.['line']
      return text.split('\n')[Number(line) - 1]?.trim()
    }
    expect(lineOf('session.maxHours')).toBe('"maxHours": "4",')
    expect(lineOf('modules[2].launch.Args')).toBe('"Args": []')
    expect(lineOf('modules[3].roles[1]')).toBe('"patron"')
    // What is absent is to be put there.
    expect(lineOf('modules[1].launch.kind')).toBe('"launch": {')
    expect(lineOf('modules[4]')).toBe('3')
    const told = new Map(faults.map(({ where, text: said }) => [where, said]))
    expect(told.get('modules[1].launch.kind')).toMatch(
      /^attendu : "program", "window" ou "browser" ; absent/u,
    )
    expect(told.get('modules[3].launch.kind')).toMatch(/ou "browser" ; trouvé : "prog"/u)
  })

  it.each([
    [{ card: { modulePaht: 'x' } }, 'card.modulePaht', 'modulePaht — vouliez-vous dire « modulePath » ?'],
    [{ card: { modulepath: 'x' } }, 'card.modulepath', 'modulepath — vouliez-vous dire « modulePath » ?'],
    [{ card: { on_removal: 'x' } }, 'card.on_removal', 'on_removal — vouliez-vous dire « onRemoval » ?'],
    [{ Modules: [] }, 'Modules', 'Modules — vouliez-vous dire « modules » ?'],
    [{ maxHours: 4 }, 'maxHours', 'maxHours — cette clé appartient à session'],
    [
      { card: { idleLockMinutes: 3 } },
      'card.idleLockMinutes',
      'idleLockMinutes — cette clé appartient à session',
    ],
    [
      { modules: [{ ...firstModule, url: 'https://a.fr' }] },
      'modules[0].url',
      'url — cette clé appartient à storage ou à updates ou à modules[].launch',
    ],
    [
      { modules: [{ ...firstModule, launch: { ...program, origins: [] } }] },
      'modules[0].launch.origins',
      'origins — cette clé ne vaut qu\'avec kind "window"',
    ],
    [{ support: { courriel: 'a' } }, 'support.courriel', 'courriel ; clés possibles : name, phone'],
    [JSON.parse('{ "__proto__": 3 }'), '__proto__', '__proto__ ; clés possibles : pharmacy, workstation, '],
  ])('tell of an unknown key which one was probably meant: %j', (content, where, text) => {
    expect(faultsIn(content)).toEqual([
      { where, text: expect.stringMatching(`^clé inconnue : ${escaped(text)}`) },
    ])
  })

  it('tell a key that is there twice, of which the first would hold nothing', () => {
    const text = '{\n  "support": { "phone": "1",\n    "phone": "2" }\n}'
    expect(faultsIn(Buffer.from(text))).toEqual([
      {
        where: 'support.phone',
        text: 'clé en double : phone, ligne 3, colonne 5 ; elle est déjà ligne 2, et seule la dernière compterait',
      },
    ])
  })

  it('tell a path whose « \\ » JSON took for its own', () => {
    expect(faultsIn(Buffer.from(String.raw`{ "card": { "modulePath": "C:\temp" } }`))).toEqual([
      { where: 'card.modulePath', text: expect.stringContaining("chaque « \\ » s'écrit « \\\\ »") },
    ])
  })

  it.each([
    ['an absent value', { psc: { ...pscGiven, issuer: undefined } }, ['psc.issuer']],
    [
      'a redirection elsewhere than this computer',
      { psc: { ...pscGiven, redirectUris: ['http://exemple.fr:43110/'] } },
      ['psc.redirectUris[0]'],
    ],
    ['no redirection at all', { psc: { ...pscGiven, redirectUris: [] } }, ['psc.redirectUris']],
    [
      'a proxy that is no address, whose password is not told again',
      { network: { proxy: 'comptoir:motdepasse@proxy:8080' } },
      ['network.proxy'],
    ],
    ['CIBA without a credential', { psc: { ...pscGiven, ciba: { enabled: true } } }, ['psc.ciba.enabled']],
    ['a database server', { storage: { url: 'postgres://serveur/comptoir' } }, ['storage.url']],
    ['a session without end', { session: { maxHours: 0 } }, ['session.maxHours']],
    [
      'a blank reason',
      { journal: { retentionMonths: 24, retentionReason: '  ' } },
      ['journal.retentionReason'],
    ],
    [
      'a retention over 36 months, whatever the reason',
      { journal: { retentionMonths: 37, retentionReason: 'Contentieux' } },
      ['journal.retentionMonths'],
    ],
    ['a key kept for the help', { modules: [{ ...firstModule, shortcut: 'F1' }] }, ['modules[0].shortcut']],
    [
      'roles for a module that asks nobody who they are',
      { modules: [{ ...firstModule, access: 'none', roles: ['titulaire'] }] },
      ['modules[0].roles'],
    ],
    [
      'a role that does not exist',
      { modules: [{ ...firstModule, roles: ['patron'] }] },
      ['modules[0].roles[0]'],
    ],
    [
      'a web page that is no web address',
      { modules: [{ ...firstModule, launch: { kind: 'browser', url: 'file:///etc/passwd' } }] },
      ['modules[0].launch.url'],
    ],
    [
      'an origin with a path',
      {
        modules: [
          {
            ...firstModule,
            launch: { kind: 'window', url: 'https://doc.fr', origins: ['https://doc.fr/a'] },
          },
        ],
      },
      ['modules[0].launch.origins[0]'],
    ],
  ])('include %s', (_what, content, places) => {
    const faults = faultsIn(content)
    expect(faults.map(({ where }) => where)).toEqual(places)
    expect(JSON.stringify(faults)).not.toContain('motdepasse')
  })

  it.each([
    { storage: { url: 'postgres://comptoir:ou/vretoi@serveur/base' } },
    { storage: { url: 'comptoir:ouvretoi@serveur/base' } },
    { updates: { url: String.raw`ftp:\\comptoir:ouvretoi@serveur` } },
    { modules: [{ ...firstModule, launch: { ...program, args: ['-p', 'ouvretoi', 31_415_926] } }] },
    { network: { proxy: 31_415_926 } },
  ])('do not tell what may be a secret: %j', (content) => {
    const faults = JSON.stringify(faultsIn(content))
    expect(faults).toMatch(/trouvé/u)
    expect(faults).not.toMatch(/vretoi|31415926/u)
  })

  it('are told in no time, however many they are', () => {
    const many = `{${Array.from({ length: 20_000 }, () => '"support": {}').join(',\n')}}`
    const began = performance.now()
    expect(faultsIn(Buffer.from(many))).toHaveLength(19_999)
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it.each(['C:\\Logiciels\\a.exe', 'C:/Logiciels/a.exe', '\\\\serveur\\logiciels\\a.exe', '/opt/a'])(
    'do not include the absolute command %s',
    (command) => {
      expect(faultsIn({ modules: [{ ...firstModule, launch: { kind: 'program', command } }] })).toEqual([])
    },
  )

  it('do not include a retention over 12 months with its reason, nor a shortcut left out twice', () => {
    const { shortcut: _shortcut, ...without } = example.modules[0] ?? {}
    expect(
      faultsIn({
        journal: { retentionMonths: 36, retentionReason: 'Contentieux' },
        modules: [without, { ...without, id: 'autre' }],
      }),
    ).toEqual([])
  })
})

describe('an installed program', () => {
  it.each(['http', 'HTTP'])('refuses the addresses of a provider in %s, both at once', (scheme) => {
    const psc = {
      ...pscGiven,
      issuer: `${scheme}://localhost:8080/psc`,
      discoveryUrl: `${scheme}://localhost:8080/a`,
    }
    expect(faultsIn({ psc }, { edition: 'installed' })).toEqual([
      { where: 'psc.discoveryUrl', text: `attendu : une adresse https ; trouvé : "${psc.discoveryUrl}"` },
      { where: 'psc.issuer', text: `attendu : une adresse https ; trouvé : "${psc.issuer}"` },
    ])
    expect(faultsIn({ psc }, { edition: 'development' })).toEqual([])
  })

  it('refuses them beside anything else that is wrong', () => {
    const psc = { ...pscGiven, issuer: 'http://exemple.fr', clientId: 3 }
    expect(faultsIn({ psc, pharmacie: 1 }, { edition: 'installed' }).map(({ where }) => where)).toEqual([
      'psc.discoveryUrl',
      'psc.issuer',
      'psc.clientId',
      'pharmacie',
    ])
  })
})
