import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { connectionSheet, connectionSheetOf, type ConnectionSheet } from './connection-sheet.ts'
import { settingsSchema } from './schema.ts'

type Written = z.input<typeof settingsSchema>
type WrittenPsc = NonNullable<Written['psc']>

const sandbox = 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet'
const production = 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet'
const broker = 'https://Connexion.Groupement.example:8443/realms/officines'

/** The sheet of a comptoir.json as one writes it. */
function sheetOf(written: Written): ConnectionSheet {
  return connectionSheet.parse(connectionSheetOf(settingsSchema.parse(written)))
}

function sheetOfPsc(psc: Partial<WrittenPsc> & Pick<WrittenPsc, 'issuer'>): ConnectionSheet {
  const { issuer } = psc
  return sheetOf({
    psc: { discoveryUrl: `${issuer}/.well-known/openid-configuration`, clientId: 'x', ...psc },
  })
}

describe('the connection sheet', () => {
  it('has every value as it is written, to the letter', () => {
    const redirectUris = ['http://localhost:50001/Retour/', 'http://localhost:50002/Retour/']
    const postLogoutRedirectUris = ['http://localhost:50001/Sortie?vers=Comptoir']
    expect(
      sheetOf({
        pharmacy: { name: 'PHARMACIE DU TEST', finess: '0B0199999' },
        psc: {
          discoveryUrl: `${sandbox}/.well-known/wallet-openid-configuration`,
          issuer: sandbox,
          clientId: 'Comptoir-PHARMACIE-du-test',
          serviceName: 'Comptoir de la pharmacie',
          clientAuthentication: 'client_secret_post',
          redirectUris,
          postLogoutRedirectUris,
          scope: 'openid scope_all profile',
          acrValues: 'eidas2',
          nationalIdClaim: 'rpps',
          ciba: { enabled: true, channel: 'CARD' },
        },
      }),
    ).toEqual({
      pharmacy: { name: 'PHARMACIE DU TEST', finess: '0B0199999' },
      provider: { kind: 'psc', environment: 'sandbox' },
      clientId: 'Comptoir-PHARMACIE-du-test',
      serviceName: 'Comptoir de la pharmacie',
      clientAuthentication: 'client_secret_post',
      files: [],
      redirectUris,
      postLogoutRedirectUris,
      scope: 'openid scope_all profile',
      acrValues: 'eidas2',
      nationalIdClaim: 'rpps',
      authTimeIsFromPsc: true,
      acrIsFromPsc: true,
      cibaChannel: 'CARD',
    } satisfies ConnectionSheet)
  })

  it('is that of the defaults where the settings have no psc', () => {
    expect(sheetOf({})).toEqual({
      pharmacy: { name: null, finess: null },
      provider: { kind: 'not-set' },
      clientId: null,
      serviceName: 'Comptoir',
      clientAuthentication: 'none',
      files: [],
      redirectUris: [43110, 43111, 43112].map((port) => `http://localhost:${port}/psc/retour`),
      postLogoutRedirectUris: [43110, 43111, 43112].map((port) => `http://localhost:${port}/psc/deconnexion`),
      scope: 'openid scope_all',
      acrValues: 'eidas1',
      nationalIdClaim: null,
      authTimeIsFromPsc: false,
      acrIsFromPsc: false,
      cibaChannel: null,
    } satisfies ConnectionSheet)
  })

  it.each([
    [sandbox, { kind: 'psc', environment: 'sandbox' }],
    [production, { kind: 'psc', environment: 'production' }],
    [broker, { kind: 'other', host: 'connexion.groupement.example:8443' }],
    // No longer answers; and a host is ANS's by its whole name.
    ['https://auth.bas.esw.esante.gouv.fr/auth', { kind: 'other', host: 'auth.bas.esw.esante.gouv.fr' }],
    ['https://auth.esw.esante.gouv.fr.example/', { kind: 'other', host: 'auth.esw.esante.gouv.fr.example' }],
    ['https://auth.esw.esante.gouv.fr:444/', { kind: 'other', host: 'auth.esw.esante.gouv.fr:444' }],
    ['http://localhost:43190/auth', { kind: 'other', host: 'localhost:43190' }],
  ])('tells from the host of %s whom it goes to', (issuer, provider) => {
    expect(sheetOfPsc({ issuer }).provider).toEqual(provider)
  })

  it.each([
    ['none', false, {}],
    ['client_secret_basic', true, {}],
    ['client_secret_post', true, {}],
    ['private_key_jwt', true, { keyFile: '/etc/comptoir/psc.key' }],
    ['tls_client_auth', true, { p12File: '/etc/comptoir/psc.p12' }],
  ] as const)(
    'with %s, takes what the provider says for the own word of PSC: %s',
    (method, direct, files) => {
      expect(sheetOfPsc({ issuer: production, clientAuthentication: method, ...files })).toMatchObject({
        clientAuthentication: method,
        authTimeIsFromPsc: direct,
        acrIsFromPsc: direct,
      })
    },
  )

  it('has what the settings vouch for in the name of a broker', () => {
    expect(sheetOfPsc({ issuer: broker, acrIsFromPsc: true })).toMatchObject({
      authTimeIsFromPsc: false,
      acrIsFromPsc: true,
    })
  })

  it.each([
    [
      ['psc.pem', 'psc.key'],
      { certificateFile: 'C:\\ProgramData\\Comptoir\\psc.pem', keyFile: '/etc/comptoir/psc.key' },
    ],
    [['psc.p12'], { p12File: '\\\\serveur\\partage\\psc.p12' }],
  ])('names the files of a certificate without the folder they are in: %s', (names, given) => {
    const caFile = '/etc/comptoir/autorite.pem'
    const psc = { issuer: production, clientAuthentication: 'tls_client_auth' as const, caFile, ...given }
    expect(sheetOfPsc(psc).files).toEqual(names)
  })
})
