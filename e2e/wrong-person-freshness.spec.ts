import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { IdTokenClaims } from './psc-simulator/simulator.ts'
import { badgeOf, button } from './support/counter.ts'
import { cameBack, goOut, signInAs, test } from './support/psc.ts'
import { endOf, overhear } from './support/secrets.ts'
import { givenUp } from './support/story.ts'
import { expect } from './support/test.ts'
import {
  backAsPatricia,
  broker,
  cameInBy,
  direct,
  expectLocked,
  expectNobody,
  expectQuestion,
  leavesQuestion,
  leavesUnanswered,
  leftUnanswered,
  patriciaComesIn,
  signsInAnew,
} from './support/wrong-person.ts'

const ended = ['session.ended 1 program-closed', 'program.stopped nobody']

const clocks = [
  { clock: 'right', ahead: 0 },
  { clock: 'two minutes slow', ahead: 120 },
  { clock: 'two minutes fast', ahead: -120 },
]

/** What is no proof that the person has just been identified, although they have. */
const proofless: { claim: string; change: (claims: IdTokenClaims) => IdTokenClaims }[] = [
  { claim: 'absent', change: ({ auth_time: _authTime, ...others }) => others },
  { claim: 'two seconds after the token', change: (claims) => at(claims, 2) },
  { claim: 'an hour after the token', change: (claims) => at(claims, 3600) },
  { claim: 'an hour before the token', change: (claims) => at(claims, -3600) },
]

test.describe('Just identified, or some time ago @psc @login', () => {
  for (const road of [direct, broker])
    for (const { clock, ahead } of clocks) {
      const whoIsAsked = road.proves ? 'one from before is asked' : 'everyone is asked'
      test(`at ${road.name}, the workstation's clock ${clock}: ${whoIsAsked}`, async ({
        psc,
        workstation,
      }) => {
        const { simulator, start } = await psc(road.options)
        simulator.clock(ahead)
        const secrets = overhear(simulator)
        const counter = await start()
        const { program, launcher } = counter
        await patriciaComesIn(workstation, counter, road)

        for (const seconds of [4, 3000]) {
          simulator.ageSessions(seconds)
          await button(launcher, "Changer d'opérateur").click()
          const identification = await backAsPatricia(counter)
          await expectLocked(launcher)
          await leavesQuestion(program, identification)
          await expectLocked(launcher)
        }
        expect(await endOf(workstation, counter, secrets)).toEqual([
          ...cameInBy(road),
          'session.locked 1 switch',
          givenUp,
          givenUp,
          ...ended,
        ])
      })
    }

  test('a browser that is slow to come back makes nobody fresh, and nobody stale', async ({
    psc,
    workstation,
  }) => {
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    await goOut(program)
    const tab = await browser.next()
    await slowDown(tab, 5)
    await signInAs(tab, 'adjointe')
    await cameBack(tab)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()

    await leavesUnanswered(counter)
    simulator.ageSessions(4)
    await button(launcher, "S'identifier").click()
    await backAsPatricia(counter)
    await expectNobody(launcher)
    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInBy(direct),
      ...leftUnanswered,
      givenUp,
      'program.stopped nobody',
    ])
  })

  test('an auth_time that proves nothing: one who has just identified is asked', async ({
    psc,
    workstation,
  }) => {
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    for (const { claim, change } of proofless) {
      await test.step(claim, async () => {
        simulator.tamperIdToken(change)
        const identification = await goOut(program)
        await signsInAnew(browser, 'adjointe')
        await expectQuestion(identification)
        await expectNobody(launcher)
        await leavesQuestion(program, identification)
        simulator.endAllSessions()
      })
    }
    simulator.tamperIdToken(null)
    await patriciaComesIn(workstation, counter, direct)
    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...proofless.map(() => givenUp),
      ...cameInBy(direct),
      ...ended,
    ])
  })
})

function at(claims: IdTokenClaims, seconds: number): IdTokenClaims {
  return { ...claims, auth_time: Number(claims['iat']) + seconds }
}

/** From now on this browser takes that long to come back to Comptoir. */
async function slowDown(tab: Page, seconds: number): Promise<void> {
  await tab.context().route(/\/psc\/retour/u, async (route) => {
    await wait(seconds * 1000)
    await route.continue()
  })
}
