// `npm run schema`: writes resources/comptoir.schema.json from the schema of the settings.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { settingsJsonSchema } from '../electron/settings/json-schema.ts'

const file = join(import.meta.dirname, '../resources/comptoir.schema.json')
const options = await resolveConfig(file)
writeFileSync(file, await format(JSON.stringify(settingsJsonSchema()), { ...options, filepath: file }))
console.log(file)
