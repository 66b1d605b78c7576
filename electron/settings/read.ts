import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { assertNever } from '../assert-never.ts'
import { settingsSchema, type Settings } from './schema.ts'

/** One thing to correct in comptoir.json: where it is (`psc.redirectUris[0]`) and what was expected there. */
export type SettingsFault = { where: string | null; text: string }

export type FaultySettings = {
  kind: 'faulty'
  faults: SettingsFault[]
  /** Whom to call, when the file says it well enough. */
  support: Settings['support'] | null
}

export type SettingsOutcome = { kind: 'read'; settings: Settings } | FaultySettings

/**
 * Reads and validates the settings file. A missing file gives the defaults; anything else that is wrong gives
 * every fault at once, in French, and no settings. An installed program refuses a plain `http` issuer.
 */
export function readSettings(path: string, program: { installed: boolean }): SettingsOutcome {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'erreur'
    if (code === 'ENOENT') return check({}, program)
    return faulty(null, `Ce fichier ne peut pas être lu (${code}).`)
  }
  try {
    return check(JSON.parse(text.replace(/^\uFEFF/u, '')), program)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return faulty(null, `Ce fichier n'est pas du JSON complet : ${whereJsonBreaks(text, error.message)}.`)
  }
}

function check(value: unknown, program: { installed: boolean }): SettingsOutcome {
  const parsed = settingsSchema.safeParse(value, { error: explain })
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({ where: pathOf(issue.path), text: issue.message }))
    return { kind: 'faulty', faults, support: supportIn(value) }
  }
  const { psc } = parsed.data
  const plain = (['issuer', 'discoveryUrl'] as const).filter((key) => /^http:/iu.test(psc?.[key] ?? ''))
  if (program.installed && plain.length > 0) {
    const faults = plain.map((key) => ({ where: `psc.${key}`, text: 'attendu : une adresse https' }))
    return { kind: 'faulty', faults, support: parsed.data.support }
  }
  return { kind: 'read', settings: parsed.data }
}

function supportIn(value: unknown): Settings['support'] | null {
  const holder = z.object({ support: settingsSchema.shape.support }).safeParse(value)
  return holder.success ? holder.data.support : null
}

function faulty(where: string | null, text: string): SettingsOutcome {
  return { kind: 'faulty', faults: [{ where, text }], support: null }
}

/** `["psc","redirectUris",0]` → `psc.redirectUris[0]`. */
function pathOf(path: readonly PropertyKey[]): string | null {
  if (path.length === 0) return null
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./u, '')
}

function whereJsonBreaks(text: string, message: string): string {
  const position = breaksAt(text, message)
  if (position === null) return 'il est vide ou tronqué'
  const before = text.slice(0, position).split('\n')
  if (position >= text.trimEnd().length) return `il s'arrête trop tôt, ligne ${before.length}`
  return `ligne ${before.length}, colonne ${(before.at(-1)?.length ?? 0) + 1}`
}

/** V8 gives no position with « Unexpected token »: it is the last character of the shortest part that is refused so. */
function breaksAt(text: string, message: string): number | null {
  const position = /position (?<at>\d+)/u.exec(message)?.groups?.['at']
  if (position !== undefined) return Number(position)
  if (!message.startsWith('Unexpected token')) return null
  let [sound, refused] = [0, text.length]
  while (refused - sound > 1) {
    const middle = Math.floor((sound + refused) / 2)
    if (hasUnexpectedToken(text.slice(0, middle))) refused = middle
    else sound = middle
  }
  return sound
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token')
  }
}

const typeNames: Record<string, string> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  object: 'un objet { … }',
  array: 'une liste [ … ]',
}

/** A fault of the schema in French: what was expected, then the value found. */
function explain(issue: z.core.$ZodRawIssue): string {
  return `${expectation(issue)}${found(issue.input)}`
}

function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `attendu : ${typeNames[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return `clé inconnue : ${issue.keys.join(', ')}`
    case 'invalid_value':
      return `attendu : ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `attendu : au moins ${issue.minimum.toString()}${unit(issue.origin)}`
    case 'too_big':
      return `attendu : au plus ${issue.maximum.toString()}${unit(issue.origin)}`
    case 'invalid_union':
      return 'attendu : une des formes décrites dans la documentation'
    case 'invalid_format':
      return issue.format === 'url' ? 'attendu : une adresse https://…' : `attendu : ${issue.format}`
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      return 'valeur refusée'
    default:
      return assertNever(issue)
  }
}

function unit(origin: string): string {
  return { string: ' caractère(s)', array: ' élément(s)' }[origin] ?? ''
}

function found(input: unknown): string {
  if (input === undefined) return ' ; absent'
  if (typeof input === 'object' && input !== null) return ''
  return ` ; trouvé : ${JSON.stringify(input).slice(0, 80)}`
}
