import type { WindowRole } from '../../../electron/ipc/views.ts'
import type {
  CardRemovedAnswer,
  EndReason,
  FirstRunPermission,
  InstallationCodeRefusal,
  LockReason,
  ModuleFailure,
  ModuleKind,
  ModuleRefusal,
  OperatorField,
  PscDetails,
  RefusalReason,
  SessionRefusal,
  StayConnectedAnswer,
} from '../../../electron/journal/kinds.ts'
import type { Tampering } from '../../../electron/journal/verdict.ts'
import type { GivenRight } from '../../../electron/operators/rights.ts'
import type { PscFailureReason } from '../../../electron/psc/failure.ts'
import type { StorageFault } from '../../../electron/storage/storage-error.ts'

/** The words of the journal's details in French, as they end a sentence. A word without its French does not compile. */
/** What let somebody create the first titulaire. */
export const firstRunPermissions: Record<FirstRunPermission, string> = {
  development: 'en développement',
  administrator: 'en administrateur du poste',
  'installation-code': "avec le code d'installation",
}

export const installationCodeRefusals: Record<InstallationCodeRefusal, string> = {
  wrong: "ce n'était pas le bon",
  expired: 'il avait plus de 30 jours',
  throttled: "trop d'essais",
  blocked: 'bloqué après 10 erreurs',
}

export const refusals: Record<RefusalReason, string> = {
  'wrong-credentials': 'code opérateur ou mot de passe incorrect',
  throttled: "trop d'essais, il fallait attendre",
  blocked: "code bloqué après trop d'erreurs",
  suspended: 'opérateur suspendu, ou hors de ses dates de présence',
  role: 'le module est réservé à un autre rôle',
  'other-operator': 'une autre personne était attendue',
  cancelled: "plus personne n'attendait cette identification",
  'without-rpps': "Pro Santé Connect n'a pas donné de RPPS",
  'unknown-rpps': "aucun opérateur n'a ce RPPS",
  'other-rpps': 'Pro Santé Connect a identifié une autre personne que celle attendue',
  'rpps-of-another': "ce RPPS est celui d'un autre opérateur",
  'not-fresh': 'Pro Santé Connect avait identifié cette personne avant la demande',
  'too-old': 'la session Pro Santé Connect était trop ancienne',
  'not-authorised': "la personne qui confirmait n'en a pas le droit",
  'provisional-password': 'le mot de passe est provisoire',
}

export const pscFailures: Record<PscFailureReason, string> = {
  unreachable: 'le service ne répondait pas',
  untrusted: "le service n'a pas prouvé son identité",
  clock: "l'heure du poste était fausse",
  credential: "le service n'a pas reconnu ce poste",
  'other-issuer': "le service n'était pas celui attendu",
  'ports-taken': 'un autre programme occupait les ports réservés au retour du navigateur',
  'browser-not-opened': "le navigateur ne s'est pas ouvert",
  'time-out': "le navigateur n'est pas revenu à temps",
  'phone-time-out': "la demande n'a pas été validée à temps",
  'unknown-user': 'aucune demande ne peut être envoyée à cette personne',
  cancelled: 'annulée dans Comptoir',
  expired: 'restée trop longtemps sans suite',
  abandoned: 'abandonnée ou refusée dans le navigateur',
  'provider-error': 'le service a répondu par une erreur',
  'invalid-response': "la réponse n'était pas valable",
  internal: "Comptoir n'a pas pu continuer",
  'level-too-low': "le niveau demandé n'a pas été garanti",
  'no-identifier': 'aucun identifiant reçu',
}

export const lockReasons: Record<LockReason, string> = {
  switch: "« Changer d'opérateur »",
  'card-removed': 'carte retirée',
  idle: 'sans activité',
  'system-lock': 'avec la session du système',
  sleep: 'à la mise en veille',
}

export const endReasons: Record<EndReason, string> = {
  disconnect: '« Déconnecter »',
  'stay-connected-disconnect': '« Déconnecter » en quittant un module',
  countdown: 'sans réponse à « Rester connecté ? »',
  escape: '« Rester connecté ? » refermé par Échap',
  'window-closed': 'fenêtre « Rester connecté ? » fermée',
  expired: 'durée écoulée',
  suspended: 'opérateur suspendu, ou dernier jour passé',
  'password-reset': 'mot de passe remplacé par un provisoire',
  switched: "un autre opérateur s'est connecté",
  'day-closed': 'journée fermée',
  'program-closed': 'Comptoir fermé',
  'program-failed': 'erreur inattendue de Comptoir',
}

export const moduleKinds: Record<ModuleKind, string> = {
  program: 'programme',
  window: 'page dans une fenêtre de Comptoir',
  browser: 'page dans le navigateur',
  'built-in': 'page de Comptoir',
}

