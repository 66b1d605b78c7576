import type { ErrorCode, RefusalParameters } from '../../electron/ipc/result.ts'
import type { Role } from '../../electron/operators/operator.ts'
import { fr } from './texts/french.ts'
import { pscSentences, type Sentence } from './texts/psc.ts'
import { teamSentences } from './texts/sentences.ts'
import * as texts from './texts/windows.ts'

/** `texts`: what the windows and the main process say. */
export { fr, texts }

export const roleNames: Record<Role, string> = {
  titulaire: 'Titulaire',
  adjoint: 'Pharmacien adjoint',
  remplacant: 'Remplaçant',
  preparateur: 'Préparateur',
  etudiant: 'Étudiant en pharmacie',
  apprenti: 'Apprenti',
  autre: 'Autre',
}

/** « Réservé au titulaire », « Réservé : titulaire, pharmacien adjoint ». */
export function reservedTo(roles: readonly Role[]): string {
  if (roles.length === 1 && roles[0] !== undefined) {
    const name = roleNames[roles[0]].toLocaleLowerCase('fr')
    return /^[aeiouéh]/u.test(name) ? `Réservé à l'${name}` : `Réservé au ${name}`
  }
  return fr(`Réservé : ${roles.map((role) => roleNames[role].toLocaleLowerCase('fr')).join(', ')}`)
}

/** What to do about a password, by the advice of its scoring. */
export const passwordAdvice = {
  empty: 'Saisissez un mot de passe.',
  'too-long': 'Le mot de passe ne doit pas dépasser 128 caractères.',
  'too-short': 'Allongez-le : trois ou quatre mots sans rapport entre eux suffisent.',
  'own-words': "N'utilisez ni un nom de l'équipe, ni le code, ni le nom de l'officine.",
  'common-password': 'Ce mot de passe fait partie des plus utilisés : choisissez-en un autre.',
  'common-words': "Des mots courants se devinent : ajoutez-en d'autres, sans rapport entre eux.",
  names: 'Un prénom ou un nom se devine facilement : ajoutez des mots sans rapport.',
  'keyboard-row': 'Des touches voisines se devinent facilement : choisissez plutôt des mots.',
  repetition: 'Des caractères répétés ne renforcent pas un mot de passe : ajoutez des mots.',
  sequence: 'Une suite comme « abcd » ou « 1234 » se devine tout de suite : ajoutez des mots.',
  date: 'Une date se devine facilement : choisissez plutôt des mots sans rapport.',
} as const

