import type { ErrorCode, RefusalParameters } from '../../electron/ipc/result.ts'
import type { Role } from '../../electron/operators/operator.ts'
import { builtInTexts, recordingTexts } from './texts/built-in.ts'
import { cardTexts } from './texts/card.ts'
import { connectionsTexts } from './texts/connections.ts'
import { fr, timeOfDay } from './texts/french.ts'
import { helpTexts } from './texts/help.ts'
import { newcomerTexts } from './texts/identification-newcomer.ts'
import { provisionalTexts } from './texts/identification-provisional.ts'
import { journalTexts } from './texts/journal.ts'
import { operatorTexts } from './texts/operators.ts'
import { associationTexts, pscSentences, pscTexts, wrongPersonTexts, type Sentence } from './texts/psc.ts'
import { restoreTexts } from './texts/restore.ts'
import { teamSentences } from './texts/sentences.ts'

export { fr }

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

/**
 * Every French string of Comptoir, for the windows and for what the main process says. Written with ordinary
 * spaces: `fr` puts the non-breaking ones where French typography wants them.
 */
export const texts = {
  launcher: {
    title: (pharmacy: string) => `Comptoir — ${pharmacy}`,
    noOperator: 'Aucun opérateur connecté',
    identify: "S'identifier",
    operator: (code: string, name: string) => fr(`Opérateur « ${code} » — ${name}`),
    rpps: (digits: string) => `RPPS ${digits}`,
    means: {
      password: 'Code opérateur',
      'psc-card': 'Pro Santé Connect · carte CPS',
      'psc-e-cps': 'Pro Santé Connect · e-CPS',
      psc: 'Pro Santé Connect',
      'psc-left': 'Pro Santé Connect quitté',
    },
    until: (instant: string) => `Session jusqu'à ${timeOfDay(instant)}`,
    switchOperator: "Changer d'opérateur",
    disconnect: 'Déconnecter',
    operatorArea: 'Opérateur',
    modules: 'Modules',
    builtIn: 'Comptoir',
    rightNeeded: 'Réservé au titulaire',
    noModule: "Aucun module n'est réglé sur ce poste. Votre assistance les ajoute dans comptoir.json.",
    open: 'Ouvert',
    inBrowser: 'Ouvre le navigateur',
    pscNeeded: 'Pro Santé Connect demandé',
    endingSoon: 'Session bientôt terminée.',
    renew: 'Me réidentifier maintenant',
    firstRun: "Ce poste n'a pas encore d'opérateur.",
    createTitulaire: 'Créer le titulaire',
    version: (version: string) => `Comptoir ${version}`,
    support: (name: string | null, phone: string | null) =>
      fr(`Assistance : ${[name, phone].filter((part) => part !== null).join(' ')}`),
    dismiss: "J'ai compris",
  },
  pill: { close: 'Fermer' },
  days: { incomplete: 'Date incomplète.' },
  builtIn: builtInTexts,
  recording: recordingTexts,
  operators: operatorTexts,
  journal: journalTexts,
  connections: connectionsTexts,
  card: cardTexts,
  help: helpTexts,
  /** Where comptoir.json gives the officine no name. */
  pharmacy: 'Officine',
  psc: pscTexts,
  wrongPerson: wrongPersonTexts,
  association: associationTexts,
  newcomer: newcomerTexts,
  provisional: provisionalTexts,
  forgotten: {
    link: fr('Mot de passe oublié ?'),
    title: 'Nouveau mot de passe',
    intro: (name: string) =>
      fr(`Pro Santé Connect vous a identifié : ${name}. Choisissez votre nouveau mot de passe Comptoir.`),
    save: 'Enregistrer',
    done: 'Votre nouveau mot de passe est enregistré.',
  },
  identification: {
    title: (module: string | null) => (module === null ? 'Identification' : `Identification – ${module}`),
    code: 'Code opérateur',
    password: 'Mot de passe',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    ok: 'OK',
    cancel: 'Annuler',
    checking: 'Vérification…',
    capsLock: 'Verr. Maj est activé.',
    barcode: "Code-barres d'un produit ignoré. Saisissez votre code opérateur.",
    missingCode: 'Saisissez votre code opérateur.',
    expected: (name: string) => fr(`Seul le code de ${name} est attendu ici.`),
    expectedPerson: (name: string) => `Seule l'identification de ${name} est attendue ici.`,
    throttled: (seconds: number) =>
      fr(`Trop d'essais. Réessayez dans ${seconds} s, ou utilisez Pro Santé Connect.`),
  },
  locked: {
    title: 'Comptoir verrouillé',
    reasons: {
      switch: () => "Changement d'opérateur demandé.",
      'card-removed': () => 'Carte retirée.',
      idle: (minutes: number) => fr(`Après ${minutes} min sans activité.`),
      'system-lock': () => 'Avec la session Windows.',
      sleep: () => 'À la mise en veille.',
    },
    password: 'Mot de passe',
    unlock: 'Déverrouiller',
    switchOperator: "Changer d'opérateur",
    barcode: "Code-barres d'un produit ignoré. Saisissez votre mot de passe.",
  },
  stayConnected: {
    title: fr('Rester connecté ?'),
    connected: (code: string) => fr(`Opérateur « ${code} » connecté`),
    stay: 'Rester connecté',
    stayWithoutPsc: 'Rester connecté, quitter Pro Santé Connect',
    disconnect: 'Déconnecter',
    pscConnected: 'Pro Santé Connect · Connecté',
    endsPsc: 'Ferme aussi Pro Santé Connect dans le navigateur',
    left: (modules: readonly string[]) => fr(`Vous avez quitté : ${modules.join(', ')}.`),
    countdown: (seconds: number) => fr(`Sans réponse, déconnexion dans ${seconds} s`),
    stillOpen: (modules: readonly string[]) =>
      fr(
        modules.length === 1
          ? `1 module encore ouvert à votre nom : ${modules.join('')}`
          : `${modules.length} modules encore ouverts à votre nom : ${modules.join(', ')}`,
      ),
  },
  firstRun: {
    title: 'Créer le titulaire',
    intro:
      "Ce poste n'a pas encore d'opérateur. Le premier est un titulaire : il pourra ensuite créer toute l'équipe.",
    firstName: 'Prénom',
    lastName: 'Nom',
    code: 'Code opérateur',
    codeHint: 'De 1 à 6 lettres ou chiffres, à saisir au comptoir.',
    password: 'Mot de passe',
    passwordAgain: 'Mot de passe, une seconde fois',
    rpps: 'RPPS (facultatif)',
    rppsHint: '11 chiffres, ou les 12 qui commencent par 8.',
    rppsInvalid: 'Un RPPS a 11 chiffres, ou 12 en commençant par 8.',
    rppsKey: 'La clé de ce RPPS ne tombe pas juste. Vérifiez-le ; vous pouvez continuer.',
    missing: 'À remplir.',
    codeInvalid: 'Un code a de 1 à 6 lettres ou chiffres.',
    different: 'Les deux mots de passe diffèrent.',
    strengthLabel: 'Solidité du mot de passe',
    strength: { weak: 'Trop simple.', enough: 'Assez sûr.' },
    barcode: "Code-barres d'un produit ignoré.",
    create: 'Créer le titulaire',
    cancel: 'Plus tard',
    created: "Le titulaire est créé. Il peut maintenant s'identifier.",
  },
  closing: {
    title: fr('Fermer Comptoir ?'),
    open: (modules: readonly string[]) =>
      fr(
        modules.length === 1
          ? `1 module est encore ouvert : ${modules.join('')}.`
          : `${modules.length} modules sont encore ouverts : ${modules.join(', ')}.`,
      ),
    whatHappens: (operator: string | null) =>
      fr(
        operator === null
          ? 'Les pages ouvertes par Comptoir seront fermées ; les autres logiciels restent ouverts.'
          : `La session de ${operator} se terminera. Les pages ouvertes par Comptoir seront fermées ; les autres logiciels restent ouverts.`,
      ),
    close: 'Fermer Comptoir',
    cancel: 'Annuler',
  },
  fault: {
    settings: 'Réglages à corriger',
    storage: 'Comptoir ne peut pas démarrer',
    busy: [
      'La base de Comptoir est verrouillée par un autre programme.',
      'Fermez ce programme, ou redémarrez le poste, puis réessayez.',
    ],
    readOnly: [
      'La base de Comptoir est en lecture seule.',
      'Appelez votre assistance : le compte du comptoir doit pouvoir écrire dans le dossier des données.',
    ],
    full: ['Le disque de ce poste est plein.', 'Libérez de la place, puis réessayez.'],
    corrupt: [
      "La base de Comptoir est abîmée. Elle n'a pas été touchée.",
      'Appelez votre assistance : elle remettra la dernière sauvegarde.',
    ],
    newerSchema: [
      'La base a été écrite par une version plus récente de Comptoir.',
      'Installez sur ce poste la même version que sur les autres.',
    ],
    missingFolder: [
      'Le dossier des données de Comptoir est introuvable.',
      'Vérifiez que son disque est branché, ou appelez votre assistance.',
    ],
    unavailable: [
      'La base de Comptoir ne répond pas.',
      'Redémarrez le poste ; si rien ne change, appelez votre assistance.',
    ],
    file: fr('Fichier :'),
    correct: 'Corrigez ce fichier puis réessayez, ou appelez votre assistance.',
    log: fr('Journal technique :'),
    retry: 'Réessayer',
    copy: 'Copier',
    copied: 'Copié',
    close: 'Fermer',
  },
  restore: restoreTexts,
  veil: {
    openedBy: (name: string) => `Ouvert au nom de ${name}`,
    explain: "Cette personne n'est plus connectée. Le module garde sa place, sans rien montrer.",
    resume: 'Reprendre',
    close: 'Fermer',
  },
  unsaved: {
    question: (module: string) => fr(`Quitter « ${module} » ?`),
    detail: "La page signale une saisie qui n'est pas enregistrée.",
    leave: 'Quitter',
    stay: 'Rester',
  },
  crashed: {
    text: "Une fenêtre de Comptoir s'est fermée brusquement ; rien n'est perdu.",
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
  },
  reference: (reference: string) => `Réf. ${reference}`,
  sessionExpired: (hours: number) =>
    fr(
      `Session terminée : ${hoursInWords(hours)} écoulée${hours < 2 ? '' : 's'}. Identifiez-vous de nouveau.`,
    ),
  sessionOver: fr('Session terminée : votre dernier jour est passé.'),
  sessionWithdrawn: fr("Session terminée : votre fiche d'opérateur a changé."),
  seeTitulaire: 'Voyez le titulaire.',
  callSupport: 'Appelez votre assistance avec cette référence.',
} as const

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

/** « 4 heures », « 1 heure 30 ». */
export function hoursInWords(hours: number): string {
  const whole = Math.floor(hours)
  const minutes = Math.round((hours - whole) * 60)
  const inHours = whole === 0 ? '' : fr(`${whole} heure${whole > 1 ? 's' : ''}`)
  if (minutes === 0 && whole > 0) return inHours
  const inMinutes = fr(`${Math.max(1, minutes)} minute${minutes > 1 ? 's' : ''}`)
  return whole === 0 ? inMinutes : `${inHours} ${inMinutes}`
}

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
    text: "Créer le titulaire demande les droits d'administrateur de ce poste.",
    remedy: "Lancez Comptoir en tant qu'administrateur, ou appelez votre assistance.",
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
