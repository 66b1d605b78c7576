/** A version as Semantic Versioning 2.0.0 writes them, without its build, which orders nothing (§10). */
export type Version = {
  readonly numbers: readonly [number, number, number]
  /** Empty for a release. */
  readonly prerelease: readonly string[]
}

const number = String.raw`(?:0|[1-9]\d{0,8})`
const identifier = String.raw`(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)`
const form = new RegExp(
  String.raw`^(${number})\.(${number})\.(${number})(?:-(${identifier}(?:\.${identifier})*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$`,
  'u',
)
/** No program has a longer one. */
const longest = 64

/** Null: it is none. */
export function parseVersion(text: string): Version | null {
  const [whole, major, minor, patch, prerelease] = (text.length <= longest ? form.exec(text) : null) ?? []
  if (whole === undefined) return null
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    prerelease: prerelease?.split('.') ?? [],
  }
}

/** Whether one comes after the other (§11). */
export function isNewer(one: Version, other: Version): boolean {
  const numbers = one.numbers.map((each, index) => each - (other.numbers[index] ?? 0))
  const difference = numbers.find((each) => each !== 0)
  return (difference ?? prereleaseOrder(one.prerelease, other.prerelease)) > 0
}

/** Above 0: the first comes after the second. A release comes after all that leads to it. */
function prereleaseOrder(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length
  for (const [index, mine] of one.entries()) {
    const theirs = other[index]
    if (theirs === undefined) return 1
    if (mine !== theirs) return identifierOrder(mine, theirs)
  }
  return one.length - other.length
}

/** Numbers come before words, and in their order; words in that of ASCII. They differ. */
function identifierOrder(mine: string, theirs: string): number {
  const [myNumber, theirNumber] = [mine, theirs].map((each) => /^\d+$/u.test(each))
  if (myNumber === true && theirNumber === true)
    return mine.length - theirs.length || (mine < theirs ? -1 : 1)
  if (myNumber !== theirNumber) return myNumber === true ? -1 : 1
  return mine < theirs ? -1 : 1
}
