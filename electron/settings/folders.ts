import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * `folder`, created when its parent is there and can be written; otherwise a temporary one, so that a window can
 * still tell what is wrong with the first. Only this account reads it: everybody may write where it stands, so one that
 * somebody else has made beforehand, or that is a link, is not used.
 */
export function privateFolder(folder: string): string {
  try {
    if (existsSync(dirname(folder))) mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (process.platform !== 'win32') keepPrivate(folder)
    // Written rather than asked: a full disk allows everything and takes nothing.
    const trial = join(folder, '.essai')
    writeFileSync(trial, Buffer.alloc(4096))
    rmSync(trial)
    return folder
  } catch {
    return mkdtempSync(join(tmpdir(), 'comptoir-'))
  }
}

/** Of what is opened, not of a name that may be given to something else meanwhile. */
function keepPrivate(folder: string): void {
  const opened = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  try {
    if (fstatSync(opened).uid !== process.getuid?.()) throw new Error('somebody else made this folder')
    fchmodSync(opened, 0o700)
  } finally {
    closeSync(opened)
  }
}

/** Whether this account may write in `folder`. Tried rather than asked: Windows' access rights say nothing to `access`. */
export async function canWrite(folder: string): Promise<boolean> {
  try {
    await rm(await mkdtemp(join(folder, '.droits-')), { recursive: true })
    return true
  } catch {
    return false
  }
}
