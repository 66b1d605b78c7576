import { describe, expect, it } from 'vitest'
import type { ConnectionSheet } from '../../../electron/settings/connection-sheet.ts'
import { sheetAsText, sheetTexts, type SheetRow } from './connection-sheet.ts'

/** What a broker receives. */
const broker: ConnectionSheet = {
  pharmacy: { name: 'PHARMACIE : LE TEST', finess: '0B0199999' },
  provider: { kind: 'other', host: 'connexion.groupement.example' },
  clientId: 'comptoir',
  serviceName: 'Comptoir ?',
  clientAuthentication: 'none',
  files: [],
  redirectUris: ['http://localhost:43110/psc/retour', 'http://localhost:43111/psc/retour'],
  postLogoutRedirectUris: ['http://localhost:43110/psc/deconnexion'],
  scope: 'openid scope_all',
  acrValues: 'eidas1',
  nationalIdClaim: null,
  authTimeIsFromPsc: false,
  acrIsFromPsc: false,
  cibaChannel: null,
}
/** What ANS receives. */
const direct: ConnectionSheet = {
  ...broker,
  provider: { kind: 'psc', environment: 'production' },
  clientAuthentication: 'client_secret_basic',
  authTimeIsFromPsc: true,
  acrIsFromPsc: true,
}

function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ')
}

function rowsOf(sheet: ConnectionSheet): SheetRow[] {
  return sheetTexts(sheet).sections.flatMap(({ rows }) => rows)
}

function row(sheet: ConnectionSheet, name: string): SheetRow {
  const found = rowsOf(sheet).find((one) => plain(one.name) === name)
  if (found === undefined) throw new Error(`no line « ${name} »`)
  return found
}

function titles(sheet: ConnectionSheet): string[] {
  return sheetTexts(sheet).sections.map(({ title }) => title)
}

const toBroker = [
  'Officine',
  'À inscrire chez le fournisseur intermédiaire',
  "À faire inscrire à l'ANS par ce fournisseur",
]
const toAns = ['Officine', "Dans le formulaire de l'ANS (intitulés de 2022)", "À convenir avec l'ANS"]

describe('whom the sheet is for', () => {
  it.each([
    ['a public client of a broker', broker, toBroker, null],
    ['a credential at PSC', direct, toAns, null],
    ['no setting', { ...broker, provider: { kind: 'not-set' } }, toBroker, 'aucun réglage psc'],
    ['a public client at PSC', { ...broker, provider: direct.provider }, toAns, 'sans secret ni certificat'],
    [
      'a credential elsewhere',
      { ...direct, provider: broker.provider },
      toAns,
      "connexion.groupement.example n'est ni le bac à sable ni la production",
    ],
  ] as const)('%s', (_, sheet, sections, warning) => {
    expect(titles(sheet)).toEqual(sections)
    const { warnings } = sheetTexts(sheet)
    if (warning === null) expect(warnings).toEqual([])
    else expect(warnings.map(plain)).toEqual([expect.stringContaining(warning)])
  })
})

describe('the lines of the sheet', () => {
  it('have the values of the settings to the letter', () => {
    for (const sheet of [broker, direct]) {
      expect(row(sheet, 'Nom')).toMatchObject({ kind: 'exact', values: ['PHARMACIE : LE TEST'] })
      expect(row(sheet, 'Dénomination')).toMatchObject({ kind: 'exact', values: ['Comptoir ?'] })
      expect(row(sheet, 'URL de redirection')).toMatchObject({ kind: 'exact', values: sheet.redirectUris })
      expect(row(sheet, 'URL de logout')).toMatchObject({ values: sheet.postLogoutRedirectUris })
      for (const { kind, values } of rowsOf(sheet)) {
        if (kind === 'exact') expect(values.join('')).not.toContain('\u00A0')
      }
    }
  })

  it.each([
    ['client_secret_basic', 'Secret'],
    ['client_secret_post', 'Secret'],
    ['private_key_jwt', 'clé publique, jamais la clé privée'],
    ['tls_client_auth', 'certificat, jamais sa clé'],
  ] as const)('name the method %s and what is to be given', (clientAuthentication, hint) => {
    const line = row({ ...direct, clientAuthentication }, 'Authentification du client')
    expect(line.values).toEqual([clientAuthentication])
    expect(line.hint).toContain(hint)
  })

  it('name the environment, CIBA and the files only where there are some', () => {
    expect(row(direct, 'Environnement').values).toEqual(['Production'])
    expect(
      row({ ...direct, provider: { kind: 'psc', environment: 'sandbox' } }, 'Environnement').values,
    ).toEqual(['Bac à sable (TEST)'])
    expect(row(direct, 'e-CPS sans navigateur (CIBA)').values).toEqual(['Non'])
    expect(row(direct, 'Flux (grant_types)').values).toEqual(['authorization_code'])
    expect(() => row(direct, 'Fichiers sur le poste')).toThrow()

    const full: ConnectionSheet = { ...direct, cibaChannel: 'CARD', files: ['psc.p12'] }
    expect(row(full, 'e-CPS sans navigateur (CIBA)').values).toEqual(['Oui, en mode poll, canal CARD'])
    expect(row(full, 'Flux (grant_types)').values).toContain('urn:openid:params:grant-type:ciba')
    expect(row(full, 'Fichiers sur le poste').values).toEqual(['psc.p12'])
  })

  it('tell a broker which claims are read, and what its own auth_time and acr cost', () => {
    const national = "Attribut de l'identifiant national"
    expect(row(broker, national).values).toEqual(['SubjectNameID', 'preferred_username', 'otherIds'])
    expect(row({ ...broker, nationalIdClaim: 'rpps' }, national).values).toEqual(['rpps'])
    expect(row(broker, "Heure de l'identification (auth_time)").values.join()).toContain('mot de passe')
    expect(row(broker, "Niveau de l'identification (acr)").values.map(plain).join()).toContain(
      "« Pro Santé Connect demandé » ne s'ouvrent pas",
    )
    const vouched = { ...broker, authTimeIsFromPsc: true, acrIsFromPsc: true }
    for (const name of ["Heure de l'identification (auth_time)", "Niveau de l'identification (acr)"]) {
      expect(row(vouched, name).values.join()).toMatch(/de Pro Santé Connect, repris/u)
    }
  })

  it('say what is not written in the settings', () => {
    const bare: ConnectionSheet = {
      ...broker,
      pharmacy: { name: null, finess: null },
      clientId: null,
      postLogoutRedirectUris: [],
    }
    expect(row(bare, 'FINESS')).toMatchObject({ kind: 'said', values: ['Non renseigné dans comptoir.json'] })
    expect(row(bare, 'Identifiant du client (client_id)')).toMatchObject({
      kind: 'said',
      values: ['À choisir avec lui'],
    })
    expect(row(bare, 'URL de logout').values.map(plain).join()).toContain('ne revient pas à Comptoir')
  })
})

it('is copied whole, a value to a line where there are several', () => {
  const text = sheetAsText('Fiche de raccordement', { ...direct, files: ['psc.pem', 'psc.key'] })
  const lines = plain(text).split('\n')
  expect(lines[0]).toBe('Fiche de raccordement')
  expect(lines).toContain('Environnement : Production')
  expect(lines).toContain('Authentification du client : client_secret_basic')
  const at = lines.indexOf('URL de redirection :')
  expect(lines.slice(at + 1, at + 3)).toEqual(direct.redirectUris.map((uri) => `  ${uri}`))
  for (const { values } of rowsOf(direct)) for (const value of values) expect(text).toContain(value)
})
