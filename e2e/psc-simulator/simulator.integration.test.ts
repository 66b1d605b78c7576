import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signIn, StaysInBrowser } from './agent.ts'
import { identities } from './identities.ts'
import { relyingParty, type Json, type RelyingParty } from './relying-party.ts'
import { startSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator
let party: RelyingParty
beforeEach(async () => {
  simulator = await startSimulator()
  party = relyingParty(simulator)
})
afterEach(() => simulator.stop())

const claimsOf = (tokens: Json) => simulator.readIdToken(String(tokens['id_token']))
const patricia = { identity: 'adjointe' } as const

describe('the addresses of Pro Santé Connect', () => {
  it('publishes the metadata on PSC’s path and on the standard one, with the endpoints where PSC has them', async () => {
    const { url, issuer } = simulator
    expect(issuer).toBe(`${url}/auth/realms/esante-wallet`)
    expect(simulator.discoveryUrl).toBe(`${issuer}/.well-known/wallet-openid-configuration`)
    const metadata = await party.metadata()
    expect(metadata).toMatchObject({
      issuer,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
      userinfo_endpoint: `${issuer}/protocol/openid-connect/userinfo`,
      jwks_uri: `${issuer}/protocol/openid-connect/certs`,
      end_session_endpoint: `${issuer}/protocol/openid-connect/logout`,
      revocation_endpoint: `${issuer}/protocol/openid-connect/revoke`,
      introspection_endpoint: `${issuer}/protocol/openid-connect/token/introspect`,
      authorization_response_iss_parameter_supported: true,
    })
    expect(metadata['scopes_supported']).toContain('scope_all')
    const standard = await fetch(`${issuer}/.well-known/openid-configuration`)
    expect(await standard.json()).toEqual(metadata)
  })

  it('answers on both addresses of localhost', async () => {
    const { port, pathname } = new URL(simulator.discoveryUrl)
    for (const host of ['127.0.0.1', '[::1]'])
      expect((await fetch(`http://${host}:${port}${pathname}`)).status).toBe(200)
  })

  it('refuses a port that is taken', async () => {
    const port = Number(new URL(simulator.url).port)
    await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE')
  })
})

describe('an identification', () => {
  it.each(identities)('says who $id is', async ({ id, sub, nationalId, acr, givenName, familyName }) => {
    const tokens = await party.login({ identity: id })
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 120, scope: 'openid scope_all' })
    expect(claimsOf(tokens)).toMatchObject({
      sub,
      acr,
      aud: 'comptoir',
      nonce: 'hasard',
      iss: simulator.issuer,
    })
    const { body } = await party.userinfo(tokens)
    expect(body).toMatchObject({
      sub,
      SubjectNameID: nationalId,
      preferred_username: nationalId,
      given_name: givenName,
      family_name: familyName,
      authMode: 'CARD',
    })
    // Not known of PSC's ID tokens: nobody may come to count on it.
    expect(claimsOf(tokens)).not.toHaveProperty('authMode')
  })

  it('says with which means', async () => {
    const tokens = await party.login({ ...patricia, means: 'MOBILE' })
    expect((await party.userinfo(tokens)).body['authMode']).toBe('MOBILE')
  })

  it('gives userinfo as PSC’s samples have it, with empty strings where nothing is known', async () => {
    const { body } = await party.userinfo(await party.login(patricia))
    expect(body).toMatchObject({
      SubjectRole: ['21^1.2.250.1.213.1.1.5.5'],
      SubjectOrganizationID: 'F0B0199999',
      Secteur_Activite: 'SA33^1.2.250.1.71.4.2.4',
      Mode_Acces_Raison: '',
      otherIds: [{ identifiant: '899700261797', origine: 'RPPS', qualite: 1 }],
      SubjectRefPro: {
        codeCivilite: 'MME',
        exercices: [
          {
            codeProfession: '21',
            codeTypeSavoirFaire: '',
            nomDexercice: 'ADJOINTPHARM',
            activities: [
              { codeSectionPharmacien: 'D', codeRole: '', numeroFinessetablissementJuridique: '' },
            ],
          },
        ],
      },
    })
  })

  it('gives a préparateur role 317 and no profession, and who has no RPPS none', async () => {
    const one = (await party.userinfo(await party.login({ identity: 'preparateur' }))).body
    const text = JSON.stringify(one)
    expect(text).toContain('"codeRole":"317"')
    expect(text).not.toContain('codeProfession')
    const other = (await party.userinfo(await party.login({ identity: 'sans-rpps' }))).body
    expect(other).toMatchObject({ SubjectNameID: 'ANS20231122132732', otherIds: [] })
  })

  it('signs its ID tokens with the key of its JWKS', async () => {
    const tokens = await party.login(patricia)
    const { jwks_uri: uri } = await party.metadata()
    const keys: JSONWebKeySet = await (await fetch(String(uri))).json()
    expect(JSON.stringify(keys)).not.toContain('"d"')
    const { protectedHeader } = await jwtVerify(String(tokens['id_token']), createLocalJWKSet(keys))
    expect(protectedHeader.alg).toBe('RS256')
  })

  it('leads back with the state and the issuer, refusals too', async () => {
    const address = new URL(await signIn(await party.authorizationUrl(), patricia))
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ state: 'etat', iss: simulator.issuer })
    for (const answer of ['cancel', 'refuse'] as const) {
      const refused = await signIn(await party.authorizationUrl(), { ...patricia, means: 'MOBILE', answer })
      expect(Object.fromEntries(new URL(refused).searchParams)).toMatchObject({
        error: 'access_denied',
        state: 'etat',
        iss: simulator.issuer,
      })
    }
  })

  it('asks a public client for PKCE, with S256', async () => {
    for (const extra of [{ code_challenge: null }, { code_challenge_method: 'plain' }]) {
      const address = await signIn(await party.authorizationUrl(extra), patricia)
      expect(new URL(address).searchParams.get('error')).toBe('invalid_request')
    }
  })

  it.each([
    { client_id: 'inconnu' },
    { redirect_uri: 'http://localhost:43111/psc/retour/' },
    { redirect_uri: 'http://127.0.0.1:43111/psc/retour' },
    { redirect_uri: 'http://localhost:43119/psc/retour' },
  ])('leads nowhere with %o', async (extra) => {
    await expect(signIn(await party.authorizationUrl(extra), patricia)).rejects.toThrow(StaysInBrowser)
  })

  it('says by introspection what it says of PSC’s tokens', async () => {
    const direct = relyingParty(simulator, simulator.credentials.client_secret_basic)
    const tokens = await direct.login(patricia)
    const introspected = await direct.ask('introspection_endpoint', { token: String(tokens['access_token']) })
    const auth_time = claimsOf(tokens)['auth_time']
    expect(introspected.body).toMatchObject({ active: true, acr: 'eidas1', authMode: 'CARD', auth_time })
  })
})
