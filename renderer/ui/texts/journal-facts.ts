import type { JournalRowView } from '../../../electron/ipc/journal-views.ts'
import type { JsonValue } from '../../../electron/journal/json.ts'
import type { JournalEvent, Outcome } from '../../../electron/journal/kinds.ts'
import { roleNames } from '../texts.ts'
import { fr } from './french.ts'
import { kindName } from './journal-kinds.ts'
import { personIn, personName } from './journal-people.ts'
import {
  cardAnswers,
  confirmations,
  endReasons,
  firstRunPermissions,
  installationCodeRefusals,
  leftBy,
  lockReasons,
  moduleFailures,
  moduleKinds,
  moduleRefusals,
  operatorFields,
  passwordChanges,
  pscFailures,
  pscLeftBy,
  refusals,
  sessionRefusals,
  rightNames,
  stayAnswers,
  storageFaults,
  verdicts,
  windowNames,
  wordOf,
} from './journal-words.ts'
import { parisLong, parisStamp, shortDay } from './paris.ts'

/** One line of what a row holds. `exact`: to be read letter by letter. */
export type Fact = { readonly name: string; readonly value: string; readonly exact?: true }

type Detail<Event> = Event extends { details: infer Details } ? KeysOf<Details> : never
type KeysOf<Details> = Details extends unknown
  ? string extends keyof Details
    ? never
    : keyof Details
  : never
/** Every name that details may hold. */
type DetailName = Detail<JournalEvent>

/** A row's own facts, in the order of the panel; the sentence says the essential before. */
export function factsOf(row: JournalRowView): Fact[] {
  return [
    { name: 'Date et heure', value: parisLong(row.at) },
    { name: 'En temps universel', value: row.at, exact: true },
    { name: 'Événement', value: fr(kindName(row.kind)) },
    { name: 'Résultat', value: wordOf(outcomes, row.outcome) },
    { name: 'Opérateur', value: row.operator === null ? 'Aucun' : personName(row.operator) },
    ...(row.means === null ? [] : [{ name: 'Moyen', value: wordOf(meansNames, row.means) }]),
    ...(row.module === null
      ? []
      : [{ name: 'Module', value: row.module.label ?? `${row.module.id} (retiré des réglages)` }]),
    ...detailFacts(row),
    { name: 'Poste', value: row.workstation, exact: true },
    ...(row.reference === null ? [] : [{ name: 'Référence', value: row.reference, exact: true as const }]),
  ]
}

const outcomes: Record<Outcome, string> = { done: 'Fait', refused: 'Refusé', failed: 'Échoué' }
const meansNames: Record<'password' | 'psc', string> = {
  password: 'Code et mot de passe',
  psc: 'Pro Santé Connect',
}

function detailFacts(row: JournalRowView): Fact[] {
  return Object.entries(row.details).flatMap(([name, value]): Fact[] => {
    // Not said, or not come so far.
    if (value === null) return []
    if (!isDetailName(name)) return [{ name, value: raw(value), exact: true }]
    const { label, say, exact } = details[name]
    return [{ name: label, value: fr(say(value, row)), ...(exact === true ? { exact } : {}) }]
  })
}

type Saying = {
  readonly label: string
  readonly say: (value: JsonValue, row: JournalRowView) => string
  readonly exact?: true
}

