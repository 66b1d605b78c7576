import type { JournalRowView } from '../../../electron/ipc/journal-views.ts'
import type { JournalKind } from '../../../electron/journal/kinds.ts'
import { roles } from '../../../electron/operators/operator.ts'
import { fr } from './french.ts'
import { ofPerson, operatorOf, personIn, personName } from './journal-people.ts'
import {
  cardAnswers,
  endReasons,
  firstRunPermissions,
  installationCodeRefusals,
  leftBy,
  lockReasons,
  moduleFailures,
  moduleRefusals,
  operatorFields,
  passwordChanges,
  pscFailures,
  pscLeftBy,
  refusals,
  sessionRefusals,
  stayAnswers,
  storageFaults,
  verdicts,
  wordOf,
} from './journal-words.ts'
import { parisTime, shortDay } from './paris.ts'
import { roleNames } from '../texts.ts'

/** A row on its way to its sentence. What was recorded by an older version, or damaged, may lack any of it. */
type Told = {
  readonly row: JournalRowView
  /** « de PATRICIA ADJOINTPHARM (1) » after a space, « par … », « : … »; empty where the operator stands beside the sentence. */
  readonly of: string
  readonly by: string
  readonly who: string
  /** « Produits », or its id where the settings no longer have it. */
  readonly module: string
}

type Sentence = (told: Told) => string

/**
 * What happened, in one plain sentence; of the operator it says only what neither man nor woman has to be known for.
 * `operator`: `beside`, where the operator of the row stands in a column of its own. Never throws: a row that cannot be
 * read is told by its kind.
 */
export function sentenceOf(row: JournalRowView, operator: 'named' | 'beside' = 'named'): string {
  const person = operator === 'named' ? operatorOf(row) : null
  const told: Told = {
    row,
    of: person === null ? '' : ` ${ofPerson(person)}`,
    by: person === null ? '' : ` par ${personName(person)}`,
    who: person === null ? '' : ` : ${personName(person)}`,
    module: row.module?.label ?? row.module?.id ?? 'inconnu',
  }
  return fr(isKnownKind(row.kind) ? sentences[row.kind](told) : `Événement « ${row.kind} »${told.who}.`)
}

/** Whether this version of Comptoir writes rows of this kind. */
export function isKnownKind(kind: string): kind is JournalKind {
  return Object.hasOwn(sentences, kind)
}

