import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { texts } from '../renderer/ui/texts.ts'
import type { IdentityId } from './psc-simulator/identities.ts'
import type { Browser } from './support/browser.ts'
import { associate } from './support/association.ts'
import { atCounter, finishAs, lock, nobodyIn, type AtCounter } from './support/by-psc.ts'
import { badgeOf, button, comeIn, connect, give, pastDeafTime, shownPage, tile } from './support/counter.ts'
import { crash } from './support/main-process.ts'
import { identify, ringing, test as withECps } from './support/e-cps.ts'
import { expectNothingWritten, filesOf } from './support/nothing-written.ts'
import { cameBack, goOut, pressPsc, questionOf, signInAs, test } from './support/psc.ts'
import { endOf } from './support/secrets.ts'
import { story } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const wrong = 'lavande tunnel lanterne'
const patricia = '899700261797'
const typedOnly = 'cerise parasol moutarde'

test.describe('What is secret is written nowhere @psc @login @journal', () => {
  test('in a day at the counter, a crash and an end that nobody expects', async ({ psc, workstation }) => {
    test.setTimeout(180_000)
    const site = await psc()
    const counter = await atCounter(site)
    const { program, launcher, secrets } = counter
    const { passwordOf } = workstation
    secrets.add(wrong, typedOnly, ...['0', '1', '2'].map(passwordOf))

    await test.step('a wrong password, then the right one', async () => {
      await button(launcher, "S'identifier").click()
      const identification = await program.window('identification')
      await give(identification, '1', wrong)
      await expect(identification.getByText('Code opérateur ou mot de passe incorrect.')).toBeVisible()
      await comeIn(workstation, program, '1')
    })

    await test.step('a step-up: another person, who is refused, then the one awaited', async () => {
      await tile(launcher, 'Ordonnances').click()
      const identification = await pressPsc(program)
      await finishAs(counter.browser, 'titulaire')
      await expect(identification.getByText('Pro Santé Connect identifie une autre personne')).toBeVisible()
      await pressPsc(program)
      await signInWhereAsked(counter.browser, 'adjointe')
      await shownPage(program, /ordonnances$/u)
    })

    await test.step('a lock, then the password', async () => {
      await lock(counter)
      await launcher.getByLabel('Mot de passe', { exact: true }).fill(passwordOf('1'))
      await launcher.keyboard.press('Enter')
      await expect(badgeOf(launcher, '1')).toBeVisible()
    })

    await test.step('« Déconnecter », here and in the browser', async () => {
      await button(launcher, 'Déconnecter').click()
      await nobodyIn(launcher)
      // Whatever its tab still does, the next one begins without a session.
      site.simulator.endAllSessions()
    })

    await test.step('an association, and « Non, ce n’est pas moi »', async () => {
      const identification = await goOut(program)
      await signInWhereAsked(counter.browser, 'preparateur')
      await give(identification, '2', passwordOf('2'))
      await associate(identification, "Associer le RPPS 99700393061 à l'opérateur « 2 » TEST PREPARATEUR ?")
      await program.gone('identification')
      site.simulator.ageSessions(600)
      await button(launcher, "Changer d'opérateur").click()
      await pressPsc(program)
      await cameBack(await counter.browser.next())
      await expect(questionOf(identification)).toContainText('TEST PREPARATEUR')
      await pastDeafTime(identification)
      await button(identification, "Non, ce n'est pas moi").click()
      await expect(questionOf(identification)).toHaveCount(0)
    })

    await test.step('a window that crashes with a password in it', async () => {
      await signInWhereAsked(counter.browser, 'adjointe')
      await program.gone('identification')
      await expect(badgeOf(launcher, '1')).toBeVisible()
      await lock(counter)
      await button(launcher, "Changer d'opérateur").click()
      await typePassword(await program.window('identification'), typedOnly)
      await crash(program, 'identification')
      await program.gone('identification')
    })

    const again = await test.step('the program, killed with a password in it and the browser out', () =>
      killedThenStarted(counter, workstation, site.start))
    await connect(workstation, again.program, '1')
    const rows = await endOf(workstation, again, secrets)
    expect(rows.filter((row) => row.startsWith('identification.'))).toEqual([
      'identification.refused 1 wrong-credentials',
      'identification.succeeded 1',
      'identification.refused nobody ordonnances other-rpps',
      'identification.succeeded 1 ordonnances eidas1 CARD freshness',
      'identification.succeeded 1',
      'identification.refused nobody unknown-rpps',
      'identification.succeeded 2 eidas1 CARD password',
      'identification.denied 2',
      'identification.succeeded 1 eidas1 CARD freshness',
      'identification.succeeded 1',
    ])
    expect(secrets.all().length).toBeGreaterThan(40)
    expect((await filesOf(workstation.dataDir)).filter(isOfCrash)).toEqual([])
  })

  withECps(
    'with a secret of its own, and phones: one that ends well, one that refuses, one that rings',
    async ({ direct, workstation }) => {
      const site = await direct()
      const { program, browser, launcher, secrets } = site.counter
      const ask = async () => {
        const identification = await identify(site)
        await identification.getByLabel('Code opérateur').fill('1')
        await button(identification, texts.psc.phone.start.MOBILE).click()
        return ringing(site)
      }
      await (await ask()).approve(patricia)
      await expect(badgeOf(launcher, '1')).toBeVisible()
      await button(launcher, 'Déconnecter').click()
      await nobodyIn(launcher)
      await (await ask()).refuse(patricia)
      const identification = await program.window('identification')
      await expect(identification.getByRole('alert').filter({ hasText: 'Réf.' })).toHaveCount(1)
      await button(identification, 'Annuler').click()
      await program.gone('identification')
      await ask()
      await secrets.ofBrowser(browser)
      process.kill(program.app.process().pid ?? 0, 'SIGKILL')
      await program.ended
      // The secret, its header, and of each of three requests its id; of the one that ended well, the tokens.
      expect(secrets.all().length).toBeGreaterThan(6)
      await expectNothingWritten(workstation, secrets.all())
      expect(story(workstation).filter((row) => row.startsWith('identification.'))).toEqual([
        'identification.succeeded 1 eidas1 MOBILE freshness',
        'identification.failed nobody access_denied abandoned',
      ])
    },
  )

  test('and would be found, however it is written', async ({ workstation }) => {
    const dataDir = await workstation.emptyFolder()
    const place = { config: workstation.config, dataDir }
    const secret = 'pêche/abricot+"9z"'
    await expectNothingWritten(place, [secret])
    const writings = [
      secret,
      Buffer.from(secret, 'utf16le'),
      JSON.stringify({ secret }),
      `x?y=${encodeURIComponent(secret)}&z`,
      Buffer.from(secret).toString('hex'),
      ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${secret} after`).toString('base64')),
      ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${secret}`).toString('base64url')),
    ]
    for (const [index, writing] of writings.entries()) {
      const file = join(dataDir, 'file')
      await writeFile(file, Buffer.concat([Buffer.alloc(index), Buffer.from(writing), Buffer.alloc(9)]))
      await expect(expectNothingWritten(place, [secret]), `writing ${index}`).rejects.toThrow(file)
    }
  })
})

