import * as z from 'zod'

/** A text that says something. A control character is a path whose « \ » JSON took for its own: "C:\temp" has a tab. */
export const text = z
  .string()
  .trim()
  .min(1, { error: 'attendu : un texte qui ne soit pas vide' })
  .max(500)
  .refine((value) => !/\p{Cc}/u.test(value), {
    error: "attendu : un texte sans caractère de contrôle ; dans un chemin, chaque « \\ » s'écrit « \\\\ »",
  })

const webProtocol = /^https?$/u

/** The address of a page. */
export const webUrl = z
  .url({ protocol: webProtocol, error: 'attendu : une adresse https://…' })
  .meta({ pattern: '^[Hh][Tt]{2}[Pp][Ss]?:' })

/** What follows names, in the JSON Schema that editors show: a title and a description, in French. */
export function said(title: string, description: string): { title: string; description: string } {
  return { title, description }
}

/** What a text is the address of; null: it is none. Refinements see those too. */
export function addressOf(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    return null
  }
}

/**
 * Whether the user and the password of an address can be read, as psc/proxy.ts does: in UTF-8 behind their « % ». What is
 * no address has none.
 */
export function hasReadableUser(value: string): boolean {
  try {
    const address = addressOf(value)
    decodeURIComponent(address?.username ?? '')
    decodeURIComponent(address?.password ?? '')
    return true
  } catch {
    return false
  }
}

/** Whether an address is only an origin: a scheme, a host, a port. What is no address is not asked. */
export function isOrigin(value: string): boolean {
  const address = addressOf(value)
  return address === null || address.origin === value.replace(/\/$/u, '').toLowerCase()
}

/** A complete path, of either system. */
export function absolutePath(error: string) {
  return text.regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)/u, { error })
}

type Issue = { readonly code?: string | undefined; readonly path?: readonly PropertyKey[] | undefined }

/**
 * Whether nothing is wrong so far with the value at `path`, seen from what `issues` are about. A rule over several keys
 * asks it of each: it is then told beside any other fault, and never of a value that is not what it should be.
 */
export function isSound(issues: readonly Issue[], ...path: readonly PropertyKey[]): boolean {
  return !issues.some(
    ({ code, path: at = [] }) =>
      // An unknown key leaves the others as they are.
      code !== 'unrecognized_keys' && at.slice(0, path.length).every((key, index) => key === path[index]),
  )
}

/** For rules over several keys of an object, which zod otherwise skips once anything is wrong. */
export const besideOthers = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
}
