import type { OperatorAction, Presence } from '../../../electron/ipc/operator-views.ts'
import type { GivenRight } from '../../../electron/operators/rights.ts'
import { dayOf, fr, timeOfDay } from './french.ts'
import { importTexts } from './operators-import.ts'

/** « 1er mars 2027 », of a day `YYYY-MM-DD`: at noon here, so that no time zone makes it the day before. */
export function dayText(day: string): string {
  return dayOf(`${day}T12:00`)
}

/** « du 1er mars 2027 au 31 août 2027 »; null where neither day is given. */
export function datesText(firstDay: string | null, lastDay: string | null): string | null {
  if (firstDay === null) return lastDay === null ? null : `Jusqu'au ${dayText(lastDay)}`
  return lastDay === null
    ? `À partir du ${dayText(firstDay)}`
    : `Du ${dayText(firstDay)} au ${dayText(lastDay)}`
}

/** « 3 opérateurs », « 1 opérateur », « Aucun opérateur ». */
function operatorsText(count: number): string {
  if (count === 0) return 'Aucun opérateur'
  return `${count.toLocaleString('fr-FR')}\u00A0opérateur${count > 1 ? 's' : ''}`
}

/** What a state is called, where there is one to tell. */
const presences: Record<Presence, string | null> = {
  active: null,
  suspended: 'Suspendu',
  'not-yet': 'Pas encore arrivé',
  over: 'Dernier jour passé',
  departed: 'Parti',
}

const rights: Record<GivenRight, { name: string; reason: string }> = {
  'manage-operators': {
    name: 'Gérer les opérateurs',
    reason: fr(
      "Tient la liste à la place du titulaire : créer, suspendre, donner un nouveau mot de passe. Le titulaire reste responsable de l'équipe.",
    ),
  },
  'read-journal': {
    name: 'Lire le journal',
    reason: fr(
      "Le journal dit ce que chacun a fait : le titulaire en répond, et désigne qui d'autre le lit (RGPD, article 29).",
    ),
  },
}

type ActionTexts = {
  /** The button, and the title of what asks for the password. */
  readonly name: string
  /** What will happen, in sentences. */
  readonly explain: (name: string) => readonly string[]
  /** What has happened. */
  readonly done: (code: string) => string
}

const actions: Record<OperatorAction, ActionTexts> = {
  suspend: {
    name: 'Suspendre',
    explain: (name) => [
      `${name} ne pourra plus s'identifier, et sa session sur ce poste se terminera.`,
      'Vous pourrez lever la suspension à tout moment.',
    ],
    done: (code) => fr(`L'opérateur « ${code} » est suspendu.`),
  },
  resume: {
    name: 'Reprendre',
    explain: (name) => [`${name} pourra de nouveau s'identifier, avec le même code et le même mot de passe.`],
    done: (code) => fr(`L'opérateur « ${code} » n'est plus suspendu.`),
  },
  unblock: {
    name: 'Débloquer',
    explain: (name) => [
      `Le code de ${name} est bloqué après trop d'erreurs.`,
      "Vérifiez avec cette personne que c'est bien elle qui s'est trompée.",
    ],
    done: (code) => fr(`L'opérateur « ${code} » est débloqué.`),
  },
  'reset-password': {
    name: 'Réinitialiser le mot de passe',
    explain: (name) => [
      `Le mot de passe de ${name} ne servira plus, et sa session sur ce poste se terminera.`,
      'Comptoir en donne un provisoire, montré une seule fois, à changer à la prochaine identification.',
    ],
    done: (code) => fr(`Le mot de passe de l'opérateur « ${code} » est réinitialisé.`),
  },
  'unlink-rpps': {
    name: 'Dissocier le RPPS',
    explain: (name) => [
      `Pro Santé Connect et la carte n'identifieront plus ${name}, qui gardera son code et son mot de passe.`,
      'Le RPPS pourra être associé de nouveau, à cet opérateur ou à un autre.',
    ],
    done: (code) => fr(`Le RPPS de l'opérateur « ${code} » est dissocié.`),
  },
  depart: {
    name: 'Départ',
    explain: (name) => [
      fr(
        `${name} quitte l'officine : son code ne servira plus, ses sessions se terminent et son RPPS est libéré.`,
      ),
      "Cette action est définitive. Sa fiche reste parmi les opérateurs partis tant que le journal parle d'elle.",
    ],
    done: (code) => fr(`Le départ de l'opérateur « ${code} » est enregistré.`),
  },
}

