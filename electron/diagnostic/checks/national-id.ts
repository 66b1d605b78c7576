import { nationalIdFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'
import { initials, maskedRpps } from '../masked.ts'

/** Who the card names, and which operator that is. */
export const nationalId: Check = {
  id: 'national-id',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const sight = await site.card()
    if (sight.kind === 'off') return t.off
    if (sight.kind === 'failed') return t.noCard
    const { state } = sight.snapshot
    if (state.kind === 'several-cards') return t.several
    if (state.kind !== 'card') return t.noCard
    const { certificate } = state.card
    if (certificate.kind !== 'read') return t.unreadable
    const { nationalId: id } = certificate.holder
    if (id?.kind !== 'rpps') return t.withoutRpps(id?.value ?? null)
    const rpps = { masked: maskedRpps(id.digits), named: id.digits }
    const operator = await site.operatorOf(id.digits).catch(() => 'unknown' as const)
    if (operator === 'unknown') return t.noDatabase
    if (operator === null) return t.unknown(rpps)
    const { code, firstName, lastName } = operator
    return t.known(rpps, code, {
      masked: initials(firstName, lastName),
      named: `${firstName} ${lastName}`,
    })
  },
}
