import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * `folder`, created when its parent is there and can be written; otherwise a temporary one, so that a window can
 * still tell what is wrong with the first.
 */
export function usableFolder(folder: string): string {
  try {
    if (existsSync(dirname(folder))) mkdirSync(folder, { recursive: true })
    // Written rather than asked: a full disk allows everything and takes nothing.
    const trial = join(folder, '.essai')
    writeFileSync(trial, Buffer.alloc(4096))
    rmSync(trial)
    return folder
  } catch {
    return mkdtempSync(join(tmpdir(), 'comptoir-'))
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
