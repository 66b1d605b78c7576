import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cxxFlags, LINK_FLAGS, versionOf } from './addon.mjs'
import { run } from './command.mjs'
import { root } from './places.mjs'

const PACKAGE = join(root, 'node_modules/better-sqlite3')
/** better-sqlite3 prefers this file, which only a compilation makes, to the binaries it ships. */
const COMPILED = join(PACKAGE, 'build/Release/better_sqlite3.node')
const WRAPPER = join(root, 'e2e/support/electron-runtime/node-api-8.h')

const CXX_FLAGS = [
  '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  `-I${join(root, 'node_modules/node-addon-api')}`,
  `-I${join(PACKAGE, 'deps/sqlite3')}`,
  '-include',
  WRAPPER,
]
const C_FLAGS = ['-std=c99', '-O2', '-w', '-fPIC', '-DNDEBUG']

/**
 * better-sqlite3 for a runtime whose Node-API is older than its binaries want. It loads in the project's Node too.
 * @param {number} oldNodeApi
 * @returns {Promise<import('./addon.mjs').Addon>}
 */
export async function betterSqlite3(oldNodeApi) {
  const wrapper = createHash('sha256')
    .update(await readFile(WRAPPER))
    .digest('hex')
  return {
    title: 'better-sqlite3',
    cacheName: `better-sqlite3-${await versionOf(PACKAGE)}-node-api-${oldNodeApi}-${wrapper.slice(0, 8)}`,
    file: COMPILED,
    usualMs: 50_000,
    compile: (folder) => compile(oldNodeApi, folder),
  }
}

/** Gives better-sqlite3 back the binaries it ships, for a runtime that loads them. */
export function shippedBetterSqlite3() {
  return rm(dirname(dirname(COMPILED)), { recursive: true, force: true })
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
      ...cxxFlags('better_sqlite3', nodeApi),
      ...CXX_FLAGS,
      '-c',
      join(PACKAGE, 'src/better_sqlite3.cpp'),
      '-o',
      addon,
    ]),
  ])
  await run('g++', [...LINK_FLAGS, addon, sqlite, '-ldl', '-o', join(folder, 'better_sqlite3.node')])
  await Promise.all([rm(sqlite), rm(addon)])
}
