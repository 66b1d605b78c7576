import type { Settings } from './schema.ts'

/** `psc` of comptoir.json, where it is there. */
export type PscSettings = NonNullable<Settings['psc']>

/**
 * Pro Santé Connect as this workstation can use it: null when it is not configured, or wants a credential, which
 * this version does not keep.
 */
export function usablePsc({ psc }: Pick<Settings, 'psc'>): PscSettings | null {
  return psc?.clientAuthentication === 'none' ? psc : null
}

/** Whether Pro Santé Connect can be used on this workstation. */
export function pscIsOn(settings: Pick<Settings, 'psc'>): boolean {
  return usablePsc(settings) !== null
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
