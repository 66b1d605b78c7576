import { cut, members, page, silent } from './psc-simulator/answers.ts'
import type { Tampering } from './psc-simulator/simulator.ts'
import { badgeOf, comeIn } from './support/counter.ts'
import { occupy } from './support/loopback.ts'
import { attemptAt, byCard, misconfigured, unavailable, type Failure } from './support/psc-attempt.ts'
import { cameBack, signInAs, test } from './support/psc.ts'
import { cameIn, stopped } from './support/story.ts'
import { expect } from './support/test.ts'

type Bad = readonly [name: string, tampering: Tampering, failure: Failure]

const badDiscoveries: readonly Bad[] = [
  ['a page', page(), unavailable('OAUTH_RESPONSE_IS_NOT_JSON unreachable')],
  ['an error page', page(503), unavailable('server-error unreachable')],
  ['cut', cut, unavailable('cut unreachable')],
  [
    "another provider's",
    members((real) => ({ ...real, issuer: 'https://ailleurs.invalid' })),
    misconfigured('issuer other-issuer'),
  ],
  [
    'one that would send the browser to a file',
    members((real) => ({ ...real, authorization_endpoint: 'file:///etc/passwd' })),
    misconfigured('authorization_endpoint other-issuer'),
  ],
  [
    'one without userinfo',
    members(({ userinfo_endpoint: _gone, ...real }) => real),
    misconfigured('userinfo_endpoint other-issuer'),
  ],
]

const badTokenAnswers: readonly Bad[] = [
  ['a page', page(), unavailable('OAUTH_RESPONSE_IS_NOT_JSON unreachable')],
  ['an error page', page(500), unavailable('server-error unreachable')],
  ['cut', cut, unavailable('cut unreachable')],
  ['silent for ten seconds', silent, unavailable('too-slow unreachable')],
]

test.describe('Pro Santé Connect out of reach @psc @login', () => {
  test('says so, opens no browser, and leaves the code to come in by', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    for (const [name, tampering, failure] of badDiscoveries) {
      await test.step(`its discovery is ${name}`, async () => {
        site.simulator.tamper('discovery', tampering)
        await press()
        await fails(failure)
      })
    }
    const closed = unavailable('unreachable unreachable')
    await test.step('its port is closed', async () => {
      await site.simulator.stop()
      await press()
      await fails(closed)
    })
    expect(await browser.handed()).toEqual([])
    await comeIn(workstation, program, '1')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    const failures = [...badDiscoveries.map(([, , { line }]) => line), closed.line]
    expect(await end()).toEqual([...failures, ...cameIn, 'session.ended 1 program-closed', stopped])
  })

  test('is not who the settings await: operator « 1 » stays connected by their code', async ({
    psc,
    workstation,
  }) => {
    const site = await psc({ settings: { issuer: 'http://localhost/auth/realms/autre' } })
    const { browser, press, fails, end } = await attemptAt(workstation, site, 'operator 1')
    const failure = misconfigured('ordonnances issuer other-issuer')
    await press()
    await fails(failure)
    expect(await browser.handed()).toEqual([])
    expect(await end()).toEqual([...cameIn, failure.line, 'session.ended 1 program-closed', stopped])
  })

  test('gives no tokens: nobody comes in before it does', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    for (const [index, [name, tampering, failure]] of badTokenAnswers.entries()) {
      await test.step(`its answer is ${name}`, async () => {
        site.simulator.tamper('token', tampering)
        await press()
        const tab = await browser.next()
        // Once is enough: the browser remembers.
        if (index === 0) await signInAs(tab, 'adjointe')
        await fails(failure)
      })
    }
    site.simulator.tamper('token', null)
    site.simulator.endAllSessions()
    await press()
    await signInAs(await browser.next(), 'adjointe')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    const failures = badTokenAnswers.map(([, , { line }]) => line)
    expect(await end()).toEqual([...failures, ...byCard, 'session.ended 1 program-closed', stopped])
  })
})

test.describe('The ports of the return from the browser @psc @login', () => {
  test('all belong to other programs: nobody is sent out until one is free', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    const ports = site.ports.join(', ')
    const failure: Failure = {
      sentence: `Comptoir ne peut pas attendre le navigateur : un autre programme occupe ${ports}.`,
      remedy: 'Utilisez votre code opérateur ; redémarrez le poste ou appelez votre assistance.',
      line: `identification.failed nobody ${ports} ports-taken`,
    }
    const taken = [['127.0.0.1'], ['::1'], ['127.0.0.1', '::1']] as const
    for (const hosts of taken) {
      await test.step(`on ${hosts.join(' and ')}`, async () => {
        const free = await occupy(site.ports, hosts)
        await press()
        await fails(failure)
        await free()
      })
    }
    expect(await browser.handed()).toEqual([])
    // The last one is enough.
    const free = await occupy(site.ports.slice(0, 2), ['::1'])
    await press()
    const tab = await browser.next()
    await signInAs(tab, 'adjointe')
    await cameBack(tab)
    expect(new URL(tab.url()).port).toBe(String(site.ports[2]))
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await free()
    const failures = taken.map(() => failure.line)
    expect(await end()).toEqual([...failures, ...byCard, 'session.ended 1 program-closed', stopped])
  })
})
