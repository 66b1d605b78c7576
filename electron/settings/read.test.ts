import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings, type SettingsFault } from './read.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-settings-'))
  file = join(folder, 'comptoir.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Reads the settings file once it holds `content`: bytes as they are, anything else as JSON. */
function reading(content: unknown, program = { installed: false }) {
  writeFileSync(file, content instanceof Uint8Array ? content : JSON.stringify(content))
  return readSettings(file, program)
}

function settingsIn(content: unknown, program?: { installed: boolean }) {
  const outcome = reading(content, program)
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome.faults))
  return outcome.settings
}

function faultsIn(content: unknown, program?: { installed: boolean }): SettingsFault[] {
  const outcome = reading(content, program)
  return outcome.kind === 'faulty' ? outcome.faults : []
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
    expect(readSettings(file, { installed: true })).toEqual({ kind: 'read', settings: defaults })
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
    const settings = settingsIn(example, { installed: true })
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
    expect(readSettings(file, { installed: false })).toMatchObject({ kind: 'faulty', support })
  })

  it('that cannot be read is told with the reason', () => {
    mkdirSync(file)
    expect(readSettings(file, { installed: false })).toEqual({
      kind: 'faulty',
      faults: [{ where: null, text: 'Ce fichier ne peut pas être lu (EISDIR).' }],
      support: null,
    })
  })

  it('that is cut short anywhere is told in one French sentence', () => {
    const whole = Buffer.from(JSON.stringify(example, null, 2))
    const cut =
      /^Ce fichier n'est pas du JSON complet : (?:il est vide ou tronqué|il s'arrête trop tôt, ligne \d+)\.$/u
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(faultsIn(whole.subarray(0, length))).toEqual([
          { where: null, text: expect.stringMatching(cut) },
        ])
      }),
    )
  })

  it.each([
    ['{\n  "card": { "enabled": true "onRemoval": "ask" }\n}', 'ligne 2, colonne 29'],
    ['{\n  "pharmacy": {},\n}', 'ligne 3, colonne 1'],
    ['// poste 1\n{}', 'ligne 1, colonne 1'],
    ['{\n  "modules": [1, ]\n}', 'ligne 2, colonne 18'],
    ['{\n  "card": { "enabled": True }\n}', 'ligne 2, colonne 24'],
    ['{ "storage": { "backupFolder": "D:\\Sauvegardes" } }', 'ligne 1, colonne 36'],
  ])('%j is told where it stops being JSON', (text, place) => {
    expect(faultsIn(Buffer.from(text))).toEqual([
      { where: null, text: `Ce fichier n'est pas du JSON complet : ${place}.` },
    ])
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
    expect(new Map(faults.map(({ where, text }) => [where, text]))).toEqual(
      new Map([
        ['card.enabled', 'attendu : true ou false ; trouvé : "oui"'],
        ['card', 'clé inconnue : lecteur'],
        ['psc.clientId', 'attendu : au moins 1 caractère(s) ; trouvé : ""'],
        ['psc.redirectUris[0]', 'attendu : http://localhost:{port}/{chemin}'],
        ['session.stayConnectedSeconds', 'attendu : au moins 20 ; trouvé : 19'],
        ['journal.retentionReason', "attendu : le motif d'une conservation de plus de 12 mois"],
        [
          'modules[1].launch.command',
          'attendu : le chemin complet du programme, jamais une ligne de commande',
        ],
        ['modules[1].id', 'déjà pris par un autre module'],
        ['modules[1].shortcut', 'déjà pris par un autre module'],
        [null, 'clé inconnue : pharmacie'],
      ]),
    )
    expect(faults).toHaveLength(10)
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
    expect(faultsIn({ psc }, { installed: true })).toEqual([
      { where: 'psc.issuer', text: 'attendu : une adresse https' },
      { where: 'psc.discoveryUrl', text: 'attendu : une adresse https' },
    ])
    expect(faultsIn({ psc }, { installed: false })).toEqual([])
  })
})
