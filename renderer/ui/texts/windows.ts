/**
 * Every French string that several windows or the main process say, by what it belongs to. Each is an export of its own,
 * so that the build gives a page no more of them than it uses. Written with ordinary spaces: `fr` puts the non-breaking
 * ones where French typography wants them.
 */
import { fr, hoursInWords, timeOfDay } from './french.ts'

export { builtInTexts as builtIn, recordingTexts as recording } from './built-in.ts'
export { cardTexts as card } from './card.ts'
export { connectionsTexts as connections } from './connections.ts'
export { helpTexts as help } from './help.ts'
export { newcomerTexts as newcomer } from './identification-newcomer.ts'
export { provisionalTexts as provisional } from './identification-provisional.ts'
export { journalTexts as journal } from './journal.ts'
export { operatorTexts as operators } from './operators.ts'
export { associationTexts as association, pscTexts as psc, wrongPersonTexts as wrongPerson } from './psc.ts'
export { restoreTexts as restore } from './restore.ts'

export const launcher = {
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
} as const

export const pill = { close: 'Fermer' } as const

export const days = { incomplete: 'Date incomplète.' } as const

/** Where comptoir.json gives the officine no name. */
export const pharmacy = 'Officine'

export const forgotten = {
  link: fr('Mot de passe oublié ?'),
  title: 'Nouveau mot de passe',
  intro: (name: string) =>
    fr(`Pro Santé Connect vous a identifié : ${name}. Choisissez votre nouveau mot de passe Comptoir.`),
  save: 'Enregistrer',
  done: 'Votre nouveau mot de passe est enregistré.',
} as const

export const identification = {
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
} as const

export const locked = {
  title: 'Comptoir verrouillé',
  reasons: {
    switch: () => "Changement d'opérateur demandé.",
    'card-removed': () => 'Carte retirée.',
    idle: (minutes: number) => fr(`Après ${String(minutes).replace('.', ',')} min sans activité.`),
    'system-lock': () => 'Avec la session Windows.',
    sleep: () => 'À la mise en veille.',
  },
  password: 'Mot de passe',
  unlock: 'Déverrouiller',
  switchOperator: "Changer d'opérateur",
  barcode: "Code-barres d'un produit ignoré. Saisissez votre mot de passe.",
} as const

export const stayConnected = {
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
} as const

export const firstRun = {
  title: 'Créer le titulaire',
  intro:
    "Ce poste n'a pas encore d'opérateur. Le premier est un titulaire : il pourra ensuite créer toute l'équipe.",
  installationCode: "Code d'installation",
  installationCodeHint: "Remis avec l'installation de ce poste. Il ne sert qu'une fois.",
  codeNone: "Créer le titulaire demande les droits d'administrateur de ce poste, ou un code d'installation.",
  codeAnother: fr(
    'Demandez un code à votre assistance : elle le donne avec « comptoir prepare --code-file ».',
  ),
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
} as const

export const closing = {
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
} as const

export const fault = {
  settings: 'Réglages à corriger',
  storage: 'Comptoir ne peut pas démarrer',
  stopped: "Comptoir s'est arrêté",
  failed: 'Une erreur inattendue a arrêté Comptoir. Toutes les sessions sont terminées.',
  failedRemedy: 'Rouvrez-le ; si cela se répète, appelez votre assistance avec cette référence.',
  /** A task that nobody waited for. */
  givenUp: 'Comptoir a rencontré une erreur inattendue. Toutes les sessions sont terminées.',
  givenUpRemedy:
    'Identifiez-vous à nouveau ; si cela se répète, appelez votre assistance avec cette référence.',
  busy: [
    'La base de Comptoir est verrouillée par un autre programme.',
    'Fermez ce programme, ou redémarrez le poste, puis réessayez.',
  ],
  readOnly: [
    'La base de Comptoir est en lecture seule.',
    'Appelez votre assistance : avec « comptoir prepare », elle rend le dossier des données aux comptes de ce poste.',
  ],
  full: ['Le disque de ce poste est plein.', 'Libérez de la place, puis réessayez.'],
  corrupt: [
    "La base de Comptoir est abîmée. Elle n'a pas été touchée.",
    'Appelez votre assistance : elle remettra la dernière sauvegarde.',
  ],
  newerSchema: [
    "La base a été écrite par une version plus récente de Comptoir. Elle n'a pas été touchée.",
    "Installez la dernière version de Comptoir sur ce poste, ou reprenez une sauvegarde d'avant avec « comptoir restore ».",
  ],
  missingFolder: [
    'Le dossier des données de Comptoir est introuvable.',
    'Vérifiez que son disque est branché ; sinon votre assistance le remet en place avec « comptoir prepare ».',
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
} as const

export const veil = {
  openedBy: (name: string) => `Ouvert au nom de ${name}`,
  explain: "Cette personne n'est plus connectée. Le module garde sa place, sans rien montrer.",
  resume: 'Reprendre',
  close: 'Fermer',
} as const

export const unsaved = {
  /** `operator`: whose page it is, when they have left. */
  question: (module: string, operator: string | null) =>
    fr(`Quitter « ${module} »${operator === null ? '' : `, ouvert au nom de ${operator}`} ?`),
  detail: {
    unsaved: "La page signale une saisie qui n'est pas enregistrée. Si vous la quittez, elle est perdue.",
    silent: "La page ne répond pas. Ce qui n'y est pas enregistré serait perdu.",
  },
  leave: 'Quitter sans enregistrer',
  stay: 'Annuler',
} as const

export const crashed = {
  text: "Une fenêtre de Comptoir s'est fermée brusquement ; rien n'est perdu.",
  remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
} as const

export const reference = (reference: string) => `Réf. ${reference}`

export const sessionExpired = (hours: number) =>
  fr(`Session terminée : ${hoursInWords(hours)} écoulée${hours < 2 ? '' : 's'}. Identifiez-vous de nouveau.`)

export const sessionOver = fr('Session terminée : votre dernier jour est passé.')

export const sessionWithdrawn = fr("Session terminée : votre fiche d'opérateur a changé.")

export const seeTitulaire = 'Voyez le titulaire.'

export const callSupport = 'Appelez votre assistance avec cette référence.'
