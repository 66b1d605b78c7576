import type { Page } from '@playwright/test'
import { button, connect } from './counter.ts'
import type { Program } from './program.ts'
import { expect, type, type Workstation } from './test.ts'

/** Connects an operator, who opens « Opérateurs » from the launcher. */
export async function openOperators(
  workstation: Workstation,
  program: Program,
  code = '0',
): Promise<{ launcher: Page; page: Page }> {
  const launcher = await connect(workstation, program, code)
  return { launcher, page: await open(program, launcher) }
}

/** « Opérateurs », opened by who is connected. */
export async function open(program: Program, launcher: Page): Promise<Page> {
  await button(launcher, 'Opérateurs').press('Enter')
  const page = await program.window('operators')
  await expect(page.getByLabel('Rechercher un opérateur')).toBeFocused()
  await expect(found(page, /opérateur/u)).toBeVisible()
  return page
}

/** How many are found, as the page says it. */
export function found(page: Page, text: RegExp) {
  return page.getByRole('search').getByRole('status').filter({ hasText: text })
}

/** Opens the sheet of the operator whom this search finds: Enter waits for its answer. */
export async function openSheet(page: Page, search: string, name: string): Promise<void> {
  const field = page.getByLabel('Rechercher un opérateur')
  await field.fill(search)
  await field.press('Enter')
  await expect(sheet(page, name)).toBeFocused()
}

/** The heading of a sheet. */
export function sheet(page: Page, name: string) {
  return page.getByRole('heading', { name, level: 2, exact: true })
}

/** Presses a button by the keyboard. */
export async function press(page: Page, name: string): Promise<void> {
  await button(page, name).press('Enter')
}

/** Gives the password of the connected operator, which is asked again; it may be refused. */
export async function give(page: Page, password: string): Promise<void> {
  await expect(page.getByRole('dialog').getByLabel(/^Votre mot de passe/u)).toBeFocused()
  await type(page, password)
  await page.keyboard.press('Enter')
}

/** The same with the right one. */
export async function confirm(page: Page, password: string): Promise<void> {
  await give(page, password)
  await expect(page.getByLabel(/^Votre mot de passe/u)).toHaveCount(0)
}

/** The provisional password that is shown, once it is said to have been noted. */
export async function noted(page: Page): Promise<string> {
  const shown = page.getByRole('dialog', { name: 'Mot de passe provisoire' })
  await expect(shown.getByText('À changer à la prochaine identification')).toBeVisible()
  const password = await shown.getByRole('status', { name: 'Mot de passe provisoire' }).innerText()
  await press(page, "J'ai noté le mot de passe")
  await expect(shown).toHaveCount(0)
  return password
}

/** What has been done, as the page says it. */
export async function toldDone(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: text })).toHaveCount(1)
}
