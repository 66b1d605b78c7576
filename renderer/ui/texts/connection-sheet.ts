import type { ConnectionSheet } from '../../../electron/settings/connection-sheet.ts'
import { fr } from './french.ts'

/** One line of the sheet. */
export type SheetRow = {
  readonly name: string
  /** `exact`: to be copied to the letter, one a line; `said`: a sentence. */
  readonly kind: 'exact' | 'said'
  readonly values: readonly string[]
  readonly hint: string | null
}
export type SheetSection = { readonly title: string; readonly rows: readonly SheetRow[] }

/** « Fiche de raccordement », as it is shown, printed and copied. */
export type SheetTexts = {
  /** Whom it is for, and how to use it. */
  readonly intro: string
  /** What to know before it is sent. */
  readonly warnings: readonly string[]
  readonly sections: readonly SheetSection[]
}

/** A broker receives the sheet of a public client, ANS all others. */
export function sheetTexts(sheet: ConnectionSheet): SheetTexts {
  const toBroker = sheet.clientAuthentication === 'none' && sheet.provider.kind !== 'psc'
  return {
    intro: fr(toBroker ? words.toBroker : words.toAns),
    warnings: warningsOf(sheet).map(fr),
    sections: [officine(sheet), ...(toBroker ? brokerSections(sheet) : ansSections(sheet))],
  }
}

/** The whole sheet as plain text, for a message. */
export function sheetAsText(title: string, sheet: ConnectionSheet): string {
  const { intro, warnings, sections } = sheetTexts(sheet)
  return [
    title,
    [intro, ...warnings].join('\n'),
    ...sections.map((section) => [section.title, ...section.rows.map(rowAsText)].join('\n')),
  ].join('\n\n')
}

function rowAsText({ name, kind, values, hint }: SheetRow): string {
  const [only, ...others] = values
  const lines =
    kind === 'said' || others.length === 0
      ? [`${name}${fr(' : ')}${only ?? ''}`]
      : [fr(`${name} :`), ...values.map((value) => `  ${value}`)]
  return [...lines, ...(hint === null ? [] : [`  (${hint})`])].join('\n')
}

const words = {
  toAns:
    "Pour la demande de raccordement à l'ANS. Recopiez chaque valeur à la lettre : majuscules, port et chemin comptent.",
  toBroker:
    "Pour l'administrateur du fournisseur intermédiaire, qui inscrit Comptoir chez lui : l'ANS ne connaît que ce fournisseur. Recopiez chaque valeur à la lettre : majuscules, port et chemin comptent.",
  notSet:
    "Ces valeurs sont celles par défaut : aucun réglage psc dans comptoir.json. Elles supposent un fournisseur intermédiaire ; pour une demande à l'ANS, réglez d'abord psc.",
  publicAtPsc:
    "Ces réglages désignent Pro Santé Connect lui-même, sans secret ni certificat. Rien ne dit que l'ANS l'accepte : demandez-le-lui, ou réglez psc.clientAuthentication.",
  notPsc: (host: string) =>
    `${host} n'est ni le bac à sable ni la production de l'ANS. Vérifiez psc.issuer avant d'envoyer cette fiche.`,
  unset: 'Non renseigné dans comptoir.json',
  clientId: 'Identifiant du client (client_id)',
  noLogout: 'Aucune : le navigateur ne revient pas à Comptoir après « Déconnecter ».',
} as const

/** The words of each method of authentication beside its name in OpenID Connect. */
const methods: Record<ConnectionSheet['clientAuthentication'], string> = {
  none: 'Client public : ni secret ni certificat sur le poste.',
  client_secret_basic: "Secret, dans l'en-tête de la requête (HTTP Basic).",
  client_secret_post: 'Secret, dans le corps de la requête.',
  private_key_jwt: 'Jeton signé par la clé privée du poste. Donnez la clé publique, jamais la clé privée.',
  tls_client_auth:
    'Certificat présenté à la connexion (mTLS), de type ORG AUTH_CLI (IGC-Santé). Donnez le certificat, jamais sa clé.',
}

const environments = { sandbox: 'Bac à sable (TEST)', production: 'Production' } as const

function warningsOf({ provider, clientAuthentication }: ConnectionSheet): string[] {
  if (provider.kind === 'not-set') return [words.notSet]
  if (provider.kind === 'psc') return clientAuthentication === 'none' ? [words.publicAtPsc] : []
  return clientAuthentication === 'none' ? [] : [words.notPsc(provider.host)]
}

function officine({ pharmacy }: ConnectionSheet): SheetSection {
  return {
    title: 'Officine',
    rows: [given('Nom', pharmacy.name, words.unset), given('FINESS', pharmacy.finess, words.unset)],
  }
}

