import { createHash, randomBytes } from 'node:crypto'
import { signIn, type SignInOptions } from './agent.ts'
import type { Simulator } from './simulator.ts'

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
  /** Posts to another endpoint of the metadata, as the confidential client. */
  readonly ask: (endpoint: string, fields: Record<string, string>) => Promise<JsonAnswer>
  readonly endSessionUrl: (parameters: Record<string, string>) => Promise<string>
}

export function relyingParty(
  simulator: Simulator,
  client: { id: string; secret?: string } = { id: 'comptoir' },
): RelyingParty {
  const metadata = async () => (await json(await fetch(simulator.discoveryUrl))).body
  const endpoint = async (name: string) => String((await metadata())[name])
  const post = async (name: string, fields: Record<string, string>) =>
    json(
      await fetch(await endpoint(name), {
        method: 'POST',
        body: new URLSearchParams({
          ...(client.secret === undefined ? { client_id: client.id } : {}),
          ...fields,
        }),
        headers: client.secret === undefined ? {} : { Authorization: basic(client.id, client.secret) },
      }),
    )
  const authorizationUrl = async (extra: Record<string, string | null> = {}) => {
    const url = new URL(await endpoint('authorization_endpoint'))
    const parameters = {
      client_id: client.id,
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
      const address = new URL(await signIn(await authorizationUrl(extra), options))
      const code = address.searchParams.get('code') ?? ''
      const fields = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier }
      const { status, body } = await token({ ...fields, code })
      if (status !== 200) throw new Error(`No tokens: ${address.search} ${JSON.stringify(body)}`)
      return body
    },
    token,
    userinfo: async ({ access_token: accessToken }) =>
      json(
        await fetch(await endpoint('userinfo_endpoint'), {
          headers: { Authorization: `Bearer ${String(accessToken)}` },
        }),
      ),
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

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}
