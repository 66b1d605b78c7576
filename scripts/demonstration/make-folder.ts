import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and what is missing above it; nothing when it is there. Node's own `recursive` never ends where the
 * system answers ENOENT although the parent exists, as in /proc (seen with Node 24.21). Rejects with Node's error.
 */
export async function makeFolder(folder: string): Promise<void> {
  if ((await tryToMake(folder)) === 'made') return
  await makeFolder(dirname(folder))
  await mkdir(folder)
}

async function tryToMake(folder: string): Promise<'made' | 'no-parent'> {
  try {
    await mkdir(folder)
    return 'made'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') return 'made'
    if (code === 'ENOENT') return 'no-parent'
    throw error
  }
}
