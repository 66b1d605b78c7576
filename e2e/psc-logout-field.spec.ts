import { instead, members } from './psc-simulator/answers.ts'
import {
  atCounter,
  cameInByPsc,
  connectByPsc,
  endsSilently,
  inTheBrowser,
  leftPsc,
  lock,
  nobodyIn,
  told,
  type AtCounter,
} from './support/by-psc.ts'
import { button, comeIn, connect } from './support/counter.ts'
import { test, type PscSite } from './support/psc.ts'
import { requestsTo, revocation, silentLogout } from './support/psc-requests.ts'
import { signsInAnew } from './support/wrong-person.ts'
import { expect } from './support/test.ts'
import { texts } from '../renderer/ui/texts.ts'

const { mayRemain } = texts.psc
const ended = [...cameInByPsc('1'), 'session.ended 1 disconnect']
const count = (requests: readonly string[], one: string): number =>
  requests.filter((request) => request === one).length

/** Thirty seconds, and some for the machine. */
const returnPatience = { timeout: 40_000 }

async function counterOf(site: PscSite): Promise<AtCounter & { requests: readonly string[] }> {
  const requests = requestsTo(site.simulator)
  return { ...(await atCounter(site)), requests }
}

const saysItMayRemain = (launcher: AtCounter['launcher'], patience = {}) =>
  expect(launcher.getByRole('status').filter({ hasText: mayRemain })).toContainText(
    texts.psc.mayRemainRemedy,
    patience,
  )

