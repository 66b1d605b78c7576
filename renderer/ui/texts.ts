import type { ErrorCode, RefusalParameters } from '../../electron/ipc/result.ts'
import type { Role } from '../../electron/operators/operator.ts'
import { cardTexts } from './texts/card.ts'
import { duration, fr, timeOfDay } from './texts/french.ts'
import { helpTexts } from './texts/help.ts'

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

function identifiedByPsc(name: string | null, rpps: string): string {
  return `Pro Santé Connect vous identifie : ${name === null ? '' : `${name}, `}RPPS ${rpps}.`
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
  card: cardTexts,
  help: helpTexts,
  /** Where comptoir.json gives the officine no name. */
  pharmacy: 'Officine',
  psc: {
    name: 'Pro Santé Connect',
    off: 'Pro Santé Connect non activé sur ce poste',
    identifyWith: "S'identifier avec",
    /** The two lines of ANS's button, and its accessible name. */
    button: 'PRO SANTÉ CONNECT',
    ministry: 'Un service du ministère chargé de la Santé',
    buttonName: "S'identifier avec Pro Santé Connect, un service du ministère chargé de la Santé",
    only: (module: string | null) =>
      fr(
        module === null
          ? 'Identifiez-vous avec Pro Santé Connect.'
          : `« ${module} » demande Pro Santé Connect.`,
      ),
    waiting: "Terminez l'identification dans votre navigateur",
    withCard: (certificate: string | null) =>
      fr(
        `Avec la carte : choisissez le certificat ${certificate ?? 'à votre nom (8 suivi de votre RPPS)'}. Le code demandé est le code porteur de la carte, pas votre code opérateur.`,
      ),
    onPhone: (service: string) => fr(`Votre téléphone affichera le service « ${service} ».`),
    timeLeft: (seconds: number) => fr(`Comptoir attend encore ${duration(seconds)}.`),
    waitAnnounced: (seconds: number) => fr(`Comptoir attend ${duration(seconds)}.`),
    reopen: 'Rouvrir le navigateur',
    copyLink: 'Copier le lien',
    linkCopied: 'Lien copié',
    cancel: 'Annuler',
    opening: 'Ouverture du navigateur…',
    checking: 'Vérification de la réponse de Pro Santé Connect…',
    mayRemain: 'La session Pro Santé Connect peut rester ouverte dans le navigateur.',
    mayRemainRemedy: 'Fermez toutes les fenêtres du navigateur.',
    /** The pages that the browser is left with. */
    pages: {
      done: ['Identification reçue', 'Vous pouvez fermer cet onglet et revenir à Comptoir.'],
      failed: [
        "L'identification n'a pas abouti",
        'Revenez à Comptoir : la raison y est affichée. Vous pouvez fermer cet onglet.',
      ],
      left: ['Session Pro Santé Connect terminée', 'Vous pouvez fermer cet onglet et revenir à Comptoir.'],
      refused: [
        'Cette page ne correspond à aucune identification en cours',
        'Fermez cet onglet et recommencez depuis Comptoir.',
      ],
    },
  },
  wrongPerson: {
    title: fr('Est-ce bien vous ?'),
    question: (name: string | null, rpps: string) => fr(`${identifiedByPsc(name, rpps)} Est-ce bien vous ?`),
    yes: 'Oui, continuer',
    no: "Non, ce n'est pas moi",
    password: (name: string | null) =>
      name === null
        ? 'Confirmez par votre mot de passe Comptoir.'
        : `Confirmez par le mot de passe Comptoir de ${name}.`,
    leaving: 'La session Pro Santé Connect du navigateur se termine.',
    leavingHint: "Comptoir recommence dès qu'elle est terminée.",
    closeBrowser: 'Fermez toutes les fenêtres du navigateur, puis recommencez.',
    restart: "J'ai terminé, recommencer",
  },
  association: {
    title: 'Associer ce RPPS',
    intro: (name: string | null, rpps: string, reference: string) =>
      fr(
        `${identifiedByPsc(name, rpps)} Aucun opérateur n'a encore ce RPPS. Pour l'associer, saisissez votre code opérateur et votre mot de passe, une seule fois. (réf. ${reference})`,
      ),
    continue: 'Continuer',
    question: (rpps: string, code: string, name: string) =>
      fr(`Associer le RPPS ${rpps} à l'opérateur « ${code} » ${name} ?`),
    differing: (psc: string | null, comptoir: string) =>
      fr(
        psc === null
          ? `Pro Santé Connect ne donne pas de nom ; Comptoir « ${comptoir} ». Associez seulement s'il s'agit de vous.`
          : `Les noms diffèrent : Pro Santé Connect « ${psc} », Comptoir « ${comptoir} ». Associez seulement s'il s'agit de vous.`,
      ),
    authorisation: 'Le titulaire ou une personne autorisée doit confirmer.',
    authoriserCode: 'Code opérateur de la personne autorisée',
    authoriserPassword: 'Son mot de passe',
    associate: 'Associer',
    cancel: 'Annuler',
    /** Told to the titulaire at their next login. */
    told: (links: readonly { code: string; rpps: string }[]) =>
      fr(
        links.length === 1
          ? `Depuis votre dernière connexion, un RPPS a été associé : ${links.map(({ code, rpps }) => `opérateur « ${code} », RPPS ${rpps}`).join('')}.`
          : `Depuis votre dernière connexion, ${links.length} RPPS ont été associés : ${links.map(({ code, rpps }) => `opérateur « ${code} », RPPS ${rpps}`).join(' ; ')}.`,
      ),
    toldRemedy: "Si ce n'est pas normal, appelez votre assistance.",
  },
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
    reasons: { switch: "Changement d'opérateur demandé.", 'card-removed': 'Carte retirée.' },
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

type Sentence = { text: string; remedy?: string }

const sentences: Record<ErrorCode, (parameters: RefusalParameters) => Sentence> = {
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
  'psc-off': ({ module = '' }) => ({
    text: `« ${module} » demande Pro Santé Connect, qui n'est pas activé sur ce poste.`,
    remedy: "Voyez votre assistance pour l'activer.",
  }),
  'psc-unavailable': () => ({
    text: 'Pro Santé Connect ne répond pas.',
    remedy: 'Réessayez dans un instant, ou utilisez votre code opérateur.',
  }),
  'psc-misconfigured': () => ({
    text: "Le service réglé sur ce poste n'est pas le Pro Santé Connect attendu.",
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
  }),
  'psc-ports-taken': ({ detail = '' }) => ({
    text: `Comptoir ne peut pas attendre le navigateur : un autre programme occupe ${detail}.`,
    remedy: 'Utilisez votre code opérateur ; redémarrez le poste ou appelez votre assistance.',
  }),
  'psc-browser-not-opened': () => ({
    text: "Le navigateur ne s'ouvre pas.",
    remedy: 'Copiez le lien et collez-le dans un navigateur de ce poste, ou utilisez votre code opérateur.',
  }),
  'psc-abandoned': () => ({
    text: "L'identification a été abandonnée ou refusée dans Pro Santé Connect.",
    remedy: 'Recommencez, ou utilisez votre code opérateur.',
  }),
  'psc-error': ({ detail = '' }) => ({
    text: `Pro Santé Connect a répondu par une erreur (${detail}).`,
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
  }),
  'psc-invalid': () => ({
    text: "La réponse de Pro Santé Connect n'est pas valable : personne n'a été connecté.",
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
  }),
  'psc-timeout': () => ({
    text: "Le navigateur n'est pas revenu à temps.",
    remedy: 'Recommencez, ou utilisez votre code opérateur.',
  }),
  'psc-level-too-low': ({ detail = '' }) => ({
    text: `Pro Santé Connect n'a pas garanti le niveau demandé (${detail}).`,
    remedy: 'Recommencez avec votre carte ou votre e-CPS, ou appelez votre assistance.',
  }),
  'psc-no-identifier': () => ({
    text: "Pro Santé Connect n'a donné aucun identifiant.",
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
  }),
  'psc-without-rpps': ({ detail = '' }) => ({
    text: `Pro Santé Connect vous identifie sans RPPS (${detail}). Utilisez votre code opérateur.`,
  }),
  'psc-other-rpps': ({ operator = '' }) => ({
    text: `Pro Santé Connect identifie une autre personne que ${operator} : rien n'a changé.`,
    remedy:
      "Recommencez avec la carte ou l'e-CPS de cette personne : Comptoir fermera d'abord la session du navigateur.",
  }),
  'psc-not-fresh': () => ({
    text: 'Pro Santé Connect vous avait déjà identifié avant votre demande.',
    remedy: "Recommencez : Comptoir fermera d'abord la session du navigateur. Sinon, voyez le titulaire.",
  }),
  'psc-too-old': () => ({
    text: 'La session Pro Santé Connect du navigateur est terminée : elle dure 4 heures au plus.',
    remedy: "Recommencez : Comptoir fermera d'abord la session du navigateur.",
  }),
  'psc-expired': () => ({
    text: 'Cette identification par Pro Santé Connect a attendu trop longtemps.',
    remedy: 'Recommencez, ou utilisez votre code opérateur.',
  }),
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
  refused: () => ({ text: "Cette demande n'est pas permise ici.", remedy: texts.callSupport }),
  internal: () => ({ text: 'Comptoir a rencontré une erreur inattendue.', remedy: texts.callSupport }),
}

/** The French sentence of an error code, with its remedy. */
export function sentence(code: ErrorCode, parameters: RefusalParameters = {}): Sentence {
  const { text, remedy } = sentences[code](parameters)
  return remedy === undefined ? { text: fr(text) } : { text: fr(text), remedy: fr(remedy) }
}
