import * as z from 'zod'

export const text = z.string().trim().min(1).max(500)
export const webUrl = z.url({ protocol: /^https?$/u })

/** Whether the user and the password of an address can be read, as psc/proxy.ts does: in UTF-8 behind their « % ». */
export function hasReadableUser(address: string): boolean {
  const { username, password } = new URL(address)
  try {
    decodeURIComponent(username)
    decodeURIComponent(password)
    return true
  } catch {
    return false
  }
}

/** A complete path, of either system. */
export function absolutePath(error: string) {
  return text.refine((value) => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/u.test(value), { error })
}
