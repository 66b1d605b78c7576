import * as z from 'zod'
import type { Hostile } from './hostile.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
/** A text for each pattern of the contract: those of references and of days. */
const patterned: readonly ((hostile: Hostile) => string)[] = [
  ({ random }) =>
    [0, 1]
      .map(() => Array.from({ length: 3 }, () => letters[Math.floor(random() * letters.length)]).join(''))
      .join('-'),
  ({ random }) => new Date(Math.floor(random() * 4e12)).toISOString().slice(0, 10),
  ({ random }) => new Date(Math.floor(random() * 4e12)).toISOString(),
]

/**
 * What makes valid arguments of a channel, at random.
 * @throws {Error} for a schema that it does not know how to satisfy: it is to be taught
 */
export function samplesOf(args: z.ZodType): (hostile: Hostile) => unknown {
  if (args.safeParse(undefined).success) return () => undefined
  const schema = z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' })
  return (hostile) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const sample = valueOf(schema, hostile)
      if (args.safeParse(sample).success) return sample
    }
    throw new Error(`no sample of ${JSON.stringify(schema)}`)
  }
}

function valueOf(schema: z.core.JSONSchema._JSONSchema, hostile: Hostile): unknown {
  if (typeof schema === 'boolean') return 'anything'
  const { random, pick } = hostile
  if ('const' in schema) return schema.const
  if (schema.enum !== undefined) return pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return valueOf(pick(choices), hostile)
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  switch (schema.type) {
    case 'string': {
      if (schema.pattern !== undefined) {
        const pattern = new RegExp(schema.pattern, 'u')
        return patterned.map((make) => make(hostile)).find((text) => pattern.test(text))
      }
      const { minLength = 0, maxLength = 40 } = schema
      const length = between(minLength, Math.min(maxLength, minLength + 40))
      return Array.from({ length }, () => String.fromCharCode(32 + between(0, 90))).join('')
    }
    case 'integer':
    case 'number':
      return between(Math.max(schema.minimum ?? -10, -1e9), Math.min(schema.maximum ?? 1e6, 1e9))
    case 'boolean':
      return random() < 0.5
    case 'null':
      return null
    case 'array': {
      const { items = true, minItems = 0, maxItems = 4 } = schema
      if (Array.isArray(items)) throw new Error('no tuples')
      return Array.from({ length: between(minItems, Math.min(maxItems, 4)) }, () => valueOf(items, hostile))
    }
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, valueOf(part, hostile)]),
      )
    // A custom schema says nothing of itself.
    case undefined:
    default:
      return `text ${between(0, 1000)}`
  }
}
