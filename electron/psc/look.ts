import type { SecretName } from '../../native/keychain/secrets.ts'
import type { Clock } from '../clock.ts'
import {
  readAuthorities,
  readCredential,
  type ClientCredential,
  type CredentialSettings,
} from './credential.ts'
import { EndpointError } from './endpoint-error.ts'
import { createFetch, type Fetch } from './fetch.ts'
import type { PscImpediment } from './state.ts'

/** What a diagnosis finds of the provider and of the way to it. */
export type ProviderLook = {
  /** What this workstation lacks; `detail` as in state.ts. */
  readonly impeded: { readonly impediment: PscImpediment; readonly detail: string | null } | null
  readonly discovery: DiscoveryLook
  /** By how much this workstation's clock is ahead of the provider's, in milliseconds; null where no answer is dated. */
  readonly aheadMs: number | null
}

export type DiscoveryLook =
  | { readonly kind: 'answered'; readonly tookMs: number }
  /** It answered for another issuer than the one that the settings pin. */
  | { readonly kind: 'other-issuer' }
  /** A page, an error, or anything else that no discovery answers. */
  | { readonly kind: 'not-discovery' }
  /** `code`: the system's or TLS's, or the status that a proxy answered; empty where there is none. */
  | {
      readonly kind: 'unreachable'
      readonly why: 'proxy' | 'certificate' | 'too-slow' | 'other'
      readonly code: string
    }

type Parts = {
  readonly settings: CredentialSettings & {
    readonly issuer: string
    readonly discoveryUrl: string
    readonly caFile: string | null
  }
  readonly proxy: string | null
  /** Rejects with `KeychainError`. */
  readonly secret: (name: SecretName) => Promise<string | null>
  readonly file: (path: string) => Promise<Buffer>
  readonly clock: Clock
  /** What the discovery is given to answer. */
  readonly timeoutMs: number
}

/** A discovery is a few kilobytes. */
const maxBytes = 1024 * 1024

/**
 * Reads the credential and asks for the discovery, once, over a connection of its own: what the program knows of the
 * provider is not touched. Never rejects.
 */
export async function lookAtProvider(parts: Parts): Promise<ProviderLook> {
  const { settings, secret, file, clock } = parts
  const [found, trusted] = await Promise.all([
    readCredential(settings, { secret, file }, clock.now()),
    readAuthorities(settings.caFile, file),
  ])
  const impeded = [found, trusted].find((read) => read.kind === 'impeded') ?? null
  const transport = transportOf(parts, {
    credential: found.kind === 'ready' ? found.credential : null,
    authorities: trusted.kind === 'ready' ? trusted.authorities : null,
  })
  const discovery = await discover(parts, transport)
  const theirs = transport.providerNow()
  transport.close()
  return {
    impeded: impeded === null ? null : { impediment: impeded.impediment, detail: impeded.detail },
    discovery,
    aheadMs: theirs === null ? null : clock.now().getTime() - theirs * 1000,
  }
}

type Proof = { readonly credential: ClientCredential | null; readonly authorities: string | null }

function transportOf({ clock, proxy, timeoutMs }: Parts, { credential, authorities }: Proof): Fetch {
  const identity = credential?.kind === 'tls' ? credential.identity : null
  return createFetch({ timeoutMs, maxBytes }, clock, { proxy, authorities, identity })
}

async function discover({ settings, clock }: Parts, { fetch }: Fetch): Promise<DiscoveryLook> {
  const began = clock.monotonic()
  try {
    const answer = await fetch(settings.discoveryUrl, {
      method: 'GET',
      headers: { accept: 'application/json' },
      body: undefined,
      redirect: 'manual',
    })
    const tookMs = clock.monotonic() - began
    const issuer = answer.ok ? await issuerIn(answer) : null
    if (issuer === null) return { kind: 'not-discovery' }
    return issuer === settings.issuer ? { kind: 'answered', tookMs } : { kind: 'other-issuer' }
  } catch (error) {
    return unreachable(error)
  }
}

/** OpenID Connect Discovery §3: `issuer` is required. */
async function issuerIn(answer: Response): Promise<string | null> {
  const metadata: unknown = await answer.json().catch(() => null)
  if (typeof metadata !== 'object' || metadata === null || !('issuer' in metadata)) return null
  return typeof metadata.issuer === 'string' ? metadata.issuer : null
}

function unreachable(error: unknown): DiscoveryLook {
  if (!(error instanceof EndpointError)) return { kind: 'unreachable', why: 'other', code: '' }
  const { reason, code } = error
  switch (reason) {
    case 'server-error':
    case 'too-large':
      return { kind: 'not-discovery' }
    case 'proxy':
    case 'too-slow':
      return { kind: 'unreachable', why: reason, code }
    case 'untrusted':
    case 'client-refused':
      return { kind: 'unreachable', why: 'certificate', code }
    case 'unreachable':
    case 'cut':
      return { kind: 'unreachable', why: 'other', code }
    default:
      return reason satisfies never
  }
}
