import * as z from 'zod'
import { settingsSchema } from './schema.ts'

/**
 * comptoir.schema.json, which is shipped beside comptoir.json for the editors that know JSON Schema (draft 2020-12). What
 * several keys owe each other is not in it: `--check-config` says that.
 */
export function settingsJsonSchema(): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(settingsSchema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      // The limits of JavaScript's integers, which nobody means.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  })
}
