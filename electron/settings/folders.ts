import { accessSync, constants, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * `folder`, created when its parent is there and can be written; otherwise a temporary one, so that a window can
 * still tell what is wrong with the first.
 */
export function usableFolder(folder: string): string {
  try {
    if (existsSync(dirname(folder))) mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    return mkdtempSync(join(tmpdir(), 'comptoir-'))
  }
}
