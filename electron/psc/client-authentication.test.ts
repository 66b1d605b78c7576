import { generateKeyPairSync, webcrypto } from 'node:crypto'
import { compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { clientAuthentication } from './client-authentication.ts'
import type { ClientCredential } from './credential.ts'

const server = { issuer: 'https://psc.test/auth' }
const client = { client_id: 'comptoir' }

async function applied(credential: ClientCredential, now = () => 0) {
  const [body, headers] = [new URLSearchParams(), new Headers()]
  const added: unknown = clientAuthentication(credential, now)(server, client, body, headers)
  await added
  return { body: Object.fromEntries(body), headers: Object.fromEntries(headers) }
}

describe('the client', () => {
  it.each<ClientCredential>([
    { kind: 'none' },
    // Its certificate is shown below.
    { kind: 'tls', identity: { cert: Buffer.alloc(0), key: Buffer.alloc(0) } },
  ])('says who it is alone with %o', async (credential) => {
    expect(await applied(credential)).toEqual({ body: { client_id: 'comptoir' }, headers: {} })
  })

  it('gives its secret in a header, or in the parameters', async () => {
    const secret = 'é:+ %'
    expect(await applied({ kind: 'secret', method: 'client_secret_post', secret })).toEqual({
      body: { client_id: 'comptoir', client_secret: secret },
      headers: {},
    })
    const { body, headers } = await applied({ kind: 'secret', method: 'client_secret_basic', secret })
    expect(body).toEqual({})
    const [scheme, credentials = ''] = headers['authorization']?.split(' ') ?? []
    expect(scheme).toBe('Basic')
    // Encoded as a form's first (RFC 6749 §2.3.1).
    expect(Buffer.from(credentials, 'base64').toString()).toBe('comptoir:%C3%A9%3A%2B+%25')
  })

  it.each([
    [
      'RS256',
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    ],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), { name: 'ECDSA', namedCurve: 'P-256' }],
  ])(
    'signs an assertion of the provider’s time, for the provider alone (%s)',
    async (alg, pair, algorithm) => {
      const content = pair.privateKey.export({ type: 'pkcs8', format: 'der' })
      const key = await webcrypto.subtle.importKey('pkcs8', content, algorithm, false, ['sign'])
      const now = 1_795_000_000.9
      const made = await Promise.all([1, 2].map(() => applied({ kind: 'private-key', key }, () => now)))
      const ids = new Set<unknown>()
      for (const { body, headers } of made) {
        expect(headers).toEqual({})
        const { client_assertion: assertion = '', ...others } = body
        expect(others).toEqual({
          client_id: 'comptoir',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        })
        const { payload, protectedHeader } = await compactVerify(assertion, pair.publicKey)
        expect(protectedHeader).toMatchObject({ alg })
        const { jti, ...claims } = JSON.parse(Buffer.from(payload).toString())
        expect(claims).toEqual({
          iss: 'comptoir',
          sub: 'comptoir',
          aud: server.issuer,
          iat: 1_795_000_000,
          nbf: 1_795_000_000,
          exp: 1_795_000_060,
        })
        ids.add(jti)
      }
      expect(ids.size).toBe(2)
    },
  )
})
