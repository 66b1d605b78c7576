import { readdirSync, readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { deafTime } from '../../renderer/ui/guard.ts'
import type { Program } from './program.ts'
import { identify, onlyOnLinux, type Workstation, type WrittenModule, type WrittenSettings } from './test.ts'

type More = Partial<Omit<WrittenModule, 'id' | 'label' | 'launch'>>

/** A module that is a page in a window of its own, with itself as only origin unless told otherwise. */
export function webModule(id: string, label: string, url: string, more: More = {}): WrittenModule {
  return { id, label, access: 'operator', ...more, launch: { kind: 'window', url } }
}

/** A module that is a program. */
export function programModule(
  id: string,
  label: string,
  command: string,
  args: string[] = [],
): WrittenModule {
  if (command.startsWith('/bin/')) onlyOnLinux(command)
  return { id, label, access: 'operator', launch: { kind: 'program', command, args } }
}

/** Starts Comptoir with these modules and nobody connected. */
export async function startWith(
  workstation: Workstation,
  modules: WrittenModule[],
  session: WrittenSettings['session'] = {},
): Promise<{ program: Program; launcher: Page }> {
  await workstation.settings((settings) => ({ ...settings, session, modules }))
  const program = await workstation.start()
  return { program, launcher: await program.window('launcher') }
}

/** The tile of a module, by the label that is its name. */
export function tile(launcher: Page, label: string): Locator {
  return launcher.getByRole('button', { name: label, exact: true })
}

/** A button, by its whole name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Gives a code and a password to the identification window, as a password manager would. */
export async function give(identification: Page, code: string, password: string): Promise<void> {
  await identification.getByLabel('Code opérateur').fill(code)
  await identification.getByLabel('Mot de passe', { exact: true }).fill(password)
  await identification.keyboard.press('Enter')
}

/** Answers the identification window that is asking, with this operator's code and own password. */
export async function comeIn(
  workstation: Workstation,
  program: Program,
  code: string,
  answer = give,
): Promise<void> {
  await answer(await program.window('identification'), code, workstation.passwordOf(code))
  await program.gone('identification')
}

/** Comes in by « S'identifier »; resolves to the launcher, which says so. */
export async function connect(
  workstation: Workstation,
  program: Program,
  code: string,
  answer = give,
): Promise<Page> {
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  await comeIn(workstation, program, code, answer)
  await expect(badgeOf(launcher, code)).toBeVisible()
  return launcher
}

/** Connects PATRICIA ADJOINTPHARM, who types; resolves to the launcher, which says her name. */
export async function connectTyping(workstation: Workstation, program: Program): Promise<Page> {
  const launcher = await connect(workstation, program, '1', identify)
  await expect(launcher.getByText(badge)).toBeVisible()
  return launcher
}

/** Who is connected by `connectTyping`, as the launcher says it. */
export const badge = 'Opérateur « 1 » — PATRICIA ADJOINTPHARM'

/** Locks, then lets another operator in by « Changer d'opérateur ». */
export async function switchTo(workstation: Workstation, program: Program, code: string): Promise<void> {
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "Changer d'opérateur" }).click()
  await comeIn(workstation, program, code)
  await expect(badgeOf(launcher, code)).toBeVisible()
}

/** The badge that says who is connected. */
export function badgeOf(launcher: Page, code: string): Locator {
  return launcher.getByRole('region', { name: 'Opérateur' }).getByText(`Opérateur « ${code} » —`)
}

/** The page of an open module, once it can be seen and has loaded: before that nobody has left it. */
export async function shownPage(program: Program, path: RegExp): Promise<Page> {
  const page = await program.modulePage(path)
  await page.waitForLoadState('load')
  return page
}

/** Opens « Documentation », a web module of the demonstration. */
export async function openDocumentation(program: Program, launcher: Page): Promise<void> {
  await launcher.getByRole('button', { name: 'Documentation', exact: true }).click()
  await program.modulePage(/\/documentation$/u)
}

/** Where « Documentation » is served. */
export function documentationUrl({ pagesUrl }: Workstation): string {
  return new URL('documentation', pagesUrl).href
}

/** How many windows show pages that are not ours. */
export function modulePages(program: Program): Promise<number> {
  return program.app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter(({ webContents }) => !webContents.getURL().startsWith('app:'))
        .length,
  )
}

/** Closes a window by the cross of its title bar. */
export async function closeWindow(program: Program, page: Page): Promise<void> {
  const browserWindow = await program.app.browserWindow(page)
  await browserWindow.evaluate((window) => window.close())
}

/** Whether the window that shows this page can be seen. */
export async function isVisible(program: Program, page: Page): Promise<boolean> {
  const browserWindow = await program.app.browserWindow(page)
  return browserWindow.evaluate((window) => window.isVisible())
}

/** Whether the window that shows this page has the focus. */
export async function isFocused(program: Program, page: Page): Promise<boolean> {
  const browserWindow = await program.app.browserWindow(page)
  return browserWindow.evaluate((window) => window.isFocused())
}

/** Strikes keys as the system delivers them, at machine speed: Playwright's own keys are never heard by main. */
export async function strike(
  program: Program,
  page: Page,
  keys: readonly string[],
  modifiers: readonly 'isAutoRepeat'[] = [],
): Promise<void> {
  const browserWindow = await program.app.browserWindow(page)
  await browserWindow.evaluate(
    ({ webContents }, struck) => {
      // It is the character of Enter and of the space bar that presses a button.
      const characters: Record<string, string> = { Enter: '\r', Space: ' ', Escape: '' }
      for (const keyCode of struck.keys) {
        const character = characters[keyCode] ?? keyCode
        const modifiers = [...struck.modifiers]
        webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
        if (character !== '') webContents.sendInputEvent({ type: 'char', keyCode: character, modifiers })
        webContents.sendInputEvent({ type: 'keyUp', keyCode })
      }
    },
    { keys, modifiers },
  )
}

/** Resolves once « Rester connecté ? » hears again, by the clock of its own page. */
export async function pastDeafTime(question: Page): Promise<void> {
  const heardFrom = await question.evaluate((ms) => performance.now() + ms, deafTime)
  await question.waitForFunction((time) => performance.now() > time, heardFrom)
}

/** Fails when something is asked on leaving. To be called once the row of what was left is in the journal. */
export async function expectNoQuestion(program: Program): Promise<void> {
  const hidden = program.app.windows().find((page) => page.url().includes('/stay-connected/'))
  // Main has told the page before it writes the row; two frames later it has drawn what it was told.
  await hidden?.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  if (hidden !== undefined) await expect(hidden.getByRole('alertdialog')).toHaveCount(0)
  expect(await program.isShown('stay-connected')).toBe(false)
}

/** The ids of the processes that Comptoir started with this word in their command line, which Chromium rewrites. */
export function pidsOf(program: Program, word: string): number[] {
  onlyOnLinux('/proc')
  const parent = String(program.app.process().pid)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => readProcess(pid, 'cmdline').includes(word))
    .filter((pid) => /^PPid:\s*(\d+)$/mu.exec(readProcess(pid, 'status'))?.[1] === parent)
    .map(Number)
}

/** A process may end while it is read. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
