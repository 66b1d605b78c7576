import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import type { IdentityId, Means } from '../psc-simulator/identities.ts'
import type { Browser } from './browser.ts'
import { badgeOf, button, closeWindow, comeIn, shownPage, tile } from './counter.ts'
import { plain } from './main-process.ts'
import type { Program } from './program.ts'
import { cameBack, goOut, signInAs, type PscSite, type PscSiteOptions } from './psc.ts'
import { endOf, overhear, type Secrets } from './secrets.ts'
import { rowOfReference, stopped, story } from './story.ts'
import type { Workstation } from './test.ts'

/** Comptoir with its system browser, its launcher, and what is to be written nowhere. */
export type AtCounter = Awaited<ReturnType<PscSite['start']>> & { readonly secrets: Secrets }

/** The text under a badge that says by what its operator came in. */
export const byCard = 'Pro Santé Connect · carte CPS'

/** Somebody whose RPPS no operator has. */
export const unknownRpps = 'identification.refused nobody unknown-rpps'

/** Starts Comptoir and its system browser; nobody is connected. */
export async function atCounter(site: PscSite): Promise<AtCounter> {
  const secrets = overhear(site.simulator)
  return { ...(await site.start()), secrets }
}

/** How each story of an operator who comes in by a fresh login begins in the journal. */
export function cameInByPsc(code: string, module = ''): string[] {
  return [succeeded(code, module), `session.connected ${code}`]
}

/** The row of an identification by card. */
export function succeeded(code: string, module = '', confirmedBy = 'freshness'): string {
  return ['identification.succeeded', code, module, 'eidas1 CARD', confirmedBy].filter(Boolean).join(' ')
}

/** Somebody identifies in the tab that Comptoir has just opened; it is back. */
export async function finishAs(browser: Browser, id: IdentityId, means: Means = 'CARD'): Promise<Page> {
  const tab = await browser.next()
  await signInAs(tab, id, means)
  await cameBack(tab)
  return tab
}

/** « S'identifier », Pro Santé Connect, a card: connected. Resolves to the tab of it. */
export async function connectByPsc(
  { program, browser, launcher }: AtCounter,
  id: IdentityId,
  code: string,
): Promise<Page> {
  await goOut(program)
  const tab = await finishAs(browser, id)
  await program.gone('identification')
  await expect(badgeOf(launcher, code)).toBeVisible()
  await expect(launcher.getByText(byCard)).toBeVisible()
  return tab
}

/** « Déconnecter », which ends Pro Santé Connect too, without a tab. */
export async function disconnectEverywhere({ launcher }: AtCounter, site: PscSite): Promise<void> {
  await endsSilently(site, () => button(launcher, 'Déconnecter').click())
  await nobodyIn(launcher)
}

/** What ends the session at Pro Santé Connect without a browser; resolves once it is over. */
export async function endsSilently({ simulator }: PscSite, act: () => Promise<void>): Promise<void> {
  const over = new Promise<void>((resolve) =>
    simulator.tamper('end-session', {
      answer: (real) => {
        if (real.status === 204) resolve()
        return real
      },
    }),
  )
  await act()
  await over
  simulator.tamper('end-session', null)
}

/** A provider that ends a session in the browser only. */
export const inTheBrowser: PscSiteOptions = { broker: { noSilentLogout: true } }

/** Locks by « Changer d'opérateur », and gives up changing. */
export async function lock({ program, launcher }: Pick<AtCounter, 'program' | 'launcher'>): Promise<void> {
  await button(launcher, "Changer d'opérateur").click()
  await button(await program.window('identification'), 'Annuler').click()
  await program.gone('identification')
  await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
}

/**
 * Leaves a session of PATRICIA ADJOINTPHARM in the browser, opened ten minutes ago, and nobody connected: another
 * operator came after her, then left.
 */
export async function leaveInBrowser(
  workstation: Workstation,
  site: PscSite,
  counter: AtCounter,
): Promise<void> {
  const { program, launcher } = counter
  await connectByPsc(counter, 'adjointe', '1')
  await button(launcher, "Changer d'opérateur").click()
  await comeIn(workstation, program, '2')
  await button(launcher, 'Déconnecter').click()
  await nobodyIn(launcher)
  site.simulator.ageSessions(600)
}

/** The rows of `leaveInBrowser`. */
export const leftInBrowser = [
  ...cameInByPsc('1'),
  'session.locked 1 switch',
  'identification.succeeded 2',
  'session.suspended 1',
  'session.connected 2',
  'session.ended 2 disconnect',
]

/** The browser has been led back from the end of its session. */
export async function leftPsc(tab: Page): Promise<void> {
  await expect(tab.getByRole('heading', { name: 'Session Pro Santé Connect terminée' })).toBeVisible()
}

/** The launcher says that nobody is connected. */
export async function nobodyIn(launcher: Page): Promise<void> {
  await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
}

/** What a window says of a failure, once it says this; its reference is in the journal. Resolves to that row. */
export async function refusedWith(workstation: Workstation, page: Page, text: string) {
  const alert = page.getByRole('alert').filter({ hasText: text })
  await expect(alert).toHaveCount(1)
  const told = plain(await alert.innerText())
  await expect.poll(() => rowOfReference(workstation, told), `a row for: ${told}`).toBeDefined()
  return rowOfReference(workstation, told)
}

/** The page of « Ordonnances », opened by its tile. */
export async function openOrdonnances({ program, launcher }: AtCounter): Promise<Page> {
  await tile(launcher, 'Ordonnances').click()
  return shownPage(program, /ordonnances$/u)
}

/** Leaves « Ordonnances »; resolves to « Rester connecté ? ». */
export async function leaveOrdonnances(program: Program, page: Page): Promise<Page> {
  await closeWindow(program, page)
  return program.window('stay-connected')
}

/** Writes to the database, as another program of the pharmacy would. */
export function write(workstation: Workstation, sql: string, ...values: (string | number)[]): void {
  const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
  try {
    database.prepare(sql).run(...values)
  } finally {
    database.close()
  }
}

/** Reads the first row from the database. */
export function read(workstation: Workstation, sql: string, ...values: string[]): unknown {
  const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'), { readonly: true })
  try {
    return database.prepare(sql).get(...values)
  } finally {
    database.close()
  }
}

/**
 * Ends the program and resolves to the story, without its last row. Fails when the journal or the technical log holds
 * a password, or anything that passed between Pro Santé Connect, the browser and Comptoir.
 */
export async function told(
  workstation: Workstation,
  counter: AtCounter,
  typed: readonly string[] = [],
): Promise<string[]> {
  const rows = await endOf(workstation, counter, counter.secrets)
  const log = await workstation.log()
  for (const secret of typed) expect(log).not.toContain(secret)
  expect(story(workstation, typed)).toEqual(rows)
  expect(rows.at(-1)).toBe(stopped)
  return rows.slice(0, -1)
}
