import { spawnSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { projectNode, root } from '../bootstrap/places.mjs'
import { readBundled } from './bundled.ts'
import { derivedConfiguration, publishedConfiguration } from './configuration.ts'
import { bareCopy, type Distribution } from './distribution.ts'
import { writeComponents, writeLicences } from './licences.ts'
import { runtimeVersionsOf } from './runtime-versions.ts'
import { writeSbom } from './sbom.ts'
import type { Target } from './lock-file.ts'

/** What electron-builder needs to pack a program. */
export interface Stage {
  readonly config: Configuration
  /** The same, as electron-builder reads it. */
  readonly configFile: string
  /** Whether it is a test package. */
  readonly marked: boolean
  /** To be removed once the program is packed. */
  readonly scratch: string
}

/** What is asked of a package, wherever it is for. */
export interface StageRequest {
  /** Where packages go. */
  readonly output: string
  /** Instead of package.json's. */
  readonly version: string | undefined
  /** Whether a test package is wanted although the pinned Electron is at hand. */
  readonly testPackage?: boolean
}

/** Builds the program aside from dist/, tells what is in it, and derives what electron-builder is given. */
export async function stageProgram(
  { output, version, testPackage = false }: StageRequest,
  distribution: Distribution,
  target: Target,
): Promise<Stage> {
  const marked = testPackage || distribution.test
  const scratch = join(output, 'build', `${target.platform}-${target.arch}`)
  const [built, electron, resources] = [
    join(scratch, 'program'),
    join(scratch, 'electron'),
    join(scratch, 'told'),
  ]
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  await bareCopy(distribution, electron)
  // On the terminal, where it says why it could not.
  const { status } = spawnSync(projectNode, [join(root, 'scripts/build.ts'), '--out', built], {
    env: { ...process.env, COMPTOIR_TEST_PACKAGE: marked ? '1' : '0' },
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('The program was not built.')
  const runtime = await runtimeVersionsOf(distribution.executable)
  const shipped = { target, runtime, bundled: readBundled(built), version }
  writeSbom(resources, shipped)
  writeLicences(resources, shipped)
  writeComponents(built, shipped)
  const published = await publishedConfiguration()
  const config = derivedConfiguration(published, {
    marked,
    distribution,
    built,
    electron,
    resources,
    output,
    version,
  })
  // By a file: electron-builder would merge an object with electron-builder.yml, and nothing could be taken out.
  const configFile = join(scratch, 'electron-builder.json')
  await writeFile(configFile, JSON.stringify(config, undefined, 2))
  return { config, configFile, scratch, marked }
}
