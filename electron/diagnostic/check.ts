import type { CheckId, Finding } from './finding.ts'
import type { DiagnosticSite } from './site.ts'

/** One thing that « Diagnostic du poste » looks at. */
export type Check = {
  readonly id: CheckId
  /** What it is given to answer. */
  readonly timeoutMs: number
  /** May reject: what fails is a finding too. `signal` aborts once nobody waits for it any more. */
  readonly look: (site: DiagnosticSite, signal: AbortSignal) => Promise<Finding>
}
