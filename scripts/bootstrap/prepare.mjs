import { existsSync, readdirSync } from 'node:fs'
import { betterSqlite3, needsCompiler } from './better-sqlite3.mjs'
import { isOnPath } from './command.mjs'
import { debianPackages } from './debian.mjs'
import { electron } from './electron.mjs'
import { missingLibraries } from './libraries.mjs'
import { nodeModules } from './node-modules.mjs'

/** @typedef {'electron' | 'display' | 'browser' | 'postgresql'} Need */

/** Where Debian puts PostgreSQL's servers, one folder for each version. */
const POSTGRESQL = '/usr/lib/postgresql'

/**
 * Installs what a command needs and does not find; node modules always. Says nothing when all is there.
 * @param {readonly Need[]} needs
 * @returns {Promise<string | undefined>} the Electron executable, when it is among the needs
 * @throws {import('./terminal.mjs').CannotInstall} saying in one sentence what to type
 */
export async function prepare(needs) {
  await nodeModules()
  const runtime = needs.includes('electron') ? await electron() : undefined
  const packages = []
  if (runtime) {
    packages.push(...(await missingLibraries(runtime.executable)))
    if ((await needsCompiler(runtime.oldNodeApi)) && !isOnPath('g++')) packages.push(['g++'])
  }
  if (needs.includes('display'))
    packages.push(...missingPrograms({ Xvfb: 'xvfb', openbox: 'openbox', xdotool: 'xdotool' }))
  if (needs.includes('browser')) packages.push(...missingPrograms({ chromium: 'chromium' }))
  if (needs.includes('postgresql') && !hasPostgresql()) packages.push(['postgresql'])
  await debianPackages(packages)
  if (runtime) await betterSqlite3(runtime.oldNodeApi)
  return runtime?.executable
}

/** @param {Record<string, string>} programs for each program, the Debian package that has it */
function missingPrograms(programs) {
  return Object.entries(programs).flatMap(([program, name]) => (isOnPath(program) ? [] : [[name]]))
}

function hasPostgresql() {
  return (
    existsSync(POSTGRESQL) &&
    readdirSync(POSTGRESQL).some((version) => existsSync(`${POSTGRESQL}/${version}/bin/initdb`))
  )
}
