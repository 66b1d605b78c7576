import { execFile } from 'node:child_process'
import type { Stats } from 'node:fs'
import { chmod, chown, lstat, mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { windowsFileRights, windowsFolderRights, type SystemRun, type UsersMay } from './windows-rights.ts'
import { windowsSystem } from './windows-system.ts'

/** A place that is not what it should be, or cannot be made so. */
export class PlaceFault extends Error {
  readonly reason: 'link' | 'not-folder' | 'rights'
  readonly place: string

  constructor(reason: PlaceFault['reason'], place: string, cause?: unknown) {
    super(`${reason}: ${place}`, { cause })
    this.name = 'PlaceFault'
    this.reason = reason
    this.place = place
  }
}

/**
 * POSIX modes. The data's folder has no sticky bit: with it nobody could rotate a log, set a damaged database aside or
 * rename a backup that another account of the counter made, and Linux (fs.protected_regular = 2, Debian's) would refuse
 * SQLite's open(O_CREAT) of another account's database. What one account takes away, the journal's chain and the backups
 * tell, as on Windows.
 */
const modes: Readonly<Record<UsersMay, number>> = { read: 0o755, write: 0o777 }

/** What the labels of an elevated token are: High, and System (Microsoft, « Well-known SIDs »). */
const elevated = /"S-1-16-(?:12288|16384)"/u

/** Whether this process may do all that an installer does: root, or an elevated token on Windows. */
export async function isAdministrator(): Promise<boolean> {
  if (process.platform !== 'win32') return process.getuid?.() === 0
  const groups = await run({ tool: 'whoami.exe', args: ['/groups', '/fo', 'csv', '/nh'] }).catch(() => '')
  return isElevated(groups)
}

/** Whether `groups`, as `whoami /groups /fo csv` tells them, are those of an elevated token. */
export function isElevated(groups: string): boolean {
  return elevated.test(groups)
}

/** Whether the program's places (paths.ts) are on the disk of Windows, where no ordinary account made what is above them. */
export function isOnSystemDisk(): boolean {
  return process.platform !== 'win32' || windowsSystem().isOnDiskOf(process.execPath)
}

/** `taken-back`: it was there, and what is in it may come from an ordinary account. */
export type Provided = 'made' | 'kept' | 'taken-back'

/**
 * Makes sure that a folder is there, administrators' own, and what ordinary accounts may do in it. With `keepRights` a
 * folder that was there keeps those it has: the administrator may have changed them.
 */
export async function provideFolder(
  folder: string,
  usersMay: UsersMay,
  keepRights: boolean,
): Promise<Provided> {
  const present = await standingAt(folder)
  if (present?.isSymbolicLink() === true) return provideFolder(await realpath(folder), usersMay, keepRights)
  if (present === null) await mkdir(folder)
  else if (!present.isDirectory()) throw new PlaceFault('not-folder', folder)
  else if (keepRights) return 'kept'

  if (process.platform === 'win32') await runAll(folder, windowsFolderRights(folder, usersMay))
  else {
    await chown(folder, 0, 0)
    await chmod(folder, modes[usersMay])
  }
  // Whoever owned it may have put a link in its place meanwhile; from here on only administrators can.
  await standingAt(folder)
  if (present === null) return 'made'
  // Windows does not tell the owner: C:\ProgramData takes the folders of everybody.
  return process.platform === 'win32' || present.uid !== 0 ? 'taken-back' : 'kept'
}

/** Takes a file of the settings' folder back for administrators, whoever put it there; everybody reads it. */
export async function takeBack(file: string): Promise<void> {
  const present = await standingAt(file)
  if (present?.isFile() !== true) return
  if (process.platform === 'win32') {
    await runAll(file, windowsFileRights(file))
    return
  }
  await chown(file, 0, 0)
  await chmod(file, 0o644)
}

/**
 * What stands at a place; null: nothing. A link is root's, who may have put the data on another disk: any other, and any
 * on Windows, which does not tell whose it is, would lead an installer where its owner wants.
 */
async function standingAt(place: string): Promise<Stats | null> {
  let present: Stats
  try {
    present = await lstat(place)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  if (present.isSymbolicLink() && (process.platform === 'win32' || present.uid !== 0)) {
    throw new PlaceFault('link', place)
  }
  return present
}

async function runAll(place: string, runs: readonly SystemRun[]): Promise<void> {
  try {
    for (const one of runs) await run(one)
  } catch (error) {
    throw new PlaceFault('rights', place, error)
  }
}

/** Windows' own tools, by their whole path: what a PATH says is anybody's. */
async function run({ tool, args }: SystemRun): Promise<string> {
  const file = join(windowsSystem().folder, tool)
  const { stdout } = await promisify(execFile)(file, args, { windowsHide: true })
  return stdout
}
