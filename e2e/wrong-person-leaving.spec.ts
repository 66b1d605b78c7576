import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { unlessUnreachable, type Browser } from './support/browser.ts'
import { badgeOf, button } from './support/counter.ts'
import { cameBack, test } from './support/psc.ts'
import { endOf, overhear } from './support/secrets.ts'
import { expect } from './support/test.ts'
import { texts } from '../renderer/ui/texts.ts'
import {
  answer,
  backAsPatricia,
  broker,
  cameInBy,
  confirmAs,
  direct,
  expectLocked,
  expectQuestion,
  giveRpps,
  patriciaComesIn,
  signsInAnew,
  type Road,
} from './support/wrong-person.ts'

/** Like the other broker, but one that comes back from a logout. */
const returningBroker: Road = {
  ...broker,
  name: 'a broker that comes back',
  options: { ...broker.options, broker: { authTime: 'now', acr: 'loa-1', omittedClaims: ['authMode'] } },
}

const closeAll = 'Fermez toutes les fenêtres du navigateur, puis recommencez.'
const patriciaHere = (road: Road) => [...cameInBy(road), 'session.locked 1 switch', 'identification.denied 1']
const titulaireHere = (road: Road) => [
  `identification.succeeded 0 ${road.said.fresh}`,
  'session.suspended 1',
  'session.connected 0',
  'session.ended 0 program-closed',
  'session.ended 1 program-closed',
  'program.stopped nobody',
]

test.describe("« Non, ce n'est pas moi » @psc @login", () => {
  for (const road of [direct, returningBroker, broker]) {
    test(`ends the browser's session at ${road.name}, and the right person identifies`, async ({
      psc,
      workstation,
    }) => {
      giveRpps(workstation, '0', 'titulaire')
      const { simulator, start } = await psc(road.options)
      const secrets = overhear(simulator)
      const counter = await start()
      const { program, browser, launcher } = counter
      await patriciaComesIn(workstation, counter, road)
      simulator.ageSessions(600)
      await button(launcher, "Changer d'opérateur").click()
      const identification = await backAsPatricia(counter)
      await answer(identification, "Non, ce n'est pas moi")

      const left = await browser.next()
      if (road === broker) {
        // Its page is all that one sees of it: the return is lost.
        await expect(left.getByText('Vous êtes déconnecté de Pro Santé Connect.')).toBeVisible()
        await expect(identification.getByText(texts.wrongPerson.leaving)).toBeVisible()
        await expectLocked(launcher)
        expect(await browser.handed()).toHaveLength(3)
        await button(identification, "J'ai terminé, recommencer").click()
      } else {
        await expect(left.getByRole('heading', { name: 'Session Pro Santé Connect terminée' })).toBeVisible()
      }
      await signsInAnew(browser, 'titulaire')
      if (!road.proves) await confirmAs(workstation, identification, '0')
      await program.gone('identification')
      await expect(badgeOf(launcher, '0')).toBeVisible()
      await expect(badgeOf(launcher, '1')).toHaveCount(0)

      expect(await endOf(workstation, counter, secrets)).toEqual([
        ...patriciaHere(road),
        ...titulaireHere(road),
      ])
    })
  }

  test('a second one wants the browser closed, and nothing starts by itself', async ({
    psc,
    workstation,
  }) => {
    giveRpps(workstation, '0', 'titulaire')
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    await patriciaComesIn(workstation, counter, direct)
    simulator.ageSessions(600)
    const mend = await breakLogout(browser)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await backAsPatricia(counter)
    await answer(identification, "Non, ce n'est pas moi")
    await browser.next()
    await button(identification, "J'ai terminé, recommencer").click()
    await cameBack(await browser.next())
    await expectQuestion(identification)

    await mend()
    await answer(identification, "Non, ce n'est pas moi")
    const left = await browser.next()
    await expect(left.getByRole('heading', { name: 'Session Pro Santé Connect terminée' })).toBeVisible()
    await expectClosingAsked(identification)
    await expectNothingOpened(browser)
    await expectClosingAsked(identification)
    await expectLocked(launcher)
    await button(identification, "J'ai terminé, recommencer").click()
    await signsInAnew(browser, 'titulaire')
    await program.gone('identification')
    await expect(badgeOf(launcher, '0')).toBeVisible()

    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...patriciaHere(direct),
      'identification.denied 1',
      ...titulaireHere(direct),
    ])
  })

  test('a browser that ends no session brings nobody in before it is closed', async ({
    psc,
    workstation,
  }) => {
    giveRpps(workstation, '0', 'titulaire')
    const { simulator, start } = await psc(broker.options)
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    await patriciaComesIn(workstation, counter, broker)
    await breakLogout(browser)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await backAsPatricia(counter)
    for (const denials of [1, 2, 3]) {
      const isLast = denials === 3
      await answer(identification, "Non, ce n'est pas moi")
      await browser.next()
      if (denials > 1) await expectClosingAsked(identification)
      // What somebody does who closes all its windows.
      if (isLast) await browser.pages()[0]?.context().clearCookies()
      await button(identification, "J'ai terminé, recommencer").click()
      if (isLast) break
      await cameBack(await browser.next())
      await expectQuestion(identification)
      await expectLocked(launcher)
    }
    await signsInAnew(browser, 'titulaire')
    await confirmAs(workstation, identification, '0')
    await program.gone('identification')
    await expect(badgeOf(launcher, '0')).toBeVisible()

    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...patriciaHere(broker),
      'identification.denied 1',
      'identification.denied 1',
      ...titulaireHere(broker),
    ])
  })

  for (const how of ['Annuler', 'Escape']) {
    test(`${how} while the browser is left: nobody is connected, and its return starts nothing`, async ({
      psc,
      workstation,
    }) => {
      const { simulator, start } = await psc()
      const secrets = overhear(simulator)
      const counter = await start()
      const { program, browser, launcher } = counter
      await patriciaComesIn(workstation, counter, direct)
      simulator.ageSessions(600)
      const mend = await breakLogout(browser)
      await button(launcher, "Changer d'opérateur").click()
      const identification = await backAsPatricia(counter)
      await answer(identification, "Non, ce n'est pas moi")
      const left = await browser.next()
      await expect(identification.getByText(texts.wrongPerson.leaving)).toBeVisible()
      if (how === 'Escape') await identification.keyboard.press('Escape')
      else await button(identification, 'Annuler').click()
      await program.gone('identification')

      await mend()
      const returned = left.waitForRequest(/\/psc\/deconnexion/u)
      // Nobody listens any more where it comes back to.
      await left.reload().catch(unlessUnreachable)
      await returned
      await expectNothingOpened(browser)
      expect(await program.isShown('identification')).toBe(false)
      await expectLocked(launcher)
      expect(await endOf(workstation, counter, secrets)).toEqual([
        ...patriciaHere(direct),
        'session.ended 1 program-closed',
        'program.stopped nobody',
      ])
    })
  }
})

/** The provider's end of session is out of the browser's reach; resolves to how to mend that. */
async function breakLogout(browser: Browser): Promise<() => Promise<void>> {
  const context = browser.pages()[0]?.context()
  await context?.route(/\/logout/u, (route) => route.abort())
  return async () => context?.unrouteAll()
}

async function expectClosingAsked(identification: Page): Promise<void> {
  await expect(identification.getByRole('heading', { name: closeAll })).toBeVisible()
}

/** Nothing is handed to the browser for a while: what starts by itself starts at once. */
async function expectNothingOpened(browser: Browser): Promise<void> {
  const before = await browser.handed()
  await wait(1500)
  expect(await browser.handed()).toEqual(before)
}
