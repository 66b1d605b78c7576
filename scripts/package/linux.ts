import { existsSync } from 'node:fs'
import { rm, stat, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { run } from '../bootstrap/command.mjs'
import { projectNode, root } from '../bootstrap/places.mjs'
import { say } from '../bootstrap/terminal.mjs'
import { electronExecutable } from '../electron-arguments.ts'
import { readLinuxArguments, USAGE_OF_LINUX, type LinuxRequest } from './arguments.ts'
import { takeFilesAway } from './desktop-entry.ts'
import { distributionOf, pinnedVersion, type Distribution } from './distribution.ts'
import { inspectProgram } from './inspect.ts'
import { linkedPackages } from './linked-packages.ts'
import { reportOnDeb, toldReport } from './package-report.ts'
import { stageProgram, type Stage } from './stage.ts'

const USAGE = 64
const UNAVAILABLE = 69

/**
 * `npm run package -- --linux`: builds the program, packs it with the Electron at hand, and reads back what was made.
 * @returns the exit code: 64 for a wrong word, 69 when a release is asked and the pinned Electron is not at hand
 */
export async function packageForLinux(args: readonly string[]): Promise<number> {
  let request: LinuxRequest
  try {
    request = readLinuxArguments(args)
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${USAGE_OF_LINUX}`)
    return USAGE
  }
  const distribution = await distributionOf(electronExecutable())
  if (distribution.test) {
    const pinned = await pinnedVersion()
    if (request.release) {
      say(
        `Electron ${pinned} is not at hand, and Electron ${distribution.version} is for tests only: once github.com ` +
          'can be reached, or ELECTRON_MIRROR names another place, type the same command again.',
      )
      return UNAVAILABLE
    }
    say(
      `Only Electron ${distribution.version} is at hand instead of ${pinned}: this makes a TEST package, marked as such.`,
    )
  }
  await makePackage(request, distribution)
  return 0
}

async function makePackage(request: LinuxRequest, distribution: Distribution): Promise<void> {
  const clock = startClock()
  // The same commit gives the same bytes.
  process.env['SOURCE_DATE_EPOCH'] ??= await dateOfSources()
  const stage = await stageProgram(request, distribution, { platform: 'linux', arch: 'x64' })
  const program = clock.lap()

  const folder = join(request.output, 'linux-unpacked')
  await pack(stage.configFile, 'dir')
  const inspection = await inspectProgram(
    join(folder, 'comptoir'),
    join(folder, 'resources'),
    stage.config.electronFuses ?? {},
  )
  const packed = clock.lap()
  if (request.folderOnly) {
    await rm(stage.scratch, { recursive: true, force: true })
    say(`${folder}: built in ${(program + packed).toFixed(1)} s`)
    return
  }

  const deb = await wrap(stage, folder)
  const wrapped = clock.lap()
  await rm(stage.scratch, { recursive: true, force: true })
  const seconds = { program, folder: packed, deb: wrapped, all: program + packed + wrapped }
  const known = { electron: distribution.version, testPackage: stage.marked, seconds, ...inspection }
  console.log(toldReport(await reportOnDeb(deb, known)))
}

/** Makes a deb of a packed program, with our own fpm; resolves to its path. */
async function wrap({ config, configFile }: Stage, folder: string): Promise<string> {
  const linked = await linkedPackages(folder)
  const depends = [...new Set([...linked, ...[config.deb?.depends ?? []].flat()])]
  await writeFile(configFile, JSON.stringify({ ...config, deb: { ...config.deb, depends } }))
  process.env['CUSTOM_FPM_PATH'] = join(import.meta.dirname, 'fpm.ts')
  // It is started by its first line, under the project's Node.
  process.env['PATH'] = [dirname(projectNode), process.env['PATH']].join(delimiter)
  const [deb] = await pack(configFile, 'deb', folder)
  if (deb === undefined) throw new Error('electron-builder made no deb.')
  return deb
}

/** Seconds since 1970: the commit's, which is also that of each file of an archive of it. */
async function dateOfSources(): Promise<string> {
  if (!existsSync(join(root, '.git'))) {
    return String(Math.floor((await stat(join(root, 'package.json'))).mtimeMs / 1000))
  }
  const changed = await run('git', ['-C', root, 'status', '--porcelain'])
  if (changed !== '') say('Not everything is committed: the package is not that of the last commit.')
  return (await run('git', ['-C', root, 'log', '-1', '--format=%ct'])).trim()
}

/** Has electron-builder make one target, from a folder that is already packed where there is one. */
function pack(config: string, target: 'dir' | 'deb', prepackaged?: string): Promise<string[]> {
  return build({
    projectDir: root,
    config,
    publish: 'never',
    effectiveOptionComputed: takeFilesAway,
    targets: Platform.LINUX.createTarget(target, Arch.x64),
    ...(prepackaged === undefined ? {} : { prepackaged }),
  })
}

function startClock() {
  let last = performance.now()
  return {
    /** Seconds since the last call. */
    lap: () => {
      const now = performance.now()
      const seconds = (now - last) / 1000
      last = now
      return seconds
    },
  }
}