const sentences: Record<JournalKind, Sentence> = {
  'secret.set': (told) => `Secret « ${text(told, 'name')} » mis dans le trousseau${byAccount(told)}.`,
  'secret.deleted': (told) => `Secret « ${text(told, 'name')} » retiré du trousseau${byAccount(told)}.`,
  'program.started': (told) => `Comptoir ${text(told, 'version')} a démarré.`,
  'program.stopped': () => "Comptoir s'est arrêté.",
  'program.failed': ({ row }) =>
    row.details['stopped'] === true
      ? 'Une erreur inattendue a arrêté Comptoir.'
      : 'Comptoir a rencontré une erreur inattendue.',
  'settings.changed': (told) =>
    `Réglages du poste modifiés : ${[...listed(told, 'applied'), ...listed(told, 'pending').map((key) => `${key} (au prochain démarrage)`)].join(', ')}.`,
  'day.closed': (told) =>
    `Journée fermée${told.by} : ${counted(told, 'sessions', 'session terminée', 'sessions terminées')}.`,
  'diagnostic.named': (told) => `Diagnostic du poste emporté avec les noms et les RPPS${told.by}.`,

  'operator.created': (told) => {
    switch (text(told, 'by')) {
      case 'first-run':
        return `Premier titulaire créé${permission(told)}${told.who}.`
      case 'demonstration':
        return `Opérateur de la démonstration créé${told.who}.`
      case 'replacement':
        return `Opérateur créé pour un remplacement, ${days(told)} : ${target(told)}${agreed(told)}.`
      default:
        return `Opérateur créé${byWhom(told)} : ${target(told)}, ${role(told)}.`
    }
  },
  'installation-code.refused': (told) =>
    `Code d'installation refusé : ${word(told, 'reason', installationCodeRefusals)}.`,
  'operator.changed': (told) => `Fiche ${ofTarget(told)} modifiée${byWhom(told)} : ${changed(told)}.`,
  'operator.suspended': (told) => `Suspension ${ofTarget(told)}${byWhom(told)}.`,
  'operator.resumed': (told) => `Fin de la suspension ${ofTarget(told)}${byWhom(told)}.`,
  'operator.departed': (told) => `Départ ${ofTarget(told)}, enregistré${byWhom(told)}.`,
  'operator.password-reset': (told) => `Mot de passe provisoire donné à ${target(told)}${byWhom(told)}.`,
  'operator.rpps-set': (told) => `RPPS ${text(told, 'rpps')} donné à ${target(told)}${byWhom(told)}.`,
  'operator.rpps-unlinked': (told) => `RPPS ${text(told, 'rpps')} dissocié ${ofTarget(told)}${byWhom(told)}.`,
  'operator.told': (told) => `Information sur le journal lue${told.by}.`,
  'operators.imported': (told) =>
    `${counted(told, 'created', 'opérateur créé', 'opérateurs créés')} depuis une liste${byWhom(told)}.`,
  'operators.exported': (told) =>
    `Liste de ${counted(told, 'operators', 'opérateur exportée', 'opérateurs exportée')}${byWhom(told)}.`,
  'operator.rpps-linked': (told) => {
    const authoriser = personIn(told.row, 'authorisedBy')
    const confirmed = authoriser === null ? '' : `, confirmé par ${personName(authoriser)}`
    return `RPPS ${text(told, 'rpps')} associé par Pro Santé Connect${told.who}${confirmed}.`
  },
  'operator.password-changed': (told) =>
    `Mot de passe changé${told.by} : ${word(told, 'by', passwordChanges)}.`,
  'operator.unblocked': (told) =>
    told.row.details['by'] === 'psc'
      ? `Code débloqué par une identification avec Pro Santé Connect${told.who}.`
      : `Code ${ofTarget(told)} débloqué${byWhom(told)}.`,

  'journal.read': (told) => `Journal ouvert${told.by}.`,
  'journal.filtered': (told) => `Lignes ${ofTarget(told)} consultées${told.by}.`,
  'journal.verified': (told) => {
    const seq = told.row.details['seq']
    const where = typeof seq === 'number' ? `, ligne ${seq}` : ''
    return `Journal vérifié${byWhom(told)} : ${word(told, 'verdict', verdicts)}${where}.`
  },
  'journal.exported': (told) =>
    `${counted(told, 'rows', 'ligne du journal exportée', 'lignes du journal exportées')}${byWhom(told)}.`,
  'journal.extracted': (told) =>
    `Extrait du journal établi${told.by} : ${counted(told, 'rows', 'ligne', 'lignes')}, motif « ${text(told, 'reason')} ».`,
  'journal.cut': (told) =>
    `Fin de la durée de conservation : les lignes jusqu'au n° ${text(told, 'upTo')} ont été supprimées.`,
  'database.backed-up': (told) => `Base sauvegardée${byProgram(told)}.`,
  'database.backup-failed': (told) => `Sauvegarde échouée : ${word(told, 'fault', storageFaults)}.`,
  'database.restored': (told) => `Base remplacée par une sauvegarde${byProgram(told)}.`,

  'identification.succeeded': (told) => `Identification${told.of} réussie ${means(told)}.`,
  'identification.refused': (told) =>
    `Identification${told.of} refusée${asked(told)} : ${word(told, 'reason', refusals)}.`,
  'identification.failed': (told) =>
    `Identification${told.of} par Pro Santé Connect sans suite : ${word(told, 'reason', pscFailures)}.`,
  'identification.denied': (told) =>
    `Identité proposée par Pro Santé Connect refusée${told.by} : « Non, ce n'est pas moi ».`,

  'session.connected': (told) => `Session ouverte${told.who}${until(told)}.`,
  'session.locked': (told) => `Session${told.of} verrouillée : ${word(told, 'reason', lockReasons)}.`,
  'session.unlocked': (told) => `Session${told.of} déverrouillée${until(told)}.`,
  'session.suspended': (told) => `Session${told.of} mise en attente sur ce poste.`,
  'session.resumed': (told) => `Session${told.of} reprise${until(told)}.`,
  'session.renewed': (told) => `Session${told.of} prolongée par une nouvelle identification${until(told)}.`,
  'session.psc-left': (told) =>
    `Pro Santé Connect quitté, session${told.of} gardée : ${word(told, 'by', pscLeftBy)}.`,
  'session.ended': (told) => `Session${told.of} terminée : ${word(told, 'reason', endReasons)}.`,

  'module.opened': (told) => `Module « ${told.module} » ouvert${told.by}.`,
  'module.left': (told) => `Module « ${told.module} » quitté, ${word(told, 'by', leftBy)}${told.who}.`,
  'module.veiled': (told) => `Module « ${told.module} » masqué : la session${told.of} n'était plus devant.`,
  'module.failed': (told) =>
    `Module « ${told.module} » non ouvert${told.who} : ${word(told, 'reason', moduleFailures)}.`,
  'module.refused': (told) =>
    `Module « ${told.module} » refusé${told.who} : ${word(told, 'reason', moduleRefusals)}.`,
  'module.session-given': (told) => `Identité donnée au module « ${told.module} »${told.who}.`,
  'module.session-refused': (told) =>
    `Identité refusée au module « ${told.module} »${told.who} : ${word(told, 'reason', sessionRefusals)}.`,
  'stay-connected.answered': (told) =>
    `« Rester connecté ? »${told.who} : ${word(told, 'answer', stayAnswers)}.`,
  'card-removed.answered': (told) => `Carte retirée${told.who} : ${word(told, 'answer', cardAnswers)}.`,
  'window.crashed': () => "Une fenêtre de Comptoir s'est fermée brusquement.",
}

