import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import type { WindowRole } from '../../electron/ipc/views.ts'
import { electronArguments, electronExecutable } from '../../scripts/electron-arguments.ts'
import type { Workstation } from './test.ts'

const root = join(import.meta.dirname, '../..')

/** Comptoir without Playwright's loader: what starts itself again or ends before it has a window needs it so. */
export type BareProgram = {
  readonly process: ChildProcess
  /** What it has written on standard error. */
  readonly errors: () => string
  readonly ended: Promise<number | null>
}

/** Starts the executable as a terminal would. The caller ends it. */
export function spawnProgram(
  { config, dataDir }: Pick<Workstation, 'config' | 'dataDir'>,
  args: readonly string[] = [],
): BareProgram {
  const child = spawn(electronExecutable(), [root, ...electronArguments(), ...args], {
    env: { ...process.env, COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir, TZ: 'Europe/Paris' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return {
    process: child,
    errors: () => errors,
    ended: new Promise((resolve) => child.once('exit', resolve)),
  }
}

/** A program that was started with `--remote-debugging-port`, by whomever. */
export type Attached = {
  readonly pid: number
  /** The launcher: once the program behind it is ready. */
  readonly window: (role: WindowRole) => Promise<Page>
  readonly urls: () => string[]
  /** Resolves once it has ended. */
  readonly ended: Promise<unknown>
}

/** Waits for the program that listens on `port`, and attaches to it. */
export async function attach(port: number): Promise<Attached> {
  const browser = await retried(() =>
    // The defaults ask for download behaviour, which Electron does not have.
    chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true, timeout: 2000 }),
  )
  const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages())
  const ended = new Promise((resolve) => browser.once('disconnected', resolve))
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pid = processInfo.find(({ type }) => type === 'browser')?.id
  if (pid === undefined) throw new Error('no main process')
  return {
    pid,
    ended,
    urls: () => pages().map((page) => page.url()),
    window: async (role) => {
      const shown = (wanted: WindowRole) =>
        retried(() => {
          const page = pages().find((candidate) => candidate.url() === `app://comptoir/${wanted}/index.html`)
          return page === undefined ? Promise.reject(new Error(`no ${wanted} window`)) : Promise.resolve(page)
        })
      // The launcher comes before the program behind it, which its prepared windows tell.
      if (role === 'launcher') await shown('stay-connected')
      return shown(role)
    },
  }
}

/**
 * Ends, without asking, every Comptoir that works on this data folder: one that was started by another one is nobody's
 * child.
 */
export async function endAllOn(dataDir: string): Promise<void> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    // A process may end between being listed and being asked.
    const [environment = '', command = ''] = await Promise.all(
      ['environ', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
    )
    const ours = environment.split('\0').includes(`COMPTOIR_DATA_DIR=${dataDir}`)
    // Its renderers and helpers end with it.
    if (ours && !command.includes('--type=')) process.kill(Number(pid), 'SIGKILL')
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function retried<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() >= deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
