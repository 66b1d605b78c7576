import { faultsOf } from './support/axe.ts'
import { atCounter, connectByPsc, finishAs, leaveOrdonnances, openOrdonnances } from './support/by-psc.ts'
import { button, give, pastDeafTime, tile } from './support/counter.ts'
import { goOut, pressPsc, signInAs, test } from './support/psc.ts'
import { expect } from './support/test.ts'

test.describe('Every step of Pro Santé Connect can be used by everybody @psc', () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${theme}`, async ({ psc, workstation }) => {
      const site = await psc()
      const counter = await atCounter(site)
      const { program, browser, launcher } = counter
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)

      await connectByPsc(counter, 'adjointe', '1')
      expect(await faultsOf(launcher)).toEqual([])
      const question = await leaveOrdonnances(program, await openOrdonnances(counter))
      await expect(button(question, 'Rester connecté, quitter Pro Santé Connect')).toBeVisible()
      expect(await faultsOf(question)).toEqual([])
      await pastDeafTime(question)
      await button(question, 'Rester connecté').click()
      await program.gone('stay-connected')

      site.simulator.ageSessions(600)
      await button(launcher, "Changer d'opérateur").click()
      const identification = await program.window('identification')
      expect(await faultsOf(identification)).toEqual([])
      expect(await faultsOf(launcher)).toEqual([])
      await pressPsc(program)
      await button(identification, 'Oui, continuer').waitFor()
      expect(await faultsOf(identification)).toEqual([])
      await button(identification, 'Oui, continuer').click()
      await identification.getByLabel('Mot de passe', { exact: true }).waitFor()
      expect(await faultsOf(identification)).toEqual([])

      await browser.hold()
      await button(identification, "Non, ce n'est pas moi").click()
      await button(identification, "J'ai terminé, recommencer").waitFor()
      expect(await faultsOf(identification)).toEqual([])
      await button(identification, "J'ai terminé, recommencer").click()
      await button(identification, 'Rouvrir le navigateur').waitFor()
      expect(await faultsOf(identification)).toEqual([])
      await program.stop()
      expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
    })
  }

  test('axe finds nothing at the association, nor where a password is chosen', async ({
    psc,
    workstation,
  }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await goOut(program)
    await finishAs(browser, 'medecin')
    await button(identification, 'Continuer').waitFor()
    expect(await faultsOf(identification)).toEqual([])
    await give(identification, '2', workstation.passwordOf('2'))
    await button(identification, 'Associer').waitFor()
    expect(await faultsOf(identification)).toEqual([])
    await button(identification, 'Annuler').click()
    await program.gone('identification')

    await tile(launcher, 'Ordonnances').click()
    await program.window('identification')
    expect(await faultsOf(identification)).toEqual([])
    await button(identification, 'Annuler').click()
    await program.gone('identification')

    await button(launcher, "S'identifier").click()
    await button(identification, 'Mot de passe oublié ?').click()
    // The doctor's session is still open there, older than this.
    await identification.getByRole('alert').filter({ hasText: "n'a le RPPS" }).waitFor()
    expect(await faultsOf(identification)).toEqual([])
    await button(identification, 'Mot de passe oublié ?').click()
    await browser.next()
    await browser.next()
    await signInAs(await browser.next(), 'adjointe')
    await button(identification, 'Enregistrer').waitFor()
    expect(await faultsOf(identification)).toEqual([])
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })
})