const sentences: Record<ErrorCode, (parameters: RefusalParameters) => Sentence> = {
  ...pscSentences,
  ...teamSentences,
  'wrong-credentials': () => ({ text: 'Code opérateur ou mot de passe incorrect.' }),
  throttled: ({ seconds = 1 }) => ({ text: texts.identification.throttled(seconds) }),
  blocked: () => ({
    text: 'Code bloqué après 10 erreurs. Utilisez Pro Santé Connect ou voyez le titulaire.',
  }),
  suspended: () => ({ text: 'Opérateur suspendu. Voyez le titulaire.' }),
  'role-not-allowed': ({ module = '' }) => ({
    text: `« ${module} » n'est pas ouvert à votre rôle.`,
    remedy: 'Identifiez-vous avec un autre code, ou annulez.',
  }),
  'other-operator-expected': ({ operator = '' }) => ({
    text: `Ce code n'est pas celui de ${operator}.`,
    remedy: 'Saisissez le sien, ou annulez.',
  }),
  'attempt-over': () => ({
    text: "Cette identification n'est plus en cours.",
    remedy: 'Recommencez depuis la fenêtre de Comptoir.',
  }),
  'code-taken': () => ({ text: "Ce code est déjà celui d'un opérateur. Choisissez-en un autre." }),
  'invalid-operator': ({ detail = '' }) => ({ text: `Il manque ou il faut corriger : ${detail}.` }),
  'weak-password': () => ({
    text: 'Ce mot de passe se devine trop facilement.',
    remedy: 'Allongez-le : quatre mots sans lien entre eux font un bon mot de passe.',
  }),
  'titulaire-exists': () => ({
    text: 'Un opérateur existe déjà sur ce poste.',
    remedy: 'Identifiez-vous avec son code.',
  }),
  'administrator-needed': () => ({
    text: texts.firstRun.codeNone,
    remedy: texts.firstRun.codeAnother,
  }),
  'installation-code-wrong': () => ({
    text: "Ce n'est pas le code d'installation de ce poste.",
    remedy: 'Vérifiez-le avec votre assistance.',
  }),
  'installation-code-expired': () => ({
    text: "Ce code d'installation a plus de 30 jours : il ne vaut plus.",
    remedy: texts.firstRun.codeAnother,
  }),
  'installation-code-throttled': ({ seconds = 1 }) => ({
    text: "Trop d'essais avec un autre code d'installation.",
    remedy: `Réessayez dans ${seconds} s.`,
  }),
  'installation-code-blocked': () => ({
    text: "Ce code d'installation est bloqué après 10 erreurs.",
    remedy: texts.firstRun.codeAnother,
  }),
  'not-connected': () => ({ text: "Aucun opérateur n'est connecté.", remedy: 'Identifiez-vous.' }),
  'rpps-unknown': ({ detail = '' }) => ({
    text: `Aucun opérateur n'a le RPPS ${detail}.`,
    remedy: 'Voyez le titulaire : il peut vous donner un nouveau mot de passe.',
  }),
  'rpps-of-another': () => ({
    text: "Ce RPPS est déjà celui d'un autre opérateur. Voyez le titulaire.",
  }),
  'operator-has-other-rpps': ({ operator = '' }) => ({
    text: `L'opérateur « ${operator} » a déjà un autre RPPS. Le titulaire peut le dissocier.`,
  }),
  'authorisation-needed': () => ({
    text: texts.association.authorisation,
    remedy: 'Faites saisir son code et son mot de passe, ou annulez.',
  }),
  'module-unknown': () => ({
    text: "Ce module n'est plus dans les réglages du poste.",
    remedy: 'Redémarrez Comptoir.',
  }),
  'module-missing': ({ module = '', detail = '' }) => ({
    text: `« ${module} » ne s'ouvre pas : ${detail} est introuvable.`,
    remedy: 'Vérifiez que ce logiciel est installé, ou appelez votre assistance.',
  }),
  'module-not-executable': ({ module = '', detail = '' }) => ({
    text: `« ${module} » ne s'ouvre pas : ${detail} n'est pas un programme que ce poste peut lancer.`,
    remedy: 'Appelez votre assistance.',
  }),
  'module-failed': ({ module = '', detail = '' }) => ({
    text: `« ${module} » s'est arrêté ${detail}.`,
    remedy: 'Réessayez ; si cela se répète, appelez votre assistance.',
  }),
  'browser-not-opened': ({ module = '' }) => ({
    text: `« ${module} » s'ouvre dans le navigateur, qui ne répond pas.`,
    remedy: 'Vérifiez le navigateur par défaut de ce poste, ou appelez votre assistance.',
  }),
  'download-refused': ({ module = '' }) => ({
    text: `« ${module} » : un fichier ne peut pas être téléchargé ici.`,
    remedy: 'Ouvrez ce document dans le navigateur, ou voyez votre assistance.',
  }),
  'module-window-not-found': ({ module = '' }) => ({
    text: `« ${module} » est déjà ouvert, mais sa fenêtre ne répond pas à Comptoir.`,
    remedy: 'Retrouvez-la dans la barre des tâches.',
  }),
  'module-of-another': ({ module = '', operator = '' }) => ({
    text: `« ${module} » est encore ouvert au nom de ${operator}.`,
    remedy: 'Fermez-le avant de le rouvrir à votre nom.',
  }),
  'module-outside-origins': ({ module = '', detail = '' }) => ({
    text: `« ${module} » : l'adresse ${detail} n'est pas permise sur ce poste.`,
    remedy: "Si elle vous est utile, votre assistance peut l'ajouter dans comptoir.json.",
  }),
  'card-reading-failed': () => ({
    text: "La lecture de la carte s'est arrêtée.",
    remedy:
      'Réessayez ; si cela se répète, débranchez et rebranchez le lecteur, puis appelez votre assistance avec cette référence.',
  }),
  'card-reading-slow': () => ({
    text: "La carte n'a pas répondu à temps.",
    remedy: 'Retirez-la, réinsérez-la, puis réessayez. En attendant : e-CPS ou code opérateur.',
  }),
  'card-off': () => ({
    text: "La lecture des cartes n'est pas activée sur ce poste.",
    remedy: "Utilisez votre code opérateur ; votre assistance peut l'activer.",
  }),
  'storage-unavailable': () => ({
    text: 'La base de Comptoir ne répond pas.',
    remedy: 'Réessayez ; si cela se répète, appelez votre assistance.',
  }),
  'storage-busy': () => ({
    text: 'La base de Comptoir est occupée par un autre programme.',
    remedy: 'Attendez un instant, puis réessayez.',
  }),
  'storage-full': () => ({
    text: "Le disque de ce poste est plein : rien n'a été enregistré.",
    remedy: 'Libérez de la place, puis réessayez.',
  }),
  'storage-read-only': () => ({
    text: 'La base de Comptoir est en lecture seule.',
    remedy:
      'Appelez votre assistance : le compte du comptoir doit pouvoir écrire dans le dossier des données.',
  }),
  'storage-corrupt': () => ({
    text: 'La base de Comptoir est abîmée.',
    remedy: 'Fermez Comptoir puis rouvrez-le : il proposera la dernière sauvegarde.',
  }),
  'storage-missing': () => ({
    text: 'La base de Comptoir a disparu.',
    remedy: 'Fermez Comptoir puis rouvrez-le : il proposera la dernière sauvegarde.',
  }),
  refused: () => ({ text: "Cette demande n'est pas permise ici.", remedy: texts.callSupport }),
  internal: () => ({ text: 'Comptoir a rencontré une erreur inattendue.', remedy: texts.callSupport }),
}

/** The French sentence of an error code, with its remedy. */
export function sentence(code: ErrorCode, parameters: RefusalParameters = {}): Sentence {
  const { text, remedy } = sentences[code](parameters)
  return remedy === undefined ? { text: fr(text) } : { text: fr(text), remedy: fr(remedy) }
}
