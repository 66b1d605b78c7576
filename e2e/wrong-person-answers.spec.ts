import { setTimeout as wait } from 'node:timers/promises'
import { badgeOf, button } from './support/counter.ts'
import { cameBack, pressPsc, test } from './support/psc.ts'
import { endOf, overhear } from './support/secrets.ts'
import { givenUp } from './support/story.ts'
import { expect } from './support/test.ts'
import {
  answer,
  backAsPatricia,
  cameInBy,
  direct,
  expectLocked,
  expectQuestion,
  patriciaComesIn,
} from './support/wrong-person.ts'

test.describe('Contradictory answers @psc @login', () => {
  test('a provider that is slow to give its token makes nobody fresh', async ({ psc, workstation }) => {
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    await patriciaComesIn(workstation, counter, direct)
    simulator.ageSessions(4)
    await button(launcher, "Changer d'opérateur").click()
    simulator.tamper('token', {
      answer: async (real) => {
        await wait(7000)
        return real
      },
    })
    const identification = await pressPsc(program)
    await cameBack(await browser.next())
    await expectQuestion(identification)
    await expectLocked(launcher)
    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInBy(direct),
      'session.locked 1 switch',
      'session.ended 1 program-closed',
      givenUp,
      'program.stopped nobody',
    ])
  })

  test('« Non » while the password is being checked: nobody is connected', async ({ psc, workstation }) => {
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { browser, launcher } = counter
    await patriciaComesIn(workstation, counter, direct)
    simulator.ageSessions(600)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await backAsPatricia(counter)
    await answer(identification, 'Oui, continuer')
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
    // Both at once: a check takes less time than Playwright to click twice.
    await identification.evaluate(() => {
      const press = (word: string) =>
        [...document.querySelectorAll('button')].find((one) => one.innerText === word)?.click()
      press('OK')
      setTimeout(() => press("Non, ce n'est pas moi"), 20)
    })
    await expect
      .poll(() => workstation.journal().some(({ kind }) => kind === 'identification.denied'))
      .toBe(true)
    await browser.next()
    await expect((await browser.next()).getByLabel('Identité de test')).toBeVisible()
    await expectLocked(launcher)
    await expect(badgeOf(launcher, '1')).toHaveCount(0)
    const lines = await endOf(workstation, counter, secrets)
    expect(lines.slice(0, 4)).toEqual([
      ...cameInBy(direct),
      'session.locked 1 switch',
      'identification.denied 1',
    ])
    expect(lines).not.toContain('session.unlocked 1')
  })
})
