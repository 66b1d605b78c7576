import { createHash, randomBytes } from 'node:crypto'

/** A ticket or a stream token: 256 bits, as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The form of `newSecret`. */
export const secretForm = /^[A-Za-z0-9_-]{43}$/u

/** What is kept of a secret: looking one up tells nothing of it by the time it takes. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
