import { signIn } from './psc-simulator/agent.ts'
import { badgeOf, button, comeIn, shownPage } from './support/counter.ts'
import { expectPage, returnOf, visit, type Oddity } from './support/loopback.ts'
import { abandoned, attemptAt, byCard, invalid, type Failure } from './support/psc-attempt.ts'
import { cameBack, signInAs, test } from './support/psc.ts'
import { cameIn, stopped } from './support/story.ts'
import { expect } from './support/test.ts'

const refused = 'Cette page ne correspond à aucune identification en cours'
const failed = "L'identification n'a pas abouti"
const received = 'Identification reçue'

test.describe('The return from the browser @psc @login', () => {
  test('of somebody who gives up there: nobody is connected, and they come in by code', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    const failure = abandoned('access_denied abandoned')
    await press()
    const tab = await browser.next()
    await button(tab, 'Annuler').click()
    await expect(tab.getByRole('heading', { name: failed })).toBeVisible()
    await expect(
      tab.getByText('Revenez à Comptoir : la raison y est affichée. Vous pouvez fermer cet onglet.'),
    ).toBeVisible()
    await fails(failure)
    await comeIn(workstation, program, '1')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await end()).toEqual([failure.line, ...cameIn, 'session.ended 1 program-closed', stopped])
  })

  test('imitated by others is refused, and the real one connects', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, identification, press, end } = await attemptAt(
      workstation,
      site,
      'nobody',
    )
    await press()
    const tab = await browser.next()
    const [handed = ''] = await browser.handed()
    const { issuer } = site.simulator
    const forged = returnOf(handed, { code: 'code-de-quelqu-un-d-autre', iss: issuer })
    const target = `${forged.pathname}${forged.search}`
    const without = new URL(forged)
    without.searchParams.delete('state')
    const wrong = new URL(forged)
    wrong.searchParams.set('state', 'etat-de-quelqu-un-d-autre')
    const denied = new URL(wrong)
    denied.searchParams.set('error', 'access_denied')
    const twice = new URL(forged)
    twice.searchParams.append('state', 'etat-de-quelqu-un-d-autre')
    const elsewhere = new URL(forged)
    elsewhere.pathname = '/psc/ailleurs'
    const requests: [name: string, address: URL, oddity: Oddity, status: number][] = [
      ['without state', without, {}, 400],
      ['without state, over IPv6', without, { loopback: '::1' }, 400],
      ['with another state', wrong, {}, 400],
      ['with another state and an error', denied, {}, 400],
      ['with two states', twice, {}, 400],
      ['by POST', forged, { method: 'POST' }, 405],
      ['by PUT', forged, { method: 'PUT' }, 405],
      ['to another host', forged, { host: 'pharmacie.invalid' }, 421],
      ['to another name of this machine', forged, { host: `127.0.0.1:${forged.port}` }, 421],
      ['to another path', elsewhere, {}, 404],
      ['to no path', forged, { target: '*' }, 404],
      ['to another site', forged, { target: `http://pharmacie.invalid${target}` }, 404],
    ]
    for (const [name, address, oddity, status] of requests) {
      await test.step(name, async () => {
        expectPage(await visit(address, oddity), status, refused, address)
      })
    }
    await expect(identification.getByText("Terminez l'identification dans votre navigateur")).toBeVisible()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await signInAs(tab, 'adjointe')
    await cameBack(tab)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await end(forged, wrong)).toEqual([...byCard, 'session.ended 1 program-closed', stopped])
  })

  test('made twice connects once', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, end } = await attemptAt(workstation, site, 'nobody')
    await browser.hold()
    await press()
    await expect.poll(browser.handed).toHaveLength(1)
    const [handed = ''] = await browser.handed()
    const address = new URL(await signIn(handed, { identity: 'adjointe' }))
    // The later one may find nobody listening any more.
    const answers = await Promise.all([address, address].map((same) => visit(same).catch(() => null)))
    const [good, ...others] = answers.toSorted((one, other) => (one?.status ?? 999) - (other?.status ?? 999))
    if (good) expectPage(good, 200, received, address)
    for (const late of others) if (late) expectPage(late, 400, refused, address)
    expect([good?.status, others.length]).toEqual([200, 1])
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    // Nobody listens any more.
    await expect(visit(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await expect(visit(address, { loopback: '::1' })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await end(address)).toEqual([...byCard, 'session.ended 1 program-closed', stopped])
  })

  test('with an error, or from another provider, leaves operator « 1 » connected by their code', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'operator 1')
    const iss = site.simulator.issuer
    const code = 'code-de-quelqu-un-d-autre'
    const error = (said: string, words: string): Failure => ({
      sentence: `Pro Santé Connect a répondu par une erreur (${said}).`,
      remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
      line: `identification.failed nobody ordonnances ${words} provider-error`,
    })
    const notAnAnswer = invalid('ordonnances OAUTH_INVALID_RESPONSE invalid-response')
    const returns: [name: string, parameters: Record<string, string>, page: string, failure: Failure][] = [
      [
        'a refusal',
        { error: 'access_denied', iss },
        failed,
        abandoned('ordonnances access_denied abandoned'),
      ],
      [
        'an error',
        { error: 'server_error', error_description: 'Le serveur est <b>en panne</b>', iss },
        failed,
        error('server_error', 'server_error'),
      ],
      [
        'an error that is a page',
        { error: '<script>alert("code")</script>', iss },
        failed,
        error('scriptalertcodescript', 'scriptalertcodescript'),
      ],
      ['a code of nobody', { code, iss }, received, error('invalid_grant', 'invalid_grant')],
      ["another provider's", { code, iss: 'https://ailleurs.invalid' }, received, notAnAnswer],
      ["nobody's", { code }, received, notAnAnswer],
      ['nothing', { iss }, received, notAnAnswer],
    ]
    const visited: URL[] = []
    await browser.hold()
    for (const [index, [name, parameters, page, failure]] of returns.entries()) {
      await test.step(name, async () => {
        await press()
        await expect.poll(browser.handed).toHaveLength(index + 1)
        const address = returnOf((await browser.handed())[index] ?? '', parameters)
        visited.push(address)
        expectPage(await visit(address), 200, page, address)
        await fails(failure)
      })
    }
    await press()
    await expect.poll(browser.handed).toHaveLength(returns.length + 1)
    const address = await signIn((await browser.handed()).at(-1) ?? '', {
      identity: 'adjointe',
      means: 'MOBILE',
    })
    expect((await visit(new URL(address))).status).toBe(200)
    await shownPage(program, /\/ordonnances$/u)
    await expect(launcher.getByText('Pro Santé Connect · e-CPS')).toBeVisible()
    expect(await end(...visited, new URL(address))).toEqual([
      ...cameIn,
      ...returns.map(([, , , { line }]) => line),
      'identification.succeeded 1 ordonnances eidas1 MOBILE freshness',
      'session.renewed 1',
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
      stopped,
    ])
  })

  test('that never comes is waited for as long as the settings say; operator « 1 » stays connected by their code', async ({
    psc,
    workstation,
  }) => {
    const site = await psc({ settings: { timeoutSeconds: 30 } })
    const { browser, identification, press, fails, end } = await attemptAt(workstation, site, 'operator 1')
    const failure: Failure = {
      sentence: "Le navigateur n'est pas revenu à temps.",
      remedy: 'Recommencez, ou utilisez votre code opérateur.',
      line: 'identification.failed nobody ordonnances time-out',
    }
    await browser.hold()
    await press()
    await expect(identification.getByText(/^Comptoir attend encore \d+\ss\.$/u)).toBeVisible()
    await expect(button(identification, 'Rouvrir le navigateur')).toHaveCount(0, { timeout: 45_000 })
    await fails(failure)
    const address = returnOf((await browser.handed())[0] ?? '', {
      code: 'trop-tard',
      iss: site.simulator.issuer,
    })
    await expect(visit(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(await end()).toEqual([...cameIn, failure.line, 'session.ended 1 program-closed', stopped])
  })
})
