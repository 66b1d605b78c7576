import * as z from 'zod'
import { trustOf, type PscSettings } from './psc.ts'
import { settingsSchema, type Settings } from './schema.ts'

/** What is to be registered for this workstation, at ANS or at a broker. Files by their names alone; nothing secret. */
export const connectionSheet = z.strictObject({
  pharmacy: z.strictObject({ name: z.string().nullable(), finess: z.string().nullable() }),
  provider: z.discriminatedUnion('kind', [
    /** The settings have no `psc`: what follows are its defaults. */
    z.strictObject({ kind: z.literal('not-set') }),
    z.strictObject({ kind: z.literal('psc'), environment: z.enum(['sandbox', 'production']) }),
    z.strictObject({ kind: z.literal('other'), host: z.string() }),
  ]),
  clientId: z.string().nullable(),
  serviceName: z.string(),
  clientAuthentication: z.enum([
    'none',
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    'tls_client_auth',
  ]),
  /** Names of the files of the certificate and its key. */
  files: z.array(z.string()),
  redirectUris: z.array(z.string()),
  postLogoutRedirectUris: z.array(z.string()),
  scope: z.string(),
  acrValues: z.string(),
  nationalIdClaim: z.string().nullable(),
  authTimeIsFromPsc: z.boolean(),
  acrIsFromPsc: z.boolean(),
  /** Null where CIBA is not used. */
  cibaChannel: z.enum(['MOBILE', 'CARD']).nullable(),
})
export type ConnectionSheet = z.infer<typeof connectionSheet>

/** The connection sheet of these settings; of the defaults of `psc` where they have none. */
export function connectionSheetOf({
  pharmacy,
  psc: written,
}: Pick<Settings, 'pharmacy' | 'psc'>): ConnectionSheet {
  const psc = written ?? defaults()
  return {
    pharmacy,
    provider: written === undefined ? { kind: 'not-set' } : providerOf(written.issuer),
    clientId: written?.clientId ?? null,
    serviceName: psc.serviceName,
    clientAuthentication: psc.clientAuthentication,
    files: [psc.certificateFile, psc.keyFile, psc.p12File].flatMap((file) =>
      // Without its folder, Windows' or not: pages have no node:path.
      file === null ? [] : [file.replace(/^.*[\\/]/u, '')],
    ),
    redirectUris: psc.redirectUris,
    postLogoutRedirectUris: psc.postLogoutRedirectUris,
    scope: psc.scope,
    acrValues: psc.acrValues,
    nationalIdClaim: psc.nationalIdClaim,
    ...trustOf(psc),
    cibaChannel: psc.ciba.enabled ? psc.ciba.channel : null,
  }
}

function providerOf(issuer: string): ConnectionSheet['provider'] {
  const { host } = new URL(issuer)
  switch (host) {
    // The hosts of ANS's two environments (discovery of each, September 2026).
    case 'auth.bas.psc.esante.gouv.fr':
      return { kind: 'psc', environment: 'sandbox' }
    case 'auth.esw.esante.gouv.fr':
      return { kind: 'psc', environment: 'production' }
    default:
      return { kind: 'other', host }
  }
}

/** `psc` as it is when only what has no default is written; that is not shown. */
function defaults(): PscSettings {
  const unset = { discoveryUrl: 'https://localhost', issuer: 'https://localhost', clientId: '-' }
  return settingsSchema.shape.psc.unwrap().parse(unset)
}
