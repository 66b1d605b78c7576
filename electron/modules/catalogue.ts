import type { ModuleTile, Requirement } from '../ipc/views.ts'
import { displayName, hasRole } from '../operators/operator.ts'
import { mayOpen, type Module } from './module.ts'
import { hasPscLevel, type HeldSession } from '../session/session.ts'
import type { OpenModule } from './open-modules.ts'

/**
 * What a module asks for beyond what the connected operator has. With nobody connected only Pro Santé Connect and
 * roles are announced: identifying comes first anyway.
 */
export function requirementOf(module: Module, held: HeldSession | null): Requirement {
  if (held !== null && module.right !== undefined && !mayOpen(held.operator, module)) return { kind: 'right' }
  if (held !== null && module.roles !== undefined && !hasRole(held.operator, module.roles)) {
    return { kind: 'role', roles: module.roles }
  }
  if (module.access === 'psc' && !hasPscLevel(held)) return { kind: 'psc' }
  if (held === null && module.right !== undefined) return { kind: 'right' }
  if (held === null && module.roles !== undefined) return { kind: 'role', roles: module.roles }
  return { kind: 'none' }
}

/** A module as the launcher shows it. */
export function tileOf(module: Module, held: HeldSession | null, open: OpenModule | null): ModuleTile {
  const owner = open?.operator ?? null
  return {
    id: module.id,
    label: module.label,
    shortcut: module.shortcut ?? null,
    kind: module.launch.kind,
    requirement: requirementOf(module, held),
    open: open !== null,
    openedBy: owner === null || owner.id === held?.operator.id ? null : displayName(owner),
  }
}
