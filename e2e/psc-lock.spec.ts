import {
  atCounter,
  byCard,
  cameInByPsc,
  connectByPsc,
  finishAs,
  lock,
  nobodyIn,
  openOrdonnances,
  refusedWith,
  succeeded,
  told,
} from './support/by-psc.ts'
import {
  badgeOf,
  button,
  closeWindow,
  connect,
  isVisible,
  shownPage,
  switchTo,
  tile,
} from './support/counter.ts'
import { texts } from '../renderer/ui/texts.ts'
import { test } from './support/psc.ts'
import { locked } from './support/story.ts'
import { expect } from './support/test.ts'

const cameInAndLocked = [...cameInByPsc('1'), locked]

test.describe('The lock over Pro Santé Connect @psc @login', () => {
  test('is opened by Pro Santé Connect', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await lock(counter)
    site.simulator.endAllSessions()
    await expect(launcher.getByText("S'identifier avec")).toBeVisible()
    await button(launcher, texts.psc.buttonName).click()
    const identification = await program.window('identification')
    await expect(
      identification.getByText('Avec la carte : choisissez le certificat 899700261797.'),
    ).toBeVisible()
    await finishAs(browser, 'adjointe', 'MOBILE')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect · e-CPS')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameInAndLocked,
      'identification.succeeded 1 eidas1 MOBILE freshness',
      'session.unlocked 1',
      'session.ended 1 program-closed',
    ])
  })

  test('is not opened by another person', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await lock(counter)
    site.simulator.endAllSessions()
    await launcher.keyboard.press('Alt+p')
    const identification = await program.window('identification')
    await finishAs(browser, 'titulaire')
    const text = "Pro Santé Connect identifie une autre personne que PATRICIA ADJOINTPHARM : rien n'a changé."
    expect((await refusedWith(workstation, identification, text))?.kind).toBe('identification.refused')
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    await expect(badgeOf(launcher, '1')).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual([
      ...cameInAndLocked,
      'identification.refused nobody other-rpps',
      'session.ended 1 program-closed',
    ])
  })

  test('opened by a password it keeps the level, but not what ends it without a question', async ({
    psc,
    workstation,
  }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await lock(counter)
    await launcher.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
    await launcher.keyboard.press('Enter')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    await closeWindow(program, await openOrdonnances(counter))
    await program.window('stay-connected')
    expect(await browser.handed()).toHaveLength(1)

    // The ID token went with the lock: the browser asks before it leaves.
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    const tab = await browser.next()
    const logout = new URL((await browser.handed())[1] ?? '')
    expect(logout.pathname).toMatch(/logout|session\/end/u)
    expect(logout.searchParams.has('id_token_hint')).toBe(false)
    await expect(tab.getByText('Voulez-vous vous déconnecter de Pro Santé Connect ?')).toBeVisible()
    await button(tab, 'Se déconnecter').click()
    await expect(tab.getByText('Voulez-vous vous déconnecter')).toHaveCount(0)
    // It has left: it asks who is there.
    await connectByPsc(counter, 'adjointe', '1')
    expect(await told(workstation, counter)).toEqual([
      ...cameInAndLocked,
      'identification.succeeded 1',
      'session.unlocked 1',
      'module.opened 1 ordonnances window',
      'module.left 1 ordonnances same-operator',
      'session.ended 1 disconnect',
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
    ])
  })
})

test.describe('A page of Pro Santé Connect under its veil @psc @modules', () => {
  test('comes back at its level only', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const page = await openOrdonnances(counter)
    await switchTo(workstation, program, '2')
    await program.window('veil')
    expect(await isVisible(program, page)).toBe(false)
    // Her suspended session had that level.
    await switchTo(workstation, program, '1')
    await shownPage(program, /ordonnances$/u)
    await program.gone('veil')

    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    const veil = await program.window('veil')
    expect(await isVisible(program, page)).toBe(false)
    await browser.next()
    await connect(workstation, program, '1')
    await expect(launcher.getByText('Code opérateur', { exact: true })).toBeVisible()
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription(
      'Ouvert Pro Santé Connect demandé',
    )
    expect(await isVisible(program, page)).toBe(false)
    await expect(veil.getByRole('heading', { name: 'Ouvert au nom de PATRICIA ADJOINTPHARM' })).toBeVisible()

    site.simulator.endAllSessions()
    await button(veil, 'Reprendre').click()
    const identification = await program.window('identification')
    await expect(identification).toHaveTitle('Identification – Ordonnances')
    await expect(identification.getByRole('textbox')).toHaveCount(0)
    await button(identification, texts.psc.buttonName).click()
    await finishAs(browser, 'adjointe')
    await shownPage(program, /ordonnances$/u)
    await program.gone('veil')
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1'),
      'module.opened 1 ordonnances window',
      locked,
      'module.veiled 1 ordonnances',
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'session.locked 2 switch',
      'identification.succeeded 1',
      'session.suspended 2',
      'session.resumed 1',
      'session.ended 1 disconnect',
      'module.veiled 1 ordonnances',
      'identification.succeeded 1',
      'session.connected 1',
      succeeded('1', 'ordonnances'),
      'session.renewed 1',
      'session.ended 1 program-closed',
      'session.ended 2 program-closed',
      'module.left 1 ordonnances nobody',
    ])
  })
})
