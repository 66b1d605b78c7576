import { diagnosticTexts as t } from '../../renderer/ui/texts/diagnostic.ts'
import type { Checked, Diagnosis } from './diagnose.ts'
import type { Finding, Verdict } from './finding.ts'
import type { Versions } from './site.ts'

/** Where a report was made. */
export type ReportOrigin = {
  readonly workstation: string
  readonly versions: Pick<Versions, 'comptoir' | 'system'>
}

/** `named`: names and RPPS in clear. */
export type ReportForm = { readonly named: boolean }

/** What is copied, saved, printed or read aloud: a line for each check, one for its remedy, ended by a newline. */
export function reportText(
  diagnosis: Diagnosis,
  { workstation, versions }: ReportOrigin,
  form: ReportForm,
): string {
  const { at, checks, code } = diagnosis
  const lines = [
    t.report.title,
    t.report.origin(workstation, versions.comptoir, versions.system),
    t.report.at(at),
    t.report.code(code),
    t.report.verdict(numbersOf(checks, 'mend'), numbersOf(checks, 'watch')),
    '',
    ...checks.flatMap(({ id, number, finding }) => {
      const line = t.report.check(number, t.checks[id].name, finding.verdict, toldIn(finding, form))
      return finding.remedy === null ? [line] : [line, t.report.remedy(finding.remedy)]
    }),
    '',
    form.named ? t.report.named : t.report.masked,
  ]
  return `${lines.join('\n')}\n`
}

function numbersOf(checks: readonly Checked[], wanted: Verdict): number[] {
  return checks.filter(({ finding }) => finding.verdict === wanted).map(({ number }) => number)
}

/** As `--diagnostic --json` prints it: these keys stay. */
export type ReportJson = {
  readonly version: string
  readonly workstation: string
  /** UTC ISO 8601. */
  readonly at: string
  readonly code: string
  readonly verdict: Verdict
  readonly checks: readonly {
    readonly number: number
    readonly id: string
    readonly verdict: Verdict
    readonly text: string
    readonly remedy: string | null
  }[]
}

export function reportJson(
  { at, checks, verdict, code }: Diagnosis,
  { workstation, versions }: ReportOrigin,
  form: ReportForm,
): ReportJson {
  return {
    version: versions.comptoir,
    workstation,
    at,
    code,
    verdict,
    checks: checks.map(({ number, id, finding }) => ({
      number,
      id,
      verdict: finding.verdict,
      text: toldIn(finding, form),
      remedy: finding.remedy,
    })),
  }
}

/** A finding as it is told, masked or not. */
export function toldIn({ text, named }: Finding, form: ReportForm): string {
  return form.named ? (named ?? text) : text
}
