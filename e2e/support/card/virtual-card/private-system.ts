import { cp, lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { system } from './system-command.ts'

// For a process with namespaces of its own, of mounts and of the network (mount_namespaces(7), network_namespaces(7)):
// what is mounted and opened here is seen here only, and goes with the last process that is in them.

/**
 * Gives this namespace a /run of its own with all that the system's has, but for PC/SC's socket: another daemon may
 * listen there. /run itself is replaced, since /run/pcscd does not exist where no daemon has ever run.
 */
export async function privateRun(workFolder: string): Promise<void> {
  const copy = join(workFolder, 'run')
  await mkdir(copy)
  await system('mount', '-n', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', copy)
  for (const entry of await readdir('/run')) {
    if (entry === 'pcscd') continue
    const [original, here] = [join('/run', entry), join(copy, entry)]
    const kind = await lstat(original)
    if (kind.isSymbolicLink()) {
      await cp(original, here, { verbatimSymlinks: true })
      continue
    }
    await (kind.isDirectory() ? mkdir(here) : writeFile(here, ''))
    await system('mount', '-n', '--rbind', original, here)
  }
  await system('mount', '-n', '--move', copy, '/run')
}

/** Empties a folder for who is in this namespace. */
export async function emptied(folder: string): Promise<void> {
  await system('mount', '-n', '-t', 'tmpfs', 'tmpfs', folder)
}

/**
 * Brings up the loopback of this network namespace, where vpcd's ports are always free and nobody else's. Here each
 * part of a command is acknowledged as it comes: vpcd sends a command's length, waits for that, then sends the command;
 * the kernel would take 40 ms each time, as it does where it is too old for the setting (tcp(7), ip-sysctl).
 */
export async function privateLoopback(): Promise<void> {
  await system('ip', 'link', 'set', 'lo', 'up')
  await writeFile('/proc/sys/net/ipv4/tcp_pingpong_thresh', '255').catch(() => undefined)
}
