import { execFile } from 'node:child_process'
import { cp, readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../bootstrap/places.mjs'

/** An Electron that can be packed. */
export interface Distribution {
  readonly executable: string
  /** All of it. */
  readonly folder: string
  readonly version: string
  /** Whether it is another than the pinned one: what is made with it is a test package, and says so. */
  readonly test: boolean
}

/**
 * The Electron of that executable. Its version is asked of itself: nobody can mislabel it.
 * @throws {Error} when it does not start
 */
export async function distributionOf(executable: string): Promise<Distribution> {
  const { stdout } = await promisify(execFile)(executable, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  const version = stdout.trim()
  // On macOS it is dist/Electron.app/Contents/MacOS/Electron.
  const folder = process.platform === 'darwin' ? resolve(executable, '../../../..') : dirname(executable)
  return { executable, folder, version, test: version !== (await pinnedVersion()) }
}

/** The version of Electron that users get. */
export async function pinnedVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
  )
  return version
}

/** Copies the distribution, without the application that starts folders in it: it would be shipped. */
export async function bareCopy({ folder }: Distribution, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await cp(folder, to, { recursive: true, verbatimSymlinks: true })
  const resources = process.platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  for (const leftover of [`${resources}/app`, `${resources}/default_app.asar`, 'version']) {
    await rm(join(to, leftover), { recursive: true, force: true })
  }
}
