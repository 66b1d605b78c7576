/** What is said of a series of measures: its median, and the range that holds the middle half. */
export type Summary = {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** Summarises a series that is not empty. */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75), n: sorted.length }
}

/** Each measure of `ours` divided by the one of `theirs` made beside it. */
export function ratiosOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value / (theirs[index] ?? Number.NaN))
}

/** Each measure of `ours` less the one of `theirs` made beside it. */
export function differencesOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value - (theirs[index] ?? Number.NaN))
}
