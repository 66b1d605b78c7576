import { endGap } from '../renderer/ui/scanner.ts'
import { texts } from '../renderer/ui/texts.ts'
import { faultsOf } from './support/axe.ts'
import { lock, nobodyIn, refusedWith, told } from './support/by-psc.ts'
import { badgeOf, button, connect, give, shownPage, strike, tile } from './support/counter.ts'
import { identify, numberIn, ringing, takePhone, test } from './support/e-cps.ts'
import { cameIn, givenUp, locked } from './support/story.ts'
import { expect, type } from './support/test.ts'

const words = texts.psc.phone
const byPhone = words.start.MOBILE
const byECps = 'Pro Santé Connect · e-CPS'
const succeeded = (authMode: string, module = '') =>
  ['identification.succeeded', '1', module, 'eidas1', authMode, 'freshness'].filter(Boolean).join(' ')

test.describe('Without a browser, by e-CPS @ecps @psc', () => {
  test('an operator comes in by her code and her phone, with the keyboard alone', async ({
    direct,
    workstation,
  }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    await expect(phone.getByText('Aucune demande.')).toBeVisible()
    const identification = await identify(site)
    await type(identification, '1')
    for (let tabs = 0; tabs < 12; tabs++) {
      if (await button(identification, byPhone).evaluate((element) => element.matches(':focus'))) break
      await identification.keyboard.press('Tab')
    }
    await identification.keyboard.press('Enter')

    const number = await numberIn(identification)
    await expect(
      identification.getByRole('heading', {
        name: `Vérifiez que votre téléphone affiche le nombre ${number}, puis validez.`,
        exact: true,
      }),
    ).toBeFocused()
    await expect(identification.getByRole('timer')).toHaveText(/Comptoir attend encore 1\smin\s\d+\ss\./u)
    await expect(phone.getByText('e-CPS de PATRICIA ADJOINTPHARM')).toBeVisible()
    await expect(phone.locator('output')).toHaveText(number)
    await button(phone, 'Valider').click()

    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byECps)).toBeVisible()
    const rows = workstation.journal().filter(({ kind }) => kind === 'identification.succeeded')
    expect(rows.map(({ details }) => details)).toMatchObject([
      { flow: 'ciba', authMode: 'MOBILE', acr: 'eidas1', acrFrom: 'psc', nationalId: '899700261797' },
    ])
    expect(await told(workstation, site.counter)).toEqual([
      succeeded('MOBILE'),
      'session.connected 1',
      'session.ended 1 program-closed',
    ])
  })

  test('an RPPS typed by hand, that no operator has yet, is associated', async ({ direct, workstation }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    const identification = await identify(site)
    await type(identification, '899700427885')
    await button(identification, byPhone).click()
    await numberIn(identification)
    await expect(phone.getByText('e-CPS de KIT DOC0042788')).toBeVisible()
    await button(phone, 'Valider').click()
    await button(identification, 'Continuer').waitFor()
    await give(identification, '2', workstation.passwordOf('2'))
    const confirmation = identification.getByRole('alertdialog')
    await expect(confirmation).toContainText('Associer le RPPS 99700427885')
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await nobodyIn(launcher)
    expect(await told(workstation, site.counter)).toEqual([
      'identification.refused nobody unknown-rpps',
      givenUp,
    ])
  })

  test('a card serves without a browser too, where the settings say so', async ({ direct, workstation }) => {
    const site = await direct({ channel: 'CARD' })
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    const identification = await identify(site)
    await type(identification, '1')
    await button(identification, words.start.CARD).click()
    const number = await numberIn(identification, 'CARD')
    await expect(phone.getByText('Carte CPS de PATRICIA ADJOINTPHARM')).toBeVisible()
    await expect(phone.locator('output')).toHaveText(number)
    await button(phone, 'Valider').click()
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect · carte CPS')).toBeVisible()
    expect(await told(workstation, site.counter)).toEqual([
      succeeded('CARD'),
      'session.connected 1',
      'session.ended 1 program-closed',
    ])
  })

  test('a module that asks for Pro Santé Connect asks the connected operator, and no code', async ({
    direct,
    workstation,
  }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    await connect(workstation, program, '1')
    await tile(launcher, 'Ordonnances').click()
    const identification = await program.window('identification')
    await expect(identification.getByRole('textbox')).toHaveCount(0)
    await button(identification, byPhone).click()
    await numberIn(identification)
    await button(phone, 'Valider').click()
    await shownPage(program, /ordonnances$/u)
    await expect(launcher.getByText(byECps)).toBeVisible()
    expect((await told(workstation, site.counter)).slice(0, 5)).toEqual([
      'identification.succeeded 1',
      'session.connected 1',
      succeeded('MOBILE', 'ordonnances'),
      'session.renewed 1',
      'module.opened 1 ordonnances window',
    ])
  })

  test('a locked operator goes from the browser to her phone', async ({ direct, workstation }) => {
    const site = await direct()
    const { program, launcher, browser } = site.counter
    await connect(workstation, program, '1')
    await lock(site.counter)
    await button(launcher, texts.psc.buttonName).click()
    const identification = await program.window('identification')
    await expect(button(await browser.next(), 'Carte CPS')).toBeVisible()
    await button(identification, byPhone).click()
    await numberIn(identification)
    await (await ringing(site)).approve('899700261797')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byECps)).toBeVisible()
    expect(await told(workstation, site.counter)).toEqual([
      ...cameIn,
      locked,
      givenUp,
      succeeded('MOBILE'),
      'session.unlocked 1',
      'session.ended 1 program-closed',
    ])
  })

  test('a module asks whose phone it is when nobody is connected', async ({ direct, workstation }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    await tile(launcher, 'Ordonnances').click()
    const identification = await program.window('identification')
    const field = identification.getByLabel('Code opérateur ou RPPS')
    await button(identification, byPhone).click()
    await expect(identification.getByRole('alert').filter({ hasText: words.missing })).toBeVisible()
    await expect(field).toBeFocused()
    expect(await faultsOf(identification)).toEqual([])
    // A product's barcode, as its scanner types it.
    await strike(program, identification, '3400930000000'.split(''))
    await expect(identification.getByText("Code-barres d'un produit ignoré.")).toBeVisible()
    await expect(field).toHaveValue('')
    // What comes at once after a barcode is still the scanner's.
    await identification.waitForTimeout(2 * endGap)
    await type(identification, '1')
    await identification.keyboard.press('Enter')
    await numberIn(identification)
    await button(phone, 'Valider').click()
    await shownPage(program, /ordonnances$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect((await told(workstation, site.counter)).slice(0, 3)).toEqual([
      succeeded('MOBILE', 'ordonnances'),
      'session.connected 1',
      'module.opened 1 ordonnances window',
    ])
  })
})

