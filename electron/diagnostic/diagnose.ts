import { diagnosticTexts as t } from '../../renderer/ui/texts/diagnostic.ts'
import { assistanceCode } from './assistance-code.ts'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import { worst, type CheckId, type Finding, type Verdict } from './finding.ts'
import type { DiagnosticSite } from './site.ts'
import { statesOf } from './states.ts'

/** A check and what it found; `number`: from 1, as it is read over the telephone. */
export type Checked = { readonly id: CheckId; readonly number: number; readonly finding: Finding }

export type Diagnosis = {
  /** When it ended, UTC ISO 8601. */
  readonly at: string
  /** In the order of their numbers. */
  readonly checks: readonly Checked[]
  /** The gravest. */
  readonly verdict: Verdict
  /** « K4-27 ». */
  readonly code: string
}

type Course = {
  /** Each check as it ends, in no order. */
  readonly ended?: (check: Checked) => void
  /** Nobody waits for it any more: what is under way is given up. */
  readonly signal?: AbortSignal
  readonly list?: readonly Check[]
}

/**
 * Makes every check at once, each within its own time: the whole takes no longer than the longest of them. A check
 * that overruns, or fails, is a finding like another. Never rejects.
 */
export async function diagnose(
  site: DiagnosticSite,
  { ended = () => undefined, signal = never, list = checks }: Course = {},
): Promise<Diagnosis> {
  const underWay = list.map((check) => ({ check, ending: new AbortController() }))
  const abort = (): void => {
    for (const { ending } of underWay) ending.abort()
  }
  signal.addEventListener('abort', abort)
  const found = underWay.map(async ({ check, ending }, index): Promise<Checked> => {
    const finding = await inTime(check, site, ending)
    const checked = { id: check.id, number: index + 1, finding }
    ended(checked)
    return checked
  })
  if (signal.aborted) abort()
  const made = await Promise.all(found)
  signal.removeEventListener('abort', abort)
  return {
    at: site.clock.now().toISOString(),
    checks: made,
    verdict: worst(made.map(({ finding }) => finding.verdict)),
    code: assistanceCode(await statesOf(site)),
  }
}

const never = new AbortController().signal

/** What a check finds, or that it did not answer; `ending` is then aborted. */
function inTime(check: Check, site: DiagnosticSite, ending: AbortController): Promise<Finding> {
  return new Promise<Finding>((resolve) => {
    const late = setTimeout(() => resolve(t.tooSlow(check.timeoutMs / 1000)), check.timeoutMs)
    ending.signal.addEventListener('abort', () => {
      clearTimeout(late)
      resolve(t.givenUp)
    })
    // A check that throws rather than rejects fails alone too.
    void Promise.resolve()
      .then(() => check.look(site, ending.signal))
      .catch(() => t.failed)
      .then(resolve)
      .finally(() => clearTimeout(late))
  }).finally(() => ending.abort())
}
