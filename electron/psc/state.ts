import * as z from 'zod'

/** What keeps a configured Pro Santé Connect from being used on this workstation. */
export const impediments = [
  'no-keychain',
  'keychain-locked',
  'keychain-failed',
  'secret-missing',
  'file-missing',
  'file-unreadable',
  'file-invalid',
  'passphrase-wrong',
  'key-mismatch',
  'certificate-expired',
] as const
export type PscImpediment = (typeof impediments)[number]

/** Pro Santé Connect as this workstation knows it. */
export const pscState = z.discriminatedUnion('kind', [
  /** The settings have none. */
  z.strictObject({ kind: z.literal('off') }),
  /**
   * `detail`: a secret's name, a file's, those of a key and of a certificate with the « / » that no name has, or a date
   * (YYYY-MM-DD): never what they hold.
   */
  z.strictObject({
    kind: z.literal('impeded'),
    impediment: z.enum(impediments),
    detail: z.string().nullable(),
  }),
  /** Nothing has been asked of it yet. */
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('available') }),
  z.strictObject({ kind: z.literal('slow') }),
  z.strictObject({ kind: z.literal('unavailable') }),
  /** This workstation's clock against the provider's, in whole minutes: ahead when positive. */
  z.strictObject({ kind: z.literal('clock-wrong'), minutes: z.int() }),
])
export type PscState = z.infer<typeof pscState>

/** What there is to know of it. */
export const pscSnapshot = z.strictObject({
  state: pscState,
  /** Of the service that the settings name; null where they name none. */
  host: z.string().nullable(),
})
export type PscSnapshot = z.infer<typeof pscSnapshot>

/** Before anything is asked of the provider of this issuer; null where the settings have none. */
export function notAsked(issuer: string | null): PscSnapshot {
  return issuer === null
    ? { state: { kind: 'off' }, host: null }
    : { state: { kind: 'unknown' }, host: new URL(issuer).host }
}