/** « Opérateurs ». */
export const operatorTexts = {
  title: 'Opérateurs',
  list: 'Opérateurs',
  search: 'Rechercher un opérateur',
  searchHint: 'Code, nom ou RPPS',
  shownName: 'Montrer',
  shown: { team: "L'équipe", suspended: 'Suspendus', departed: 'Partis', all: 'Tous' },
  count: operatorsText,
  nothingFound: 'Aucun opérateur ne correspond.',
  nobodyHere: {
    team: "Personne n'est encore dans l'équipe.",
    suspended: "Personne n'est suspendu.",
    departed: "Personne n'est parti.",
    all: "Personne n'est encore dans l'équipe.",
  },
  choose: 'Choisissez un opérateur dans la liste pour voir sa fiche.',
  chooseKeys: fr('Au clavier : les flèches dans la liste, puis Entrée ; Échap revient à la liste.'),
  back: 'Retour à la liste',
  retry: 'Réessayer',
  close: 'Fermer',
  cancel: 'Annuler',
  newOperator: 'Nouvel opérateur',
  import: 'Importer une liste',
  export: 'Exporter la liste',
  exported: (name: string, rows: number) => fr(`${operatorsText(rows)} dans le fichier « ${name} ».`),
  barcode: "Code-barres d'un produit ignoré.",

  badge: (code: string) => fr(`Opérateur « ${code} »`),
  presence: (presence: Presence, firstDay: string | null): string | null =>
    presence === 'not-yet' && firstDay !== null ? `Arrive le ${dayText(firstDay)}` : presences[presence],
  blocked: 'Code bloqué',
  provisional: 'Mot de passe provisoire',
  noRpps: 'Sans RPPS',
  sheet: {
    name: (name: string) => `Fiche de ${name}`,
    identity: 'Identité',
    code: 'Code opérateur',
    role: 'Rôle',
    rpps: 'RPPS',
    noRpps: fr("Aucun : s'identifie par son code seulement"),
    dates: 'Présence',
    noDates: 'Sans dates',
    card: 'Carte',
    cardUntil: (day: string) => `Vue, valable jusqu'au ${dayText(day)}`,
    created: 'Créé',
    departed: 'Parti',
    on: (instant: string) => `Le ${dayOf(instant)}`,
    rights: 'Droits',
    rightsOfTitulaire: fr(
      'Un titulaire gère les opérateurs et lit le journal : ces droits vont avec son rôle.',
    ),
    noRights: "Aucun droit en plus de ceux de l'équipe.",
    logins: 'Dernières identifications',
    noLogin: "Ne s'est pas encore identifié, ou pas depuis que le journal en garde la trace.",
    loginHeads: ['Quand', 'Par', 'Sur'],
    at: (instant: string) => fr(`${dayOf(instant)}, ${timeOfDay(instant)}`),
    means: (means: string | null): string => {
      if (means === 'psc') return 'Pro Santé Connect'
      return means === 'password' ? 'Code opérateur' : 'Autre moyen'
    },
    actions: 'Actions',
    edit: 'Modifier',
    lastTitulaire: fr(
      "C'est le dernier titulaire actif : il ne peut être ni suspendu, ni changé de rôle, et son départ ne peut pas être enregistré. Créez ou reprenez d'abord un autre titulaire.",
    ),
    reserved: fr(
      "Seul un titulaire peut changer un titulaire, ou une personne qui a un droit que vous n'avez pas. Demandez-le à un titulaire.",
    ),
    ownTrust: 'Seul un titulaire peut changer votre rôle et votre RPPS.',
    ownPassword: fr('Votre propre mot de passe se change dans « Mes connexions ».'),
    gone: fr(
      'Cette personne est partie : sa fiche ne se change plus. Si elle revient, créez-la avec un autre code.',
    ),
  },
  actions,
  actionTitle: (action: string, name: string) => fr(`${action} : ${name}`),
  ownPassword: (name: string) => fr(`Votre mot de passe (${name})`),
  passwordBarcode: "Code-barres d'un produit ignoré. Saisissez votre mot de passe.",
  missingPassword: 'Saisissez votre mot de passe.',

  rights,
  form: {
    newTitle: 'Nouvel opérateur',
    editTitle: (name: string) => `Modifier ${name}`,
    firstName: 'Prénom',
    lastName: 'Nom',
    code: 'Code opérateur',
    codeHint: 'De 1 à 6 lettres ou chiffres.',
    codeKept: fr('Un code ne se change pas : le journal y fait référence.'),
    role: 'Rôle',
    rpps: 'RPPS (facultatif)',
    rppsHint: fr('11 chiffres, ou les 12 qui commencent par 8.'),
    rppsInvalid: fr('Un RPPS a 11 chiffres, ou 12 en commençant par 8.'),
    rppsKey: fr('La clé de ce RPPS ne tombe pas juste. Vérifiez-le ; vous pouvez continuer.'),
    firstDay: 'Du (facultatif)',
    lastDay: 'Au (facultatif)',
    datesReversed: 'Le dernier jour est avant le premier.',
    missing: 'À remplir.',
    codeInvalid: 'Un code a de 1 à 6 lettres ou chiffres.',
    rights: 'Droits',
    rightsReserved: 'Seul un titulaire peut donner des droits ou nommer un titulaire.',
    rightsOfRole: 'Un titulaire a tous les droits par son rôle.',
    lastTitulaire: 'Le dernier titulaire actif garde son rôle.',
    provisional:
      'Comptoir donnera un mot de passe provisoire, montré une seule fois, à changer à la première identification.',
    create: "Créer l'opérateur",
    save: 'Enregistrer',
    saved: (code: string) => fr(`La fiche de l'opérateur « ${code} » est enregistrée.`),
    confirmCreate: (name: string) => [
      `${name} pourra s'identifier sur ce poste, avec les droits de son rôle et ceux que vous donnez.`,
    ],
    confirmSave: (name: string) => [
      fr(`Le rôle, les droits, le RPPS ou les dates de ${name} changent : confirmez que c'est bien vous.`),
    ],
  },
  leave: {
    title: fr('Abandonner la saisie ?'),
    text: "Ce que vous avez saisi n'est pas enregistré.",
    keep: 'Continuer la saisie',
    leave: 'Abandonner',
  },
  given: {
    title: 'Mot de passe provisoire',
    created: (code: string, name: string) => fr(`L'opérateur « ${code} » est créé : ${name}.`),
    reset: (code: string, name: string) =>
      fr(`Le mot de passe de l'opérateur « ${code} » est réinitialisé : ${name}.`),
    once: fr('Notez-le maintenant et donnez-le à cette personne seulement : il ne sera plus montré.'),
    atNextLogin: 'À changer à la prochaine identification',
    noted: "J'ai noté le mot de passe",
  },
  foreseen: {
    title: fr('À prévoir :'),
    nothing: fr('À prévoir : rien.'),
    withoutRpps: (count: number) => fr(`${count} sans RPPS`),
    lastDays: (count: number) => fr(`${count} dernier${count > 1 ? 's' : ''} jour${count > 1 ? 's' : ''}`),
    cards: (count: number) => fr(`${count} carte${count > 1 ? 's' : ''} à renouveler`),
    withoutRppsTitle: 'Sans RPPS',
    withoutRppsRemedy: fr(
      "Pro Santé Connect et la carte ne les identifient pas. Ajoutez le RPPS dans leur fiche, ou laissez-les l'associer à leur première identification par Pro Santé Connect.",
    ),
    lastDaysTitle: 'Derniers jours',
    lastDaysRemedy: 'Après ce jour leur code ne sert plus. Prolongez la date si la personne reste.',
    cardsTitle: 'Cartes vues',
    cardsRemedy: fr("La nouvelle carte n'est pas arrivée ? Voyez leur Ordre ou le portail Ma Carte."),
    lastDay: (day: string, today: string) =>
      day === today ? "aujourd'hui" : fr(`${day < today ? 'passé depuis le' : 'le'} ${dayText(day)}`),
    card: (day: string, today: string) =>
      fr(`${day < today ? 'expirée le' : "valable jusqu'au"} ${dayText(day)}`),
    others: (count: number) => fr(`et ${count} autre${count > 1 ? 's' : ''}`),
  },
  importing: importTexts,
  files: {
    importTitle: 'Choisir la liste à importer',
    exportTitle: 'Exporter la liste des opérateurs',
    kind: 'Liste CSV',
    fileName: (day: string) => `operateurs-${day}`,
  },
} as const
