import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { root } from '../bootstrap/places.mjs'
import { contentFaults, readArchive, strayFaults } from './contents.ts'
import { fuseFaults, readFuses, type FuseReading } from './fuses.ts'

/** What was read back from a packed program. */
export interface Inspection {
  readonly fuses: readonly FuseReading[]
  readonly archiveFiles: number
}

/**
 * Reads back the fuses of a packed program and the content of its archive.
 * @param wanted the fuses that were asked for
 * @throws {Error} naming each fault on its line
 */
export async function inspectProgram(
  executable: string,
  resources: string,
  wanted: NonNullable<Configuration['electronFuses']>,
): Promise<Inspection> {
  const archive = join(resources, 'app.asar')
  const files = readArchive(archive)
  const fuses = await readFuses(executable, wanted)
  const faults = [
    ...fuseFaults(fuses),
    ...contentFaults(files, [root]),
    ...(await strayFaults(archive, files)),
  ]
  if (faults.length > 0) throw new Error(`The package is not as it should be:\n${faults.join('\n')}`)
  return { fuses, archiveFiles: files.length }
}
