import type { PscSettings } from './psc-schema.ts'
import type { Settings } from './schema.ts'

export type { PscSettings } from './psc-schema.ts'

/** Pro Santé Connect as the settings have it; null where they have none. */
export function usablePsc({ psc }: Pick<Settings, 'psc'>): PscSettings | null {
  return psc ?? null
}

/**
 * Whether what the provider says of the authentication is PSC's own word: as the settings tell, else on the direct road
 * only. With a broker (a public client, product §5) both are the broker's own.
 */
export function trustOf({ clientAuthentication, authTimeIsFromPsc, acrIsFromPsc }: PscSettings): {
  authTimeIsFromPsc: boolean
  acrIsFromPsc: boolean
} {
  const direct = clientAuthentication !== 'none'
  return { authTimeIsFromPsc: authTimeIsFromPsc ?? direct, acrIsFromPsc: acrIsFromPsc ?? direct }
}

/** By what Pro Santé Connect is asked without a browser (CIBA); null where it is not: a public client cannot ask. */
export function cibaChannelOf({ clientAuthentication, ciba }: PscSettings): 'MOBILE' | 'CARD' | null {
  return ciba.enabled && clientAuthentication !== 'none' ? ciba.channel : null
}
