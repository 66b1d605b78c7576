import type { ModuleTile, Requirement } from '../ipc/views.ts'
import { displayName, hasRole, type Operator } from '../operators/operator.ts'
import type { ModuleSettings } from '../settings/schema.ts'
import type { OpenModule } from './open-modules.ts'

/**
 * What a module asks for beyond what the connected operator has. With nobody connected only Pro Santé Connect and
 * roles are announced: identifying comes first anyway.
 */
export function requirementOf(module: ModuleSettings, operator: Operator | null): Requirement {
  if (module.access === 'psc') return { kind: 'psc' }
  if (module.roles === undefined || (operator !== null && hasRole(operator, module.roles)))
    return { kind: 'none' }
  return { kind: 'role', roles: module.roles }
}

/** A module as the launcher shows it. */
export function tileOf(
  module: ModuleSettings,
  operator: Operator | null,
  open: OpenModule | null,
): ModuleTile {
  const owner = open?.operator ?? null
  return {
    id: module.id,
    label: module.label,
    shortcut: module.shortcut ?? null,
    kind: module.launch.kind,
    requirement: requirementOf(module, operator),
    open: open !== null,
    openedBy: owner === null || owner.id === operator?.id ? null : displayName(owner),
  }
}