/** Ends the program as a power cut would, walks what it leaves, and starts it again. */
async function killedThenStarted(
  { program, browser, secrets }: AtCounter,
  workstation: Workstation,
  start: () => Promise<Omit<AtCounter, 'secrets'>>,
): Promise<Omit<AtCounter, 'secrets'>> {
  const launcher = await program.window('launcher')
  await button(launcher, "Changer d'opérateur").click()
  const identification = await program.window('identification')
  await typePassword(identification, typedOnly)
  await browser.hold()
  const { length } = await browser.handed()
  await pressPsc(program)
  await expect.poll(async () => (await browser.handed()).length).toBe(length + 1)
  await secrets.ofBrowser(browser)
  process.kill(program.app.process().pid ?? 0, 'SIGKILL')
  await program.ended
  await expectNothingWritten(workstation, secrets.all())
  return start()
}

async function typePassword(identification: Page, password: string): Promise<void> {
  await identification.getByLabel('Code opérateur').fill('1')
  await identification.getByLabel('Mot de passe', { exact: true }).fill(password)
}

/** The browser may end a session in a tab of its own before it asks who one is. */
async function signInWhereAsked(browser: Browser, id: IdentityId): Promise<void> {
  for (;;) {
    const tab = await browser.next()
    const asked = tab.getByLabel('Identité de test')
    const confirm = button(tab, 'Se déconnecter')
    await tab.waitForLoadState('networkidle')
    if (await confirm.isVisible()) await confirm.click()
    if (!(await asked.isVisible())) continue
    await signInAs(tab, id)
    return cameBack(tab)
  }
}

/** Crash dumps hold the memory of what has crashed. */
function isOfCrash(file: string): boolean {
  return /\.(?:dmp|mdmp|core)$|[\\/]core(?:\.\d+)?$/u.test(file)
}
