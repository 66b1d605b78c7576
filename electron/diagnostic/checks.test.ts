import { describe, expect, it } from 'vitest'
import type { CardState } from '../../native/card/states.ts'
import { cardOf, cardOfRpps, holderOf, present } from '../../native/card/testing/snapshots.ts'
import { healthySite } from '../program/testing/diagnostic-site.ts'
import { settingsSchema } from '../settings/schema.ts'
import { checks } from './checks.ts'
import type { CheckId, Finding } from './finding.ts'
import type { CardSight, DiagnosticSite, DiskSight, PscSight, ScreenSight } from './site.ts'

type Given = Partial<DiagnosticSite>

async function found(id: CheckId, given: Given): Promise<Finding> {
  const check = checks.find((one) => one.id === id)
  if (check === undefined) throw new Error(id)
  const { text, named, remedy, verdict } = await check.look(healthySite(given), new AbortController().signal)
  // Whatever is wrong has its remedy, and nothing else has one.
  expect(remedy === null || remedy === '' ? 'fine' : verdict).toBe(verdict)
  return { verdict, text: plain(text), named: named === null ? null : plain(named), remedy }
}

/** Verdict and sentence, as they are read. */
async function read(id: CheckId, given: Given): Promise<string> {
  const { verdict, text } = await found(id, given)
  return `${verdict}: ${text}`
}

function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/gu, ' ')
}

const value =
  <T>(found: T) =>
  (): Promise<T> =>
    Promise.resolve(found)
const settings = (given: object): DiagnosticSite['settings'] => settingsSchema.parse(given)
const pscGiven = {
  discoveryUrl: 'https://auth.exemple.fr/.well-known/openid-configuration',
  issuer: 'https://auth.exemple.fr',
  clientId: 'comptoir',
}
const withPsc = settings({ psc: pscGiven })
const withSecret = settings({ psc: { ...pscGiven, clientAuthentication: 'client_secret_basic' } })
const report = { path: '/usr/lib64/libcps3.so', bits: 64, libraryVersion: '3.1', description: null } as const

function card(state: CardState, more: { readers?: string[]; events?: boolean } = {}): Given {
  const sight: CardSight = {
    kind: 'seen',
    snapshot: {
      state,
      cryptolib: { ...report, productVersion: '5.2.2' },
      readers: more.readers ?? [],
      events: more.events ?? true,
    },
  }
  return { card: value(sight) }
}

function psc(more: Partial<Extract<PscSight, { kind: 'on' }>> = {}): Given {
  const discovery = { kind: 'answered', tookMs: 240 } as const
  const sight: PscSight = {
    kind: 'on',
    host: 'auth.exemple.fr',
    impeded: null,
    discovery,
    aheadMs: 800,
    ...more,
  }
  return { psc: value(sight), settings: withPsc }
}

const empty: CardState = { kind: 'empty-reader', reader: 'Lecteur' }
const ports = (...sights: ('free' | 'ours' | 'taken' | 'reserved')[]): Given => ({
  settings: withPsc,
  port: (port) => Promise.resolve(sights[port - 43_110] ?? 'free'),
})
const disks = (...bytes: (number | null)[]): Given => {
  const names = ['data', 'backups', 'temp'] as const
  return { disks: value(bytes.map((freeBytes, at): DiskSight => ({ of: names[at] ?? 'temp', freeBytes }))) }
}
const screen = (more: Partial<ScreenSight> = {}): ScreenSight => ({
  width: 1920,
  height: 1080,
  scale: 1,
  patient: false,
  ...more,
})

