import type { Page } from '@playwright/test'
import { badgeOf, button, closeWindow, openDocumentation, shownPage } from './support/counter.ts'
import { test } from './support/psc.ts'
import { endOf, overhear } from './support/secrets.ts'
import { rowOfReference } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'
import {
  answer,
  backAsPatricia,
  broker,
  cameInBy,
  direct,
  expectLocked,
  expectNobody,
  giveOnlyPassword,
  patriciaComesIn,
  type Counter,
  type Road,
} from './support/wrong-person.ts'

/** How PATRICIA goes, and leaves Pro Santé Connect open in the browser. Each resolves to the counter she left. */
type Leaving = {
  readonly name: string
  readonly leave: (workstation: Workstation, counter: Counter) => Promise<Counter>
  /** Who is connected after it. */
  readonly expectNoChange: (launcher: Page) => Promise<void>
  readonly rows: readonly string[]
  readonly back: string
}

const countdown: Leaving = {
  name: 'the countdown of a module left',
  leave: async (_, counter) => {
    const { program, launcher } = counter
    await openDocumentation(program, launcher)
    await closeWindow(program, await shownPage(program, /\/documentation$/u))
    await program.window('stay-connected')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible({ timeout: 40_000 })
    await button(launcher, "S'identifier").click()
    return counter
  },
  expectNoChange: expectNobody,
  rows: [
    'module.opened 1 documentation window',
    'module.left 1 documentation same-operator',
    'stay-connected.answered 1 countdown',
    'session.ended 1 countdown',
  ],
  back: 'session.connected 1',
}

const changing: Leaving = {
  name: "« Changer d'opérateur »",
  leave: async (_, counter) => {
    await button(counter.launcher, "Changer d'opérateur").click()
    return counter
  },
  expectNoChange: expectLocked,
  rows: ['session.locked 1 switch'],
  back: 'session.unlocked 1',
}

const restart: Leaving = {
  name: 'another start of Comptoir',
  leave: async (workstation, { program, browser }) => {
    await program.stop()
    const next = await workstation.start()
    await browser.serve(next)
    const launcher = await next.window('launcher')
    await button(launcher, "S'identifier").click()
    return { program: next, browser, launcher }
  },
  expectNoChange: expectNobody,
  rows: ['session.ended 1 program-closed', 'program.stopped nobody', 'program.started nobody'],
  back: 'session.connected 1',
}

type Case = { road: Road; leaving: Leaving; age: number; old: string }
const cases: Case[] = [
  { road: direct, leaving: countdown, age: 3000, old: 'an old session' },
  { road: direct, leaving: changing, age: 4, old: 'a session of some seconds' },
  { road: broker, leaving: restart, age: 3000, old: 'an old session' },
  { road: broker, leaving: changing, age: 4, old: 'a session of some seconds' },
]

test.describe('Somebody else is still identified in the browser @psc @login', () => {
  for (const { road, leaving, age, old } of cases) {
    test(`${old} at ${road.name}, left by ${leaving.name}: only her own password lets PATRICIA in`, async ({
      psc,
      workstation,
    }) => {
      test.slow(leaving === countdown)
      const { simulator, start } = await psc(road.options)
      const secrets = overhear(simulator)
      const before = await start()
      await patriciaComesIn(workstation, before, road)
      await secrets.ofBrowser(before.browser)
      simulator.ageSessions(age)
      const counter = await leaving.leave(workstation, before)
      const { program, launcher } = counter

      const identification = await backAsPatricia(counter)
      await leaving.expectNoChange(launcher)
      await answer(identification, 'Oui, continuer')
      await expect(
        identification.getByText('Confirmez par le mot de passe Comptoir de PATRICIA'),
      ).toBeVisible()
      await expect(identification.getByLabel('Code opérateur')).toHaveCount(0)
      await leaving.expectNoChange(launcher)

      for (const [index, wrong] of [workstation.passwordOf('2'), '', 'marmite'].entries()) {
        await giveOnlyPassword(identification, wrong)
        await expect.poll(() => refusals(workstation).length).toBe(index + 1)
        const alert = identification
          .getByRole('alert')
          .filter({ hasText: refusals(workstation).at(-1) ?? '' })
        await expect(alert).toContainText('Code opérateur ou mot de passe incorrect.')
        expect(rowOfReference(workstation, await alert.innerText())?.operatorCode).toBe('1')
        await leaving.expectNoChange(launcher)
      }
      await giveOnlyPassword(identification, workstation.passwordOf('1'))
      await program.gone('identification')
      await expect(badgeOf(launcher, '1')).toBeVisible()

      expect(await endOf(workstation, counter, secrets)).toEqual([
        ...cameInBy(road),
        ...leaving.rows,
        'identification.refused 1 wrong-credentials',
        'identification.refused 1 wrong-credentials',
        'identification.refused 1 wrong-credentials',
        `identification.succeeded 1 ${road.said.confirmed}`,
        leaving.back,
        'session.ended 1 program-closed',
        'program.stopped nobody',
      ])
      const admitted = workstation.journal().findLast(({ kind }) => kind === 'identification.succeeded')
      expect(admitted).toMatchObject({ means: 'psc', details: { confirmedBy: 'password' } })
    })
  }
})

/** The references of the passwords that were refused. */
function refusals(workstation: Workstation): (string | null)[] {
  return workstation
    .journal()
    .filter(({ kind }) => kind === 'identification.refused')
    .map(({ reference }) => reference)
}
