import { chmod, chown, constants, lstat, open, stat } from 'node:fs/promises'
import path from 'node:path'

type Rights = { readonly mode: number; readonly uid: number; readonly gid: number }

/** open(2): the name alone is looked up. Node has no name for it. */
const O_PATH = 0o10000000

/**
 * Gives a file made beside the database to those who have the database, or its folder when it is not there any more:
 * what an administrator does leaves all to the account of the counter. Rejects with Node's error.
 */
export async function openToSameAccounts(file: string, database: string): Promise<void> {
  const { uid, gid, mode } = await stat(database).catch(() => stat(path.dirname(database)))
  await give(file, { uid, gid, mode: mode & 0o666 })
}

/**
 * Gives what was just made in `folder` to those who may write there, and to nobody else, whatever the umask: everybody in
 * the data folder of an installed program, where several accounts share a workstation; its owner alone in a private one.
 * The folder says who, so that no process has another umask for it, which every program that it starts would inherit.
 * Rejects with Node's error.
 */
export async function openToWritersOf(folder: string, made: string): Promise<void> {
  const { uid, gid, mode } = await stat(folder)
  const classes = 0o700 | ((mode & 0o020) === 0 ? 0 : 0o070) | ((mode & 0o002) === 0 ? 0 : 0o007)
  const isFolder = (await lstat(made)).isDirectory()
  await give(made, { uid, gid, mode: isFolder ? classes : classes & 0o666 })
}

/**
 * Where everybody writes, a name may lead elsewhere by now, and an administrator would hand that over: what has the name is
 * looked at, then given, without being opened, since closing a file that SQLite has open drops its locks.
 */
async function give(place: string, { mode, uid, gid }: Rights): Promise<void> {
  if (process.platform !== 'linux') return giveByName(place, { mode, uid, gid })
  const handle = await open(place, O_PATH | constants.O_NOFOLLOW)
  try {
    refuseOther(await handle.stat())
    await giveByName(`/proc/self/fd/${handle.fd}`, { mode, uid, gid })
  } finally {
    await handle.close()
  }
}

async function giveByName(place: string, { mode, uid, gid }: Rights): Promise<void> {
  await chmod(place, mode)
  if (process.getuid?.() === 0) await chown(place, uid, gid)
}

/** A link, or a file that has another name elsewhere, was not made here. */
function refuseOther(found: Awaited<ReturnType<typeof lstat>>): void {
  if (found.isDirectory() || (found.isFile() && found.nlink === 1)) return
  throw new Error('a link stands in the place of a file of ours')
}