export const moduleFailures: Record<ModuleFailure, string> = {
  missing: 'programme introuvable',
  'not-executable': 'fichier qui ne se lance pas',
  'not-started': "le programme n'a pas démarré",
  'ended-at-once': "le programme s'est arrêté aussitôt",
  'page-unreachable': "la page n'a pas été atteinte",
  'page-crashed': "la page s'est arrêtée brusquement",
  'no-browser': 'aucun navigateur ne répond',
}

export const moduleRefusals: Record<ModuleRefusal, string> = {
  'not-connected': "personne n'était connecté",
  role: 'réservé à un autre rôle',
  right: 'droit qui manque',
  means: 'Pro Santé Connect était demandé',
  level: "le niveau demandé à Pro Santé Connect n'était pas garanti",
  'outside-origins': "adresse qui n'est pas permise",
  download: 'téléchargement',
}

export const sessionRefusals: Record<SessionRefusal, string> = {
  'unknown-ticket': 'ticket inconnu',
  'used-ticket': 'ticket déjà utilisé',
  'expired-ticket': 'ticket trop ancien',
  'other-module': "ticket d'un autre module",
  'operator-gone': "l'opérateur qui l'avait ouvert n'était plus connecté",
  malformed: 'demande mal formée',
}

export const leftBy: Record<'same-operator' | 'other-operator' | 'nobody', string> = {
  'same-operator': "par la personne qui l'avait ouvert",
  'other-operator': 'une autre personne étant connectée',
  nobody: "personne n'étant connecté",
}

export const stayAnswers: Record<StayConnectedAnswer, string> = {
  stay: '« Rester connecté »',
  'stay-without-psc': '« Rester connecté, quitter Pro Santé Connect »',
  disconnect: '« Déconnecter »',
  countdown: 'sans réponse, déconnexion',
  escape: 'Échap, déconnexion',
  'window-closed': 'fenêtre fermée, déconnexion',
}

export const cardAnswers: Record<CardRemovedAnswer, string> = {
  stay: '« Rester connecté »',
  lock: '« Verrouiller »',
  'card-returned': 'carte remise',
  countdown: 'sans réponse, verrouillage',
  escape: 'Échap, verrouillage',
  'window-closed': 'fenêtre fermée, verrouillage',
}

export const pscLeftBy: Record<'operator' | 'setting', string> = {
  operator: 'à la demande',
  setting: 'comme le veulent les réglages du poste',
}

export const confirmations: Record<PscDetails['confirmedBy'], string> = {
  freshness: "identité donnée à l'instant par Pro Santé Connect",
  password: 'mot de passe Comptoir',
  card: 'carte dans le lecteur',
}

export const passwordChanges: Record<'forgotten' | 'own' | 'provisional', string> = {
  forgotten: '« Mot de passe oublié ? », avec Pro Santé Connect',
  own: '« Changer mon mot de passe »',
  provisional: 'à la place du mot de passe provisoire',
}

export const operatorFields: Record<OperatorField, string> = {
  names: 'noms',
  role: 'rôle',
  dates: 'dates de présence',
  rights: 'droits',
}

export const rightNames: Record<GivenRight, string> = {
  'manage-operators': 'gérer les opérateurs',
  'read-journal': 'lire le journal',
}

export const storageFaults: Record<StorageFault, string> = {
  busy: 'base occupée par un autre programme',
  'read-only': 'dossier en lecture seule',
  full: 'disque plein',
  corrupt: 'base abîmée',
  'newer-schema': "base d'une version plus récente",
  'missing-folder': 'dossier introuvable',
  'missing-database': 'base introuvable',
  unavailable: 'base ou disque qui ne répond pas',
}

/** What is wrong with the first bad row, as `journal.verified` keeps it. */
export const verdicts: Record<Tampering | 'sound', string> = {
  sound: 'intact',
  changed: 'ligne modifiée',
  removed: 'ligne retirée',
  inserted: 'ligne ajoutée hors de Comptoir',
  reordered: 'lignes déplacées',
  'end-cut': 'fin coupée',
  checkpoint: 'point de reprise modifié',
  rewritten: 'journal réécrit',
}

export const windowNames: Record<WindowRole, string> = {
  launcher: 'Comptoir',
  identification: 'Identification',
  'stay-connected': 'Rester connecté ?',
  'first-run': 'Créer le titulaire',
  closing: 'Fermer Comptoir ?',
  fault: 'Comptoir ne peut pas démarrer',
  veil: 'voile',
  help: 'Aide',
  diagnostic: 'Diagnostic du poste',
  operators: 'Opérateurs',
  journal: 'Journal',
  connections: 'Mes connexions',
  restore: 'Sauvegarde proposée',
}

/** The French of a word that was read in a row; one that is not known is told as it stands. */
export function wordOf(words: Readonly<Record<string, string>>, value: unknown): string {
  if (typeof value !== 'string') return 'inconnu'
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value
}
