import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import { identities, type IdentityId } from '../psc-simulator/identities.ts'
import { lemonLdapLike } from '../psc-simulator/broker.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Browser } from './browser.ts'
import { badgeOf, button, closeWindow, openDocumentation, pastDeafTime, shownPage } from './counter.ts'
import type { Program } from './program.ts'
import { cameBack, goOut, pressPsc, questionOf, signInAs, type PscSiteOptions } from './psc.ts'
import type { Workstation } from './test.ts'

/** A road to Pro Santé Connect. */
export type Road = {
  readonly name: string
  readonly options: PscSiteOptions
  /** Whether an `auth_time` is PSC's own: then a fresh identification connects without a question. */
  readonly proves: boolean
  /** What the journal says of an identification: level, means, and what confirmed it. */
  readonly said: { readonly fresh: string; readonly confirmed: string }
}

export const direct: Road = {
  name: 'Pro Santé Connect itself',
  options: {},
  proves: true,
  said: { fresh: 'eidas1 CARD freshness', confirmed: 'eidas1 CARD password' },
}

/** Nothing in its settings vouches for `auth_time` or `acr`. */
export const broker: Road = {
  name: 'a broker',
  options: { broker: lemonLdapLike, settings: { authTimeIsFromPsc: null, acrIsFromPsc: null } },
  proves: false,
  said: { fresh: 'loa-1 password', confirmed: 'loa-1 password' },
}

/** What the journal says when PATRICIA has come in on this road. */
export function cameInBy({ said }: Road): string[] {
  return [`identification.succeeded 1 ${said.fresh}`, 'session.connected 1']
}

/** A counter where somebody may have identified: its program, and its system browser. */
export type Counter = { readonly program: Program; readonly browser: Browser; readonly launcher: Page }

/** Gives an operator the RPPS of a test identity, as an association would have. */
export function giveRpps(workstation: Workstation, code: string, id: IdentityId): void {
  const rpps = identities.find((identity) => identity.id === id)?.nationalId.slice(1)
  const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
  const { changes } = database.prepare('update operator set rpps = ? where code = ?').run(rpps, code)
  database.close()
  expect(changes).toBe(1)
}

/** PATRICIA ADJOINTPHARM comes in by Pro Santé Connect, with what this road asks for. */
export async function patriciaComesIn(
  workstation: Workstation,
  { program, browser, launcher }: Counter,
  road: Road,
): Promise<void> {
  const identification = await goOut(program)
  const tab = await browser.next()
  await signInAs(tab, 'adjointe')
  await cameBack(tab)
  if (!road.proves) await confirmAs(workstation, identification, '1')
  await program.gone('identification')
  await expect(badgeOf(launcher, '1')).toBeVisible()
}

/** The connected operator leaves a module, and leaves the question that follows by Escape: locally, as all but a press. */
export async function leavesUnanswered({ program, launcher }: Counter): Promise<void> {
  await openDocumentation(program, launcher)
  await closeWindow(program, await shownPage(program, /\/documentation$/u))
  const question = await program.window('stay-connected')
  await pastDeafTime(question)
  await question.keyboard.press('Escape')
  await expectNobody(launcher)
}

/** The rows of it. */
export const leftUnanswered = [
  'module.opened 1 documentation window',
  'module.left 1 documentation same-operator',
  'stay-connected.answered 1 escape',
  'session.ended 1 escape',
]

/** Somebody presses Pro Santé Connect where it is offered: the browser is back at once, as PATRICIA. */
export async function backAsPatricia({ program, browser }: Counter): Promise<Page> {
  const identification = await pressPsc(program)
  await cameBack(await browser.next())
  await expectQuestion(identification)
  return identification
}

/** « Est-ce bien vous ? » is asked about PATRICIA, and « Non » has the focus. */
export async function expectQuestion(identification: Page): Promise<void> {
  const question = questionOf(identification)
  await expect(question).toHaveAccessibleName(texts.wrongPerson.title)
  await expect(question).toContainText(
    'Pro Santé Connect vous identifie : PATRICIA ADJOINTPHARM, RPPS 99700261797. Est-ce bien vous ?',
  )
  await expect(button(identification, "Non, ce n'est pas moi")).toBeFocused()
}

/** Answers « Est-ce bien vous ? » by a press, once it hears. */
export async function answer(
  identification: Page,
  word: 'Oui, continuer' | "Non, ce n'est pas moi",
): Promise<void> {
  await expect(button(identification, word)).toBeVisible()
  await pastDeafTime(identification)
  await button(identification, word).click()
}

/** Escape at the question, once it hears: nothing is answered. */
export async function leavesQuestion(program: Program, identification: Page): Promise<void> {
  await pastDeafTime(identification)
  await identification.keyboard.press('Escape')
  await program.gone('identification')
}

/** Gives a password to what « Oui, continuer » leads to. */
export async function giveOnlyPassword(identification: Page, password: string): Promise<void> {
  await identification.getByLabel('Mot de passe', { exact: true }).fill(password)
  await identification.keyboard.press('Enter')
}

/** « Oui, continuer », with the password of this operator. */
export async function confirmAs(workstation: Workstation, identification: Page, code: string): Promise<void> {
  await answer(identification, 'Oui, continuer')
  await giveOnlyPassword(identification, workstation.passwordOf(code))
}

/** The browser's next tab is on the page where one chooses who one is: no session brings anyone back. */
export async function signsInAnew(browser: Browser, id: IdentityId): Promise<void> {
  const tab = await browser.next()
  await expect(tab.getByLabel('Identité de test')).toBeVisible()
  await signInAs(tab, id)
  await cameBack(tab)
}

/** Nobody is connected, by the launcher's word. */
export async function expectNobody(launcher: Page): Promise<void> {
  await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
}

/** Still locked: nobody is connected, and nothing of a module is to be seen. */
export async function expectLocked(launcher: Page): Promise<void> {
  await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
  await expect(launcher.getByRole('region', { name: 'Opérateur' })).toHaveCount(0)
}
