import type { OperatorAction, OperatorSheet } from '../../electron/ipc/operator-views.ts'

/** Why an action that one would expect cannot be done, as the page explains it. */
export type Hindrance = 'last-titulaire' | 'reserved' | 'own-password' | 'own-trust'
export type Possible = { readonly action: OperatorAction; readonly hindrance: Hindrance | null }

/**
 * What makes sense for an operator in their state, in the order of the page, each with what stands in its way;
 * `ownCode`: of who would do it.
 */
export function possibleActions(sheet: OperatorSheet, ownCode: string): Possible[] {
  if (sheet.presence === 'departed') return []
  const sensible: OperatorAction[] = []
  if (sheet.blocked) sensible.push('unblock')
  sensible.push(sheet.presence === 'suspended' ? 'resume' : 'suspend', 'reset-password')
  if (sheet.rpps !== null) sensible.push('unlink-rpps')
  sensible.push('depart')
  return sensible.map((action) => ({ action, hindrance: hindranceOf(sheet, ownCode, action) }))
}

function hindranceOf(
  { code, role, reservedToTitulaires, lastTitulaire }: OperatorSheet,
  ownCode: string,
  action: OperatorAction,
): Hindrance | null {
  if (reservedToTitulaires) return 'reserved'
  if (action === 'reset-password' && code === ownCode) return 'own-password'
  if (action === 'unlink-rpps' && code === ownCode && role !== 'titulaire') return 'own-trust'
  return lastTitulaire && (action === 'suspend' || action === 'depart') ? 'last-titulaire' : null
}
