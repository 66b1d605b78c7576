import type { Page } from '@playwright/test'
import {
  atCounter,
  byCard,
  cameInByPsc,
  finishAs,
  leftPsc,
  read,
  refusedWith,
  succeeded,
  told,
} from './support/by-psc.ts'
import {
  badgeOf,
  button,
  connect,
  modulePages,
  pastDeafTime,
  shownPage,
  tile,
  webModule,
} from './support/counter.ts'
import { texts } from '../renderer/ui/texts.ts'
import { pressPsc, test, type PscSite } from './support/psc.ts'
import { cameIn } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const pscButton = texts.psc.buttonName
const renewed = [succeeded('1', 'ordonnances'), 'session.renewed 1']

test.describe('A module that asks for Pro Santé Connect @psc', () => {
  test('asks it of who came in by their code, and nothing else', async ({ psc, workstation }) => {
    const counter = await atWork(workstation, await psc())
    const { program, browser, launcher } = counter
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Pro Santé Connect demandé')
    await expect(tile(launcher, 'DMP')).toHaveAccessibleDescription(
      'Pro Santé Connect demandé Ouvre le navigateur',
    )
    await tile(launcher, 'Ordonnances').click()
    const identification = await program.window('identification')
    await expectPscOnly(identification, 'Ordonnances')
    await expect(identification.getByText("Seule l'identification de PATRICIA ADJOINTPHARM")).toBeVisible()
    await identification.keyboard.press('Enter')
    await expect(
      identification.getByText('Avec la carte : choisissez le certificat 899700261797.'),
    ).toBeVisible()
    await finishAs(browser, 'adjointe')
    const page = await shownPage(program, /ordonnances$/u)
    await expect(page.getByRole('heading', { name: 'Ordonnances' })).toBeVisible()
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    await expect(tile(launcher, 'DMP')).toHaveAccessibleDescription('Ouvre le navigateur')

    // She has what it takes now: the other one opens at once, in the browser of her login.
    await launcher.keyboard.press('F8')
    await expect((await browser.next()).getByRole('heading', { name: 'DMP' })).toBeVisible()
    expect(await program.isShown('identification')).toBe(false)
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      ...renewed,
      'module.opened 1 ordonnances window',
      'module.opened 1 dmp browser',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
    ])
  })

  test('opens in the browser for who has just identified there', async ({ psc, workstation }) => {
    const counter = await atWork(workstation, await psc())
    const { program, browser, launcher } = counter
    await launcher.keyboard.press('F8')
    await expectPscOnly(await program.window('identification'), 'DMP')
    await pressPsc(program)
    await finishAs(browser, 'adjointe', 'MOBILE')
    await expect((await browser.next()).getByRole('heading', { name: 'DMP' })).toBeVisible()
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect · e-CPS')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      'identification.succeeded 1 dmp eidas1 MOBILE freshness',
      'session.renewed 1',
      'module.opened 1 dmp browser',
      'session.ended 1 program-closed',
    ])
  })

  test('another person changes nothing, and leaves the browser before it asks again', async ({
    psc,
    workstation,
  }) => {
    const counter = await atWork(workstation, await psc())
    const { program, browser, launcher } = counter
    await tile(launcher, 'Ordonnances').click()
    const identification = await pressPsc(program)
    await finishAs(browser, 'titulaire')
    const row = await refusedWith(
      workstation,
      identification,
      "Pro Santé Connect identifie une autre personne que PATRICIA ADJOINTPHARM : rien n'a changé.",
    )
    expect(row?.kind).toBe('identification.refused')
    await expectUnchanged(launcher, '1')
    expect(await modulePages(program)).toBe(0)

    await button(identification, pscButton).click()
    await leftPsc(await browser.next())
    await finishAs(browser, 'adjointe')
    await shownPage(program, /ordonnances$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      'identification.refused nobody ordonnances other-rpps',
      ...renewed,
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
    ])
  })

  test('giving up changes nothing, before the browser is out or after', async ({ psc, workstation }) => {
    const counter = await atWork(workstation, await psc())
    const { program, browser, launcher } = counter
    await tile(launcher, 'Ordonnances').click()
    await (await program.window('identification')).keyboard.press('Escape')
    await program.gone('identification')
    await expectUnchanged(launcher, '1')
    await tile(launcher, 'Ordonnances').click()
    const identification = await pressPsc(program)
    await browser.next()
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await expectUnchanged(launcher, '1')
    expect(await modulePages(program)).toBe(0)
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Pro Santé Connect demandé')
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      'identification.failed nobody ordonnances cancelled',
      'session.ended 1 program-closed',
    ])
  })

  test('an operator without RPPS associates theirs, with their own code only', async ({
    psc,
    workstation,
  }) => {
    const counter = await atWork(workstation, await psc(), '2')
    const { program, browser, launcher } = counter
    await tile(launcher, 'Ordonnances').click()
    const identification = await pressPsc(program)
    await finishAs(browser, 'preparateur')
    await expect(identification.getByRole('heading', { name: 'Associer ce RPPS' })).toBeVisible()
    const code = identification.getByLabel('Code opérateur')
    await expect(code).toHaveValue('2')
    await expect(code).not.toBeEditable()
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    await refusedWith(workstation, identification, 'Code opérateur ou mot de passe incorrect.')
    await expectUnchanged(launcher, '2')
    expect(read(workstation, "select rpps from operator where code = '2'")).toEqual({ rpps: null })
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('2'))
    await identification.keyboard.press('Enter')
    await expect(
      identification.getByText("Associer le RPPS 99700393061 à l'opérateur « 2 » TEST PREPARATEUR ?"),
    ).toBeVisible()
    await pastDeafTime(identification)
    await button(identification, 'Associer').click()
    await shownPage(program, /ordonnances$/u)
    await expect(badgeOf(launcher, '2')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      'identification.succeeded 2',
      'session.connected 2',
      'identification.refused nobody ordonnances unknown-rpps',
      'identification.refused 2 ordonnances wrong-credentials',
      'operator.rpps-linked 2 99700393061',
      succeeded('2', 'ordonnances', 'password'),
      'session.renewed 2',
      'module.opened 2 ordonnances window',
      'session.ended 2 program-closed',
      'module.left 2 ordonnances nobody',
    ])
  })

  test("another operator's RPPS is refused to an operator without one", async ({ psc, workstation }) => {
    const counter = await atWork(workstation, await psc(), '2')
    const { program, browser, launcher } = counter
    await tile(launcher, 'Ordonnances').click()
    const identification = await pressPsc(program)
    await finishAs(browser, 'adjointe')
    await refusedWith(
      workstation,
      identification,
      "Pro Santé Connect identifie une autre personne que TEST PREPARATEUR : rien n'a changé.",
    )
    await expectUnchanged(launcher, '2')
    expect(await modulePages(program)).toBe(0)
    expect(await told(workstation, counter)).toEqual([
      'identification.succeeded 2',
      'session.connected 2',
      'identification.refused 1 ordonnances other-rpps',
      'session.ended 2 program-closed',
    ])
  })

  test('with nobody connected it asks for Pro Santé Connect only, then opens', async ({
    psc,
    workstation,
  }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Pro Santé Connect demandé')
    await launcher.keyboard.press('F9')
    await expectPscOnly(await program.window('identification'), 'Ordonnances')
    await pressPsc(program)
    await finishAs(browser, 'adjointe')
    await shownPage(program, /ordonnances$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1', 'ordonnances'),
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
    ])
  })

  test('kept for a role, it is not opened by Pro Santé Connect alone', async ({ psc, workstation }) => {
    const site = await psc()
    const url = `${workstation.pagesUrl}ordonnances`
    const ordonnances = webModule('ordonnances', 'Ordonnances', url, { access: 'psc', roles: ['titulaire'] })
    await workstation.settings((settings) => ({
      ...settings,
      modules: [ordonnances],
    }))
    const counter = await atWork(workstation, site)
    const { program, browser, launcher } = counter
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Réservé au titulaire')
    await tile(launcher, 'Ordonnances').click()
    await expectPscOnly(await program.window('identification'), 'Ordonnances')
    const identification = await pressPsc(program)
    await finishAs(browser, 'adjointe')
    const text = "« Ordonnances » n'est pas ouvert à votre rôle."
    expect((await refusedWith(workstation, identification, text))?.kind).toBe('identification.refused')
    await expectUnchanged(launcher, '1')
    expect(await modulePages(program)).toBe(0)
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      'identification.refused 1 ordonnances role',
      'session.ended 1 program-closed',
    ])
  })
})

/** Comptoir with an operator who came in by their code. */
async function atWork(workstation: Workstation, site: PscSite, code = '1') {
  const counter = await atCounter(site)
  await connect(workstation, counter.program, code)
  return counter
}

async function expectPscOnly(identification: Page, module: string): Promise<void> {
  await expect(identification).toHaveTitle(`Identification – ${module}`)
  await expect(identification.getByText(`« ${module} » demande Pro Santé Connect.`)).toBeVisible()
  await expect(identification.getByRole('textbox')).toHaveCount(0)
  await expect(button(identification, pscButton)).toBeFocused()
}

/** The same operator as before, still at the level of a code. */
async function expectUnchanged(launcher: Page, code: string): Promise<void> {
  await expect(badgeOf(launcher, code)).toBeVisible()
  await expect(launcher.getByText('Code opérateur', { exact: true })).toBeVisible()
}