test.describe('« Déconnecter » in the field @psc', () => {
  test('asks for the end of the session once, without a tab, whoever comes next', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await counterOf(site)
    const { browser, launcher, requests } = counter
    for (const times of [1, 2]) {
      await connectByPsc(counter, 'adjointe', '1')
      await endsSilently(site, () => button(launcher, 'Déconnecter').click())
      await nobodyIn(launcher)
      expect(await browser.handed()).toHaveLength(times)
    }
    expect([count(requests, silentLogout), count(requests, revocation)]).toEqual([2, 0])
    await expect(launcher.getByText(mayRemain)).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual([...ended, ...ended])
  })

  test('opens a tab where that is the only way, and then asks no more for another', async ({
    psc,
    workstation,
  }) => {
    const counter = await counterOf(await psc(inTheBrowser))
    const { browser, launcher, requests } = counter
    for (const times of [1, 2]) {
      await connectByPsc(counter, 'adjointe', '1')
      await button(launcher, 'Déconnecter').click()
      await nobodyIn(launcher)
      await leftPsc(await browser.next())
      expect(count(requests, silentLogout)).toBe(1)
      await expect.poll(() => count(requests, revocation)).toBe(times)
    }
    await expect(launcher.getByText(mayRemain)).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual([...ended, ...ended])
  })

  test('is done at once, and says that the session may remain when the browser stays away', async ({
    psc,
    workstation,
  }) => {
    test.setTimeout(120_000)
    const counter = await counterOf(await psc(inTheBrowser))
    const { browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await browser.hold()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await expect(launcher.getByText(mayRemain)).toHaveCount(0)
    await saysItMayRemain(launcher, returnPatience)
    // It is back after all.
    const [tab] = browser.pages()
    await tab?.goto((await browser.handed())[1] ?? '')
    if (tab !== undefined) await leftPsc(tab)
    await expect(launcher.getByText(mayRemain)).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual(ended)
  })

  test('a late return takes nothing else away', async ({ psc, workstation }) => {
    test.setTimeout(120_000)
    const counter = await counterOf(await psc(inTheBrowser))
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await browser.hold()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await saysItMayRemain(launcher, returnPatience)
    await button(launcher, texts.launcher.dismiss).click()
    await expect(launcher.getByText(mayRemain)).toHaveCount(0)
    const [tab] = browser.pages()
    await tab?.goto((await browser.handed())[1] ?? '')
    if (tab !== undefined) await leftPsc(tab)
    // Somebody else has come meanwhile.
    await connect(workstation, program, '2')
    expect(await told(workstation, counter)).toEqual([
      ...ended,
      'identification.succeeded 2',
      'session.connected 2',
      'session.ended 2 program-closed',
    ])
  })

  test('says so at once where Pro Santé Connect has no end of session', async ({ psc, workstation }) => {
    const site = await psc({
      tamper: { discovery: members((real) => ({ ...real, end_session_endpoint: undefined })) },
    })
    const counter = await counterOf(site)
    const { browser, launcher, requests } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await saysItMayRemain(launcher)
    await expect.poll(() => count(requests, revocation)).toBe(1)
    expect(await browser.handed()).toHaveLength(1)
    expect(await told(workstation, counter)).toEqual(ended)
  })

  test('works where Pro Santé Connect is away', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await counterOf(site)
    const { program, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await site.simulator.stop()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    // The code leads in meanwhile.
    await connect(workstation, program, '1')
    expect(await told(workstation, counter)).toEqual([
      ...ended,
      'identification.succeeded 1',
      'session.connected 1',
      'session.ended 1 program-closed',
    ])
  })

  test('takes the browser when the session cannot be ended otherwise this time', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await counterOf(site)
    const { browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    site.simulator.tamper(
      'end-session',
      instead({ status: 400, headers: { 'content-type': 'application/json' }, body: '{}' }),
    )
    await browser.hold()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await expect.poll(async () => (await browser.handed()).length).toBe(2)
    expect(await told(workstation, counter)).toEqual(ended)
  })

  test('the next person may be quicker than the browser: its return is heard all the same', async ({
    psc,
    workstation,
  }) => {
    const counter = await counterOf(await psc(inTheBrowser))
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await browser.hold()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await expect.poll(async () => (await browser.handed()).length).toBe(2)
    await button(launcher, "S'identifier").click()
    const identification = await program.window('identification')
    await button(identification, texts.psc.buttonName).click()
    await expect.poll(async () => (await browser.handed()).length).toBe(3)
    const [tab] = browser.pages()
    const [, logout = '', login = ''] = await browser.handed()
    await tab?.goto(logout)
    if (tab !== undefined) await leftPsc(tab)
    await tab?.goto(login)
    await expect(tab?.getByLabel('Identité de test') ?? launcher.locator('none')).toBeVisible()
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    expect((await told(workstation, counter)).slice(0, ended.length)).toEqual(ended)
  })

  test('what is automatic sends nothing: a lock, another operator, the end of the program', async ({
    psc,
    workstation,
  }) => {
    const counter = await counterOf(await psc())
    const { program, browser, launcher, requests } = counter
    await connectByPsc(counter, 'adjointe', '1')
    const before = [...requests]
    await lock(counter)
    await button(launcher, "Changer d'opérateur").click()
    await comeIn(workstation, program, '2')
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    expect(await browser.handed()).toHaveLength(1)
    const rows = await told(workstation, counter)
    expect(requests).toEqual(before)
    expect(rows).toEqual([
      ...cameInByPsc('1'),
      'session.locked 1 switch',
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'session.ended 2 disconnect',
      'session.ended 1 program-closed',
    ])
  })

  test('the program may end right after it: nothing waits', async ({ psc, workstation }) => {
    const site = await psc({ tamper: { 'end-session': { raw: () => undefined } } })
    const counter = await counterOf(site)
    const { launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    const before = Date.now()
    expect(await told(workstation, counter)).toEqual(ended)
    expect(Date.now() - before).toBeLessThan(5000)
  })

  test('« Non, ce n’est pas moi » leaves in the browser, whose cookie must go', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await counterOf(site)
    const { program, browser, launcher, requests } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await lock(counter)
    site.simulator.ageSessions(600)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await program.window('identification')
    await button(identification, texts.psc.buttonName).click()
    await browser.next()
    await button(identification, texts.wrongPerson.no).waitFor()
    await identification.waitForTimeout(600)
    await button(identification, texts.wrongPerson.no).click()
    await leftPsc(await browser.next())
    expect(count(requests, silentLogout)).toBe(0)
    await signsInAnew(browser, 'adjointe')
    await program.gone('identification')
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1'),
      'session.locked 1 switch',
      'identification.denied 1',
      'identification.succeeded 1 eidas1 CARD freshness',
      'session.unlocked 1',
      'session.ended 1 program-closed',
    ])
  })
})
