import type * as inspector from 'node:inspector'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { App } from 'electron'
import type { WindowRole } from '../../electron/ipc/views.ts'
import { electronArguments, electronExecutable } from '../../scripts/electron-arguments.ts'

const root = join(import.meta.dirname, '../..')

/** Comptoir, started as a user's shortcut would start it, on the built sources. */
export type Program = {
  readonly app: ElectronApplication
  /**
   * The page of a window, once the window can be seen; hidden ones are there from the start. The launcher: once the
   * program behind it is ready too, which its prepared windows tell.
   */
  readonly window: (role: WindowRole) => Promise<Page>
  /** Whether a window of this role can be seen now. */
  readonly isShown: (role: WindowRole) => Promise<boolean>
  /** Resolves once no window of this role can be seen any more. */
  readonly gone: (role: WindowRole) => Promise<void>
  /** The page that a module shows in a window of its own, once it can be seen. */
  readonly modulePage: (url: RegExp) => Promise<Page>
  /** Resolves to the exit code, once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** Ends it as the system would (no question), and resolves to its exit code. */
  readonly stop: () => Promise<number | null>
}

export type StartOptions = {
  config: string
  dataDir: string
  env?: Record<string, string>
  args?: readonly string[]
  /** What starts Electron, when it is not started as it is. */
  executable?: string
}

/** Starts the program on this settings file and data folder. */
export async function startProgram(options: StartOptions): Promise<Program> {
  const { config, dataDir, env = {}, args = [], executable = electronExecutable() } = options
  const app = await _electron.launch({
    executablePath: executable,
    // Playwright's own choice of colours would hide Electron's.
    colorScheme: null,
    args: [root, ...electronArguments(), ...args],
    env: {
      ...definedEnvironment(),
      COMPTOIR_CONFIG: config,
      COMPTOIR_DATA_DIR: dataDir,
      TZ: 'Europe/Paris',
      ...env,
    },
  })
  const child = app.process()
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))

  const find = (matches: (url: string) => boolean): Page | undefined =>
    app.windows().find((page) => matches(page.url()))
  const shown = async (matches: (url: string) => boolean): Promise<Page | undefined> => {
    const page = find(matches)
    if (page === undefined) return undefined
    const browserWindow = await app.browserWindow(page)
    return (await browserWindow.evaluate((window) => window.isVisible())) ? page : undefined
  }

  return {
    app,
    window: (role) =>
      until(`the ${role} window`, async () =>
        role !== 'launcher' || find(isPageOf('stay-connected')) !== undefined
          ? shown(isPageOf(role))
          : undefined,
      ),
    isShown: async (role) => (await shown(isPageOf(role)).catch(() => undefined)) !== undefined,
    gone: (role) =>
      until(`the end of the ${role} window`, async () =>
        (await shown(isPageOf(role)).catch(() => undefined)) === undefined ? true : undefined,
      ).then(() => undefined),
    modulePage: (url) => until(`the page ${String(url)}`, () => shown((shownUrl) => url.test(shownUrl))),
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        await app.evaluate(quitUnwatched).catch(() => undefined)
      }
      return ended
    },
  }
}

/**
 * Ends the program in its own time, once Playwright's debugger has let go of it: ending under a debugger, Electron 25
 * crashes or turns in circles about once in twenty times.
 */
function quitUnwatched({ app }: { app: App }): void {
  const debug: typeof inspector | undefined = process.mainModule?.require('node:inspector')
  setTimeout(() => {
    debug?.close()
    app.quit()
  })
}

/** Asks again every 25 ms until there is an answer; a window that never shows is an error that names it. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline) {
    // A window may be destroyed between being listed and being asked.
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`waited 15 s for ${what}`)
}

function isPageOf(role: WindowRole): (url: string) => boolean {
  return (url) => url === `app://comptoir/${role}/index.html`
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
