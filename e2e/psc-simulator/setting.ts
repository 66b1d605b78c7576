import type { ClientMetadata } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import type { SimulatedClock } from './clock.ts'
import type { SigningKeys } from './id-tokens.ts'
import type { Storage } from './storage.ts'

/** What one simulator is made of. */
export type Setting = {
  /** `http://localhost:PORT` */
  readonly url: string
  readonly issuer: string
  readonly clients: readonly ClientMetadata[]
  /** Empty at PSC itself. */
  readonly traits: BrokerTraits
  readonly clock: SimulatedClock
  readonly storage: Storage
  readonly keys: SigningKeys
}

/** PSC's realm (psc.md §1). */
export const realmPath = '/auth/realms/esante-wallet'
/** Where the pages on which somebody identifies are, inside the realm. */
export const pagesPath = '/connexion'

const protocol = '/protocol/openid-connect'

/** Where Keycloak has its endpoints (psc.md §1), inside the realm. */
export const routes = {
  authorization: `${protocol}/auth`,
  token: `${protocol}/token`,
  userinfo: `${protocol}/userinfo`,
  jwks: `${protocol}/certs`,
  end_session: `${protocol}/logout`,
  revocation: `${protocol}/revoke`,
  introspection: `${protocol}/token/introspect`,
}
