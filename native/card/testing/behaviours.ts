/** What a scripted card process does beside answering; « tested »: told to by « Tester ma carte ». */
export const behaviours = [
  'sound',
  /** By a segmentation fault when tested, as the vendor's library would. */
  'segfaults',
  'exits-0',
  'exits-3',
  /** Its only thread blocks for good when tested. */
  'hangs',
  'dies-at-start',
  /** It has named the library; loading it ends it. */
  'dies-once-found',
  /** The same, before it has named any. */
  'dies-searching',
  'says-nothing',
  /** It searches and reads, and comes to something only when it is asked again. */
  'unsettled',
  'talks-nonsense',
  'ignores-tests',
  'ignores-stop',
] as const
export type Behaviour = (typeof behaviours)[number]

/** Throws a `RangeError` for what is none. */
export function parseBehaviour(text: string | undefined): Behaviour {
  const found = behaviours.find((behaviour) => behaviour === text)
  if (found === undefined) throw new RangeError(`no behaviour: ${text}`)
  return found
}
