import { readFileSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod'
import { settingsFaultTexts as texts } from '../../renderer/ui/texts/settings-faults.ts'
import type { Edition } from './edition.ts'
import { expectation, faultAt, faultsOf, valueAt, type ValueFault } from './explain.ts'
import { positionIn, readJson, type JsonReading, type Position } from './json-text.ts'
import { settingsSchema, type Settings } from './schema.ts'

/** One thing to correct in comptoir.json: where it is (`psc.redirectUris[0]`) and what was expected there. */
export type SettingsFault = { where: string | null; text: string }

export type FaultySettings = {
  kind: 'faulty'
  faults: SettingsFault[]
  /** Whom to call, when the file says it well enough. */
  support: Settings['support'] | null
}

/** `found`: whether there is a file; without one these are the defaults. */
export type SettingsOutcome = { kind: 'read'; settings: Settings; found: boolean } | FaultySettings

/** What stands where the settings file is looked for. */
export type FoundFile =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'absent' }
  /** `code`: the system's, or `too-big`. */
  | { readonly kind: 'unreadable'; readonly code: string }

type Program = { readonly edition: Edition }

/** Forty modules take a hundredth of it; what is larger is another file, and would hold the program up. */
const mostBytes = 1024 * 1024

/**
 * Reads and validates the settings file, at once. A missing file gives the defaults; anything else that is wrong gives
 * every fault at once, in French, and no settings. An installed program refuses a plain `http` issuer.
 */
export function readSettings(path: string, program: Program): SettingsOutcome {
  return judgeSettings(findSettings(path), program)
}

/** What stands at `path`. */
export function findSettings(path: string): FoundFile {
  try {
    if (statSync(path).size > mostBytes) return tooBig
    return { kind: 'bytes', bytes: readFileSync(path) }
  } catch (error) {
    return notRead(error)
  }
}

/** The same, without holding the program up. Never rejects. */
export async function findSettingsLater(path: string): Promise<FoundFile> {
  try {
    if ((await stat(path)).size > mostBytes) return tooBig
    return { kind: 'bytes', bytes: await readFile(path) }
  } catch (error) {
    return notRead(error)
  }
}

const tooBig: FoundFile = { kind: 'unreadable', code: 'too-big' }

function notRead(error: unknown): FoundFile {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'erreur'
  return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', code }
}

/** What `readSettings` says of what was found. */
export function judgeSettings(found: FoundFile, program: Program): SettingsOutcome {
  switch (found.kind) {
    case 'absent':
      return { kind: 'read', settings: settingsSchema.parse({}), found: false }
    case 'unreadable':
      return faulty(texts.unreadable(found.code))
    case 'bytes':
      return judgeText(found.bytes, program)
    default:
      return found
  }
}

function judgeText(bytes: Buffer, program: Program): SettingsOutcome {
  const text = textOf(bytes)
  if (text.kind === 'faulty') return text
  const json = readJson(text.text)
  if (json.kind === 'broken') return faulty(texts.json(json.why, json.at))

  const { value } = json
  const parsed = settingsSchema.safeParse(value, { error: expectation })
  const wrong = [
    ...(parsed.error === undefined ? [] : faultsOf(parsed.error.issues, value)),
    ...(program.edition === 'installed' ? plainAddresses(value) : []),
  ]
  if (parsed.success && wrong.length === 0 && json.duplicates.length === 0) {
    return { kind: 'read', settings: parsed.data, found: true }
  }
  const places = isOnSeveralLines(text.text)
  const faults = wrong.map(({ path, text: told }) => {
    const at = json.placeOf(path)
    return { path, at, text: places && path.length > 0 ? `${told}${texts.line(at.line)}` : told }
  })
  return {
    kind: 'faulty',
    // In the order of the file, as whoever mends it meets them.
    faults: [...duplicatesIn(json), ...faults]
      .sort((one, other) => one.at.line - other.at.line || one.at.column - other.at.column)
      .map(({ path, text: told }) => ({ where: pathOf(path), text: told })),
    support: supportIn(value),
  }
}

function isOnSeveralLines(text: string): boolean {
  return /[\r\n]/u.test(text.trim())
}

/** The text of the file, in UTF-8, which a byte-order mark may begin. */
function textOf(bytes: Buffer): { kind: 'text'; text: string } | FaultySettings {
  const [first, second] = bytes
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (marked || bytes.includes(0)) return faulty(texts.utf16)
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    // U+FFFD stands for the first byte that is no UTF-8, unless the file has one of its own before it.
    const text = bytes.toString('utf8').replace(/^\uFEFF/u, '')
    return faulty(texts.notUtf8(positionIn(text, text.indexOf('\uFFFD'))))
  }
}

function duplicatesIn({
  duplicates,
}: Extract<JsonReading, { kind: 'json' }>): (ValueFault & { readonly at: Position })[] {
  return duplicates.map(({ path, at, first }) => ({
    path,
    at,
    text: texts.duplicate(String(path.at(-1)), at, first),
  }))
}

/** Whoever listens on the road would read who comes in. */
function plainAddresses(value: unknown): ValueFault[] {
  return ['issuer', 'discoveryUrl'].flatMap((key) => {
    const path = ['psc', key]
    const address = valueAt(value, path)
    const plain = typeof address === 'string' && /^http:/iu.test(address)
    return plain ? [faultAt(path, texts.expectedHttps, value)] : []
  })
}

function supportIn(value: unknown): Settings['support'] | null {
  const holder = z.object({ support: settingsSchema.shape.support }).safeParse(value)
  return holder.success ? holder.data.support : null
}

function faulty(text: string): FaultySettings {
  return { kind: 'faulty', faults: [{ where: null, text }], support: null }
}

/** `["psc","redirectUris",0]` → `psc.redirectUris[0]`; null: the whole file. */
function pathOf(path: readonly PropertyKey[]): string | null {
  if (path.length === 0) return null
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./u, '')
}