/** In the order of ANS's form, with its words (webinar of ANS, 16 November 2022). */
function ansSections(sheet: ConnectionSheet): SheetSection[] {
  const { provider } = sheet
  return [
    {
      title: "Dans le formulaire de l'ANS (intitulés de 2022)",
      rows: [
        said('Objet de la demande', 'Création'),
        said(
          'Environnement',
          provider.kind === 'psc'
            ? environments[provider.environment]
            : 'À choisir : bac à sable, puis production',
        ),
        said('Vous souhaitez être', 'Fournisseur de service'),
        said(
          'Je souhaite faire uniquement du CIBA',
          "À ne pas cocher : Comptoir identifie d'abord par le navigateur.",
        ),
        exact(
          'Dénomination',
          [sheet.serviceName],
          "Nom du service affiché à l'utilisateur et sur son téléphone.",
        ),
        ...addresses(
          sheet,
          "L'ANS refuse les adresses IP. Demandez-lui si elle accepte http://localhost en production.",
        ),
        said("Autres moyens d'authentification", 'Autres : code opérateur et mot de passe'),
        said(
          'Référentiel de Pro Santé Connect',
          "À lire, puis à cocher : l'officine s'engage à le respecter.",
        ),
      ],
    },
    {
      title: "À convenir avec l'ANS",
      rows: [
        given(words.clientId, sheet.clientId, "Donné par l'ANS"),
        exact(
          'Authentification du client',
          [sheet.clientAuthentication],
          methods[sheet.clientAuthentication],
        ),
        ...(sheet.files.length === 0 ? [] : [exact('Fichiers sur le poste', sheet.files, null)]),
        ...grants(sheet),
        ...levels(sheet),
        said(
          'e-CPS sans navigateur (CIBA)',
          sheet.cibaChannel === null ? 'Non' : `Oui, en mode poll, canal ${sheet.cibaChannel}`,
        ),
      ],
    },
  ]
}

function brokerSections(sheet: ConnectionSheet): SheetSection[] {
  const { provider } = sheet
  return [
    {
      title: 'À inscrire chez le fournisseur intermédiaire',
      rows: [
        given('Fournisseur', provider.kind === 'other' ? provider.host : null, words.unset),
        given(words.clientId, sheet.clientId, 'À choisir avec lui'),
        exact(
          'Authentification du client',
          [sheet.clientAuthentication],
          methods[sheet.clientAuthentication],
        ),
        ...grants(sheet),
        ...addresses(sheet, null),
        ...levels(sheet),
        ...claims(sheet),
      ],
    },
    {
      title: "À faire inscrire à l'ANS par ce fournisseur",
      rows: [
        said('Vous souhaitez être', 'Fournisseur de service'),
        exact(
          'Dénomination',
          [sheet.serviceName],
          "Nom du service affiché à l'utilisateur et sur son téléphone.",
        ),
        said('URL de redirection et de logout', 'Les siennes, jamais celles de Comptoir.'),
        said('Secret ou certificat', "Gardé sur son serveur : l'ANS l'exige."),
        // What ANS asks of everybody, whatever the broker asks of Comptoir.
        exact('Portée (scope)', ['openid scope_all'], null),
        exact('Niveau (acr_values)', ['eidas1'], null),
      ],
    },
  ]
}

function grants({ cibaChannel }: ConnectionSheet): SheetRow[] {
  const ciba = cibaChannel === null ? [] : ['urn:openid:params:grant-type:ciba']
  return [
    exact('Flux (grant_types)', ['authorization_code', ...ciba], 'response_type : code'),
    exact('PKCE (code_challenge_method)', ['S256'], null),
  ]
}

function addresses(
  { redirectUris, postLogoutRedirectUris }: ConnectionSheet,
  hint: string | null,
): SheetRow[] {
  return [
    exact('URL de redirection', redirectUris, hint),
    postLogoutRedirectUris.length === 0
      ? said('URL de logout', words.noLogout)
      : exact('URL de logout', postLogoutRedirectUris, null),
  ]
}

function levels({ scope, acrValues }: ConnectionSheet): SheetRow[] {
  return [exact('Portée (scope)', [scope], null), exact('Niveau (acr_values)', [acrValues], null)]
}

/** What Comptoir reads of a broker's userinfo or ID token. */
function claims({ nationalIdClaim, authTimeIsFromPsc, acrIsFromPsc }: ConnectionSheet): SheetRow[] {
  return [
    nationalIdClaim === null
      ? exact(
          "Attribut de l'identifiant national",
          ['SubjectNameID', 'preferred_username', 'otherIds'],
          'Le premier qui est présent ; jamais sub.',
        )
      : exact("Attribut de l'identifiant national", [nationalIdClaim], 'Réglage psc.nationalIdClaim.'),
    said(
      'Autres attributs',
      'given_name, family_name, SubjectRole, SubjectRefPro et authMode, tels que Pro Santé Connect les donne.',
    ),
    said(
      "Heure de l'identification (auth_time)",
      authTimeIsFromPsc
        ? 'Celle de Pro Santé Connect, reprise telle quelle (psc.authTimeIsFromPsc).'
        : 'Celle du fournisseur : Comptoir demande chaque fois son propre mot de passe.',
    ),
    said(
      "Niveau de l'identification (acr)",
      acrIsFromPsc
        ? 'Celui de Pro Santé Connect, repris tel quel (psc.acrIsFromPsc).'
        : "Celui du fournisseur : les modules « Pro Santé Connect demandé » ne s'ouvrent pas.",
    ),
  ]
}

function exact(name: string, values: readonly string[], hint: string | null): SheetRow {
  return { name: fr(name), kind: 'exact', values, hint: hint === null ? null : fr(hint) }
}

function given(name: string, value: string | null, otherwise: string): SheetRow {
  return value === null ? said(name, otherwise) : exact(name, [value], null)
}

function said(name: string, sentence: string): SheetRow {
  return { name: fr(name), kind: 'said', values: [fr(sentence)], hint: null }
}
