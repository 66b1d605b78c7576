import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { system } from './virtual-card/system-command.ts'
import { drivers } from './virtual-card/service.ts'
import type { ReaderIndex, Reply, Request, Task, VirtualCard } from './virtual-card/messages.ts'

export type { ReaderIndex, VirtualCard } from './virtual-card/messages.ts'
export type { CardContent } from './virtual-card/image.ts'

/** A PC/SC service of one's own, with two virtual readers: seen only by the programs that are started in it. */
export type Pcsc = {
  /** The readers' names, as PC/SC and PKCS#11 say them. */
  readonly readers: readonly [string, string]
  /** Puts a card into an empty reader. The service sees it at its next look, every 400 ms. */
  readonly insert: (reader: ReaderIndex, card: VirtualCard) => Promise<void>
  readonly remove: (reader: ReaderIndex) => Promise<void>
  /** One card for another, as fast as the service notices. */
  readonly swap: (reader: ReaderIndex, card: VirtualCard) => Promise<void>
  /** The card stops answering in the middle of what it is asked; or answers again. */
  readonly silence: (reader: ReaderIndex, silent: boolean) => Promise<void>
  /** Ends the service, `abruptly` as a crash would. The cards stay in the readers. */
  readonly stopService: (how?: { abruptly: boolean }) => Promise<void>
  readonly startService: () => Promise<void>
  /** This command, so changed that it runs where the service is. It keeps its process id, folder and environment. */
  readonly inside: (command: string, args: readonly string[]) => readonly [command: string, args: string[]]
  /** The path of a program that runs this one where the service is: for those who take only a path. */
  readonly executable: (program: string) => Promise<string>
  /** Ends the service and its readers; programs that are in there are their starters' to end. */
  readonly stop: () => Promise<void>
}

export type PcscOptions = {
  /** Folders of the system that are empty in there; what is written into them goes with it. */
  readonly emptied?: readonly string[]
}

/** Why the service cannot be had here: it takes pcscd, vpcd, ip and namespaces; null when it can. */
export async function pcscMissing(): Promise<string | null> {
  return system('setpriv', ...privately, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt && ip link set lo up')
    .then(drivers)
    .then(
      () => null,
      (error: unknown) => String(error),
    )
}

/**
 * Starts the service, its readers empty.
 * @throws {Error} where it cannot be had (`pcscMissing`)
 */
export async function startPcsc({ emptied = [] }: PcscOptions = {}): Promise<Pcsc> {
  const beside = await startBeside()
  await beside.ask({ kind: 'open', emptied }).catch(async (error: unknown) => {
    await beside.end()
    throw error
  })
  let written = 0

  const inside: Pcsc['inside'] = (command, args) => {
    const [program, ...before] = intoNamespace(beside.pid)
    return [program, [...before, command, ...args]]
  }

  return {
    readers: ['Virtual PCD 00 00', 'Virtual PCD 00 01'],
    insert: (reader, card) => beside.ask({ kind: 'insert', reader, card }),
    remove: (reader) => beside.ask({ kind: 'remove', reader }),
    swap: async (reader, card) => {
      await beside.ask({ kind: 'remove', reader })
      await setTimeout(2 * lookMs)
      await beside.ask({ kind: 'insert', reader, card })
    },
    silence: (reader, silent) => beside.ask({ kind: 'silence', reader, silent }),
    stopService: ({ abruptly } = { abruptly: false }) => beside.ask({ kind: 'stop-service', abruptly }),
    startService: () => beside.ask({ kind: 'start-service' }),
    inside,
    executable: async (program) => {
      written += 1
      const path = join(beside.folder, `inside-${written}`)
      const [command, args] = inside(program, [])
      const words = [command, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
      await writeFile(path, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o700 })
      return path
    },
    stop: () => beside.end(),
  }
}

/** pcscd looks whether there is a card this often; one that is back by then, for it, is the one that it knew. */
const lookMs = 400

/** The process beside the readers. */
type Beside = {
  readonly pid: number
  /** Its own, which goes with it. */
  readonly folder: string
  /** Resolves once it is done; rejects with the reason when it cannot be, or when the process has ended. */
  readonly ask: (task: Task) => Promise<void>
  readonly end: () => Promise<void>
}

async function startBeside(): Promise<Beside> {
  const main = join(import.meta.dirname, 'virtual-card/main.ts')
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-pcsc-'))
  const child = spawn('setpriv', [...privately, process.execPath, main, folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let complaint = ''
  child.stderr?.on('data', (text) => (complaint += String(text)))
  const ended = once(child, 'exit')
  await once(child, 'spawn')
  const waiting = new Map<number, (failure: string | null) => void>()
  child.on('message', ({ id, failure }: Reply) => waiting.get(id)?.(failure))
  child.once('exit', () => {
    for (const tell of waiting.values()) tell(`the readers' side has ended: ${complaint.trim()}`)
  })
  let id = 0
  return {
    pid: child.pid ?? 0,
    folder,
    ask: async (task) => {
      id += 1
      const request: Request = { id, task }
      const failure = await new Promise<string | null>((resolve) => {
        waiting.set(request.id, resolve)
        child.send(request, (error) => {
          if (error !== null) resolve(error.message)
        })
      })
      waiting.delete(request.id)
      if (failure !== null) throw new Error(`${task.kind}: ${failure}`)
    },
    end: async () => {
      if (child.connected) child.disconnect()
      await ended
      // Where no namespace can be had, it never came to remove its folder.
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const isRoot = process.getuid?.() === 0

/**
 * What `setpriv` starts a command with: mounts and a network of its own; it ends with this process, whatever ends it.
 * Who is not root needs a user namespace too, in which the user stays who it is and may mount (user_namespaces(7)).
 */
const privately = [
  '--pdeathsig',
  'TERM',
  'unshare',
  '--mount',
  '--net',
  ...(isRoot ? [] : ['--user', '--map-current-user', '--keep-caps']),
]

/** How to start a command in the namespace of that process: it is executed in place, in the folder where it is. */
function intoNamespace(pid: number): [string, ...string[]] {
  const user = isRoot ? [] : ['--user', '--preserve-credentials']
  return ['nsenter', '--target', String(pid), '--mount', ...user, '--wd=.', '--']
}
