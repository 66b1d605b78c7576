import type { ClientMetadata } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import type { Phone } from './ciba/phone.ts'
import type { SimulatedClock } from './clock.ts'
import type { Means } from './identities.ts'
import type { KeyRing } from './key-ring.ts'
import type { Storage } from './storage.ts'

/** What one provider is made of: the simulator of Pro Santé Connect, or a broker before it. */
export type Setting = {
  /** `http://localhost:PORT`, or `https` */
  readonly url: string
  /** The path under which everything of it is. */
  readonly realm: string
  readonly issuer: string
  readonly clients: readonly ClientMetadata[]
  /** Empty at PSC itself. */
  readonly traits: BrokerTraits
  /** Whether it advertises what PSC does. */
  readonly isPsc: boolean
  readonly clock: SimulatedClock
  readonly storage: Storage
  readonly keys: KeyRing
  /** What PSC's userinfo says of whoever has this `sub`; undefined: nobody has. */
  readonly userinfo: (sub: unknown, means: Means) => Record<string, unknown> | undefined
  /** null: no CIBA. */
  readonly phone: Phone | null
  readonly cacheControl: CacheControl
}

/** `Cache-Control` of what clients keep; they are told nothing unless it is said. */
export type CacheControl = { readonly discovery?: string; readonly jwks?: string }

/** The scopes that may be asked; PSC says that it has others too (psc.md §1). */
export const pscScopes = [
  'openid',
  'scope_all',
  'identity',
  'profile',
  'email',
  'rpps',
  'referentiel',
  'interop',
] as const

/** PSC's realm (psc.md §1). */
export const realmPath = '/auth/realms/esante-wallet'
/** Where the pages on which somebody identifies are, inside the realm. */
export const pagesPath = '/connexion'

const protocol = '/protocol/openid-connect'

/** Where Keycloak has its endpoints (psc.md §1, §7), inside the realm. */
export const routes = {
  authorization: `${protocol}/auth`,
  token: `${protocol}/token`,
  userinfo: `${protocol}/userinfo`,
  jwks: `${protocol}/certs`,
  end_session: `${protocol}/logout`,
  revocation: `${protocol}/revoke`,
  introspection: `${protocol}/token/introspect`,
  backchannel_authentication: `${protocol}/ext/ciba/auth`,
  pushed_authorization_request: `${protocol}/ext/par/request`,
}
