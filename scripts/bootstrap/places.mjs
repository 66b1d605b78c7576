import { existsSync, readlinkSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PARTIAL = '.partial-'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** The Node the project runs under, whatever the developer's own: the npm package `node`. */
export const projectNode = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Where what is expensive to make is kept, outside the checkout, by version. */
export const cache = join(
  process.env['COMPTOIR_CACHE'] || process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'comptoir',
)

/**
 * Returns the cached folder of that name, made once by `make`. The folder appears whole or not at all: it is
 * made under another name and renamed, so that a run killed midway leaves nothing that could be taken for it.
 * @param {string} name carries the versions of all that went into it
 * @param {(folder: string) => Promise<void>} make fills the empty folder it is given
 */
export async function cached(name, make) {
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  await sweep()
  const partial = join(cache, `${name}${PARTIAL}${process.pid}`)
  await mkdir(partial, { recursive: true })
  try {
    await make(partial)
    await rename(partial, folder).catch((error) => {
      // Somebody else made the same thing meanwhile: theirs is as good.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return folder
}

/** Removes what killed runs left behind. */
async function sweep() {
  await mkdir(cache, { recursive: true })
  for (const entry of await readdir(cache)) {
    const pid = entry.split(PARTIAL)[1]
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(cache, entry), { recursive: true, force: true })
    }
  }
}

/**
 * A process that has ended but that nobody has waited for, as in containers without an init, does not count.
 * @param {number} pid
 */
function isRunning(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== ''
  } catch (error) {
    // Somebody else's process is there, but not ours to look at.
    return error instanceof Error && 'code' in error && error.code !== 'ENOENT'
  }
}
