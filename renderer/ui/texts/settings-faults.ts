import type { JsonBreak, Position } from '../../../electron/settings/json-text.ts'

/** More keys than this are not listed. */
const keysAtMost = 13

/** What is wrong with comptoir.json, and what is expected there. Plain spaces: whoever shows them calls `fr`. */
export const settingsFaultTexts = {
  json: (why: JsonBreak, { line, column }: Position) => {
    if (why === 'empty') {
      return 'Ce fichier est vide. Écrivez-y au moins {}, ou supprimez-le : Comptoir prend alors ses valeurs par défaut.'
    }
    if (why === 'cut-short') {
      return `Ce fichier n'est pas du JSON complet : il s'arrête trop tôt, ligne ${line}.`
    }
    return `Ce fichier n'est pas du JSON, ligne ${line}, colonne ${column} : ${jsonBreaks[why]}.`
  },
  duplicate: (key: string, { line, column }: Position, first: Position) =>
    `clé en double : ${key}, ligne ${line}, colonne ${column} ; elle est déjà ligne ${first.line}, et seule la dernière compterait`,
  utf16:
    'Ce fichier est en UTF-16. Enregistrez-le en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage).',
  notUtf8: ({ line, column }: Position) =>
    `Ce fichier n'est pas en UTF-8 : une lettre accentuée sans doute, ligne ${line}, colonne ${column}. Enregistrez-le en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage).`,
  unreadable: (code: string) => {
    switch (code) {
      case 'EISDIR':
        return "C'est un dossier, pas un fichier (EISDIR). Mettez-y un fichier, ou enlevez-le."
      case 'EACCES':
      case 'EPERM':
        return `Le compte de cette session n'a pas le droit de lire ce fichier (${code}). Donnez-lui la lecture.`
      case 'too-big':
        return "Ce fichier dépasse 1 Mo : ce ne sont pas des réglages. Remettez celui de l'installation."
      default:
        return `Ce fichier ne peut pas être lu (${code}). Vérifiez son disque et ses droits.`
    }
  },

  expectedType: (type: string) => `attendu : ${typeNames[type] ?? type}`,
  expectedOne: (values: readonly string[]) => `attendu : ${alternatives(values)}`,
  expectedAtLeast: (minimum: string, origin: string) => `attendu : au moins ${minimum}${units[origin] ?? ''}`,
  expectedMoreThan: (minimum: string) => `attendu : plus de ${minimum}`,
  expectedAtMost: (maximum: string, origin: string) => `attendu : au plus ${maximum}${units[origin] ?? ''}`,
  expectedForm: 'attendu : une des formes de comptoir.schema.json',
  expectedHttps: 'attendu : une adresse https',
  refused: 'attendu : une autre valeur',
  absent: ' ; absent',
  found: (value: string) => ` ; trouvé : ${value}`,
  foundObject: 'un objet { … }',
  foundList: 'une liste [ … ]',
  /** It may be a secret. */
  notTold: 'une valeur qui ne se répète pas ici',
  line: (line: number) => ` (ligne ${line})`,

  unknown: (key: string) => `clé inconnue : ${key}`,
  didYouMean: (key: string) => ` — vouliez-vous dire « ${key} » ?`,
  belongsTo: (sections: readonly string[]) =>
    ` — cette clé appartient à ${sections.map(sectionName).join(' ou à ')}`,
  ofKind: (kinds: readonly string[]) => ` — cette clé ne vaut qu'avec kind ${alternatives(kinds)}`,
  possible: (keys: readonly string[]) =>
    keys.length > keysAtMost ? '' : ` ; clés possibles : ${keys.join(', ')}`,
  secret: (name: string) =>
    ` — un secret ne s'écrit pas dans ce fichier : enlevez-le, changez-le s'il a servi, et mettez-le dans le trousseau par « comptoir secret set ${name} »`,
  otherSecret: " — un secret ne s'écrit pas dans ce fichier : enlevez-le, et changez-le s'il a servi",
} as const

const jsonBreaks: Record<Exclude<JsonBreak, 'empty' | 'cut-short'>, string> = {
  comment: "un commentaire, que le JSON n'a pas. Enlevez-le",
  'trailing-comma': 'une virgule de trop, après le dernier élément. Enlevez-la',
  'missing-comma': 'il manque une virgule avant ceci',
  'missing-colon': 'il manque « : » entre la clé et sa valeur',
  'bare-key': 'une clé sans guillemets. Écrivez-la entre guillemets droits',
  quotes: 'ces guillemets. Écrivez des guillemets droits : "…"',
  backslash: "une barre « \\ » seule. Dans un texte, chaque « \\ » s'écrit « \\\\ »",
  'open-string': 'un texte sans guillemet à la fin, ou sur plusieurs lignes',
  word: "un mot sans guillemets. Seuls true, false et null s'écrivent ainsi, en minuscules",
  number: 'ce nombre. Écrivez-le en décimal, avec un point : 10 ou 0.5',
  'after-the-end': 'quelque chose après la dernière accolade. Enlevez-le',
  'too-deep': "trop de crochets ou d'accolades les uns dans les autres",
  unexpected: "ce caractère n'est pas attendu ici",
}

const typeNames: Record<string, string> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  object: 'un objet { … }',
  array: 'une liste [ … ]',
}

const units: Record<string, string> = { string: ' caractère(s)', array: ' élément(s)' }

/** « "ask", "lock" ou "ignore" » */
function alternatives(values: readonly string[]): string {
  const last = values.at(-1) ?? ''
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} ou ${last}`
}

function sectionName(section: string): string {
  return section === '' ? "l'objet entier" : section
}
