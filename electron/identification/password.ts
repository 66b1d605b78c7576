import { hashText, isHashOf } from '../argon2id.ts'

const maxPasswordCharacters = 128

/** A hash of the same parameters, a constant so that the very first unknown code costs no more than a known one. */
export const nobodysHash =
  '$argon2id$v=19$m=65536,t=3,p=1$vWvqkVXSGS1T/IT7mb8k4A$KFkiKYX2MOOELunmczeC1Y10QE/owZOFSMY7SGTnNLs'

/** The form in which a password is hashed and measured: Unicode NFC, so that keyboards do not matter. */
function normalisePassword(password: string): string {
  return password.normalize('NFC')
}

/** Whether two passwords typed are one, however a keyboard composes its accents. */
export function isSamePassword(one: string, other: string): boolean {
  return normalisePassword(one) === normalisePassword(other)
}

/** Whether the password has more than 128 characters (Unicode code points). */
export function isTooLong(password: string): boolean {
  return Array.from(normalisePassword(password)).length > maxPasswordCharacters
}

/**
 * Hashes a password, off the main thread. Resolves to a PHC string with its own salt; rejects with `RangeError`
 * when the password is longer than 128 characters.
 */
export async function hashPassword(password: string): Promise<string> {
  if (isTooLong(password)) throw new RangeError('password too long')
  return hashText(normalisePassword(password))
}

/** Whether `password` is the one that `hash` (a PHC string) was made of. Rejects when `hash` is not one. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  // Too long to be anybody's: the same work is done all the same.
  if (isTooLong(password)) return verifyAgainstNobody('')
  return isHashOf(hash, normalisePassword(password))
}

/** The work of `verifyPassword` for a code that nobody has: the same time, always false. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  await isHashOf(nobodysHash, isTooLong(password) ? '' : normalisePassword(password))
  return false
}
