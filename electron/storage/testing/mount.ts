import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Nothing is read-only for root but a read-only mount, and a real full disk needs a mount too. */
export const isRoot = process.getuid?.() === 0

/** Whether this machine lets us mount: root in a container often may not. */
export async function mayMount(): Promise<boolean> {
  if (!isRoot) return false
  try {
    const { unmount } = await mountSmallDisk('64k')
    await unmount()
    return true
  } catch {
    return false
  }
}

/** A disk in memory of `size` (« 256k »), to be filled. */
export async function mountSmallDisk(
  size: string,
): Promise<{ folder: string; unmount: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-disk-'))
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'comptoir-test', folder)
  return {
    folder,
    unmount: async () => {
      execFileSync('umount', [folder])
      await rmdir(folder)
    },
  }
}

/** Makes a folder and what it holds read-only; resolves to what undoes it. */
export async function makeReadOnly(folder: string): Promise<() => Promise<void>> {
  if (!isRoot) {
    await chmod(folder, 0o555)
    return () => chmod(folder, 0o755)
  }
  mount('--bind', folder, folder)
  mount('-o', 'remount,bind,ro', folder)
  return async () => {
    execFileSync('umount', [folder])
  }
}

/** Makes one file read-only; resolves to what undoes it. */
export async function makeFileReadOnly(file: string): Promise<() => Promise<void>> {
  if (isRoot) return makeReadOnly(file)
  await chmod(file, 0o444)
  return () => chmod(file, 0o644)
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