test.describe('Without a browser, nobody comes in @ecps @psc', () => {
  test('when the phone refuses, when it is given up, nor when it answers afterwards', async ({
    direct,
    workstation,
  }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const phone = await takePhone(site)
    const identification = await identify(site)
    await type(identification, '1')
    await button(identification, byPhone).click()
    await numberIn(identification)
    await button(phone, 'Refuser').click()
    await refusedWith(workstation, identification, 'abandonnée ou refusée dans Pro Santé Connect')

    await type(identification, '1')
    await button(identification, byPhone).click()
    await numberIn(identification)
    await button(phone, 'Valider').waitFor()
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    const polls = site.simulator.requests('token')
    await button(phone, 'Valider').click()
    await expect(phone.getByText('Aucune demande.')).toBeVisible()
    await phone.waitForTimeout(1500)
    expect(site.simulator.requests('token')).toBe(polls)
    await nobodyIn(launcher)
    expect(await told(workstation, site.counter)).toEqual([
      'identification.failed nobody access_denied abandoned',
      givenUp,
    ])
  })

  test('by a code of nobody, of an operator without RPPS, nor by a fourth request', async ({
    direct,
    workstation,
  }) => {
    const site = await direct()
    const { program, launcher } = site.counter
    const identification = await identify(site)
    const code = identification.getByLabel('Code opérateur', { exact: true })
    await button(identification, byPhone).click()
    await expect(identification.getByRole('alert').filter({ hasText: words.missing })).toBeVisible()
    await expect(code).toBeFocused()

    const sentences = []
    for (const typed of ['ZZ9', '2']) {
      await code.fill(typed)
      await button(identification, byPhone).click()
      const refused = identification.getByRole('alert').filter({ hasText: 'Réf. ' })
      await expect(refused).toContainText('Comptoir ne peut pas envoyer de demande')
      sentences.push((await refused.innerText()).replace(/Réf\. \S+/u, ''))
      await code.fill('')
    }
    expect(sentences[0]).toBe(sentences[1])
    expect(site.simulator.phone.pending()).toEqual([])

    for (let time = 0; time < 3; time++) {
      await code.fill('1')
      await button(identification, byPhone).click()
      await numberIn(identification)
      await (await ringing(site)).refuse('899700261797')
      await refusedWith(workstation, identification, 'abandonnée ou refusée')
    }
    await code.fill('99700261797')
    await button(identification, byPhone).click()
    const row = await refusedWith(workstation, identification, 'Trop de demandes envoyées à cette personne.')
    expect(row).toMatchObject({
      operatorCode: '1',
      means: 'psc',
      details: { flow: 'ciba', reason: 'throttled' },
    })
    await nobodyIn(launcher)
    await program.stop()
    expect(await workstation.log()).not.toContain('ZZ9')
    expect(JSON.stringify(workstation.journal())).not.toContain('ZZ9')
  })

  test('of another person than the one who was asked', async ({ direct, workstation }) => {
    const site = await direct()
    site.simulator.phone.setFault({ kind: 'another-person', identity: 'titulaire' })
    const identification = await identify(site)
    await type(identification, '1')
    await button(identification, byPhone).click()
    await numberIn(identification)
    await (await ringing(site)).approve('899700261797')
    await refusedWith(
      workstation,
      identification,
      'une autre personne que celle à qui la demande a été envoyée',
    )
    await nobodyIn(site.counter.launcher)
    expect(await told(workstation, site.counter)).toEqual([
      expect.stringMatching(/^identification\.refused \S+ other-rpps$/u),
    ])
  })

  test('in time, or the browser is taken instead', async ({ direct, workstation }) => {
    const site = await direct({ timeoutSeconds: 30 })
    const identification = await identify(site)
    await type(identification, '1')
    await button(identification, byPhone).click()
    await numberIn(identification)
    await button(identification, words.browser).click()
    await button(identification, 'Rouvrir le navigateur').waitFor()
    const tab = await site.counter.browser.next()
    await expect(button(tab, 'Carte CPS')).toBeVisible()
    await button(identification, 'Annuler').click()
    await site.counter.program.gone('identification')
    expect(await told(workstation, site.counter)).toEqual([givenUp, givenUp])
  })
})

test.describe('Without a browser, everybody can use it @ecps @psc', () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${theme}`, async ({ direct, workstation }) => {
      const site = await direct()
      const { program } = site.counter
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      const identification = await identify(site)
      await button(identification, byPhone).click()
      await identification.getByRole('alert').filter({ hasText: words.missing }).waitFor()
      expect(await faultsOf(identification)).toEqual([])
      await type(identification, '1')
      await button(identification, byPhone).click()
      await numberIn(identification)
      expect(await faultsOf(identification)).toEqual([])
      await identification.keyboard.press('Escape')
      await program.gone('identification')
      await program.stop()
      expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
    })
  }
})
