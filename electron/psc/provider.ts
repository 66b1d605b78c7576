import * as oidc from 'openid-client'
import type { Clock } from '../clock.ts'
import { clientAuthentication } from './client-authentication.ts'
import type { ClientCredential } from './credential.ts'
import { EndpointError } from './endpoint-error.ts'
import { failureOf, MetadataError } from './failure-of.ts'
import { failed, type PscFailure } from './failure.ts'
import { clockTolerance, type Fetch } from './fetch.ts'
import { lifetimeMs } from './lifetime.ts'
import { newTrace, type PscFlow, type PscTrace } from './trace.ts'

/** What the client needs of comptoir.json's `psc`. */
export type PscClientSettings = {
  readonly discoveryUrl: string
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly acrValues: string
  readonly prompt: string | null
  readonly nationalIdClaim: string | null
  /** Whether `auth_time` and `acr` are PSC's own, not a broker's. */
  readonly authTimeIsFromPsc: boolean
  readonly acrIsFromPsc: boolean
}

/** The provider, PSC or a broker, as this workstation knows it. */
export type Provider = {
  readonly settings: PscClientSettings
  readonly clock: Pick<Clock, 'monotonic'>
  /** What openid-client asks it with, for one identification. Rejects with what `failure` reads. */
  readonly configuration: () => Promise<oidc.Configuration>
  /** Posts to one of its endpoints as the client. Rejects with what `failure` reads. */
  readonly post: (url: string, parameters: Readonly<Record<string, string>>) => Promise<Response>
  /** What an error comes to. What is known of the provider may be what is wrong: it is asked again next time. */
  readonly failure: (error: unknown) => PscFailure
  /** The failure that this workstation's clock is, by the provider's last dated answer; null while it keeps nobody out. */
  readonly wrongClock: () => PscFailure | null
  /** Its time by its last dated answer, in seconds since 1970; null before. */
  readonly now: () => number | null
  /** The trace of a try that has learnt nothing yet. */
  readonly trace: (flow: PscFlow) => PscTrace
}

/** openid-client asks for the keys again for an unknown one, unless it has just done it: what we keep is that old to it. */
const keptKeysAge = 60

export function createProvider(
  settings: PscClientSettings,
  credential: ClientCredential,
  clock: Pick<Clock, 'monotonic'>,
  { fetch, providerNow, wrongMinutes }: Fetch,
): Provider {
  const authentication = clientAuthentication(credential, () => providerNow() ?? Date.now() / 1000)
  const insecure = new URL(settings.issuer).protocol === 'http:'
  /** When what was read at an address is asked for again, on the monotonic clock. */
  const goodUntil = new Map<string, number>()
  let metadata: oidc.ServerMetadata | null = null
  let last: oidc.Configuration | null = null

  const isGood = (url = ''): boolean => clock.monotonic() < (goodUntil.get(url) ?? 0)
  const watched: oidc.CustomFetch = async (url, options) => {
    const answer = await fetch(url, options)
    // What is posted is asked as the client, whatever the answer's form (RFC 6749 §5.2).
    if (answer.status === 401 && options.method === 'POST') {
      throw new EndpointError('client-refused', await refusalIn(answer))
    }
    if (options.method === 'GET') {
      goodUntil.set(url, clock.monotonic() + lifetimeMs(answer.headers.get('cache-control')))
    }
    return answer
  }

  const discover = async (): Promise<oidc.ServerMetadata> => {
    const discovered = await oidc.discovery(
      new URL(settings.discoveryUrl),
      settings.clientId,
      {},
      authentication,
      {
        [oidc.customFetch]: watched,
        ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
      },
    )
    const found = discovered.serverMetadata()
    checkMetadata(found, settings.issuer)
    return found
  }

  const wrongClock = (): PscFailure | null => {
    const minutes = wrongMinutes()
    return minutes === null ? null : failed('clock', String(minutes))
  }

  const configuration = async (): Promise<oidc.Configuration> => {
    // A clock that was wrong may have been put right: a new answer is dated.
    if (!isGood(settings.discoveryUrl) || wrongMinutes() !== null) metadata = null
    metadata ??= await discover()
    const config = new oidc.Configuration(
      metadata,
      settings.clientId,
      {
        [oidc.clockTolerance]: clockTolerance,
        use_mtls_endpoint_aliases: credential.kind === 'tls',
      },
      authentication,
    )
    config[oidc.customFetch] = watched
    // The code flow trusts TLS alone unless told otherwise (OpenID Connect Core §3.1.3.7, 6).
    oidc.enableNonRepudiationChecks(config)
    if (insecure) oidc.allowInsecureRequests(config)
    const keys = last === null || !isGood(metadata.jwks_uri) ? undefined : oidc.getJwksCache(last)
    if (keys !== undefined) {
      oidc.setJwksCache(config, { ...keys, uat: Math.floor(Date.now() / 1000) - keptKeysAge })
    }
    last = config
    return config
  }

  return {
    settings,
    clock,
    configuration,
    post: async (url, parameters) => {
      const config = await configuration()
      const body = new URLSearchParams(parameters)
      const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
      // openid-client's type forgets that an assertion is signed in its time.
      const added: unknown = authentication(config.serverMetadata(), config.clientMetadata(), body, headers)
      await added
      return fetch(url, { method: 'POST', headers: Object.fromEntries(headers), body, redirect: 'manual' })
    },
    failure: (error) => {
      goodUntil.clear()
      const failure = failureOf(error)
      return isOfTime(failure, credential) ? (wrongClock() ?? failure) : failure
    },
    wrongClock,
    now: providerNow,
    trace: (flow) => newTrace(flow, settings.issuer, settings.acrIsFromPsc),
  }
}

async function refusalIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null)
  return typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : '401'
}

/** Whether a moment that does not fit may be what is wrong. */
function isOfTime({ reason, detail }: PscFailure, credential: ClientCredential): boolean {
  if (reason === 'credential') return credential.kind === 'private-key'
  return detail === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
}

/**
 * openid-client leaves the issuer unchecked when discovery is not at the standard path (OpenID Connect Discovery
 * §4.3); and what the browser is sent to must be a web address.
 */
function checkMetadata(metadata: oidc.ServerMetadata, issuer: string): void {
  if (metadata.issuer !== issuer) throw new MetadataError('issuer')
  const secure = new URL(issuer).protocol === 'https:'
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } = metadata
  const { end_session_endpoint, backchannel_authentication_endpoint } = metadata
  const needed = { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri }
  const others = { end_session_endpoint, backchannel_authentication_endpoint }
  for (const [name, url] of Object.entries({ ...needed, ...others })) {
    if (url === undefined && !(name in needed)) continue
    if (!isWebAddress(url, secure)) throw new MetadataError(name)
  }
}

function isWebAddress(url: unknown, secure: boolean): boolean {
  return typeof url === 'string' && (secure ? /^https:\/\/[^/]/iu : /^https?:\/\/[^/]/iu).test(url)
}