/** A detail as it is, or what stands for one that is missing. */
function text({ row }: Told, key: string): string {
  const value = row.details[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?'
}

function word({ row }: Told, key: string, words: Readonly<Record<string, string>>): string {
  return wordOf(words, row.details[key])
}

function counted({ row }: Told, key: string, one: string, several: string): string {
  const count = row.details[key]
  return typeof count === 'number' ? `${count} ${count > 1 ? several : one}` : `? ${several}`
}

function listed({ row }: Told, key: string): string[] {
  const values = row.details[key]
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
}

/** Rows of older versions do not say. */
function permission(told: Told): string {
  return 'allowedBy' in told.row.details ? ` ${word(told, 'allowedBy', firstRunPermissions)}` : ''
}

function target({ row }: Told): string {
  return personName(personIn(row, 'target') ?? nobodyKnown)
}
function ofTarget({ row }: Told): string {
  return ofPerson(personIn(row, 'target') ?? nobodyKnown)
}
const nobodyKnown = { code: null, name: null }

function role({ row }: Told): string {
  const known = roles.find((candidate) => candidate === row.details['role'])
  return known === undefined ? 'rôle inconnu' : roleNames[known].toLocaleLowerCase('fr')
}

function changed({ row }: Told): string {
  const fields = row.details['changed']
  if (!Array.isArray(fields) || fields.length === 0) return 'sans précision'
  return fields.map((field) => wordOf(operatorFields, field)).join(', ')
}

function days(told: Told): string {
  const from = text(told, 'firstDay')
  const to = text(told, 'lastDay')
  return from === to ? `le ${shortDay(from)}` : `du ${shortDay(from)} au ${shortDay(to)}`
}

/** « …, accord de TEST TITULAIRE (0) ». */
function agreed({ row, of }: Told): string {
  return row.operator === null || of === '' ? '' : `, accord${of}`
}

/** By the operator of the row, or by whoever typed a command. */
function byWhom(told: Told): string {
  return told.row.details['by'] === 'command' ? byAccount(told) : told.by
}

function byAccount(told: Told): string {
  const authoriser = personIn(told.row, 'authorisedBy')
  const how = authoriser === null ? 'en administrateur' : `avec l'accord ${ofPerson(authoriser)}`
  return ` en ligne de commande par le compte « ${text(told, 'osAccount')} », ${how}`
}

function byProgram(told: Told): string {
  switch (text(told, 'by')) {
    case 'program':
      return ', comme chaque jour'
    case 'start':
      return ' au démarrage'
    default:
      return byWhom(told)
  }
}

function means({ row }: Told): string {
  if (row.means !== 'psc') return 'par code et mot de passe'
  const { authMode } = row.details
  if (authMode === 'CARD') return 'par Pro Santé Connect, carte CPS'
  return authMode === 'MOBILE' ? 'par Pro Santé Connect, e-CPS' : 'par Pro Santé Connect'
}

/** By what it was tried, and what for. */
function asked({ row, module }: Told): string {
  const how = row.means === 'psc' ? ' par Pro Santé Connect' : ''
  return row.module === null ? how : `${how} pour « ${module} »`
}

function until({ row }: Told): string {
  const instant = row.details['until']
  return typeof instant === 'string' ? `, jusqu'à ${parisTime(instant)}` : ''
}
