import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { capture } from './command.mjs'
import { projectNode, root } from './places.mjs'
import { CannotInstall, withProgress } from './terminal.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * Makes node_modules what package-lock.json says. npm's own record of what it installed
 * (node_modules/.package-lock.json, written last) is compared with the lock: a half-done install has none, and
 * whoever ran `npm install` by hand needs nothing more.
 * @throws {CannotInstall} when npm fails
 */
export async function nodeModules() {
  const wanted = await packagesIn('package-lock.json')
  const installed = await packagesIn('node_modules/.package-lock.json')
  if (existsSync(projectNode) && isInstalled(wanted, installed)) return

  const folders = Object.keys(wanted).filter((path) => path !== '')
  await withProgress(
    `Installing ${folders.length} npm packages`,
    () => folders.filter((path) => existsSync(join(root, path))).length / folders.length,
    async () => {
      // Not every npm heeds package.json's allowScripts: older ones would compile better-sqlite3 in vain, and
      // pkcs11js with headers from a server that may not answer. So no install script is run, then that of the one
      // package that needs its own: `node` fetches its executable.
      await succeed(...npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'))
      await succeed(...npm('rebuild', 'node', '--loglevel=error'))
    },
  )
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function succeed(program, args) {
  const { code, stderr } = await capture(program, args, { cwd: root })
  if (code === 0) return
  process.stderr.write(stderr)
  throw new CannotInstall(
    'npm packages could not be installed: read npm’s words above, repair it, then type the same command again.',
  )
}

/**
 * The program and the arguments that run npm: the very npm that started us, when one did, under our own Node; unless
 * that is the project's, which npm has just removed with the rest.
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export function npm(...args) {
  const script = process.env['npm_execpath']
  return script?.endsWith('.js') && existsSync(process.execPath)
    ? [process.execPath, [script, ...args]]
    : ['npm', args]
}

/**
 * @param {Packages} wanted
 * @param {Packages} installed
 */
function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const present = installed[path]
    // What is optional is for other platforms; when it is there, it is in the right version.
    return path === '' || (present === undefined ? optional === true : present.version === version)
  })
}

/**
 * @param {string} file
 * @returns {Promise<Packages>} none when the file is missing
 */
async function packagesIn(file) {
  const text = await readFile(join(root, file), 'utf8').catch(() => '{}')
  return JSON.parse(text).packages ?? {}
}
