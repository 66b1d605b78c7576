import { link, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const unfinishedSuffix = '.nouveau'

/** What a power cut may leave of the files of the settings' folder; the code's are named by a UUID (installation-code.ts). */
const unfinished = /^(?:comptoir(?:\.schema|\.exemple)?|code-titulaire)\.json\.(?:nouveau|[\da-f-]{36})$/u

/** Takes away what an earlier run was interrupted in. */
export async function clearUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder)
  await Promise.all(names.filter((name) => unfinished.test(name)).map((name) => rm(join(folder, name))))
}

/**
 * Writes a file that everybody reads, whole or not at all, even at a power cut. `ifAbsent` takes the place of nothing: it
 * rejects with EEXIST, whenever what is there came.
 */
export async function placeFile(
  file: string,
  content: string | Buffer,
  how: 'ifAbsent' | 'replace',
): Promise<void> {
  const written = `${file}${unfinishedSuffix}`
  try {
    const handle = await open(written, 'wx', 0o644)
    try {
      // Whatever the umask of the installer's shell.
      if (process.platform !== 'win32') await handle.chmod(0o644)
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (how === 'replace') await rename(written, file)
    // A new name for the same file is refused where the name is taken; to rename would replace it.
    else await link(written, file)
  } finally {
    await rm(written, { force: true })
  }
  await syncFolder(dirname(file))
}

/** The same, unless the file says that already: whether it was written. */
export async function renewFile(file: string, content: string): Promise<boolean> {
  const present = await readFile(file, 'utf8').catch(() => null)
  if (present === content) return false
  await placeFile(file, content, 'replace')
  return true
}

/** A name is on the disk once its folder is; Windows keeps them itself, and opens no folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
