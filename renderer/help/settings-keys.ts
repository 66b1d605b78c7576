import schema from '../../resources/comptoir.schema.json'
import type { SettingsKey, SettingsPart } from '../ui/texts/help/settings.ts'

/** What is read of the JSON Schema that is shipped beside comptoir.json. */
type Node = {
  readonly type?: unknown
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly default?: unknown
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Node | undefined>> | undefined
  readonly required?: readonly string[] | undefined
  readonly items?: Node | undefined
  readonly anyOf?: readonly Node[] | undefined
  readonly oneOf?: readonly Node[] | undefined
}

/** Every key of comptoir.json, in its parts, as its JSON Schema describes them. */
export function settingsParts(root: Node = schema): SettingsPart[] {
  return childrenOf(root)
    .filter(([name]) => !name.startsWith('$'))
    .map(([name, part]) => ({
      name,
      title: part.title ?? name,
      about: part.description ?? '',
      keys: onceEach(keysUnder(name, part)),
    }))
}

/** The keys that stand under one. */
function keysUnder(path: string, node: Node): SettingsKey[] {
  if (node.items !== undefined && isSection(node.items)) return keysUnder(`${path}[]`, node.items)
  const own = childrenOf(node).flatMap(([name, child]) => {
    const key = `${path}.${name}`
    const itself = isSection(child) && !hasPlainForm(child) ? [] : [keyOf(key, child, node)]
    return itself.concat(isSection(child) ? keysUnder(key, child) : [])
  })
  return [...own, ...formsOf(node).flatMap((form) => (isSection(form) ? keysUnder(path, form) : []))]
}

function childrenOf({ properties = {} }: Node): [string, Node][] {
  return Object.entries(properties).flatMap(([name, child]) => (child === undefined ? [] : [[name, child]]))
}

function formsOf({ oneOf = [], anyOf = [] }: Node): readonly Node[] {
  return [...oneOf, ...anyOf]
}

/** Whether it has keys of its own, itself or in one of its forms. */
function isSection(node: Node): boolean {
  if (node.properties !== undefined) return true
  return node.items === undefined ? formsOf(node).some(isSection) : isSection(node.items)
}

/** Whether it may be written as a value too: `true`, or an object. */
function hasPlainForm(node: Node): boolean {
  return formsOf(node).some((form) => !isSection(form) && form.type !== 'null')
}

function keyOf(key: string, node: Node, { required = [] }: Node): SettingsKey {
  const name = key.slice(key.lastIndexOf('.') + 1)
  const about = node.description ?? node.title ?? ''
  if (node.const !== undefined)
    return { key, value: 'needed', about: `\`${JSON.stringify(node.const)}\` : ${about}` }
  if (node.default !== undefined) return { key, value: { default: JSON.stringify(node.default) }, about }
  return { key, value: required.includes(name) ? 'needed' : 'none', about }
}

/** Two forms of one section may have the same key. */
function onceEach(keys: readonly SettingsKey[]): SettingsKey[] {
  return [...new Map(keys.map((each) => [`${each.key} ${each.about}`, each])).values()]
}
