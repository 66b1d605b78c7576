// What every npm script calls: `node scripts/run.mjs COMMAND [arguments]`. It installs what the command needs,
// then runs its script under the project's Node. It has no dependency and runs under the developer's Node (20 or
// later). All it says goes to standard error.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { prepare } from './bootstrap/prepare.mjs'
import { projectNode, root } from './bootstrap/places.mjs'
import { readTestArguments, usesElectron } from './bootstrap/suites.mjs'
import { CannotInstall, say } from './bootstrap/terminal.mjs'

const USAGE = 64

/**
 * @typedef {object} Command
 * @property {readonly import('./bootstrap/prepare.mjs').Need[]} needs
 * @property {readonly string[]} [run] the script and its first arguments
 * @property {boolean} [built] whether the program must be built first
 * @property {string} [first] what is said before anything else
 */

const hasDisplay =
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) || process.platform !== 'linux'

/**
 * The suites whose tests read cards and keep secrets.
 * @type {ReadonlySet<import('./bootstrap/suites.mjs').Suite>}
 */
const WORKSTATION_SUITES = new Set(['integration', 'security', 'e2e'])

/** @type {Command} */
const TOUR = {
  needs: ['electron', 'display', 'browser', 'card', 'keychain'],
  run: ['scripts/tour.ts'],
  built: true,
}

/**
 * What one kind of packaging work needs beside the runtime.
 * @param {readonly string[]} args
 * @returns {import('./bootstrap/prepare.mjs').Need[]}
 */
function packagingNeeds(args) {
  if (args.includes('--prove')) return ['scratch-root']
  if (args.includes('--report')) return ['display']
  if (args.includes('--windows-check')) return ['windows-tools']
  return []
}

/** @type {Record<string, (args: readonly string[]) => Command>} */
const COMMANDS = {
  start: () =>
    hasDisplay
      ? { needs: ['electron'], run: ['scripts/start.ts'], built: true }
      : {
          ...TOUR,
          first: 'No display: the tour is played under a virtual one, its pictures are left in tour/.',
        },
  test: (args) => {
    const { suites } = readTestArguments(args)
    const whole = suites.some(usesElectron)
    return {
      needs: [
        ...(whole ? /** @type {const} */ (['electron', 'display', 'browser']) : []),
        ...(suites.includes('integration') ? /** @type {const} */ (['postgresql']) : []),
        ...(suites.some((suite) => WORKSTATION_SUITES.has(suite))
          ? /** @type {const} */ (['card', 'keychain'])
          : []),
      ],
      run: ['scripts/test.ts'],
      built: whole,
    }
  },
  tour: () => TOUR,
  bench: () => ({
    needs: ['electron', 'display', 'browser', 'card', 'keychain'],
    run: ['scripts/bench.ts'],
    built: true,
  }),
  soak: () => ({ needs: ['electron', 'display', 'browser'], run: ['scripts/soak.ts'], built: true }),
  package: (args) => ({ needs: ['electron', ...packagingNeeds(args)], run: ['scripts/package.ts'] }),
  'psc-simulator': () => ({ needs: [], run: ['scripts/psc-simulator.ts'] }),
  'demo:data': () => ({ needs: ['electron'], run: ['scripts/demo-data.ts'] }),
  'electron:path': () => ({ needs: ['electron'] }),
  build: () => ({ needs: [], run: ['scripts/build.ts'] }),
  schema: () => ({ needs: [], run: ['scripts/schema.ts'] }),
  lint: () => ({ needs: [], run: ['scripts/test.ts', '--suite', 'lint'] }),
  typecheck: () => ({ needs: [], run: ['scripts/test.ts', '--suite', 'types'] }),
  format: () => ({ needs: [], run: ['node_modules/prettier/bin/prettier.cjs', '--write', '.'] }),
}

/**
 * Runs a script under the project's Node, to its end.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {'inherit' | 2} stdout
 * @returns {Promise<number>} its exit code, or 128 and the number of the signal that ended it, as shells have it
 */
function script(args, env, stdout) {
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode, args, { cwd: root, env, stdio: ['inherit', stdout, 'inherit'] })
    // Control-C reaches the child by itself, which then ends in its own time; the others are handed on.
    process.on('SIGINT', () => undefined)
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)))
  })
}

/**
 * @param {string | undefined} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(name, args) {
  const command = COMMANDS[name ?? '']?.(args)
  if (command === undefined) {
    say(`Usage: node scripts/run.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`)
    return USAGE
  }
  if (command.first !== undefined) say(command.first)
  const executable = await prepare(command.needs)
  if (command.run === undefined) {
    process.stdout.write(`${executable}\n`)
    return 0
  }
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
    ...(executable === undefined ? {} : { COMPTOIR_ELECTRON: executable }),
  }
  if (command.built) {
    const code = await script(['scripts/build.ts', '--if-needed'], env, 2)
    if (code !== 0) return code
  }
  return script([...command.run, ...args], env, 'inherit')
}

try {
  process.exitCode = await main(process.argv[2], process.argv.slice(3))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof CannotInstall ? error.exitCode : 1
}
