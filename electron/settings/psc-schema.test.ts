import { describe, expect, it } from 'vitest'
import { createFetch, usualLimits } from '../psc/fetch.ts'
import { pscSchema } from './psc-schema.ts'
import { settingsSchema } from './schema.ts'

const given = {
  discoveryUrl: 'https://psc.test/.well-known/openid-configuration',
  issuer: 'https://psc.test',
  clientId: 'comptoir',
}
const plain = { discoveryUrl: 'http://localhost:8080/metadonnees', issuer: 'http://localhost:8080' }
const jwt = { clientAuthentication: 'private_key_jwt', keyFile: '/etc/comptoir/cle.pem' }
const pem = {
  clientAuthentication: 'tls_client_auth',
  certificateFile: 'C:\\ProgramData\\Comptoir\\certificat.pem',
  keyFile: '\\\\serveur\\comptoir\\cle.pem',
}
const p12 = { clientAuthentication: 'tls_client_auth', p12File: '/etc/comptoir/psc.p12' }
const back = 'http://localhost:50001/retour'
const out = 'http://localhost:50001/sortie'

/** Where the faults are, and what each says. */
function faults(psc: object): Record<string, string> {
  const { error } = pscSchema.safeParse({ ...given, ...psc })
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [])
}

describe('the settings of Pro Santé Connect', () => {
  it.each<[string, object]>([
    ['a broker', {}],
    ['a broker of a private authority', { caFile: '/etc/comptoir/ca.pem' }],
    ['a simulator', plain],
    ['a secret', { clientAuthentication: 'client_secret_basic', caFile: 'D:/ca.pem' }],
    ['a key', { ...jwt, ciba: { enabled: true } }],
    ['a key, over http', { ...plain, ...jwt }],
    ['a certificate', pem],
    ['a PKCS #12', { ...p12, ciba: { enabled: true, channel: 'CARD' } }],
    ['ports of its own', { redirectUris: [back], postLogoutRedirectUris: [out] }],
    ['a logout that never comes back', { redirectUris: [back], postLogoutRedirectUris: [] }],
    [
      'a logout that comes back on some ports',
      { redirectUris: ['http://localhost:50002/retour', back], postLogoutRedirectUris: [out] },
    ],
    [
      'addresses that differ by what follows',
      { redirectUris: [`${back}?a=1`], postLogoutRedirectUris: [out] },
    ],
  ])('may be those of %s', (_what, psc) => {
    expect(faults(psc)).toEqual({})
  })

  it.each<[string, object, string[]]>([
    ['CIBA without a credential', { ciba: { enabled: true } }, ['ciba.enabled']],
    ['a key that is nowhere', { clientAuthentication: 'private_key_jwt' }, ['keyFile']],
    [
      'a certificate that is nowhere',
      { clientAuthentication: 'tls_client_auth' },
      ['certificateFile', 'keyFile'],
    ],
    ['a certificate without its key', { ...pem, keyFile: null }, ['keyFile']],
    ['a key without its certificate', { ...pem, certificateFile: null }, ['certificateFile']],
    ['two certificates', { ...pem, ...p12 }, ['p12File']],
    ['a PKCS #12 and a key', { ...p12, keyFile: '/etc/comptoir/cle.pem' }, ['p12File']],
    ['a certificate over http', { ...plain, ...pem }, ['issuer']],
    ['a certificate for a signed assertion', { ...pem, ...jwt }, ['certificateFile']],
    ['a PKCS #12 for a signed assertion', { ...p12, ...jwt }, ['p12File']],
    [
      'files for a secret',
      { ...pem, p12File: '/a', clientAuthentication: 'client_secret_post' },
      ['certificateFile', 'keyFile', 'p12File'],
    ],
    ['a key for a broker', { keyFile: '/etc/comptoir/cle.pem' }, ['keyFile']],
    ['a relative file', { ...jwt, keyFile: 'cle.pem', caFile: '.\\ca.pem' }, ['caFile', 'keyFile']],
    ['two schemes', { discoveryUrl: 'http://psc.test/metadonnees' }, ['discoveryUrl']],
    [
      'one port for two',
      { redirectUris: [back, `${back}/2`], postLogoutRedirectUris: [] },
      ['redirectUris.1'],
    ],
    [
      'one port for two logouts',
      { redirectUris: [back], postLogoutRedirectUris: [out, `${out}/2`] },
      ['postLogoutRedirectUris.1'],
    ],
    [
      'a logout on a port of nobody',
      { redirectUris: [back], postLogoutRedirectUris: [out.replace('50001', '50002')] },
      ['postLogoutRedirectUris.0'],
    ],
    [
      'a logout that looks like a login',
      { redirectUris: [back], postLogoutRedirectUris: [`${back}?sortie`] },
      ['postLogoutRedirectUris.0'],
    ],
    [
      'a port that is none',
      { redirectUris: ['http://localhost:65536/'], postLogoutRedirectUris: [] },
      ['redirectUris.0'],
    ],
    ['no address', { issuer: 'psc', discoveryUrl: '' }, ['discoveryUrl', 'issuer']],
    ['addresses that are none', { redirectUris: ['localhost'], issuer: 'psc' }, ['issuer', 'redirectUris.0']],
  ])('are not %s', (_what, psc, where) => {
    expect(Object.keys(faults(psc)).toSorted()).toEqual(where)
  })

  it('tell what was expected', () => {
    expect(faults({ ...pem, ...jwt, ciba: { enabled: true } })).toEqual({
      certificateFile: "attendu : null ; private_key_jwt ne s'en sert pas",
    })
    expect(faults({ ciba: { enabled: true }, redirectUris: [back] })).toEqual({
      'ciba.enabled': "attendu : false, sauf quand clientAuthentication n'est pas « none »",
    })
    expect(
      faults({ redirectUris: [back], postLogoutRedirectUris: ['http://localhost:50009/sortie'] }),
    ).toEqual({
      'postLogoutRedirectUris.0': 'attendu : un des ports de redirectUris',
    })
  })
})

