import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cxxFlags, LINK_FLAGS, versionOf } from './addon.mjs'
import { run } from './command.mjs'
import { FALLBACK_NODE_API } from './electron-fallback.mjs'
import { npm } from './node-modules.mjs'
import { root } from './places.mjs'

const PACKAGE = join(root, 'node_modules/pkcs11js')
/** The one file pkcs11js loads; its package ships none. */
const COMPILED = join(PACKAGE, 'build/Release/pkcs11.node')
/** Of its binding.gyp; main.cpp includes the others. */
const SOURCES = ['dl.cpp', 'common.cpp', 'main.cpp']

/**
 * pkcs11js, for the project's Node and every Electron of ours: it wants nothing newer than the oldest one's Node-API.
 * @returns {Promise<import('./addon.mjs').Addon>}
 */
export async function pkcs11js() {
  return {
    title: 'pkcs11js',
    cacheName: `pkcs11js-${await versionOf(PACKAGE)}-node-api-${FALLBACK_NODE_API}-${process.arch}`,
    file: COMPILED,
    usualMs: process.platform === 'linux' ? 3_000 : 30_000,
    compile: process.platform === 'linux' ? compile : rebuild,
  }
}

/** @param {string} folder */
async function compile(folder) {
  await run('g++', [
    ...cxxFlags('pkcs11', FALLBACK_NODE_API),
    `-I${join(PACKAGE, 'includes')}`,
    ...LINK_FLAGS,
    ...SOURCES.map((name) => join(PACKAGE, 'src', name)),
    '-ldl',
    '-o',
    join(folder, basename(COMPILED)),
  ])
}

/**
 * On Windows and macOS, with the developer's compiler, as its package means it; not tried there.
 * @param {string} folder
 */
async function rebuild(folder) {
  // package.json's allowScripts refuses its script to the npm that heeds it, so that `npm ci` compiles nothing.
  const options = ['--dangerously-allow-all-scripts', '--loglevel=error']
  await run(...npm('rebuild', 'pkcs11js', ...options), { cwd: root })
  await copyFile(COMPILED, join(folder, basename(COMPILED)))
}