const sentences: readonly [CheckId, Given, string | RegExp][] = [
  [
    'settings',
    { settingsFile: value({ path: '/etc/c.json', state: { kind: 'missing' } }) },
    /^fine: Pas de fichier/u,
  ],
  [
    'settings',
    {
      settingsFile: value({
        path: '/home/comptoir/c.json',
        state: { kind: 'faulty', where: ['psc.issuer', null, 'card.enabled', 'a', 'b'] },
      }),
    },
    'mend: ~/c.json a 5 fautes (psc.issuer, card.enabled, a…) : ses réglages ne servent pas.',
  ],

  ['cryptolib', {}, /^fine: La lecture de carte est désactivée/u],
  ['cryptolib', card(empty), 'fine: Cryptolib 5.2.2, 64 bits, se charge (/usr/lib64/libcps3.so).'],
  ['cryptolib', card({ kind: 'cryptolib-missing' }), 'mend: Cryptolib absente.'],
  ['cryptolib', card({ kind: 'cryptolib-32-bit-only', path: 'x' }), 'mend: Cryptolib 32 bits seulement.'],
  [
    'cryptolib',
    card({ kind: 'cryptolib-unusable', path: '/home/comptoir/x', reason: 'not-loaded', reference: '' }),
    'mend: Cryptolib inutilisable.',
  ],
  ['cryptolib', card({ kind: 'cryptolib-too-old', version: '5.1' }), 'mend: Cryptolib trop ancienne.'],
  ['cryptolib', { card: value({ kind: 'failed', why: 'ended' }) }, /^mend: Cryptolib arrête le programme/u],
  ['cryptolib', { card: value({ kind: 'failed', why: 'hung' }) }, 'mend: Cryptolib ne répond pas.'],

  ['smart-card-service', card(empty), /^fine: .* répond\.$/u],
  ['smart-card-service', card({ kind: 'no-reader' }, { events: false }), /^fine: .* ne tourne pas/u],
  ['smart-card-service', card({ kind: 'service-stopped' }, { events: false }), /^mend: .* est arrêté/u],
  [
    'smart-card-service',
    { ...card({ kind: 'cryptolib-missing' }, { events: false }), readerIsPlugged: value(true) },
    /^mend: .* est arrêté/u,
  ],

  ['readers', card(empty, { readers: ['ACR38', 'HID 3021'] }), 'fine: 2 lecteurs : ACR38, HID 3021.'],
  ['readers', card({ kind: 'no-reader' }), 'fine: Aucun lecteur de carte.'],
  ['readers', { ...card({ kind: 'no-reader' }), settings: withPsc }, 'watch: Aucun lecteur de carte.'],
  ['readers', card({ kind: 'remote-session', by: 'rdp' }), 'watch: Session à distance.'],

  ['card', card(empty), 'fine: Aucune carte dans le lecteur.'],
  ['card', card({ kind: 'no-reader' }), "fine: Aucune carte à lire : voyez d'abord le contrôle n° 4."],
  ['card', card({ kind: 'mute', reader: 'R' }), "watch: Carte à l'envers ou illisible."],
  ['card', card({ kind: 'vitale', reader: 'R' }), 'fine: Carte Vitale.'],
  [
    'card',
    card(present()),
    "fine: Carte CPS de P. A., valable jusqu'au 1er juin 2027, de test, avec contact.",
  ],
  [
    'card',
    card(present(cardOf({ triesLeft: 0 }), 'blocked', 'test')),
    "mend: Carte CPS de P. A., valable jusqu'au 1er juin 2027, de test, avec contact : carte bloquée.",
  ],
  [
    'card',
    card(present(cardOf({ certificate: { kind: 'unreadable' } }), 'unreadable-certificate')),
    'watch: Carte, avec contact : certificat de la carte illisible.',
  ],

  ['national-id', card(empty), /^fine: Aucune carte lue/u],
  ['national-id', card(present()), "watch: RPPS 9970026•••• : aucun opérateur de ce poste ne l'a."],
  [
    'national-id',
    {
      ...card(present()),
      operatorOf: value({ code: '1', firstName: 'Patricia', lastName: 'Adjointpharm' }),
    },
    'fine: RPPS 9970026•••• : opérateur « 1 » (P. A.).',
  ],
  [
    'national-id',
    { ...card(present()), operatorOf: () => Promise.reject(new Error('no')) },
    /^fine: .* n° 13\.$/u,
  ],
  ['national-id', card(present(cardOfRpps(null))), /^fine: Cette carte ne porte pas de RPPS/u],
  ['national-id', card({ kind: 'several-cards', cards: [] }), /^fine: Plusieurs cartes/u],

  ['psc', {}, "fine: Pro Santé Connect n'est pas activé sur ce poste."],
  ['psc', psc(), 'fine: Pro Santé Connect répond en 0,2 s (auth.exemple.fr).'],
  ['psc', psc({ discovery: { kind: 'answered', tookMs: 3100 } }), /^watch: .* lentement, en 3,1 s/u],
  ['psc', psc({ discovery: { kind: 'other-issuer' } }), /^mend: .* pour un autre émetteur/u],
  ['psc', psc({ discovery: { kind: 'not-discovery' } }), /^mend: .* répond autre chose/u],
  ...(['proxy', 'certificate', 'too-slow', 'other'] as const).map((why): [CheckId, Given, RegExp] => [
    'psc',
    psc({ discovery: { kind: 'unreachable', why, code: 'E1' } }),
    why === 'too-slow'
      ? /^mend: auth\.exemple\.fr n'a pas répondu à temps\.$/u
      : /^mend: .*auth\.exemple\.fr.*\(E1\)\.$/u,
  ]),
  [
    'psc',
    psc({ impeded: { impediment: 'secret-missing', detail: 'psc.clientSecret' } }),
    /^mend: Pro Santé Connect est indisponible : il manque le secret psc\.clientSecret dans/u,
  ],

  ['clock', {}, /^fine: Rien ne donne l'heure ici : Pro Santé Connect n'est pas activé/u],
  ['clock', psc(), "fine: L'heure du poste est juste, à 1 s près de Pro Santé Connect."],
  ['clock', psc({ aheadMs: -90_000 }), 'watch: Le poste retarde de 1 min 30 s sur Pro Santé Connect.'],
  ['clock', psc({ aheadMs: 299_999 }), /^watch: /u],
  ['clock', psc({ aheadMs: 300_000 }), /^mend: Le poste avance de 5 min : /u],
  ['clock', psc({ aheadMs: -7_300_000 }), /^mend: Le poste retarde de 2 h : /u],
  ['clock', psc({ aheadMs: 4e8 }), /^mend: Le poste avance de 5 jours : /u],
  ['clock', psc({ aheadMs: null }), /^fine: L'heure n'a pas pu être comparée/u],

  ['loopback-ports', {}, /^fine: Aucun port n'est attendu/u],
  ['loopback-ports', ports('free', 'ours', 'free'), 'fine: Les ports 43110, 43111 et 43112 sont libres.'],
  [
    'loopback-ports',
    ports('taken'),
    'fine: Le port 43110 est pris par un autre programme ; 43111 et 43112 sont libres.',
  ],
  [
    'loopback-ports',
    ports('taken', 'taken'),
    /^watch: Les ports 43110 et 43111 .* il ne reste que 43112\.$/u,
  ],
  ['loopback-ports', ports('taken', 'taken', 'reserved'), /^mend: .* ne peut pas revenir à Comptoir\.$/u],
  ['loopback-ports', ports('reserved', 'reserved', 'reserved'), /^mend: Le système ne donne aucun/u],

  ['browser', {}, 'fine: Firefox ouvre les pages web de ce compte.'],
  ['browser', { browser: value({ kind: 'none' }) }, /^watch: Aucun navigateur/u],
  ['browser', { browser: value({ kind: 'none' }), settings: withPsc }, /^mend: Aucun navigateur/u],
  [
    'browser',
    { browser: value({ kind: 'found', name: 'Internet Explorer', outdated: true }) },
    /^mend: Internet/u,
  ],
  ['browser', { browser: value({ kind: 'unknown' }) }, /^fine: /u],

  ['proxy', {}, 'fine: Aucun proxy.'],
  [
    'proxy',
    { settings: settings({ network: { proxy: 'http://moi:motdepasse@proxy:3128' } }) },
    'fine: Le proxy proxy:3128 répond.',
  ],
  [
    'proxy',
    { settings: settings({ network: { proxy: 'https://proxy' } }), reaches: value(false) },
    'mend: Le proxy proxy:443 ne répond pas.',
  ],
  [
    'proxy',
    {
      machine: {
        platform: 'linux',
        env: { https_proxy: 'http://a:b@10.0.0.1:8080' },
        home: '/h',
        remote: null,
      },
    },
    /^fine: Pas de proxy dans comptoir\.json ; celui de l'environnement \(10\.0\.0\.1:8080\)/u,
  ],
  [
    'proxy',
    {
      ...psc({ discovery: { kind: 'unreachable', why: 'other', code: '' } }),
      machine: { platform: 'linux', env: { HTTPS_PROXY: '[::1]:8080' }, home: '/h', remote: null },
    },
    /^watch: L'environnement indique le proxy \[::1\]:8080/u,
  ],

  ['keychain', {}, "fine: Le trousseau s'ouvre ; secrets présents : aucun."],
  [
    'keychain',
    { ...psc(), settings: withSecret },
    "mend: Le trousseau s'ouvre, mais il y manque le secret psc.clientSecret.",
  ],
  [
    'keychain',
    { ...psc(), settings: withSecret, keychain: value({ kind: 'open', names: ['psc.clientSecret'] }) },
    "fine: Le trousseau s'ouvre ; secrets présents : psc.clientSecret.",
  ],
  [
    'keychain',
    {
      ...psc({ impeded: { impediment: 'secret-missing', detail: 'psc.p12Password' } }),
      settings: settings({
        psc: { ...pscGiven, clientAuthentication: 'tls_client_auth', p12File: '/etc/a.p12' },
      }),
    },
    /^mend: .* psc\.p12Password\.$/u,
  ],
  ['keychain', { keychain: value({ kind: 'closed', fault: 'locked' }) }, /^watch: .* verrouillé/u],
  [
    'keychain',
    { ...psc(), settings: withSecret, keychain: value({ kind: 'closed', fault: 'no-keychain' }) },
    /^mend: /u,
  ],

  ['database', {}, /^fine: La base s'ouvre et s'écrit \(100 ko\), pages saines le /u],
  ['database', { database: value({ kind: 'none' }) }, /^fine: Aucune base/u],
  [
    'database',
    { database: value({ kind: 'fault', fault: 'full' }) },
    'mend: La base ne peut pas servir : disque plein.',
  ],
  ...(
    [
      [{ damaged: true }, /^mend: Des pages/u],
      [{ wal: false }, /^watch: /u],
      [
        { older: true, soundAt: null, bytes: 2_500_000_000 },
        "fine: La base s'ouvre et s'écrit (2 Go), pages pas encore vérifiées, sera mise à jour au prochain démarrage.",
      ],
    ] as const
  ).map(([more, said]): [CheckId, Given, string | RegExp] => [
    'database',
    {
      database: value({
        kind: 'open',
        bytes: 1,
        wal: true,
        older: false,
        damaged: false,
        soundAt: null,
        ...more,
      }),
    },
    said,
  ]),

  ['backup', {}, 'fine: Dernière sauvegarde le 2 mars 2026, lisible.'],
  ['backup', { backup: value({ kind: 'none' }) }, /^mend: Aucune sauvegarde/u],
  ['backup', { backup: value({ kind: 'none' }), database: value({ kind: 'none' }) }, /^fine: Pas encore/u],
  ['backup', { backup: value({ kind: 'no-folder', why: 'missing' }) }, /^mend: .* introuvable\.$/u],
  [
    'backup',
    { backup: value({ kind: 'found', day: '2026-03-02', ageDays: 0, sound: false }) },
    /^mend: .* ne se lit pas\.$/u,
  ],
  [
    'backup',
    { backup: value({ kind: 'found', day: '2026-03-02', ageDays: 5, sound: true }) },
    /^watch: .* a 5 jours/u,
  ],
  [
    'backup',
    { backup: value({ kind: 'found', day: '2026-03-02', ageDays: 8, sound: true }) },
    /^mend: .* a 8 jours/u,
  ],

  ['journal', {}, 'fine: Tout le journal est intact (12 lignes).'],
  [
    'journal',
    { journal: value({ kind: 'verified', rows: 20_000, whole: false, bad: null, fullAt: null }) },
    'watch: Les 20 000 lignes les plus récentes sont intactes ; jamais vérifié en entier.',
  ],
  [
    'journal',
    {
      journal: value({
        kind: 'verified',
        rows: 20_000,
        whole: false,
        bad: null,
        fullAt: new Date().toISOString(),
      }),
    },
    /^fine: .* ; dernière vérification complète le /u,
  ],
  [
    'journal',
    {
      journal: value({
        kind: 'verified',
        rows: 7,
        whole: true,
        bad: { seq: 8, what: 'changed' },
        fullAt: null,
      }),
    },
    "mend: Le journal n'est plus tel qu'il a été écrit, ligne n° 8 : ligne modifiée.",
  ],
  ['journal', { journal: value({ kind: 'fault', fault: 'busy' }) }, /^mend: Le journal ne se lit pas/u],

  ['disk', disks(50e9, 800e9), 'fine: Place libre : données 50 Go, sauvegardes 800 Go.'],
  ['disk', disks(50e9, 999_999_999), 'watch: Il reste peu de place : sauvegardes 999 Mo.'],
  ['disk', disks(0, 300e6), "mend: Il n'y a presque plus de place : données 0 o."],
  ['disk', disks(null), /^fine: /u],

  ['remote-session', {}, 'fine: Session ouverte sur ce poste.'],
  ...(
    [
      [
        card(empty, { readers: ['R'] }),
        'fine: Session à distance (Bureau à distance), lecteur de carte redirigé.',
      ],
      [card({ kind: 'no-reader' }), /^watch: .* sans lecteur de carte redirigé\.$/u],
      [{}, /^fine: .* désactivée\.$/u],
    ] as const
  ).map(([more, said]): [CheckId, Given, string | RegExp] => [
    'remote-session',
    { ...more, machine: { platform: 'win32', env: {}, home: 'C:\\Users\\a', remote: 'rdp' } },
    said,
  ]),

  ['display', { screens: null }, /^fine: /u],
  [
    'display',
    { screens: () => [screen(), screen({ width: 3840, height: 2160, scale: 1.5, patient: true })] },
    'fine: 2 écrans : 1920 × 1080 à 100 % ; 3840 × 2160 à 150 % (patients).',
  ],
  ['display', { screens: () => [screen({ scale: 2 })] }, /^watch: L'écran est petit/u],
  [
    'display',
    { settings: settings({ workstation: { patientDisplay: 2 } }) },
    /^watch: L'écran des patients/u,
  ],

  ['versions', {}, 'fine: Comptoir 0.1.0, Electron 25.1.1, Chromium 114, Node 18, Linux 6.'],
  [
    'versions',
    { versions: { ...healthySite().versions, testPackage: true } },
    "watch: Comptoir 0.1.0, Electron 25.1.1, Chromium 114, Node 18, Linux 6 : c'est un paquet d'essai, à ne pas installer dans une officine.",
  ],
  [
    'versions',
    { newer: value({ kind: 'current' } as const) },
    'fine: Comptoir 0.1.0, Electron 25.1.1, Chromium 114, Node 18, Linux 6.',
  ],
  [
    'versions',
    { newer: value({ kind: 'newer', version: '0.2.0', page: null } as const) },
    /^watch: Comptoir 0\.1\.0, .* ; Comptoir 0\.2\.0 existe\.$/u,
  ],
  [
    'versions',
    { newer: value({ kind: 'unknown', why: 'status', detail: '404' } as const) },
    /^watch: Comptoir 0\.1\.0, .* ; le serveur des mises à jour refuse de répondre \(404\)\.$/u,
  ],
]

describe('a check', () => {
  it.each(sentences)('%s of %o finds %s', async (id, given, expected) => {
    const said = await read(id, given)
    if (typeof expected === 'string') expect(said).toBe(expected)
    else expect(said).toMatch(expected)
  })

  it('has its remedy whenever something is wrong', async () => {
    for (const [id, given] of sentences) {
      const { verdict, remedy } = await found(id, given)
      expect(remedy !== null && remedy !== '', id).toBe(verdict !== 'fine')
    }
  })

  it('gives names and RPPS in clear apart', async () => {
    const operatorOf = value({ code: '1', firstName: 'Patricia', lastName: 'Adjointpharm' })
    const id = await found('national-id', { ...card(present()), operatorOf })
    expect(id.named).toBe('RPPS 99700261797 : opérateur « 1 » (Patricia Adjointpharm).')
    const told = await found(
      'card',
      card(present(cardOf({ certificate: { kind: 'read', holder: holderOf() } }))),
    )
    expect(told.named).toMatch(/^Carte CPS de PATRICIA ADJOINTPHARM \(CPS3v3-2800385266\), /u)
  })

  it('says what is the matter in the sentence, and what to do in the remedy', async () => {
    const impeded = { impediment: 'no-keychain', detail: null } as const
    const { text, remedy } = await found('psc', psc({ impeded }))
    expect(text).toBe(
      'Pro Santé Connect est indisponible : aucun trousseau de clés ne répond dans cette session.',
    )
    expect(remedy).toMatch(/^Ouvrez la session du comptoir/u)
    const unusable = {
      kind: 'cryptolib-unusable',
      path: '/home/comptoir/x',
      reason: 'not-loaded',
      reference: '',
    } as const
    expect((await found('cryptolib', card(unusable))).remedy).toMatch(/^~\/x ne se charge pas\./u)
  })
})
