import type { ModuleTile, Requirement } from '../ipc/views.ts'
import type { Operator } from '../operators/operator.ts'
import type { ModuleSettings } from '../settings/schema.ts'

/**
 * What a module asks for beyond what the connected operator has. With nobody connected only Pro Santé Connect and
 * roles are announced: identifying comes first anyway.
 */
export function requirementOf(module: ModuleSettings, operator: Operator | null): Requirement {
  if (module.access === 'psc') return { kind: 'psc' }
  if (module.roles === undefined || (operator !== null && hasRole(module, operator))) return { kind: 'none' }
  return { kind: 'role', roles: module.roles }
}

/** Whether the operator's role is one of those the module is reserved to, when it is reserved. */
export function hasRole(module: ModuleSettings, operator: Operator): boolean {
  return module.roles === undefined || module.roles.includes(operator.role)
}

/** A module as the launcher shows it. */
export function tileOf(module: ModuleSettings, operator: Operator | null, open: boolean): ModuleTile {
  return {
    id: module.id,
    label: module.label,
    shortcut: module.shortcut ?? null,
    kind: module.launch.kind,
    requirement: requirementOf(module, operator),
    open,
  }
}