const details: Record<DetailName, Saying> = {
  acr: { label: 'Niveau', say: raw },
  acrFrom: {
    label: 'Niveau donné par',
    say: (value) => wordOf({ psc: 'Pro Santé Connect', broker: 'Le fournisseur intermédiaire' }, value),
  },
  applied: { label: 'Pris en compte', say: (value) => listOf(value, {}) },
  allowedBy: { label: 'Permis', say: (value) => wordOf(firstRunPermissions, value) },
  answer: {
    label: 'Réponse',
    say: (value, { kind }) => wordOf(kind === 'card-removed.answered' ? cardAnswers : stayAnswers, value),
  },
  authMode: {
    label: 'Avec',
    say: (value) => wordOf({ CARD: 'La carte CPS', MOBILE: "L'application e-CPS" }, value),
  },
  authTime: { label: 'Identifié par le service le', say: stamp },
  authorisedBy: {
    label: 'Accord',
    say: (value, row) => {
      const person = personIn(row, 'authorisedBy')
      return person === null ? raw(value) : personName(person)
    },
  },
  before: { label: 'Plus anciennes que', say: stamp },
  by: { label: 'Par', say: (value, { kind }) => wordOf({ ...doers, ...wordsOfBy[kind] }, value) },
  changed: { label: 'Modifié', say: (value) => listOf(value, operatorFields) },
  confirmedBy: { label: 'Confirmé par', say: (value) => wordOf(confirmations, value) },
  created: { label: 'Opérateurs créés', say: raw },
  detail: { label: 'Précision', say: raw, exact: true },
  fault: { label: 'Cause', say: (value) => wordOf(storageFaults, value) },
  firstDay: { label: 'Premier jour', say: day },
  flow: {
    label: 'Façon',
    say: (value) => wordOf({ code: 'Dans le navigateur', ciba: 'Sans navigateur' }, value),
  },
  format: { label: 'Format', say: (value) => wordOf({ csv: 'CSV', jsonl: 'JSONL' }, value) },
  from: { label: 'Depuis', say: stamp },
  hash: { label: 'Empreinte de cette ligne', say: raw, exact: true },
  host: { label: 'Service', say: raw, exact: true },
  kind: { label: 'Forme du module', say: (value) => wordOf(moduleKinds, value) },
  lastDay: { label: 'Dernier jour', say: day },
  months: { label: 'Durée de conservation', say: (value) => `${raw(value)} mois` },
  name: { label: 'Nom du secret', say: raw, exact: true },
  nationalId: { label: 'Identifiant national', say: raw, exact: true },
  oldHead: { label: 'Dernière ligne connue avant', say: head },
  operators: { label: 'Opérateurs', say: raw },
  osAccount: { label: 'Compte du système', say: raw, exact: true },
  pages: { label: 'Pages fermées', say: raw },
  pending: { label: 'Au prochain démarrage', say: (value) => listOf(value, {}) },
  reason: { label: 'Raison', say: (value, { kind }) => wordOf(reasons[kind] ?? {}, value) },
  rights: { label: 'Droits donnés', say: (value) => listOf(value, rightNames) },
  role: {
    label: 'Rôle',
    say: (value, { kind }) =>
      kind === 'window.crashed' ? `fenêtre « ${wordOf(windowNames, value)} »` : wordOf(roleNames, value),
  },
  rows: { label: 'Lignes', say: raw },
  rpps: { label: 'RPPS', say: raw, exact: true },
  seq: { label: 'Première ligne en défaut', say: raw },
  sessions: { label: 'Sessions terminées', say: raw },
  stopped: { label: 'Arrêt du programme', say: (value) => (value === true ? 'Oui' : 'Non') },
  target: {
    label: 'À propos de',
    say: (value, row) => {
      const person = personIn(row, 'target')
      return person === null ? raw(value) : personName(person)
    },
  },
  to: {
    label: "Jusqu'au",
    say: (value, { kind }) =>
      kind === 'diagnostic.named'
        ? wordOf({ clipboard: 'le presse-papiers', file: 'un fichier', terminal: 'le terminal' }, value)
        : stamp(value),
  },
  until: { label: 'Fin prévue', say: stamp },
  upTo: { label: "Jusqu'à la ligne", say: raw },
  verdict: { label: 'Constat', say: (value) => wordOf(verdicts, value) },
  version: { label: 'Version', say: raw },
}

function isDetailName(name: string): name is DetailName {
  return Object.hasOwn(details, name)
}

const reasons: Readonly<Record<string, Record<string, string>>> = {
  'identification.refused': refusals,
  'installation-code.refused': installationCodeRefusals,
  'identification.failed': pscFailures,
  'session.locked': lockReasons,
  'session.ended': endReasons,
  'module.failed': moduleFailures,
  'module.refused': moduleRefusals,
  'module.session-refused': sessionRefusals,
}

const doers = {
  operator: "l'opérateur",
  command: 'la ligne de commande',
  program: 'Comptoir, de lui-même',
  start: 'Comptoir, au démarrage',
  'first-run': 'le premier démarrage',
  demonstration: 'la démonstration',
  replacement: "Pro Santé Connect, avec l'accord de l'opérateur",
  psc: 'une identification avec Pro Santé Connect',
}
/** Where « by » says something else than who. */
const wordsOfBy: Readonly<Record<string, Record<string, string>>> = {
  'module.left': leftBy,
  'session.psc-left': pscLeftBy,
  'operator.password-changed': passwordChanges,
}

function raw(value: JsonValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function stamp(value: JsonValue): string {
  return parisStamp(raw(value))
}

function day(value: JsonValue): string {
  const text = raw(value)
  return /^\d{4}-\d\d-\d\d$/u.test(text) ? shortDay(text) : text
}

function listOf(value: JsonValue, words: Readonly<Record<string, string>>): string {
  if (!Array.isArray(value)) return raw(value)
  return value.length === 0 ? 'aucun' : value.map((one) => wordOf(words, one)).join(', ')
}

function head(value: JsonValue): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return raw(value)
  const entries = new Map(Object.entries(value))
  return `n° ${raw(entries.get('seq') ?? '?')}, ${raw(entries.get('hash') ?? '?')}`
}
