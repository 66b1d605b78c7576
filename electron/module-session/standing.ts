import type { Operator } from '../operators/operator.ts'
import { hasPscLevel, type HeldSession, type SessionState } from '../session/session.ts'
import type { ModuleSettings } from '../settings/schema.ts'

/**
 * Where the operator who opened a module stands: in front; locked; another one came in front of them; their session is
 * over, or no longer has the Pro Santé Connect that the module asks for.
 */
export type Standing =
  { readonly kind: 'here'; readonly held: HeldSession } | { readonly kind: 'locked' | 'changed' | 'ended' }

/** Tells it from the state alone; who came in front is never part of it. */
export function standingOf(
  { access }: Pick<ModuleSettings, 'access'>,
  operator: Operator,
  { session, suspended }: SessionState,
): Standing {
  const isTheirs = (held: HeldSession): boolean => held.operator.id === operator.id
  if (session.kind !== 'none' && isTheirs(session.held)) {
    if (access === 'psc' && !hasPscLevel(session.held)) return { kind: 'ended' }
    return session.kind === 'locked' ? { kind: 'locked' } : { kind: 'here', held: session.held }
  }
  return suspended.some(isTheirs) ? { kind: 'changed' } : { kind: 'ended' }
}
