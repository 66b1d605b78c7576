import * as z from 'zod'
import { settingsFaultTexts as texts } from '../../renderer/ui/texts/settings-faults.ts'
import { looksSecret } from './told-value.ts'
import { settingsSchema } from './schema.ts'

/** A key that comptoir.json may have. */
type KnownKey = {
  readonly key: string
  /** The same, as `plain` makes it. */
  readonly bare: string
  /** What has it: `psc.ciba`, `modules[].launch`; empty: the whole file. */
  readonly section: string
  /** With which `kind` only, where the section is one of several kinds. */
  readonly kinds: readonly string[]
}

/** What is kept in the keychain under `psc.`, as hands that write them in the file instead would name them. */
const secrets: readonly (readonly [name: string, own: string, ...others: string[]])[] = [
  ['psc.clientSecret', 'clientsecret', 'secret', 'secretclient'],
  ['psc.keyPassphrase', 'keypassphrase', 'passphrase', 'keypassword'],
  ['psc.p12Password', 'p12password', 'password', 'p12passphrase', 'pfxpassword'],
]

/** Said of an unknown key at `path` (its own name last): which it is, and what was probably meant. */
export function explainUnknown(path: readonly PropertyKey[]): string {
  const key = String(path.at(-1))
  const section = sectionOf(path.slice(0, -1))
  const here = knownKeys().filter((known) => known.section === section)
  const asked = plain(key).replace(/^psc\./u, '')
  const told = texts.unknown(key)

  const secret = secrets.find(
    ([, own, ...others]) => own === asked || (section.startsWith('psc') && others.includes(asked)),
  )
  if (secret !== undefined) return `${told}${texts.secret(secret[0])}`
  if (looksSecret(key)) return `${told}${texts.otherSecret}`

  const same = here.find(({ bare }) => bare === asked)
  if (same?.key === key) return `${told}${texts.ofKind(same.kinds.map((kind) => JSON.stringify(kind)))}`
  if (same !== undefined) return `${told}${texts.didYouMean(same.key)}`

  const elsewhere = knownKeys().filter(({ bare }) => bare === asked)
  const near = nearest(asked, here)
  if (near !== null && elsewhere.length === 0) return `${told}${texts.didYouMean(near)}`
  if (elsewhere.length > 0) {
    return `${told}${texts.belongsTo([...new Set(elsewhere.map((known) => known.section))])}`
  }
  return `${told}${texts.possible([...new Set(here.map((known) => known.key))])}`
}

/** The nearest key, if it is near enough to be the one that was meant. */
function nearest(asked: string, keys: readonly KnownKey[]): string | null {
  const limit = Math.max(1, Math.floor(asked.length / 3))
  let best: { readonly key: string; readonly distance: number } | null = null
  for (const { key, bare } of keys) {
    // As many letters at least differ.
    if (Math.abs(asked.length - bare.length) > limit) continue
    const distance = editDistance(asked, bare)
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { key, distance }
  }
  return best?.key ?? null
}

/** How many letters differ, are missing, are too many, or changed places with their neighbour (Damerau, restricted). */
export function editDistance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one.charAt(i - 1) === other.charAt(j - 1)
      const swapped =
        i > 1 &&
        j > 1 &&
        one.charAt(i - 1) === other.charAt(j - 2) &&
        one.charAt(i - 2) === other.charAt(j - 1)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    ;[before, row] = [row, next]
  }
  return row.at(-1) ?? 0
}

/** Without what hands change: case, accents, « - » and « _ ». */
function plain(key: string): string {
  return key
    .normalize('NFD')
    .replaceAll(/[\p{M}_\s-]/gu, '')
    .toLowerCase()
}

/** `modules[].launch`, of `["modules", 3, "launch"]`. */
function sectionOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (section, key) =>
      typeof key === 'number' ? `${section}[]` : section === '' ? String(key) : `${section}.${String(key)}`,
    '',
  )
}

let known: readonly KnownKey[] | null = null
/** Every key, once one is asked for: a file without an unknown key costs nothing. */
function knownKeys(): readonly KnownKey[] {
  known ??= [...keysIn(z.toJSONSchema(settingsSchema, { io: 'input' }), '')].filter(
    ({ key }) => key !== '$schema',
  )
  return known
}

type Node = z.core.JSONSchema.JSONSchema | boolean

function* keysIn(node: Node, section: string): Generator<KnownKey> {
  if (typeof node === 'boolean') return
  for (const form of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) yield* keysIn(form, section)
  if (node.items !== undefined && !Array.isArray(node.items)) yield* keysIn(node.items, `${section}[]`)
  const properties = Object.entries(node.properties ?? {})
  const kind = node.properties?.['kind']
  const kinds = typeof kind === 'object' && typeof kind.const === 'string' ? [kind.const] : []
  for (const [key, value] of properties) {
    yield { key, bare: plain(key), section, kinds }
    yield* keysIn(value, section === '' ? key : `${section}.${key}`)
  }
}
