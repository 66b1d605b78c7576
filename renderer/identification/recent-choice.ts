import type { RecentOperator } from '../../electron/ipc/views.ts'

/** The codes that begin as what stands in the field, whatever its case; none while it is empty. */
export function matchesOf(recent: readonly RecentOperator[], typed: string): string[] {
  const wanted = wantedBy(typed)
  if (wanted === '') return []
  return recent.map(({ code }) => code).filter((code) => code.startsWith(wanted))
}

/**
 * Whom an arrow leads to, down (1) or up (-1), round and round: after the one whose code stands in the field, or else to
 * the first whose code begins as it does, or else to an end of the list. Null: there is nobody.
 */
export function nextOf(
  recent: readonly RecentOperator[],
  typed: string,
  step: number,
): RecentOperator | null {
  const wanted = wantedBy(typed)
  const from = recent.findIndex(({ code }) => code === wanted)
  if (from !== -1) return recent[(from + step + recent.length) % recent.length] ?? null
  const begun = wanted === '' ? undefined : recent.find(({ code }) => code.startsWith(wanted))
  return begun ?? recent.at(step > 0 ? 0 : -1) ?? null
}

function wantedBy(typed: string): string {
  return typed.trim().toUpperCase()
}
