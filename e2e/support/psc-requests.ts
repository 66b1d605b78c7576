import type { Simulator } from '../psc-simulator/simulator.ts'
import { tap } from './wiretap.ts'

/**
 * What a simulator is asked from now on, in order: the last word of each address, as its provider knows it, and the
 * names of what is posted, sorted.
 */
export function requestsTo({ url }: Pick<Simulator, 'url'>): readonly string[] {
  const requests: string[] = []
  tap(Number(new URL(url).port), ({ request, asked }) => {
    const { pathname } = new URL(request.url ?? '/', url)
    const posted = [...new URLSearchParams(asked).keys()].toSorted()
    requests.push([pathname.split('/').at(-1), ...posted].join(' '))
  })
  return requests
}

/** What asks how Pro Santé Connect is. */
export const discovery = 'openid-configuration'
/** What a public client ends a session with, and what it revokes. */
export const silentLogout = 'logout client_id refresh_token'
export const revocation = 'revoke client_id token token_type_hint'
