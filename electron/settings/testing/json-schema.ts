import type * as z from 'zod'

type Schema = z.core.JSONSchema.JSONSchema
type Check = (schema: Schema, value: unknown) => boolean

/**
 * The keywords of JSON Schema (draft 2020-12) that comptoir.schema.json uses, each as the specification has it; those
 * that say nothing of validity are null.
 */
const keywords: Readonly<Record<string, Check | null>> = {
  $schema: null,
  title: null,
  description: null,
  default: null,
  // An annotation, unless a validator is asked otherwise: `pattern` is beside it.
  format: null,
  type: ({ type }, value) => [type].flat().some((name) => isOfType(String(name), value)),
  const: ({ const: only }, value) => value === only,
  enum: ({ enum: values = [] }, value) => values.some((one) => one === value),
  anyOf: ({ anyOf = [] }, value) => anyOf.some((one) => isValid(one, value)),
  oneOf: ({ oneOf = [] }, value) => oneOf.filter((one) => isValid(one, value)).length === 1,
  allOf: ({ allOf = [] }, value) => allOf.every((one) => isValid(one, value)),
  minLength: ({ minLength = 0 }, value) => typeof value !== 'string' || value.length >= minLength,
  maxLength: ({ maxLength = 0 }, value) => typeof value !== 'string' || value.length <= maxLength,
  pattern: ({ pattern = '' }, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minimum: ({ minimum = 0 }, value) => typeof value !== 'number' || value >= minimum,
  exclusiveMinimum: ({ exclusiveMinimum = 0 }, value) =>
    typeof value !== 'number' || value > Number(exclusiveMinimum),
  maximum: ({ maximum = 0 }, value) => typeof value !== 'number' || value <= maximum,
  minItems: ({ minItems = 0 }, value) => !Array.isArray(value) || value.length >= minItems,
  maxItems: ({ maxItems = 0 }, value) => !Array.isArray(value) || value.length <= maxItems,
  items: ({ items }, value) =>
    !Array.isArray(value) || value.every((item) => isValid(Array.isArray(items) ? undefined : items, item)),
  required: ({ required = [] }, value) =>
    !isObject(value) || required.every((key) => Object.hasOwn(value, key)),
  properties: ({ properties = {} }, value) =>
    !isObject(value) ||
    Object.entries(properties).every(
      ([key, inside]) => !Object.hasOwn(value, key) || isValid(inside, Reflect.get(value, key)),
    ),
  additionalProperties: ({ properties = {} }, value) =>
    !isObject(value) || Object.keys(value).every((key) => Object.hasOwn(properties, key)),
}

/** Whether a value is what a JSON Schema allows. Throws over a keyword that is not known here: nothing passes unseen. */
export function isValid(schema: Schema | boolean | undefined, value: unknown): boolean {
  if (typeof schema !== 'object') throw new Error('not a schema')
  return Object.keys(schema).every((name) => {
    const check = keywords[name]
    if (check === undefined) throw new Error(`unknown keyword: ${name}`)
    return check === null || check(schema, value)
  })
}

function isOfType(name: string, value: unknown): boolean {
  switch (name) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === name
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
