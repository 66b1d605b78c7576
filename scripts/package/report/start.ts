import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryOf } from '../../bench/memory.ts'
import { startScreen, type Screen } from '../../bench/screen.ts'

/** A program to start: its executable, and what its environment has more. */
export type Startable = {
  readonly executable: string
  readonly environment: Readonly<Record<string, string>>
}

/** One start. */
export type Start = {
  /** Milliseconds from the spawn to a window with its text on the screen. */
  readonly drawn: number
  /** Proportional set size of all processes once settled, in megabytes; null where this user may not read it. */
  readonly memory: number | null
}

/** Windows that are prepared hidden, and what follows them, have settled by then. */
const settledMs = 3000
/** Debian's « nobody » and its group, the same on every machine (base-passwd). */
const nobody = { uid: 65_534, gid: 65_534 }
const asRoot = process.getuid?.() === 0

/**
 * Starts each program in turn, `rounds` times after a first one that warms the disk's cache, as an ordinary user with
 * Chromium's sandbox: as nobody, when this is root.
 * @returns the starts of each, in the order of `programs`
 */
export async function measureStarts(
  programs: readonly Startable[],
  rounds: number,
  folder: string,
): Promise<Start[][]> {
  const screen = await startScreen()
  try {
    const starts: Start[][] = programs.map(() => [])
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, program] of programs.entries()) {
        const start = await measureOne(program, screen, join(folder, `home-${index}`))
        if (round > 0) starts[index]?.push(start)
      }
      process.stderr.write(`\rstart ${round} of ${rounds} `)
    }
    process.stderr.write('\n')
    return starts
  } finally {
    await screen.stop()
  }
}

async function measureOne(
  { executable, environment }: Startable,
  screen: Screen,
  home: string,
): Promise<Start> {
  await mkdir(home, { recursive: true })
  await giveToNobody(home)
  const user = ['--reuid', String(nobody.uid), '--regid', String(nobody.gid), '--clear-groups']
  const [command = executable, ...args] = asRoot ? ['setpriv', ...user, executable] : [executable]
  const spawned = performance.now()
  const child = spawn(command, args, {
    // Nothing of the developer's session: no keychain, no bus.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      DISPLAY: screen.name,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  const ended = once(child, 'close')
  const gone = ended.then(() => Promise.reject(new Error(`${executable} showed nothing: ${complaint}`)))
  try {
    const drawn = (await Promise.race([screen.drawn(), gone])) - spawned
    await sleep(settledMs)
    return { drawn, memory: asRoot ? memoryOf(child.pid ?? 0) : null }
  } finally {
    child.kill('SIGKILL')
    await ended
    await screen.cleared()
  }
}

/** Gives a folder and all in it to whom the programs run as. */
export async function giveToNobody(folder: string): Promise<void> {
  if (!asRoot) return
  const names = await readdir(folder, { recursive: true })
  for (const path of [folder, ...names.map((name) => join(folder, name))]) {
    await chown(path, nobody.uid, nobody.gid)
  }
}

/** Lets every user reach what is in a folder. */
export async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
}
