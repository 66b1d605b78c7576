import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { pathOf } from '../../scripts/bootstrap/command.mjs'
import { electronArguments } from '../../scripts/electron-arguments.ts'
import { unlessEnded } from './main-process.ts'
import type { Program } from './program.ts'
import { test as base } from './test.ts'

/** The user's system browser: a real Chromium, with a new profile that all its tabs share. */
export type Browser = {
  /** Its tabs, in order of opening: one for each address that it opened. */
  readonly pages: () => Page[]
  /**
   * The tab of the next address that Comptoir hands over: the first call has the first address, even when it was
   * handed over before. Resolves once the site has answered, or the browser says that it does not.
   */
  readonly next: () => Promise<Page>
  /** All that it was handed, opened or not; to be asked while the program runs. */
  readonly handed: () => Promise<string[]>
  /** From now on it opens what this program hands over: Comptoir has been started again. */
  readonly serve: (program: Program) => Promise<void>
  /** From now on the system finds no browser: what hands over an address fails. */
  readonly refuse: () => Promise<void>
  /** From now on it takes addresses and does nothing of them. */
  readonly hold: () => Promise<void>
  /** Closes all tabs and forgets the profile. */
  readonly close: () => Promise<void>
}

export type BrowserOptions = {
  /** Whether its windows are on the display: no unless told. */
  headed?: boolean
}

/** What the browser does with an address. */
type Answer = 'open' | 'hold' | 'refuse'

/** How long one waits for an address, and for a site to answer. */
const patienceMs = 15_000
const againMs = 5
/** Without the questions that would stand over the pages in pictures. */
const preferences = { translate: { enabled: false }, credentials_enable_service: false }

/**
 * Opens in a Chromium of its own what this program hands to the system's browser. It is still starting when this
 * resolves: what the program does meanwhile is not slowed by waiting for it.
 */
export async function openBrowser(
  program: Program,
  { headed = false }: BrowserOptions = {},
): Promise<Browser> {
  let desk = await deskOf(program)
  const profile = await mkdtemp(join(tmpdir(), 'comptoir-browser-'))
  const launched = launch(profile, headed)
  // Told by the tabs.
  launched.catch(() => undefined)
  const pages: Page[] = []
  const tabs: Promise<Page>[] = []

  const open = async (url: string, isFirst: boolean): Promise<Page> => {
    const context = await launched
    // A browser starts with a blank tab.
    const page = (isFirst ? context.pages()[0] : undefined) ?? (await context.newPage())
    pages.push(page)
    await page.goto(url, { waitUntil: 'commit', timeout: patienceMs }).catch(unlessUnreachable)
    return page
  }
  const follow = async (followed: typeof desk): Promise<never> => {
    for (;;) {
      const url = await followed.evaluate((mine) => mine.take())
      const tab = open(url, tabs.length === 0)
      // Told by `next`: a story may want nothing of this tab.
      tab.catch(() => undefined)
      tabs.push(tab)
    }
  }
  void follow(desk).catch(unlessEnded)

  const answer = (wanted: Answer): Promise<void> =>
    desk.evaluate((mine, told) => {
      mine.answer = told
    }, wanted)
  let asked = 0
  return {
    pages: () => [...pages],
    next: async () => {
      const index = asked
      asked += 1
      const deadline = Date.now() + patienceMs
      while (Date.now() < deadline) {
        const tab = tabs[index]
        if (tab !== undefined) return tab
        await wait(againMs)
      }
      throw new Error(`waited ${patienceMs / 1000} s for address ${index + 1} of the system's browser`)
    },
    handed: () => desk.evaluate(({ handed }) => [...handed]),
    serve: async (next) => {
      desk = await deskOf(next)
      void follow(desk).catch(unlessEnded)
    },
    refuse: () => answer('refuse'),
    hold: () => answer('hold'),
    close: async () => {
      const context = await launched.catch(() => undefined)
      await context?.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** For stories that have a system browser; it is closed with the test. */
export const test = base.extend<{
  systemBrowser: (program: Program, options?: BrowserOptions) => Promise<Browser>
}>({
  systemBrowser: async ({}, use) => {
    const opened: Browser[] = []
    await use(async (program, options) => {
      const browser = await openBrowser(program, options)
      opened.push(browser)
      return browser
    })
    for (const browser of opened) await browser.close()
  },
})

/**
 * Debian's Chromium, or elsewhere the Chrome that is installed, which Playwright starts without first-run pages, updates or
 * any other traffic of its own.
 */
async function launch(profile: string, headed: boolean): Promise<BrowserContext> {
  const executablePath = process.platform === 'linux' ? pathOf('chromium') : undefined
  if (executablePath === undefined && process.platform === 'linux')
    throw new Error('No chromium on PATH: start this script by its npm command.')
  await mkdir(join(profile, 'Default'))
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    headless: !headed,
    // Electron is a Chromium: what forbids it a sandbox forbids one here.
    chromiumSandbox: !electronArguments().includes('--no-sandbox'),
    locale: 'fr-FR',
    // A simulator's authority is known to nobody; what Comptoir itself trusts is not the browser's.
    ignoreHTTPSErrors: true,
    // The second, so that no bar complains of having no sandbox.
    args: ['--disable-gpu', '--test-type'],
    ...(headed ? { viewport: null } : {}),
  })
}

/** For an address that nobody answers: the tab then says so, which is what its user sees. */
export function unlessUnreachable(error: unknown): void {
  if (!(error instanceof Error) || !error.message.includes('net::ERR_')) throw error
}

/** Where a program lays the addresses that it hands over. */
function deskOf(program: Program) {
  return program.app.evaluateHandle(({ shell }) => {
    const toOpen: string[] = []
    let arrived = (): void => undefined
    const mine = {
      answer: 'open' as Answer,
      handed: [] as string[],
      /** The next address to open, once there is one. */
      take: async (): Promise<string> => {
        for (let url = toOpen.shift(); ; url = toOpen.shift()) {
          if (url !== undefined) return url
          await new Promise<void>((resolve) => (arrived = resolve))
        }
      },
    }
    shell.openExternal = (url) => {
      mine.handed.push(url)
      if (mine.answer === 'refuse') return Promise.reject(new Error('no browser'))
      if (mine.answer === 'open') {
        toOpen.push(url)
        arrived()
      }
      return Promise.resolve()
    }
    return mine
  })
}
