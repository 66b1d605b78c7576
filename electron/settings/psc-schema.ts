import * as z from 'zod'
import { absolutePath, text, webUrl } from './values.ts'

const file = absolutePath('attendu : le chemin complet du fichier').nullable().default(null)

const loopbackUri = z
  .string()
  .regex(/^http:\/\/localhost:\d{4,5}\/\S*$/u, {
    error: 'attendu : http://localhost:{port}/{chemin}',
    abort: true,
  })
  .refine((uri) => portOf(uri) < 65_536, { error: 'attendu : un port de 65535 au plus' })

const usualPorts = [43110, 43111, 43112]
const usualPostLogoutUris = usualPorts.map((port) => `http://localhost:${port}/psc/deconnexion`)

/** `psc` of comptoir.json. */
export const pscSchema = z
  .strictObject({
    discoveryUrl: webUrl,
    issuer: webUrl,
    clientId: text,
    serviceName: text.default('Comptoir'),
    clientAuthentication: z
      .enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'])
      .default('none'),
    caFile: file,
    certificateFile: file,
    keyFile: file,
    p12File: file,
    redirectUris: z
      .array(loopbackUri)
      .min(1)
      .default(usualPorts.map((port) => `http://localhost:${port}/psc/retour`)),
    postLogoutRedirectUris: z.array(loopbackUri).default(usualPostLogoutUris),
    scope: text.default('openid scope_all'),
    acrValues: text.default('eidas1'),
    prompt: text.nullable().default(null),
    // What `sub` is belongs to the provider: it may contain the identifier and is not it.
    nationalIdClaim: text
      .refine((claim) => claim !== 'sub', {
        error: "attendu : le nom de l'attribut (claim) qui porte l'identifiant national, jamais « sub »",
      })
      .nullable()
      .default(null),
    authTimeIsFromPsc: z.boolean().nullable().default(null),
    acrIsFromPsc: z.boolean().nullable().default(null),
    timeoutSeconds: z.int().min(30).max(900).default(180),
    ciba: z
      .strictObject({
        enabled: z.boolean().default(false),
        channel: z.enum(['MOBILE', 'CARD']).default('MOBILE'),
      })
      .prefault({}),
  })
  .superRefine((psc, context) => {
    // What is compared must be what it should be.
    if (context.issues.length > 0) return
    for (const [message, ...path] of [
      ...faultsOfProvider(psc),
      ...faultsOfFiles(psc),
      ...faultsOfPorts(psc),
    ]) {
      context.addIssue({ code: 'custom', path, message })
    }
  })

/** `psc` of comptoir.json, with its defaults. */
export type PscSettings = z.infer<typeof pscSchema>

/** What was expected, then where. */
type Fault = readonly [string, ...(string | number)[]]

function* faultsOfProvider({
  issuer,
  discoveryUrl,
  clientAuthentication,
  ciba,
}: PscSettings): Generator<Fault> {
  const { protocol } = new URL(issuer)
  if (new URL(discoveryUrl).protocol !== protocol) {
    yield ["attendu : le même protocole (http ou https) que celui d'issuer", 'discoveryUrl']
  }
  if (clientAuthentication === 'tls_client_auth' && protocol !== 'https:') {
    yield ['attendu : une adresse https avec tls_client_auth', 'issuer']
  }
  // CIBA Core §7.1: the client is authenticated.
  if (clientAuthentication === 'none' && ciba.enabled) {
    yield ["attendu : false, sauf quand clientAuthentication n'est pas « none »", 'ciba', 'enabled']
  }
}

const usedFiles = {
  none: [],
  client_secret_basic: [],
  client_secret_post: [],
  private_key_jwt: ['keyFile'],
  tls_client_auth: ['certificateFile', 'keyFile', 'p12File'],
} as const satisfies Record<PscSettings['clientAuthentication'], readonly string[]>

/** A file that would not serve is a fault: whoever wrote it believes that it does. */
function* faultsOfFiles(psc: PscSettings): Generator<Fault> {
  const { clientAuthentication: method, certificateFile, keyFile, p12File } = psc
  const used: readonly string[] = usedFiles[method]
  for (const name of ['certificateFile', 'keyFile', 'p12File'] as const) {
    if (psc[name] !== null && !used.includes(name))
      yield [`attendu : null ; ${method} ne s'en sert pas`, name]
  }
  if (method === 'private_key_jwt' && keyFile === null) {
    yield ['attendu : le fichier de la clé privée, avec private_key_jwt', 'keyFile']
  }
  if (method !== 'tls_client_auth') return
  if (p12File !== null) {
    if (certificateFile !== null || keyFile !== null) {
      yield [
        'attendu : null, ou certificateFile et keyFile à null : le certificat est dans un seul',
        'p12File',
      ]
    }
    return
  }
  if (certificateFile === null) {
    yield ['attendu : le fichier du certificat (ou p12File), avec tls_client_auth', 'certificateFile']
  }
  if (keyFile === null) yield ['attendu : le fichier de la clé privée, avec certificateFile', 'keyFile']
}

/** Comptoir listens on one port at a time, for the return from a login and from a logout. */
function* faultsOfPorts({ redirectUris, postLogoutRedirectUris }: PscSettings): Generator<Fault> {
  yield* samePorts(redirectUris, 'redirectUris')
  yield* samePorts(postLogoutRedirectUris, 'postLogoutRedirectUris')
  const pathnames = new Map(redirectUris.map((uri) => [portOf(uri), new URL(uri).pathname]))
  for (const [index, uri] of postLogoutRedirectUris.entries()) {
    const pathname = pathnames.get(portOf(uri))
    const where = ['postLogoutRedirectUris', index] as const
    // The default ones are nobody's fault: those whose port is not listened on serve nothing.
    if (pathname === undefined && !usualPostLogoutUris.includes(uri)) {
      yield ['attendu : un des ports de redirectUris', ...where]
    }
    if (pathname === new URL(uri).pathname) {
      yield ['attendu : un autre chemin que celui de redirectUris sur ce port', ...where]
    }
  }
}

function* samePorts(uris: readonly string[], name: string): Generator<Fault> {
  const ports = uris.map(portOf)
  for (const [index, port] of ports.entries()) {
    if (ports.indexOf(port) < index)
      yield ["attendu : un port qu'aucune autre adresse de la liste n'a", name, index]
  }
}

function portOf(uri: string): number {
  return Number(/^http:\/\/localhost:(?<port>\d+)/u.exec(uri)?.groups?.['port'])
}
