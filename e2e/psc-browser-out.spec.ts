import { atCounter, cameInByPsc, finishAs, nobodyIn, refusedWith, told } from './support/by-psc.ts'
import { badgeOf, button, modulePages, shownPage, tile } from './support/counter.ts'
import { cameBack, goOut, pressPsc, signInAs, test } from './support/psc.ts'
import { expect } from './support/test.ts'

const cancelled = 'identification.failed nobody cancelled'

test.describe('While the browser is out @psc', () => {
  test('« Rouvrir le navigateur » gives a second tab, where one finishes', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await goOut(program)
    const first = await browser.next()
    // There are other tabs: a browser that loses its last one closes.
    await first.context().newPage()
    await first.close()
    await button(identification, 'Rouvrir le navigateur').click()
    await finishAs(browser, 'adjointe')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    const handed = await browser.handed()
    expect(handed).toHaveLength(2)
    expect(handed[1]).toBe(handed[0])
    expect(await told(workstation, counter)).toEqual([...cameInByPsc('1'), 'session.ended 1 program-closed'])
  })

  test("« Copier le lien », pasted in a tab of one's own, leads in", async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await goOut(program)
    const tab = await browser.next()
    await button(identification, 'Copier le lien').click()
    await expect(identification.getByRole('status').filter({ hasText: 'Lien copié' })).toHaveCount(1)
    const link = await program.app.evaluate(({ clipboard }) => clipboard.readText())
    expect([link]).toEqual(await browser.handed())
    const own = await tab.context().newPage()
    await own.goto(link)
    await signInAs(own, 'adjointe')
    await cameBack(own)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([...cameInByPsc('1'), 'session.ended 1 program-closed'])
  })

  test('a browser that does not open is said, and the link still leads in', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    // A browser of one's own, that the system does not find.
    await goOut(program)
    const tab = await browser.next()
    await button(await program.window('identification'), 'Annuler').click()
    await program.gone('identification')
    await browser.refuse()

    const identification = await goOut(program)
    const row = await refusedWith(workstation, identification, "Le navigateur ne s'ouvre pas.")
    expect(row?.kind).toBe('identification.failed')
    await nobodyIn(launcher)
    await button(identification, 'Rouvrir le navigateur').click()
    await expect
      .poll(() => workstation.journal().filter(({ kind }) => kind === 'identification.failed').length)
      .toBe(3)
    await button(identification, 'Copier le lien').click()
    await expect(identification.getByRole('status').filter({ hasText: 'Lien copié' })).toHaveCount(1)
    await tab.goto(await program.app.evaluate(({ clipboard }) => clipboard.readText()))
    await signInAs(tab, 'adjointe')
    await cameBack(tab)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    const notOpened = 'identification.failed nobody browser-not-opened'
    expect(await told(workstation, counter)).toEqual([
      cancelled,
      notOpened,
      notOpened,
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
    ])
  })

  for (const way of ['Annuler', 'Escape']) {
    test(`${way} gives up: who finishes afterwards connects nobody`, async ({ psc, workstation }) => {
      const counter = await atCounter(await psc())
      const { program, browser, launcher } = counter
      const identification = await goOut(program)
      const tab = await browser.next()
      if (way === 'Escape') await identification.keyboard.press('Escape')
      else await button(identification, 'Annuler').click()
      await program.gone('identification')
      await signInAs(tab, 'adjointe')
      // Nobody listens any more.
      await expect(tab.getByText('ERR_CONNECTION_REFUSED')).toBeVisible()
      await nobodyIn(launcher)
      expect(await program.isShown('identification')).toBe(false)
      expect(await told(workstation, counter)).toEqual([cancelled])
    })
  }

  test('asking for another module replaces the attempt', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await tile(launcher, 'Documentation').click()
    const identification = await pressPsc(program)
    const first = await browser.next()
    await tile(launcher, 'Planning').click()
    await expect(identification).toHaveTitle('Identification – Planning')
    await pressPsc(program)
    const second = await browser.next()
    await signInAs(first, 'titulaire')
    await expect(first.getByText(/ERR_CONNECTION_REFUSED|ne correspond à aucune/u).first()).toBeVisible()
    await nobodyIn(launcher)
    await signInAs(second, 'adjointe')
    await cameBack(second)
    await shownPage(program, /planning$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await modulePages(program)).toBe(1)
    expect(await told(workstation, counter)).toEqual([
      'identification.failed nobody documentation cancelled',
      ...cameInByPsc('1', 'planning'),
      'module.opened 1 planning window',
      'session.ended 1 program-closed',
      'module.left 1 planning nobody',
    ])
  })

  test('with the keyboard alone, from a module to its page', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await launcher.keyboard.press('F4')
    const identification = await program.window('identification')
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    const order = [
      identification.getByLabel('Mot de passe', { exact: true }),
      button(identification, 'OK'),
      button(identification, 'Annuler'),
      button(
        identification,
        "S'identifier avec Pro Santé Connect, un service du ministère chargé de la Santé",
      ),
      button(identification, 'Mot de passe oublié ?'),
    ]
    for (const next of order) {
      await identification.keyboard.press('Tab')
      await expect(next).toBeFocused()
    }
    await identification.keyboard.press('Alt+p')
    await expect(
      identification.getByRole('heading', { name: "Terminez l'identification dans votre navigateur" }),
    ).toBeFocused()
    for (const next of ['Rouvrir le navigateur', 'Copier le lien', 'Annuler']) {
      await identification.keyboard.press('Tab')
      await expect(button(identification, next)).toBeFocused()
    }
    const tab = await browser.next()
    await tab.getByLabel('Identité de test').focus()
    await tab.keyboard.press('Tab')
    await tab.keyboard.press('Enter')
    await expect(tab.getByLabel('Code porteur')).toBeFocused()
    await tab.keyboard.type('1234')
    await tab.keyboard.press('Enter')
    await cameBack(tab)
    await shownPage(program, /documentation$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1', 'documentation'),
      'module.opened 1 documentation window',
      'session.ended 1 program-closed',
      'module.left 1 documentation nobody',
    ])
  })
})
