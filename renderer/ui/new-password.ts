import { texts } from './texts.ts'

/** A password being chosen, typed twice. */
export type NewPassword = { password: string; passwordAgain: string }

/** What is wrong with each of the two fields. How hard the password is to guess is judged by the main process. */
export function wrongNewPassword({ password, passwordAgain }: NewPassword): Partial<NewPassword> {
  const { missing, different } = texts.firstRun
  const wrong: Partial<NewPassword> = {}
  if (password === '') wrong.password = missing
  if (passwordAgain.trim() === '') wrong.passwordAgain = missing
  else if (passwordAgain !== password) wrong.passwordAgain = different
  return wrong
}

/** What somebody who knows the operator would try first. */
export function guessableWords(names: readonly string[], code: string): string[] {
  const words = [...names.flatMap((name) => name.split(/\s+/u)), code.trim()]
  return words.filter((word) => word !== '').slice(0, 10)
}
