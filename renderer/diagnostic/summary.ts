import type { CheckView } from '../../electron/ipc/diagnostic-views.ts'

/** A check that has ended. */
export type EndedCheck = CheckView & { readonly finding: NonNullable<CheckView['finding']> }

export type Summary = {
  /** How many have ended. */
  readonly done: number
  readonly mend: number
  readonly watch: number
  /** What is not correct: what is to be mended first, then by number. */
  readonly points: readonly EndedCheck[]
}

/** What the checks come to, those under way left out. */
export function summaryOf(checks: readonly CheckView[]): Summary {
  const ended = checks.filter((check): check is EndedCheck => check.finding !== null)
  const mend = ended.filter(({ finding }) => finding.verdict === 'mend')
  const watch = ended.filter(({ finding }) => finding.verdict === 'watch')
  return { done: ended.length, mend: mend.length, watch: watch.length, points: [...mend, ...watch] }
}
