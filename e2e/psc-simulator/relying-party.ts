import { createHash, createPrivateKey, randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { assertNever } from '../../electron/assert-never.ts'
import { signIn, type SignInOptions } from './agent.ts'
import { fetchWith, type Tls } from './fetch.ts'
import type { Credential, Simulator } from './simulator.ts'

// A client without any check of its own, for the tests of the simulator: it shows what is answered, right or wrong.

export type Json = Record<string, unknown>
export type JsonAnswer = { readonly status: number; readonly headers: Headers; readonly body: Json }

export const redirectUri = 'http://localhost:43111/psc/retour'
export const postLogoutRedirectUri = 'http://localhost:43111/psc/deconnexion'

const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

export type RelyingParty = {
  readonly metadata: () => Promise<Json>
  /** Where the browser is sent; a parameter of `null` is left out. */
  readonly authorizationUrl: (extra?: Record<string, string | null>) => Promise<string>
  /** One identification, from the browser to the tokens. */
  readonly login: (options: SignInOptions, extra?: Record<string, string | null>) => Promise<Json>
  readonly token: (fields: Record<string, string>) => Promise<JsonAnswer>
  readonly userinfo: (tokens: Json) => Promise<JsonAnswer>
  /** Posts to another endpoint of the metadata, authenticated as this client. */
  readonly ask: (endpoint: string, fields: Record<string, string>) => Promise<JsonAnswer>
  readonly endSessionUrl: (parameters: Record<string, string>) => Promise<string>
}

/** How to ask, and what to send along, as this client. */
type Authenticated = {
  readonly tls: Tls
  readonly headers: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
}

/** @param credential the public client's unless told */
export function relyingParty(
  { discoveryUrl, issuer, ca }: Pick<Simulator, 'discoveryUrl' | 'issuer'> & { readonly ca?: string },
  credential: Credential = { method: 'none', clientId: 'comptoir' },
  browser: Pick<SignInOptions, 'cookies' | 'through'> = {},
): RelyingParty {
  const trusted = ca === undefined ? {} : { ca }
  const metadata = async () => (await json(await fetchWith(trusted, discoveryUrl))).body
  const endpoint = async (name: string) => String((await metadata())[name])
  const authenticated = () => authenticate(credential, trusted, issuer)
  const post = async (name: string, fields: Record<string, string>) => {
    const own = await authenticated()
    const body = new URLSearchParams({ ...own.fields, ...fields })
    return json(
      await fetchWith(own.tls, await endpoint(name), { method: 'POST', body, headers: own.headers }),
    )
  }
  const authorizationUrl = async (extra: Record<string, string | null> = {}) => {
    const url = new URL(await endpoint('authorization_endpoint'))
    const parameters = {
      client_id: credential.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      state: 'etat',
      nonce: 'hasard',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...extra,
    }
    for (const [name, value] of Object.entries(parameters))
      if (value !== null) url.searchParams.set(name, value)
    return url.href
  }
  const token = (fields: Record<string, string>) => post('token_endpoint', fields)
  return {
    metadata,
    authorizationUrl,
    login: async (options, extra) => {
      const address = new URL(
        await signIn(await authorizationUrl(extra), { ...trusted, ...browser, ...options }),
      )
      const code = address.searchParams.get('code') ?? ''
      const fields = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier }
      const { status, body } = await token({ ...fields, code })
      if (status !== 200) throw new Error(`No tokens: ${address.search} ${JSON.stringify(body)}`)
      return body
    },
    token,
    userinfo: async ({ access_token: accessToken }) => {
      const { tls } = await authenticated()
      const headers = { Authorization: `Bearer ${String(accessToken)}` }
      return json(await fetchWith(tls, await endpoint('userinfo_endpoint'), { headers }))
    },
    ask: post,
    endSessionUrl: async (parameters) =>
      `${await endpoint('end_session_endpoint')}?${new URLSearchParams(parameters)}`,
  }
}

async function json(response: Response): Promise<JsonAnswer> {
  const { status, headers } = response
  const text = await response.text()
  const body: Json = text === '' ? {} : JSON.parse(text)
  return { status, headers, body }
}

async function authenticate(credential: Credential, trusted: Tls, issuer: string): Promise<Authenticated> {
  const { clientId } = credential
  const own: Authenticated = { tls: trusted, headers: {}, fields: { client_id: clientId } }
  switch (credential.method) {
    case 'none':
      return own
    case 'client_secret_basic':
      return { ...own, headers: { Authorization: basic(clientId, credential.clientSecret) }, fields: {} }
    case 'client_secret_post':
      return { ...own, fields: { ...own.fields, client_secret: credential.clientSecret } }
    case 'private_key_jwt':
      return { ...own, fields: await assertion(clientId, credential.key.pem, issuer) }
    case 'tls_client_auth':
      return { ...own, tls: { ...trusted, cert: credential.certificate, key: credential.key.pem } }
    default:
      return assertNever(credential)
  }
}

/** RFC 7523 §2.2. */
async function assertion(clientId: string, pem: string, issuer: string): Promise<Record<string, string>> {
  const jwt = new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setJti(randomBytes(16).toString('base64url'))
    .setIssuedAt()
    .setExpirationTime('60 s')
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await jwt.sign(createPrivateKey(pem)),
  }
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}
