import * as z from 'zod'
import { absolutePath, addressOf, besideOthers, isSound, said, text, webUrl } from './values.ts'

const file = absolutePath('attendu : le chemin complet du fichier').nullable().default(null)

const loopbackUri = z.string().superRefine((uri, context) => {
  const port = portOf(uri)
  if (!/^http:\/\/localhost:\d{4,5}\/\S*$/u.test(uri)) {
    context.addIssue({ code: 'custom', message: 'attendu : http://localhost:{port}/{chemin}' })
  } else if (port > 65_535) {
    context.addIssue({ code: 'custom', message: 'attendu : un port de 65535 au plus' })
  }
})
const loopbackUris = z.array(loopbackUri.meta({ pattern: '^http://localhost:\\d{4,5}/\\S*$' }))

const usualPorts = [43110, 43111, 43112]
const usualPostLogoutUris = usualPorts.map((port) => `http://localhost:${port}/psc/deconnexion`)

/** `psc` of comptoir.json. */
export const pscSchema = z
  .strictObject({
    discoveryUrl: webUrl.meta(
      said('Découverte', "L'adresse du document de découverte : https://…/.well-known/…-configuration."),
    ),
    issuer: webUrl.meta(said('Émetteur', "L'émetteur exact du fournisseur, tel que le document l'annonce.")),
    clientId: text.meta(said('Client', "L'identifiant de client, donné par l'ANS ou par le fournisseur.")),
    serviceName: text
      .default('Comptoir')
      .meta(said('Nom du service', 'Le nom que le téléphone affiche pour e-CPS.')),
    clientAuthentication: z
      .enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'])
      .default('none')
      .meta(
        said(
          'Authentification du client',
          "« none » : client public d'un fournisseur du groupement. Les autres : client confidentiel, dont le secret se met par « comptoir secret set psc.clientSecret » (ou psc.keyPassphrase, psc.p12Password).",
        ),
      ),
    caFile: file.meta(said('Autorité', "Fichier PEM d'une autorité privée. null : celles du système.")),
    certificateFile: file.meta(said('Certificat', 'Fichier PEM, avec tls_client_auth et keyFile.')),
    keyFile: file.meta(said('Clé privée', 'Fichier PEM, avec private_key_jwt ou certificateFile.')),
    p12File: file.meta(said('PKCS #12', 'Le certificat et sa clé dans un seul fichier.')),
    redirectUris: loopbackUris
      .min(1)
      .default(usualPorts.map((port) => `http://localhost:${port}/psc/retour`))
      .meta(
        said(
          'Retours de connexion',
          'Adresses enregistrées chez le fournisseur, chacune sur un port ; la première dont le port est libre sert.',
        ),
      ),
    postLogoutRedirectUris: loopbackUris
      .default(usualPostLogoutUris)
      .meta(said('Retours de déconnexion', 'De même, sur les mêmes ports et un autre chemin.')),
    scope: text.default('openid scope_all').meta(said('Portée', 'Les portées OAuth demandées.')),
    acrValues: text.default('eidas1').meta(said('Niveau', 'Le niveau demandé : eidas1, eidas2 ou eidas3.')),
    prompt: text
      .nullable()
      .default(null)
      .meta(said('Invite', 'Le paramètre « prompt ». null : aucun. Certains fournisseurs bouclent dessus.')),
    // What `sub` is belongs to the provider: it may contain the identifier and is not it.
    nationalIdClaim: text
      .refine((claim) => claim !== 'sub', {
        error: "attendu : le nom de l'attribut (claim) qui porte l'identifiant national, jamais « sub »",
      })
      .nullable()
      .default(null)
      .meta(
        said(
          'Identifiant national',
          "L'attribut (claim) qui le porte. null : SubjectNameID, puis preferred_username, puis otherIds.",
        ),
      ),
    authTimeIsFromPsc: z
      .boolean()
      .nullable()
      .default(null)
      .meta(
        said(
          "Heure d'authentification",
          'Si auth_time est celle de Pro Santé Connect. null : oui sans intermédiaire, non avec.',
        ),
      ),
    acrIsFromPsc: z
      .boolean()
      .nullable()
      .default(null)
      .meta(
        said('Niveau vérifié', 'Si acr vient de Pro Santé Connect. null : oui sans intermédiaire, non avec.'),
      ),
    timeoutSeconds: z
      .int()
      .min(30)
      .max(900)
      .default(180)
      .meta(said('Délai', 'Secondes pour finir dans le navigateur ou sur le téléphone.')),
    ciba: z
      .strictObject({
        enabled: z.boolean().default(false).meta(said('Activé', 'Seulement pour un client confidentiel.')),
        channel: z.enum(['MOBILE', 'CARD']).default('MOBILE').meta(said('Canal', "Par quoi l'on valide.")),
      })
      .prefault({})
      .meta(said('e-CPS sans navigateur', '« Valider sur mon téléphone (e-CPS) ».')),
  })
  .superRefine((psc, context) => {
    for (const { reads, faults } of crossChecks) {
      if (!reads.every((key) => isSound(context.issues, key))) continue
      for (const [message, ...path] of faults(psc)) context.addIssue({ code: 'custom', path, message })
    }
  }, besideOthers)

/** `psc` of comptoir.json, with its defaults. */
export type PscSettings = z.infer<typeof pscSchema>

/** What was expected, then where. */
type Fault = readonly [string, ...(string | number)[]]

/** Rules over several keys: each is told whatever else is wrong, unless one of those it reads is. */
const crossChecks: readonly {
  readonly reads: readonly (keyof PscSettings)[]
  readonly faults: (psc: PscSettings) => Iterable<Fault>
}[] = [
  { reads: ['issuer', 'discoveryUrl'], faults: faultsOfSchemes },
  { reads: ['issuer', 'clientAuthentication'], faults: faultsOfTls },
  { reads: ['clientAuthentication', 'ciba'], faults: faultsOfCiba },
  { reads: ['clientAuthentication', 'certificateFile', 'keyFile', 'p12File'], faults: faultsOfFiles },
  { reads: ['redirectUris', 'postLogoutRedirectUris'], faults: faultsOfPorts },
]

function* faultsOfSchemes({ issuer, discoveryUrl }: PscSettings): Generator<Fault> {
  if (addressOf(discoveryUrl)?.protocol !== addressOf(issuer)?.protocol) {
    yield ["attendu : le même protocole (http ou https) que celui d'issuer", 'discoveryUrl']
  }
}

function* faultsOfTls({ issuer, clientAuthentication }: PscSettings): Generator<Fault> {
  if (clientAuthentication === 'tls_client_auth' && addressOf(issuer)?.protocol !== 'https:') {
    yield ['attendu : une adresse https avec tls_client_auth', 'issuer']
  }
}

function* faultsOfCiba({ clientAuthentication, ciba }: PscSettings): Generator<Fault> {
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
