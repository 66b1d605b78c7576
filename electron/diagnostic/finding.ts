/**
 * What « Diagnostic du poste » looks at, in the order of its numbers: what somebody reads aloud over the telephone,
 * « le sept ». A check is never taken out of the middle of this list.
 */
export const checkIds = [
  'settings',
  'cryptolib',
  'smart-card-service',
  'readers',
  'card',
  'national-id',
  'psc',
  'clock',
  'loopback-ports',
  'browser',
  'proxy',
  'keychain',
  'database',
  'backup',
  'journal',
  'disk',
  'remote-session',
  'display',
  'versions',
] as const
export type CheckId = (typeof checkIds)[number]

/** « correct », « à surveiller », « à corriger ». */
export const verdicts = ['fine', 'watch', 'mend'] as const
export type Verdict = (typeof verdicts)[number]

/** What a check found: one sentence, and one of what to do unless all is well. */
export type Finding = {
  readonly verdict: Verdict
  /** Names and RPPS are masked in it. */
  readonly text: string
  /** The same with names and RPPS, where it has some. */
  readonly named: string | null
  readonly remedy: string | null
}

/** The gravest of these; fine where there is none. */
export function worst(found: readonly Verdict[]): Verdict {
  return verdicts.reduce((gravest, verdict) => (found.includes(verdict) ? verdict : gravest), 'fine')
}