describe('the proxy', () => {
  it.each([null, 'http://proxy:8080', 'https://comptoir:s%40cret@proxy.officine.fr'])(
    'may be %s',
    (proxy) => {
      expect(settingsSchema.parse({ network: { proxy } }).network.proxy).toBe(proxy)
    },
  )

  it.each(['proxy:8080', 'comptoir:motdepasse@proxy:8080', 'socks5://comptoir:motdepasse@proxy'])(
    'is not %s, which is not told again',
    (proxy) => {
      const { error } = settingsSchema.safeParse({ network: { proxy } })
      expect(error?.issues).toMatchObject([{ path: ['network', 'proxy'] }])
      expect(error?.issues[0]?.message).toBe('attendu : http://{serveur}:{port}')
    },
  )

  // %E9 is the « é » of Latin-1.
  it.each(['http://comptoir:100%@proxy', 'http://caf%E9:a@proxy:8080', 'http://comptoir:caf%E9@proxy:8080'])(
    'is not %s, whose user cannot be read',
    (proxy) => {
      const { error } = settingsSchema.safeParse({ network: { proxy } })
      expect(error?.issues).toMatchObject([{ path: ['network', 'proxy'] }])
      expect(error?.issues[0]?.message).toMatch(/^attendu : %25 .* \(%C3%A9\)$/u)
    },
  )

  it.each(['http://comptoir:100%25@proxy', 'http://caf%C3%A9:caf%C3%A9@proxy', 'http://proxy:8080/%E9'])(
    'may be %s, of which requests are made',
    (proxy) => {
      expect(settingsSchema.parse({ network: { proxy } }).network.proxy).toBe(proxy)
      const network = { proxy, authorities: null, identity: null }
      expect(() => createFetch(usualLimits, { now: () => new Date() }, network)).not.toThrow()
    },
  )
})
