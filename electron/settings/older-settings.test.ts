import { describe, expect, it } from 'vitest'
import { judgeSettings, type SettingsFault } from './read.ts'

/** The README's of the first version that had one (commit 8878d16), as somebody may have kept it. */
const first = `{
  "pharmacy": { "name": "PHARMACIE DU TEST", "finess": null },
  "workstation": { "name": null, "patientDisplay": null },
  "support": { "name": "Assistance", "phone": "01 99 00 12 34" },
  "storage": { "url": "sqlite:comptoir.db" },
  "session": { "maxHours": 4, "stayConnectedSeconds": 30 },
  "modules": [
    {
      "id": "ventes",
      "label": "Ventes",
      "shortcut": "F2",
      "access": "operator",
      "launch": { "kind": "program", "command": "C:\\\\Ventes\\\\ventes.exe", "args": [], "leave": "process" }
    },
    {
      "id": "doc",
      "label": "Documentation",
      "access": "operator",
      "roles": ["titulaire", "adjoint"],
      "launch": { "kind": "window", "url": "https://doc.example/", "origins": ["https://doc.example"] }
    },
    {
      "id": "dossier",
      "label": "Dossier",
      "access": "none",
      "launch": { "kind": "browser", "url": "https://dossier.example/" }
    }
  ]
}
`

/** Every key that the schema of the first version had (commit f269f17), with values that it took. */
const everyKey = {
  pharmacy: { name: 'PHARMACIE DU TEST', finess: '750000001' },
  workstation: { name: 'Comptoir 1', patientDisplay: 2 },
  support: { name: 'Assistance', phone: '01 99 00 12 34' },
  storage: { url: 'sqlite:comptoir.db', backupFolder: 'D:\\Sauvegardes' },
  network: { proxy: 'http://proxy.example:3128' },
  psc: {
    discoveryUrl: 'https://sso.example/.well-known/openid-configuration',
    issuer: 'https://sso.example',
    clientId: 'comptoir',
    serviceName: 'Comptoir',
    clientAuthentication: 'tls_client_auth',
    caFile: '/etc/comptoir/ca.pem',
    certificateFile: '/etc/comptoir/poste.pem',
    keyFile: '/etc/comptoir/poste.key',
    redirectUris: ['http://localhost:43110/psc/retour'],
    postLogoutRedirectUris: ['http://localhost:43110/psc/deconnexion'],
    scope: 'openid scope_all',
    acrValues: 'eidas1',
    prompt: 'login',
    nationalIdClaim: 'SubjectNameID',
    authTimeIsFromPsc: true,
    acrIsFromPsc: true,
    timeoutSeconds: 180,
    ciba: { enabled: true, channel: 'MOBILE' },
  },
  card: { enabled: true, modulePath: null, onRemoval: 'ask' },
  identification: { showRecentOperators: true, shortcut: 'F10' },
  session: { idleLockMinutes: 10, maxHours: 4, stayConnectedSeconds: 30, dropPscAfterModule: false },
  journal: { retentionMonths: 24, retentionReason: 'Contrôle' },
  updates: { url: 'https://maj.example/' },
  modules: [],
}

function faultsIn(content: unknown): SettingsFault[] {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  const judged = judgeSettings({ kind: 'bytes', bytes }, { edition: 'installed' })
  return judged.kind === 'faulty' ? judged.faults : []
}

describe('a comptoir.json of an older version', () => {
  it('is followed as it was', () => {
    expect(faultsIn(first)).toEqual([])
    expect(faultsIn(everyKey)).toEqual([])
  })

  it('is explained where today refuses what the first version took', () => {
    const { psc, ...others } = everyKey
    const taken = {
      ...others,
      psc: { ...psc, nationalIdClaim: 'sub' },
      identification: { showRecentOperators: true, shortcut: 'la touche du milieu' },
    }
    expect(faultsIn(taken)).toEqual([
      { where: 'identification.shortcut', text: expect.stringMatching(/\(ligne \d+\)$/u) },
      { where: 'psc.nationalIdClaim', text: expect.stringMatching(/^attendu : .* \(ligne \d+\)$/u) },
    ])
  })

  it('is told of a key that no version knows, with what was probably meant: nothing is left unread', () => {
    expect(faultsIn({ ...everyKey, sesion: {}, journal: { retentionMonth: 12 } })).toEqual([
      { where: 'journal.retentionMonth', text: expect.stringContaining('« retentionMonths »') },
      { where: 'sesion', text: expect.stringContaining('« session »') },
    ])
  })
})
