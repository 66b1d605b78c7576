import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import type { z } from 'zod'
import { profileFolder } from '../../electron/settings/paths.ts'
import type { settingsSchema } from '../../electron/settings/schema.ts'
import { startDisplay } from '../../scripts/bootstrap/display.mjs'
import { writeDemonstration } from '../../scripts/demonstration/data.ts'
import { servePages } from '../../scripts/demonstration/pages.ts'
import { electronExecutable } from '../../scripts/electron-arguments.ts'
import { readJournal } from './journal.ts'
import { startProgram, type Program, type StartOptions } from './program.ts'

export { expect } from '@playwright/test'

/** comptoir.json as one writes it. */
export type WrittenSettings = z.input<typeof settingsSchema>
export type WrittenModule = NonNullable<WrittenSettings['modules']>[number]

/** One workstation of the demonstration's pharmacy, in a folder of its own. */
export type Workstation = {
  readonly config: string
  readonly dataDir: string
  /** Where the pages of the web modules are served. */
  readonly pagesUrl: string
  readonly passwordOf: (code: string) => string
  /** A data folder where nothing was ever written. */
  readonly emptyFolder: () => Promise<string>
  /** Rewrites comptoir.json. */
  readonly settings: (change: (settings: WrittenSettings) => WrittenSettings) => Promise<void>
  /** Starts Comptoir here; it is ended with the test. */
  readonly start: (options?: Partial<StartOptions>) => Promise<Program>
  /** The technical log. */
  readonly log: () => Promise<string>
  /** The journal as it is on the disk; fails unless its chain is sound. */
  readonly journal: () => ReturnType<typeof readJournal>['rows']
}

export const test = base.extend<{ workstation: Workstation }, { display: void }>({
  // Of two programs on one display, one has the focus.
  display: [
    async ({}, use) => {
      // Windows and macOS have one display, which nothing can be started beside: one worker.
      if (process.platform !== 'linux') return use()
      const display = await startDisplay()
      process.env['DISPLAY'] = display.name
      await use()
      await display.stop()
    },
    { scope: 'worker', auto: true },
  ],
  workstation: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-e2e-'))
    const pages = await servePages(0)
    const started: Program[] = []
    const { config, dataDir, operators } = await writeDemonstration(folder, {
      electron: electronExecutable(),
      pagesUrl: pages.url,
      psc: null,
      // Stories of the card have readers of their own; the others do not depend on this machine's.
      card: { enabled: false },
    })
    await use({
      config,
      dataDir,
      pagesUrl: pages.url,
      passwordOf: (code) => operators.find((operator) => operator.code === code)?.password ?? '',
      emptyFolder: () => mkdtemp(join(folder, 'empty-')),
      settings: async (change) => {
        const settings: WrittenSettings = JSON.parse(await readFile(config, 'utf8'))
        await writeFile(config, JSON.stringify(change(settings)))
      },
      start: async (options = {}) => {
        const program = await startProgram({ config, dataDir, ...options })
        started.push(program)
        return program
      },
      log: () => readFile(join(ownProfile(dataDir), 'journal-technique.log'), 'utf8').catch(() => ''),
      journal: () => {
        const { rows, verdict } = readJournal(dataDir)
        if (!verdict.ok) throw new Error(`the journal's chain is broken: ${JSON.stringify(verdict)}`)
        return rows
      },
    })
    for (const program of started) await program.stop()
    await pages.stop()
    // A module's program may outlive Comptoir and still be writing its profile.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  },
})

/** Where a program that this account starts keeps what is its own. */
export function ownProfile(dataDir: string): string {
  const { platform, env } = process
  return profileFolder(dataDir, { platform, env, account: process.getuid?.() })
}

/** Says that this story needs what only Linux has, and is not played elsewhere. The bench and the tour, on Linux, are none. */
export function onlyOnLinux(what: string): void {
  if (process.platform !== 'linux') test.skip(true, `only Linux has ${what}`)
}

/** Types as somebody does: a barcode reader is faster. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 40 })
}

/** Types a code and its password into the identification window, with Enter after each. */
export async function identify(page: Page, code: string, password: string): Promise<void> {
  await type(page, code)
  await page.keyboard.press('Enter')
  await type(page, password)
  await page.keyboard.press('Enter')
}

/** A module that is a program which lives for some seconds, whatever happens: no window of it is needed. */
export function sleeper(id: string, label: string, seconds: number): WrittenModule {
  onlyOnLinux('/bin/sleep')
  return {
    id,
    label,
    access: 'operator',
    launch: { kind: 'program', command: '/bin/sleep', args: [String(seconds)] },
  }
}
