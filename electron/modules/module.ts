import { hasRole, type Operator } from '../operators/operator.ts'
import { hasRight, type Right } from '../operators/rights.ts'
import type { Launch, ModuleSettings } from '../settings/schema.ts'
import { texts } from '../../renderer/ui/texts.ts'

/** The pages of Comptoir itself that belong to an operator; each is also the role of its window. */
export type BuiltInPage = 'operators' | 'journal' | 'connections'

/** What the launcher opens. */
export type Module = Omit<ModuleSettings, 'launch'> & {
  readonly launch: Launch | { readonly kind: 'built-in'; readonly page: BuiltInPage }
  /** What its operator must have the right to do; Comptoir's own pages only. */
  readonly right?: Right
}

/** Comptoir's own modules. Their ids are none that comptoir.json could give: those have no colon. */
export const builtInModules: readonly Module[] = [
  builtIn('operators', texts.builtIn.operators, 'manage-operators'),
  builtIn('journal', texts.builtIn.journal, 'read-journal'),
  builtIn('connections', texts.builtIn.connections),
]

/** Whether the operator's role and rights open the module. */
export function mayOpen(operator: Operator, { roles, right }: Module): boolean {
  return hasRole(operator, roles) && (right === undefined || hasRight(operator, right))
}

function builtIn(page: BuiltInPage, label: string, right?: Right): Module {
  const common = { id: `comptoir:${page}`, label, access: 'operator', session: false } as const
  return { ...common, launch: { kind: 'built-in', page }, ...(right === undefined ? {} : { right }) }
}
