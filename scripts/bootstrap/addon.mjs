import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cache, cached, root } from './places.mjs'
import { withProgress } from './terminal.mjs'

/**
 * A Node-API addon whose npm package has no binary that our runtimes load.
 * @typedef {object} Addon
 * @property {string} title the npm package, as the developer knows it
 * @property {string} cacheName carries the versions of all that goes into it
 * @property {string} file where the package looks for its compiled addon
 * @property {number} usualMs measured on two cores; only the progress bar depends on it
 * @property {(folder: string) => Promise<void>} compile leaves in the folder a file named as `file` is
 */

const CXX_FLAGS = [
  '-std=c++20',
  '-O2',
  '-fPIC',
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  '-fno-exceptions',
  '-fno-rtti',
  '-fno-strict-aliasing',
  '-DNDEBUG',
  '-DBUILDING_NODE_EXTENSION',
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  `-I${join(root, 'node_modules/node-api-headers/include')}`,
]

/** What g++ is told to link an addon. */
export const LINK_FLAGS = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL']

/**
 * What g++ is told to compile an addon. Node's headers come from an npm package: node-gyp's own download may have no
 * answer.
 * @param {string} name the addon's, without `.node`
 * @param {number} nodeApi the Node-API version of the oldest runtime that loads it
 */
export function cxxFlags(name, nodeApi) {
  return [...CXX_FLAGS, `-DNODE_GYP_MODULE_NAME=${name}`, `-DNAPI_VERSION=${nodeApi}`]
}

/**
 * The version of an installed npm package.
 * @param {string} folder where it is installed
 * @returns {Promise<string>}
 */
export async function versionOf(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version
}

/**
 * Whether the addon has yet to be compiled.
 * @param {Addon} addon
 */
export function isToCompile(addon) {
  return !existsSync(compiledPath(addon))
}

/**
 * Puts the addon where its package looks for it, compiled once. Says nothing when it is there.
 * @param {Addon} addon
 * @throws {Error} with the compiler's last words
 */
export async function installAddon(addon) {
  await cached(addon.cacheName, (folder) =>
    withProgress(`Compiling ${addon.title}`, since(addon.usualMs), () => addon.compile(folder)),
  )
  const wanted = await readFile(compiledPath(addon))
  const present = await readFile(addon.file).catch(() => undefined)
  if (present?.equals(wanted)) return
  await mkdir(dirname(addon.file), { recursive: true })
  await writeFile(`${addon.file}.${process.pid}`, wanted)
  await rename(`${addon.file}.${process.pid}`, addon.file)
}

/** @param {Addon} addon */
function compiledPath({ cacheName, file }) {
  return join(cache, cacheName, basename(file))
}

/**
 * The share of a usual duration that has passed, never quite 1.
 * @param {number} usualMs
 */
function since(usualMs) {
  const started = Date.now()
  return () => Math.min((Date.now() - started) / usualMs, 0.99)
}
