import { assertNever } from '../assert-never.ts'
import type { Role } from '../operators/operator.ts'
import type { HeldSession, SessionMeans } from '../session/session.ts'
import type { ModuleSettings, SessionClaim } from '../settings/schema.ts'

/** How the operator identified: `after-psc` once Pro Santé Connect has been left, and its level with it. */
export type MeansClaim = 'password' | 'psc-card' | 'psc-e-cps' | 'psc' | 'after-psc'

/** What a token says of the connected operator. What was not granted, or is not known, is absent. */
export type Claims = {
  readonly code?: string
  /** The names of OpenID Connect Core §5.1. */
  readonly given_name?: string
  readonly family_name?: string
  readonly role?: Role
  /** The 11 digits. */
  readonly rpps?: string
  readonly means?: MeansClaim
  /** Only when it is Pro Santé Connect's own word: a broker's level is not it. */
  readonly acr?: string
  /** Since when, and until when at the latest: UTC ISO 8601. They come with any token. */
  readonly since: string
  readonly until: string
}

/** What the settings grant to a module: null, it is told nothing. */
export function grantedTo({ session }: Pick<ModuleSettings, 'session'>): readonly SessionClaim[] | null {
  if (typeof session === 'object') return session.claims
  return session ? ['code', 'name', 'role', 'rpps', 'means', 'acr'] : null
}

/** What a module is told of the connected operator, by what it was granted. */
export function claimsOf(
  { operator, means, since, until }: HeldSession,
  granted: readonly SessionClaim[],
): Claims {
  const acr = means.kind === 'psc' && means.acrFrom === 'psc' ? means.acr : null
  const has = (claim: SessionClaim): boolean => granted.includes(claim)
  return {
    ...(has('code') ? { code: operator.code } : {}),
    ...(has('name') ? { given_name: operator.firstName, family_name: operator.lastName } : {}),
    ...(has('role') ? { role: operator.role } : {}),
    ...(has('rpps') && operator.rpps !== null ? { rpps: operator.rpps.digits } : {}),
    ...(has('means') ? { means: meansClaim(means) } : {}),
    ...(has('acr') && acr !== null ? { acr } : {}),
    since: since.toISOString(),
    until: until.toISOString(),
  }
}

function meansClaim(means: SessionMeans): MeansClaim {
  switch (means.kind) {
    case 'password':
      return 'password'
    case 'psc-left':
      return 'after-psc'
    case 'psc':
      return means.credential === 'unknown' ? 'psc' : `psc-${means.credential}`
    default:
      return assertNever(means)
  }
}
