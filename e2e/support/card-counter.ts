import { expect, type Locator, type Page } from '@playwright/test'
import { makeCard, type IssuedCard } from './card/pki.ts'
import { says, type ReaderSite } from './card.ts'
import { button, tile } from './counter.ts'
import { write } from './by-psc.ts'
import type { Program } from './program.ts'
import type { Workstation } from './test.ts'

/** What the pill says of the cards of these stories, and of a reader without one. */
export const patriciasPill = 'Carte CPS · ADJOINTPHARM'
export const camillesPill = 'Carte CPF · ETUDIANTPHARM'
export const emptyPill = 'Lecteur sans carte'

/** Two cards as production has them: of « 1 », and of a student whom no operator is until `giveCamille`. */
export type Cards = { readonly patricias: IssuedCard; readonly camilles: IssuedCard }

export async function makeCards(): Promise<Cards> {
  const [patricias, camilles] = await Promise.all([
    makeCard('pharmacist', { series: 'real' }),
    makeCard('student', { series: 'real' }),
  ])
  return { patricias, camilles }
}

/** The student's RPPS, which is her card's, becomes that of « 2 ». */
export function giveCamille(workstation: Workstation): void {
  write(workstation, 'update operator set rpps = ? where code = ?', '99700075122', '2')
}

/** Puts a card into the first reader; resolves once `page` shows it. */
export async function insert(site: ReaderSite, page: Page, card: IssuedCard, pill: string): Promise<void> {
  await site.insert(0, { kind: 'cpx', card })
  await says(page, pill)
}

/** Empties the first reader; resolves once `page` shows it. */
export async function pull(site: ReaderSite, page: Page): Promise<void> {
  await site.remove(0)
  await says(page, emptyPill)
}

/** Resolves once the identification window has been told whose the card is, which it shows before. */
export async function settled(program: Program, page: Page): Promise<void> {
  await program.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)))
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}

/** Opens the identification window by « S'identifier ». */
export async function begin(program: Program): Promise<Page> {
  await button(await program.window('launcher'), "S'identifier").click()
  return program.window('identification')
}

export function codeField(identification: Page): Locator {
  return identification.getByLabel('Code opérateur')
}

export function passwordField(page: Page): Locator {
  return page.getByLabel('Mot de passe', { exact: true })
}

/** « Verrouillé » by a pulled card, as the launcher says it. */
export async function expectLockedByCard(launcher: Page): Promise<void> {
  await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
  await expect(launcher.getByText('Carte retirée.')).toBeVisible()
}

/** Types the password of the locked operator; resolves once the modules can be seen again. */
export async function unlock(workstation: Workstation, launcher: Page, code: string): Promise<void> {
  await passwordField(launcher).fill(workstation.passwordOf(code))
  await launcher.keyboard.press('Enter')
  await expect(tile(launcher, 'Documentation')).toBeVisible()
}

/** « Votre carte est encore dans le lecteur. », in the launcher. */
export function stillInReader(launcher: Page): Locator {
  return launcher.getByRole('status').filter({ hasText: 'Votre carte est encore dans le lecteur.' })
}
