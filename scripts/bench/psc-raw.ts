import { createHash, createPrivateKey, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent as HttpAgent, createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { SignJWT } from 'jose'
import { signIn, type SignInOptions } from '../../e2e/psc-simulator/agent.ts'
import { cibaGrant } from '../../e2e/psc-simulator/clients.ts'
import type { Credential, Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { now, type Moments } from './psc-login.ts'

/** A client that makes the requests of a login, as the same client, and checks nothing of their answers. */
export type RawClient = {
  readonly logIn: (person: SignInOptions) => Promise<Moments>
  /** By the e-CPS of who has this national id; `answer` is their phone. Resolves to the milliseconds it takes. */
  readonly logInByPhone: (nationalId: string, answer: () => Promise<void>) => Promise<number>
}

/** The last of the registered ones: Comptoir takes the first that is free. */
const redirectUri = 'http://localhost:43112/psc/retour'
const asked = { scope: 'openid scope_all', acr_values: 'eidas1' }
/** As long as Comptoir keeps a connection that serves nothing, in milliseconds. */
export const idleMs = 1000

type Fields = Readonly<Record<string, string>>
type Json = Readonly<Record<string, string>>

/** It knows nothing of the provider yet. */
export function createRawClient(simulator: Simulator, credential: Credential): RawClient {
  const { discoveryUrl, ca } = simulator
  const isTls = credential.method === 'tls_client_auth'
  const identity = isTls ? { cert: credential.certificate, key: credential.key.pem } : {}
  const kept = { keepAlive: true, timeout: idleMs }
  const http = new HttpAgent(kept)
  const https = new HttpsAgent({ ...kept, ca, ...identity })
  const authenticate = authenticationOf(simulator, credential)
  let metadata: Json | null = null

  const ask = async (url: string, headers: Fields = {}, body?: string): Promise<Json> => {
    const options = { method: body === undefined ? 'GET' : 'POST', headers }
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: https })
      : httpRequest(url, { ...options, agent: http })
    const answered = once(request, 'response')
    request.end(body)
    const [message]: IncomingMessage[] = await answered
    if (message?.statusCode !== 200) throw new Error(`${url} answered ${message?.statusCode ?? 'nothing'}`)
    return JSON.parse(await text(message))
  }
  const post = async (endpoint: string, fields: Fields): Promise<Json> => {
    const { headers = {}, fields: own = {} } = await authenticate()
    const body = new URLSearchParams({ ...own, ...fields }).toString()
    return ask(endpoint, { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body)
  }
  /** The requests of a login once there is something to ask tokens with. */
  const finish = async (known: Json, isFirst: boolean, grant: Fields): Promise<number> => {
    const { access_token: accessToken = '' } = await post(known['token_endpoint'] ?? '', grant)
    if (isFirst) await ask(known['jwks_uri'] ?? '')
    await ask(known['userinfo_endpoint'] ?? '', { authorization: `Bearer ${accessToken}` })
    return now()
  }

  return {
    logIn: async (person) => {
      const began = now()
      const isFirst = metadata === null
      const known = (metadata ??= await ask(discoveryUrl))
      const verifier = randomBytes(32).toString('base64url')
      const server = createServer()
      server.listen(Number(new URL(redirectUri).port), '127.0.0.1')
      await once(server, 'listening')
      const url = new URL(known['authorization_endpoint'] ?? '')
      url.search = new URLSearchParams({
        ...asked,
        client_id: credential.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        state: randomBytes(32).toString('base64url'),
        nonce: randomBytes(32).toString('base64url'),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString()
      const out = now()
      const callback = await signIn(url.href, person)
      const back = now()
      const arrival = once(server, 'request')
      const visit = fetch(callback)
      const [request, response] = await arrival
      response.end()
      const done = await finish(known, isFirst, {
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
        code: new URL(request.url, redirectUri).searchParams.get('code') ?? '',
        code_verifier: verifier,
      })
      await (await visit).text()
      server.close()
      server.closeAllConnections()
      return { asked: began, out, back, done }
    },
    logInByPhone: async (nationalId, answer) => {
      const began = now()
      const isFirst = metadata === null
      const known = (metadata ??= await ask(discoveryUrl))
      const request = await post(known['backchannel_authentication_endpoint'] ?? '', {
        ...asked,
        login_hint: nationalId,
        binding_message: '42',
        channel: 'MOBILE',
      })
      const polled = wait(Number(request['interval']) * 1000)
      await answer()
      await polled
      const grant = { grant_type: cibaGrant, auth_req_id: request['auth_req_id'] ?? '' }
      return (await finish(known, isFirst, grant)) - began
    },
  }
}

/** What a request bears to be this client's (OpenID Connect Core §9, RFC 8705 §2). */
type Authentication = { readonly headers?: Fields; readonly fields?: Fields }

function authenticationOf(
  { issuer }: Simulator,
  credential: Credential,
): () => Authentication | Promise<Authentication> {
  const { clientId } = credential
  switch (credential.method) {
    case 'none':
    case 'tls_client_auth':
      return () => ({ fields: { client_id: clientId } })
    case 'client_secret_basic': {
      const pair = Buffer.from(`${clientId}:${credential.clientSecret}`).toString('base64')
      return () => ({ headers: { authorization: `Basic ${pair}` } })
    }
    case 'client_secret_post':
      return () => ({ fields: { client_id: clientId, client_secret: credential.clientSecret } })
    case 'private_key_jwt': {
      const key = createPrivateKey(credential.key.pem)
      // RFC 7523 §2.2.
      return async () => ({
        fields: {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await new SignJWT()
            .setProtectedHeader({ alg: 'RS256' })
            .setIssuer(clientId)
            .setSubject(clientId)
            .setAudience(issuer)
            .setJti(randomBytes(16).toString('base64url'))
            .setIssuedAt()
            .setExpirationTime('60 s')
            .sign(key),
        },
      })
    }
    default:
      return credential satisfies never
  }
}
