/** What is said of a series of measures: its median, and the range that holds the middle half. */
export type Summary = {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** Summarises a series that is not empty. */
export function summaryOf(values: readonly number[]): Summary {
  return {
    median: quantileOf(values, 0.5),
    low: quantileOf(values, 0.25),
    high: quantileOf(values, 0.75),
    n: values.length,
  }
}

/** The measure that this share of a series, which is not empty, does not exceed. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}

/** Each measure of `ours` divided by the one of `theirs` made beside it. */
export function ratiosOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value / (theirs[index] ?? Number.NaN))
}

/** Each measure of `ours` less the one of `theirs` made beside it. */
export function differencesOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value - (theirs[index] ?? Number.NaN))
}

/**
 * By how much a series grows in so many `steps`: the slopes between any two of its points (Theil and Sen), which no
 * outlier moves.
 */
export function trendOf(points: readonly { at: number; value: number }[], steps: number): Summary {
  return summaryOf(
    points.flatMap((to, index) =>
      points.slice(0, index).map((from) => ((to.value - from.value) / (to.at - from.at)) * steps),
    ),
  )
}
