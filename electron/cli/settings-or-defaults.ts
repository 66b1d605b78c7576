import { readSettings } from '../settings/read.ts'
import { settingsSchema, type Settings } from '../settings/schema.ts'
import type { Program } from './perform.ts'

/** The settings of this workstation, or the defaults where comptoir.json has faults: for who must go on without it. */
export function settingsOrDefaults({ paths, edition }: Pick<Program, 'paths' | 'edition'>): Settings {
  const read = readSettings(paths.settings, { edition })
  return read.kind === 'read' ? read.settings : settingsSchema.parse({})
}
