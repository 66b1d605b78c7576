import type { ClientMetadata } from 'oidc-provider'

const ports = [43110, 43111, 43112]

/** What every client of Comptoir registers. Each port is an address of its own: they are compared as strings. */
const addresses = {
  redirect_uris: ports.map((port) => `http://localhost:${port}/psc/retour`),
  post_logout_redirect_uris: ports.map((port) => `http://localhost:${port}/psc/deconnexion`),
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code' as const],
  client_name: 'Comptoir',
}

/** Not a secret: it opens nothing but the simulator. */
export const simulatedSecret = 'secret-du-simulateur'

/**
 * Comptoir behind a broker, a public client, and Comptoir with a credential of its own. oidc-provider holds a client
 * to one way of authentication, so that each way has its client.
 */
export const usualClients: readonly ClientMetadata[] = [
  { ...addresses, client_id: 'comptoir', token_endpoint_auth_method: 'none' },
  {
    ...addresses,
    client_id: 'comptoir-direct',
    client_secret: simulatedSecret,
    token_endpoint_auth_method: 'client_secret_basic',
  },
  {
    ...addresses,
    client_id: 'comptoir-direct-post',
    client_secret: simulatedSecret,
    token_endpoint_auth_method: 'client_secret_post',
  },
]
