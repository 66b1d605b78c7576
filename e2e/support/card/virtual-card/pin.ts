/** The code of a card and its counter of tries, which only the right code restores. */
export type Pin = {
  readonly triesLeft: () => number
  /** Whether the right code was given since the card's last reset. */
  readonly isVerified: () => boolean
  /** One try: resolves to whether it was the right code. None is used once there is none left. */
  readonly verify: (code: string) => boolean
  /** The card has lost its power: the code is to be given again, the tries stay. */
  readonly forget: () => void
}

/** How many tries a new card has (cryptolib-cps.md §2). */
export const maxTries = 3

export function pinOf(code: string, tries: number): Pin {
  let left = tries
  let verified = false
  return {
    triesLeft: () => left,
    isVerified: () => verified,
    verify: (given) => {
      if (left === 0) return false
      verified = given === code
      left = verified ? maxTries : left - 1
      return verified
    },
    forget: () => (verified = false),
  }
}
