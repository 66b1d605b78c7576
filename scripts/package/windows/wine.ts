import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { run } from '../../bootstrap/command.mjs'

/** Debian keeps Wine's loader out of everybody's PATH. */
export const WINE = '/usr/lib/wine/wine64'
const WINE_SERVER = '/usr/lib/wine/wineserver64'

export type Ended = { readonly code: number; readonly stdout: Buffer; readonly stderr: string }

export type WineOptions = {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; nothing unless told. */
  readonly input?: Buffer
  /** When it is killed, if it has not ended. */
  readonly killAfterMs?: number
}

/** A program that runs. */
export type Opened = {
  readonly hasEnded: () => boolean
  readonly kill: () => Promise<void>
}

/** A Windows of its own, without a screen. */
export type Wine = {
  readonly env: NodeJS.ProcessEnv
  /** Its C:. */
  readonly drive: string
  readonly run: (program: string, args: readonly string[], options?: WineOptions) => Promise<Ended>
  /** What it says its version is: Windows 10 unless told. */
  readonly pretend: (version: WindowsVersion) => Promise<void>
  /** Starts a program, and lets it be for two seconds. */
  readonly open: (program: string, args: readonly string[]) => Promise<Opened>
  /** Ends all that runs in it. */
  readonly stop: () => Promise<void>
}

type WindowsVersion = 'win7' | 'win10'

async function pretendWindows(env: NodeJS.ProcessEnv, version: WindowsVersion): Promise<void> {
  await run(WINE, ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', version, '/f'], { env })
}

/** How Windows programs see a file of this machine. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`
}

/** Makes a Windows in that folder, which takes half a minute. */
export async function makeWine(folder: string): Promise<Wine> {
  const { DISPLAY: _none, ...inherited } = process.env
  const env = {
    ...inherited,
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: folder,
    WINEDEBUG: '-all',
    // It would put menus on the desktop of this machine.
    WINEDLLOVERRIDES: 'winemenubuilder.exe=d',
  }
  await run(WINE, ['cmd', '/c', 'exit 0'], { env })
  await pretendWindows(env, 'win10')
  return {
    env,
    drive: join(folder, 'drive_c'),
    run: (program, args, options) => runToEnd(env, program, args, options),
    open: (program, args) => openProgram(env, program, args),
    pretend: (version) => pretendWindows(env, version),
    stop: async () => {
      await run(WINE_SERVER, ['-k'], { env })
    },
  }
}

async function openProgram(
  env: NodeJS.ProcessEnv,
  program: string,
  args: readonly string[],
): Promise<Opened> {
  const child = spawn(WINE, [program, ...args], { env, stdio: 'ignore' })
  const end = once(child, 'exit')
  await wait(2000)
  return {
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: async () => {
      child.kill('SIGKILL')
      await end
    },
  }
}

function runToEnd(
  env: NodeJS.ProcessEnv,
  program: string,
  args: readonly string[],
  { cwd, input, killAfterMs, ...options }: WineOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(WINE, [program, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...env, ...options.env },
      stdio: 'pipe',
      killSignal: 'SIGKILL',
      ...(killAfterMs === undefined ? {} : { timeout: killAfterMs }),
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes))
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
    // The program may not read it, and end before.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('error', reject)
    child.on('exit', (code) => {
      const finish = () => {
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({
          code: code ?? -1,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString('utf8'),
        })
      }
      child.on('close', finish)
      // Wine's desktop, which outlives the program, may hold its streams.
      setTimeout(finish, 1000)
    })
  })
}
