import type { Page } from '@playwright/test'
import {
  atCounter,
  byCard,
  cameInByPsc,
  connectByPsc,
  disconnectEverywhere,
  finishAs,
  leaveInBrowser,
  leftInBrowser,
  nobodyIn,
  refusedWith,
  succeeded,
  told,
  unknownRpps,
  write,
} from './support/by-psc.ts'
import { badgeOf, button, pastDeafTime, shownPage, tile } from './support/counter.ts'
import { cameBack, goOut, pressPsc, questionOf, test } from './support/psc.ts'
import { givenUp } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const hourMs = 3_600_000

test.describe('Pro Santé Connect in the browser @psc', () => {
  const ways = [
    { what: 'her card', id: 'adjointe', means: 'CARD', badge: byCard, row: 'eidas1 CARD' },
    {
      what: 'her telephone',
      id: 'adjointe',
      means: 'MOBILE',
      badge: 'Pro Santé Connect · e-CPS',
      row: 'eidas1 MOBILE',
    },
    { what: 'a card of a higher level', id: 'eidas3', means: 'CARD', badge: byCard, row: 'eidas3 CARD' },
  ] as const
  for (const { what, id, means, badge, row } of ways) {
    test(`a pharmacist with ${what} is connected by herself`, async ({ psc, workstation }) => {
      const site = await psc()
      const counter = await atCounter(site)
      const { program, browser, launcher } = counter
      const identification = await goOut(program)
      for (const said of [
        "Terminez l'identification dans votre navigateur",
        'Votre téléphone affichera le service « Comptoir ».',
        'Comptoir attend encore 2 min',
      ]) {
        await expect(identification.getByText(said)).toBeVisible()
      }
      await finishAs(browser, id, means)
      await program.gone('identification')
      await expect(badgeOf(launcher, '1')).toHaveText('Opérateur « 1 » — PATRICIA ADJOINTPHARM')
      for (const said of ['Pharmacien adjoint', 'RPPS 99700261797', badge]) {
        await expect(launcher.getByText(said, { exact: true })).toBeVisible()
      }
      await disconnectEverywhere(counter, site)
      expect(await told(workstation, counter)).toEqual([
        `identification.succeeded 1 ${row} freshness`,
        'session.connected 1',
        'session.ended 1 disconnect',
      ])
    })
  }

  test('a module is opened by Pro Santé Connect', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await tile(launcher, 'Documentation').click()
    await expect(await pressPsc(program)).toHaveTitle('Identification – Documentation')
    await finishAs(browser, 'adjointe')
    await shownPage(program, /documentation$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1', 'documentation'),
      'module.opened 1 documentation window',
      'session.ended 1 program-closed',
      'module.left 1 documentation nobody',
    ])
  })

  const ends = [
    { what: 'four hours after the login', maxHours: 12, hours: 4 },
    { what: 'before, when this workstation says so', maxHours: 2, hours: 2 },
  ]
  for (const { what, maxHours, hours } of ends) {
    test(`a session ends ${what}`, async ({ psc, workstation }) => {
      const site = await psc()
      await workstation.settings((settings) => ({ ...settings, session: { maxHours } }))
      const counter = await atCounter(site)
      await connectByPsc(counter, 'adjointe', '1')
      await expectEnd(workstation, counter.launcher, hours)
      expect(await told(workstation, counter)).toEqual([
        ...cameInByPsc('1'),
        'session.ended 1 program-closed',
      ])
    })
  }

  test('a session ends four hours after the login that the browser still had', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await leaveInBrowser(workstation, site, counter)
    site.simulator.ageSessions(3 * 3600 - 600)
    const identification = await goOut(program)
    await cameBack(await browser.next())
    await expect(questionOf(identification)).toBeVisible()
    await pastDeafTime(identification)
    await button(identification, 'Oui, continuer').click()
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    await program.gone('identification')
    await expectEnd(workstation, launcher, 1)
    expect(await told(workstation, counter)).toEqual([
      ...leftInBrowser,
      succeeded('1', '', 'password'),
      'session.resumed 1',
      'session.ended 1 program-closed',
    ])
  })

  test('an identity is known by its RPPS, whatever its sub', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    const identification = await goOut(program)
    await finishAs(browser, 'sub-uuid')
    await expect(identification.getByRole('heading', { name: 'Associer ce RPPS' })).toBeVisible()
    await expect(
      identification.getByText('Pro Santé Connect vous identifie : TEST SUBUUID, RPPS 99700427869.'),
    ).toBeVisible()
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await nobodyIn(launcher)
    write(workstation, "update operator set rpps = '99700427869' where code = '2'")
    site.simulator.endAllSessions()
    await connectByPsc(counter, 'sub-uuid', '2')
    expect(await told(workstation, counter)).toEqual([
      unknownRpps,
      givenUp,
      ...cameInByPsc('2'),
      'session.ended 2 program-closed',
    ])
  })

  test('a suspended pharmacist is refused', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    write(workstation, "update operator set suspended = 1 where code = '1'")
    const identification = await goOut(program)
    await finishAs(browser, 'adjointe')
    const row = await refusedWith(workstation, identification, 'Opérateur suspendu. Voyez le titulaire.')
    expect(row?.kind).toBe('identification.refused')
    await nobodyIn(launcher)
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    expect(await told(workstation, counter)).toEqual(['identification.refused 1 suspended'])
  })

  test('somebody without RPPS is sent to their code', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await goOut(program)
    await finishAs(browser, 'sans-rpps')
    const row = await refusedWith(
      workstation,
      identification,
      'Pro Santé Connect vous identifie sans RPPS (ANS20231122132732). Utilisez votre code opérateur.',
    )
    expect(row?.kind).toBe('identification.refused')
    await nobodyIn(launcher)
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    expect(await told(workstation, counter)).toEqual(['identification.refused nobody without-rpps'])
  })
})

/** The last session ends that many hours after it began, in the journal as on its badge. */
async function expectEnd(workstation: Workstation, launcher: Page, hours: number): Promise<void> {
  const row = workstation.journal().findLast(({ kind }) => /connected|resumed/u.test(kind))
  const until = Date.parse(String(row?.details['until']))
  const late = (until - Date.parse(row?.at ?? '')) / 1000 - (hours * hourMs) / 1000
  // The time it took since the login, and a second of rounding.
  expect(late).toBeLessThanOrEqual(0.1)
  expect(late).toBeGreaterThan(-60)
  const [hour, minute] = new Intl.DateTimeFormat('fr', {
    timeZone: 'Europe/Paris',
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(until)
    .split(':')
  await expect(launcher.getByText(`Session jusqu'à ${Number(hour)} h ${minute}`)).toBeVisible()
}
