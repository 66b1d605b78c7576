import {
  atCounter,
  byCard,
  cameInByPsc,
  connectByPsc,
  disconnectEverywhere,
  endsSilently,
  finishAs,
  inTheBrowser,
  leaveOrdonnances,
  leftPsc,
  nobodyIn,
  openOrdonnances,
  succeeded,
  told,
} from './support/by-psc.ts'
import { badgeOf, button, closeWindow, pastDeafTime, tile } from './support/counter.ts'
import { pressPsc, test } from './support/psc.ts'
import { journalled, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'
import { texts } from '../renderer/ui/texts.ts'

const openedOrdonnances = [...cameInByPsc('1'), 'module.opened 1 ordonnances window']
const leftOrdonnances = 'module.left 1 ordonnances same-operator'

test.describe('Leaving Pro Santé Connect @psc', () => {
  test('« Déconnecter » ends it without a tab, and the browser then asks anew', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await atCounter(site)
    await connectByPsc(counter, 'adjointe', '1')
    await disconnectEverywhere(counter, site)
    expect(await counter.browser.handed()).toHaveLength(1)
    // Somebody is asked who they are: no session brings anyone back.
    await connectByPsc(counter, 'adjointe', '1')
    await expect(counter.launcher.getByText(texts.psc.mayRemain)).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1'),
      'session.ended 1 disconnect',
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
    ])
  })

  test('« Déconnecter » ends it in the browser where that is the only way', async ({ psc, workstation }) => {
    const site = await psc(inTheBrowser)
    const counter = await atCounter(site)
    const { browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await leftPsc(await browser.next())
    const [login = '', logout = ''] = await browser.handed()
    const { searchParams } = new URL(logout)
    const { sub } = site.simulator.readIdToken(searchParams.get('id_token_hint') ?? '')
    expect(sub).toContain('899700261797')
    expect(searchParams.getAll('post_logout_redirect_uri')).toHaveLength(1)
    const back = new URL(searchParams.get('post_logout_redirect_uri') ?? '')
    expect(back.pathname).toBe('/psc/deconnexion')
    expect(back.host).toBe(new URL(new URL(login).searchParams.get('redirect_uri') ?? '').host)
    expect(site.ports.map(String)).toContain(back.port)
    // Somebody is asked who they are: no session brings anyone back.
    await connectByPsc(counter, 'adjointe', '1')
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1'),
      'session.ended 1 disconnect',
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
    ])
  })

  test('« Déconnecter » waits for no browser', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc(inTheBrowser))
    const { browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await browser.hold()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await expect.poll(async () => (await browser.handed()).length).toBe(2)
    // The browser has not come back from it: one identifies meanwhile all the same.
    await button(launcher, "S'identifier").click()
    expect(await counter.program.window('identification').then((page) => page.title())).toBe('Identification')
    expect(await told(workstation, counter)).toEqual([...cameInByPsc('1'), 'session.ended 1 disconnect'])
  })

  test('« Déconnecter » says when the browser could not be sent out', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc(inTheBrowser))
    const { browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await browser.refuse()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    const notice = launcher.getByRole('status').filter({
      hasText: 'La session Pro Santé Connect peut rester ouverte dans le navigateur.',
    })
    await expect(notice).toContainText('Fermez toutes les fenêtres du navigateur.')
    expect(await told(workstation, counter)).toEqual([...cameInByPsc('1'), 'session.ended 1 disconnect'])
  })

  test('closing the program does not end it', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const tab = await connectByPsc(counter, 'adjointe', '1')
    const [login = ''] = await browser.handed()
    await counter.secrets.ofBrowser(browser)
    await closeWindow(program, launcher)
    expect(await program.ended).toBe(0)
    expect(browser.pages()).toEqual([tab])
    // What it is asked now comes back to a Comptoir that is not there, without a question: its session lives.
    await tab.goto(login).catch(() => undefined)
    await expect(tab.getByText('ERR_CONNECTION_REFUSED')).toBeVisible()
    expect(story(workstation, counter.secrets.all())).toEqual([
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  for (const way of ['Escape', 'the countdown'] as const) {
    test(`${way} of « Rester connecté ? » does not end it`, async ({ psc, workstation }) => {
      const site = await psc()
      await workstation.settings((settings) => ({ ...settings, session: { stayConnectedSeconds: 20 } }))
      const counter = await atCounter(site)
      const { program, browser, launcher } = counter
      await connectByPsc(counter, 'adjointe', '1')
      const question = await leaveOrdonnances(program, await openOrdonnances(counter))
      await pastDeafTime(question)
      if (way === 'Escape') await question.keyboard.press('Escape')
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible({ timeout: 30_000 })
      expect(await browser.handed()).toHaveLength(1)
      const answer = way === 'Escape' ? 'escape' : 'countdown'
      expect(await told(workstation, counter)).toEqual([
        ...openedOrdonnances,
        leftOrdonnances,
        `stay-connected.answered 1 ${answer}`,
        `session.ended 1 ${answer}`,
      ])
    })
  }
})

test.describe('« Rester connecté ? » after Pro Santé Connect @psc @stay-connected', () => {
  test('says so, and « Déconnecter » ends it', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const question = await leaveOrdonnances(program, await openOrdonnances(counter))
    for (const said of [
      'Opérateur « 1 » connecté',
      'RPPS 99700261797',
      'Pro Santé Connect · Connecté',
      'Ferme aussi Pro Santé Connect dans le navigateur',
    ]) {
      await expect(question.getByText(said)).toBeVisible()
    }
    await expect(button(question, 'Déconnecter')).toHaveAccessibleDescription(
      'Ferme aussi Pro Santé Connect dans le navigateur',
    )
    await pastDeafTime(question)
    await endsSilently(site, () => button(question, 'Déconnecter').click())
    await nobodyIn(launcher)
    expect(await browser.handed()).toHaveLength(1)
    expect(await told(workstation, counter)).toEqual([
      ...openedOrdonnances,
      leftOrdonnances,
      'stay-connected.answered 1 disconnect',
      'session.ended 1 stay-connected-disconnect',
    ])
  })

  test('one may stay without it: the next module asks for it again', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const question = await leaveOrdonnances(program, await openOrdonnances(counter))
    await pastDeafTime(question)
    await endsSilently(site, () => button(question, 'Rester connecté, quitter Pro Santé Connect').click())
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect quitté')).toBeVisible()
    await expect(launcher.getByText(byCard)).toHaveCount(0)
    const ordonnances = tile(launcher, 'Ordonnances')
    await expect(ordonnances).toHaveAccessibleDescription('Pro Santé Connect demandé')
    await ordonnances.click()
    const identification = await pressPsc(program)
    await expect(identification).toHaveTitle('Identification – Ordonnances')
    await finishAs(browser, 'adjointe')
    await program.modulePage(/ordonnances$/u)
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...openedOrdonnances,
      leftOrdonnances,
      'stay-connected.answered 1 stay-without-psc',
      'session.psc-left 1 operator',
      succeeded('1', 'ordonnances'),
      'session.renewed 1',
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
    ])
  })

  test('the setting leaves the level after each module, « Déconnecter » Pro Santé Connect', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    await workstation.settings((settings) => ({ ...settings, session: { dropPscAfterModule: true } }))
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const question = await leaveOrdonnances(program, await openOrdonnances(counter))
    await pastDeafTime(question)
    await button(question, 'Rester connecté').click()
    await program.gone('stay-connected')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect quitté')).toBeVisible()
    await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Pro Santé Connect demandé')
    expect(await browser.handed()).toHaveLength(1)
    await disconnectEverywhere(counter, site)
    expect(await told(workstation, counter)).toEqual([
      ...openedOrdonnances,
      leftOrdonnances,
      'session.psc-left 1 setting',
      'stay-connected.answered 1 stay',
      'session.ended 1 disconnect',
    ])
  })

  test('with the setting too, « Déconnecter » does in the browser what it says', async ({
    psc,
    workstation,
  }) => {
    const site = await psc(inTheBrowser)
    await workstation.settings((settings) => ({ ...settings, session: { dropPscAfterModule: true } }))
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const question = await leaveOrdonnances(program, await openOrdonnances(counter))
    await expect(question.getByText('Ferme aussi Pro Santé Connect dans le navigateur')).toBeVisible()
    await pastDeafTime(question)
    await button(question, 'Déconnecter').click()
    await nobodyIn(launcher)
    await leftPsc(await browser.next())
    expect(await told(workstation, counter)).toEqual([
      ...openedOrdonnances,
      leftOrdonnances,
      'session.psc-left 1 setting',
      'stay-connected.answered 1 disconnect',
      'session.ended 1 stay-connected-disconnect',
    ])
  })

  test('« Rester connecté » keeps it', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const question = await leaveOrdonnances(program, await openOrdonnances(counter))
    await pastDeafTime(question)
    await button(question, 'Rester connecté').click()
    await program.gone('stay-connected')
    await expect(launcher.getByText(byCard)).toBeVisible()
    // Straight in: nobody is asked for anything.
    await closeWindow(program, await openOrdonnances(counter))
    await journalled(workstation, 'module.left', 'ordonnances')
    await program.window('stay-connected')
    expect(await browser.handed()).toHaveLength(1)
    expect(await program.isShown('identification')).toBe(false)
    expect(await told(workstation, counter)).toEqual([
      ...openedOrdonnances,
      leftOrdonnances,
      'stay-connected.answered 1 stay',
      'module.opened 1 ordonnances window',
      leftOrdonnances,
      'session.ended 1 program-closed',
    ])
  })
})
