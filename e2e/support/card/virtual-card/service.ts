import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { access, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptied } from './private-system.ts'
import { environment, system } from './system-command.ts'

/** A PC/SC daemon with the two virtual readers and no other. */
export type Service = {
  readonly isRunning: () => boolean
  /** Resolves once both readers can be used. */
  readonly start: () => Promise<void>
  /** Ends it as the system would, or as a crash does. */
  readonly stop: (abruptly: boolean) => Promise<void>
}

/** Prepares the daemon in this namespace, where /run is private; it is not started yet. */
export async function serviceIn(workFolder: string): Promise<Service> {
  const { folder, virtual } = await drivers()
  const library = join(workFolder, 'vpcd.so')
  await copyFile(virtual, library)
  // A reader that is really there is the system's, and its card somebody's.
  await emptied(folder)
  const configuration = join(workFolder, 'readers')
  await mkdir(configuration)
  await writeFile(join(configuration, 'virtual'), readers(library))
  const options = ['--foreground', '--config', configuration, ...(await withoutPolkit())]

  let stop = (_signal: NodeJS.Signals): Promise<void> => Promise.resolve()
  let running = false
  return {
    isRunning: () => running,
    start: async () => {
      // What a crash has left is no sign that it has started.
      await rm(socketPath, { force: true })
      // Whatever ends this process, even a kill, ends the daemon.
      const tied = ['--pdeathsig', 'TERM', 'pcscd', ...options]
      const daemon = spawn('setpriv', tied, { stdio: 'ignore', env: environment })
      stop = (signal) => ended(daemon, signal)
      await until('pcscd', daemon, async () => (await isListening(readerPorts)) && (await exists(socketPath)))
      running = true
    },
    stop: async (abruptly) => {
      running = false
      await stop(abruptly ? 'SIGKILL' : 'SIGTERM')
    },
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

/** Where each reader's driver waits for a card. */
export const readerPorts = [35_963, 35_964] as const
const socketPath = '/run/pcscd/pcscd.comm'

/** Of two slots vpcd makes two readers: « Virtual PCD 00 00 » on this port, « Virtual PCD 00 01 » on the next. */
function readers(library: string): string {
  const port = readerPorts[0]
  return [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:${port}`,
    `LIBPATH ${library}`,
    `CHANNELID ${port}`,
    '',
  ].join('\n')
}

/**
 * Where this build of pcscd looks for drivers, and the one of virtual readers.
 * @throws {Error} when pcscd or that driver is not installed
 */
export async function drivers(): Promise<{ readonly folder: string; readonly virtual: string }> {
  const version = await system('pcscd', '--version')
  const folder = /usbdropdir=(?<folder>\S+)/u.exec(version)?.groups?.['folder']
  if (folder === undefined) throw new Error(`pcscd tells no usbdropdir: ${version}`)
  const virtual = join(folder, 'serial/libifdvpcd.so')
  await access(virtual)
  return { folder, virtual }
}

/** From version 2 on, pcscd asks polkit who may use a card, unless told not to. */
async function withoutPolkit(): Promise<string[]> {
  const help = await system('pcscd', '--help')
  return help.includes('--disable-polkit') ? ['--disable-polkit'] : []
}

/** Asks the kernel: a connection would be a card. */
async function isListening(ports: readonly number[]): Promise<boolean> {
  const listening = '0A'
  const sockets = (await readFile('/proc/net/tcp', 'utf8'))
    .split('\n')
    .map((line) => line.trim().split(/\s+/u))
  return ports.every((port) => {
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
    return sockets.some(([, local = '', , state]) => local.endsWith(suffix) && state === listening)
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function until(what: string, child: ChildProcess, isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await isTrue())) {
    if (child.exitCode !== null) throw new Error(`${what} ended with ${child.exitCode}`)
    if (Date.now() > deadline) throw new Error(`waited 10 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
