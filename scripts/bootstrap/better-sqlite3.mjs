import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from './command.mjs'
import { cache, cached, root } from './places.mjs'
import { withProgress } from './terminal.mjs'

const PACKAGE = join(root, 'node_modules/better-sqlite3')
/** better-sqlite3 prefers this file, which only a compilation makes, to the binaries it ships. */
const COMPILED = join(PACKAGE, 'build/Release/better_sqlite3.node')
const WRAPPER = join(root, 'e2e/support/electron-runtime/node-api-8.h')
/** Measured on two cores; only the progress bar depends on it. */
const USUAL_MS = 50_000

const INCLUDES = ['node-addon-api', 'node-api-headers/include', 'better-sqlite3/deps/sqlite3']
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
  '-DNODE_GYP_MODULE_NAME=better_sqlite3',
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  ...INCLUDES.map((folder) => `-I${join(root, 'node_modules', folder)}`),
  '-include',
  WRAPPER,
]
const C_FLAGS = ['-std=c99', '-O2', '-w', '-fPIC', '-DNDEBUG']
const LINK_FLAGS = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL']

/**
 * Whether a C++ compiler is needed before `betterSqlite3` can do its work.
 * @param {number | undefined} oldNodeApi
 */
export async function needsCompiler(oldNodeApi) {
  return oldNodeApi !== undefined && !existsSync(await compiledPath(oldNodeApi))
}

/**
 * Makes better-sqlite3 load in a runtime whose Node-API is older than its binaries want, by compiling it once
 * for that version; with `undefined`, gives it back its own binaries. The result loads in the project's Node too.
 * @param {number | undefined} oldNodeApi
 * @throws {Error} with the compiler's last words
 */
export async function betterSqlite3(oldNodeApi) {
  if (oldNodeApi === undefined) return rm(dirname(dirname(COMPILED)), { recursive: true, force: true })
  await cached(await cacheName(oldNodeApi), (folder) =>
    withProgress('Compiling better-sqlite3', since(USUAL_MS), () => compile(oldNodeApi, folder)),
  )
  const wanted = await readFile(await compiledPath(oldNodeApi))
  const present = await readFile(COMPILED).catch(() => undefined)
  if (present?.equals(wanted)) return
  await mkdir(dirname(COMPILED), { recursive: true })
  await writeFile(`${COMPILED}.${process.pid}`, wanted)
  await rename(`${COMPILED}.${process.pid}`, COMPILED)
}

/**
 * @param {number} nodeApi
 * @param {string} folder
 */
async function compile(nodeApi, folder) {
  const gypi = await readFile(join(PACKAGE, 'deps/defines.gypi'), 'utf8')
  const defines = [...gypi.matchAll(/'((?:HAVE|SQLITE)_\w+(?:=-?\d+)?)'/g)].map((match) => `-D${match[1]}`)
  const [sqlite, addon] = [join(folder, 'sqlite3.o'), join(folder, 'addon.o')]
  await Promise.all([
    run('gcc', [...C_FLAGS, ...defines, '-c', join(PACKAGE, 'deps/sqlite3/sqlite3.c'), '-o', sqlite]),
    run('g++', [
      ...CXX_FLAGS,
      `-DNAPI_VERSION=${nodeApi}`,
      '-c',
      join(PACKAGE, 'src/better_sqlite3.cpp'),
      '-o',
      addon,
    ]),
  ])
  await run('g++', [...LINK_FLAGS, addon, sqlite, '-ldl', '-o', join(folder, 'better_sqlite3.node')])
  await Promise.all([rm(sqlite), rm(addon)])
}

/** @param {number} nodeApi */
async function compiledPath(nodeApi) {
  return join(cache, await cacheName(nodeApi), 'better_sqlite3.node')
}

/** @param {number} nodeApi */
async function cacheName(nodeApi) {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'))
  const wrapper = createHash('sha256')
    .update(await readFile(WRAPPER))
    .digest('hex')
  return `better-sqlite3-${version}-node-api-${nodeApi}-${wrapper.slice(0, 8)}`
}

/**
 * The share of a usual duration that has passed, never quite 1.
 * @param {number} usualMs
 */
function since(usualMs) {
  const started = Date.now()
  return () => Math.min((Date.now() - started) / usualMs, 0.99)
}
