import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPackageWithOptions, extractAll } from '@electron/asar'
import { projectNode } from '../../bootstrap/places.mjs'
import { must } from './told.ts'

const long = 300

/** Builds the program of some sources, marked as a test package or not; `options` are of their scripts/build.ts. */
export async function buildProgram(
  sources: string,
  marked: boolean,
  ...options: readonly string[]
): Promise<void> {
  const words = [`COMPTOIR_TEST_PACKAGE=${marked ? '1' : '0'}`, projectNode, 'scripts/build.ts', ...options]
  await must(['env', '-C', sources, ...words], { seconds: long })
}

/** Puts a built program in the place of the one of an archive: what packaging added to it stays. */
export async function putProgram(
  archive: string,
  {
    built,
    version,
    scratch,
  }: { readonly built: string; readonly version?: string; readonly scratch: string },
): Promise<void> {
  const work = await mkdtemp(join(scratch, 'archive-'))
  const [folder, packed] = [join(work, 'app'), join(work, 'app.asar')]
  extractAll(archive, folder)
  await cp(built, join(folder, 'dist'), { recursive: true })
  if (version !== undefined) {
    const file = join(folder, 'package.json')
    const told: object = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...told, version }))
  }
  await createPackageWithOptions(folder, packed, { unpack: '*.node' })
  await copyFile(packed, archive)
  await rm(work, { recursive: true })
}
