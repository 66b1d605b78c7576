import * as z from 'zod'

export const text = z.string().trim().min(1).max(500)
export const webUrl = z.url({ protocol: /^https?$/u })

/** A complete path, of either system. */
export function absolutePath(error: string) {
  return text.refine((value) => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/u.test(value), { error })
}
