import { mergeTests, type Page } from '@playwright/test'
import { late, page } from './psc-simulator/answers.ts'
import { faultsOf } from './support/axe.ts'
import { finishAs, refusedWith } from './support/by-psc.ts'
import { buttonIn } from './support/card-states.ts'
import { badgeOf, button, comeIn, connect } from './support/counter.ts'
import { runCommand, test as withKeychain } from './support/keychain.ts'
import { goOut, test as withPsc, type PscSite } from './support/psc.ts'
import { discovery, requestsTo } from './support/psc-requests.ts'
import { cameIn, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'
import { texts } from '../renderer/ui/texts.ts'

const test = mergeTests(withPsc, withKeychain)

const available = 'Pro Santé Connect disponible'
const unavailable = 'Pro Santé Connect indisponible — utilisez votre code opérateur'
/** Where only a password is asked for. */
const unavailableAtLock = 'Pro Santé Connect indisponible — utilisez votre mot de passe'
/** Comptoir asks some seconds after it is painted. */
const patience = { timeout: 12_000 }

const says = (launcher: Page, text: string) =>
  expect(button(launcher, text), `the pill says: ${text}`).toBeVisible(patience)

async function detailsOf(launcher: Page, text: string) {
  await button(launcher, text).click()
  const details = launcher.getByRole('dialog', { name: 'État de Pro Santé Connect' })
  await expect(details).toBeVisible()
  return details
}

/** The workstation is PSC's confidential client, whose secret is not in the keychain yet. */
const confidential = { clientAuthentication: 'client_secret_basic', clientId: 'comptoir-basic' } as const

test.describe('The state of Pro Santé Connect @psc', () => {
  test('is known some seconds after the start, from one question', async ({ psc, workstation }) => {
    const { simulator, start } = await psc()
    const requests = requestsTo(simulator)
    const { program, launcher } = await start()
    await says(launcher, 'Pro Santé Connect')
    expect(requests).toEqual([])
    await says(launcher, available)
    const details = await detailsOf(launcher, available)
    await expect(details).toHaveAccessibleDescription(available)
    await expect(details.getByRole('definition')).toHaveText(new URL(simulator.issuer).host)
    expect(await faultsOf(launcher)).toEqual([])
    await buttonIn(details, 'Aide : Pro Santé Connect').click()
    const help = await program.window('help')
    await expect(help.getByRole('heading', { name: texts.help.pages.psc })).toBeVisible()
    await launcher.keyboard.press('Escape')
    await expect(details).toHaveCount(0)
    expect(requests).toEqual([discovery])
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('is not asked for while the computer sleeps, and soon after', async ({ psc, workstation }) => {
    const { simulator, start } = await psc()
    const requests = requestsTo(simulator)
    const { program, launcher } = await start()
    await program.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
    await launcher.waitForTimeout(7000)
    expect(requests).toEqual([])
    await program.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    await says(launcher, available)
    expect(requests).toEqual([discovery])
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`down: the windows say so, and the code leads in, ${theme}`, async ({ psc, workstation }) => {
      const site = await psc({ tamper: { discovery: page(503) } })
      const { program, browser, launcher } = await site.start()
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      await says(launcher, unavailable)
      const details = await detailsOf(launcher, unavailable)
      await expect(details).toHaveAccessibleDescription(
        /^Pro Santé Connect indisponible\s— utilisez votre code opérateur Le service ne répond pas/u,
      )
      expect(await faultsOf(launcher)).toEqual([])
      await buttonIn(details, 'Fermer').click()

      await button(launcher, "S'identifier").click()
      const identification = await program.window('identification')
      await expect(identification.getByRole('status').filter({ hasText: unavailable })).toBeVisible()
      expect(await faultsOf(identification)).toEqual([])
      await comeIn(workstation, program, '1')
      await expect(badgeOf(launcher, '1')).toBeVisible()

      await button(launcher, "Changer d'opérateur").click()
      await button(identification, 'Annuler').click()
      await program.gone('identification')
      await expect(launcher.getByRole('status').filter({ hasText: unavailableAtLock })).toBeVisible()
      expect(await faultsOf(launcher)).toEqual([])
      await launcher.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
      await launcher.keyboard.press('Enter')

      // Whoever presses it all the same makes it known at once.
      site.simulator.tamper('discovery', null)
      await says(launcher, unavailable)
      await button(launcher, 'Déconnecter').click()
      await goOut(program)
      await finishAs(browser, 'adjointe')
      await program.gone('identification')
      await says(launcher, available)
      await program.stop()
      expect(story(workstation)).toEqual([
        ...cameIn,
        'session.locked 1 switch',
        'identification.succeeded 1',
        'session.unlocked 1',
        'session.ended 1 disconnect',
        'identification.succeeded 1 eidas1 CARD freshness',
        'session.connected 1',
        'session.ended 1 program-closed',
        stopped,
      ])
    })
  }

  test('slow', async ({ psc, workstation }) => {
    const { start } = await psc({ tamper: { discovery: late(2500) } })
    const { program, launcher } = await start()
    await says(launcher, 'Pro Santé Connect répond lentement')
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  for (const [minutes, told] of [
    [-12, 'Ce poste avance de 12\\smin sur Pro Santé Connect'],
    [12, 'Ce poste retarde de 1[12]\\smin sur Pro Santé Connect'],
  ] as const) {
    test(`the clock of this workstation is wrong: ${minutes < 0 ? 'ahead' : 'late'}`, async ({
      psc,
      workstation,
    }) => {
      const { start } = await psc({ clockOffsetSeconds: minutes * 60 })
      const { program, launcher } = await start()
      const pill = launcher.getByRole('button', {
        name: /^Heure du poste fausse de 1[12]\smin\s: corrigez l'heure de Windows\.$/u,
      })
      await expect(pill).toBeVisible(patience)
      await pill.click()
      await expect(launcher.getByRole('dialog')).toHaveAccessibleDescription(new RegExp(told, 'u'))
      await launcher.keyboard.press('Escape')
      await button(launcher, "S'identifier").click()
      const identification = await program.window('identification')
      await expect(
        identification.getByRole('status').filter({ hasText: 'Heure du poste fausse' }),
      ).toBeVisible()
      await comeIn(workstation, program, '1')
      await program.stop()
      expect(story(workstation)).toEqual([...cameIn, 'session.ended 1 program-closed', stopped])
    })
  }

  test('not configured: it says so, and nothing can be pressed', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await expect(launcher.getByText('Pro Santé Connect non activé sur ce poste')).toBeVisible()
    await expect(launcher.getByRole('button', { name: /Pro Santé Connect non/u })).toHaveCount(0)
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })
})

test.describe('A workstation that lacks its secret @psc @settings', () => {
  /** Comptoir in a session with this environment; nobody is connected. */
  async function impeded({ psc }: { psc: () => Promise<PscSite> }) {
    const site = await psc()
    const { clientSecret } = site.simulator.credentials.client_secret_basic
    return { ...site, clientSecret, requests: requestsTo(site.simulator) }
  }

  test('says what is missing; once it is there, it works without another start', async ({
    psc,
    workstation,
    keychain,
    systemBrowser,
  }) => {
    const site = await impeded({ psc: () => psc({ settings: confidential }) })
    const program = await workstation.start({ env: { ...keychain.env } })
    const browser = await systemBrowser(program)
    const launcher = await program.window('launcher')
    await says(launcher, unavailable)
    const missing = 'l manque le secret psc.clientSecret dans le trousseau de ce compte.'
    const details = await detailsOf(launcher, unavailable)
    await expect(details).toHaveAccessibleDescription(
      new RegExp(
        `I${missing} Dans cette session, copiez-le, puis lancez «\\sGet-Clipboard \\| comptoir secret set psc.clientSecret\\s» dans PowerShell.$`,
        'u',
      ),
    )
    await launcher.keyboard.press('Escape')

    const identification = await goOut(program)
    const row = await refusedWith(workstation, identification, `i${missing}`)
    expect(row).toMatchObject({
      kind: 'identification.failed',
      details: { reason: 'credential', detail: 'secret-missing' },
    })
    expect(site.requests).toEqual([])
    await comeIn(workstation, program, '1')
    await button(launcher, 'Déconnecter').click()

    const set = ['secret', 'set', 'psc.clientSecret']
    const told = await runCommand(workstation, keychain.env, set, { input: `${site.clientSecret}\n` })
    expect(told).toMatchObject({ code: 0 })
    await goOut(program)
    await finishAs(browser, 'adjointe')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await says(launcher, available)
    await program.stop()
    expect(await workstation.log()).not.toContain(site.clientSecret)
    expect(story(workstation, [site.clientSecret])).toEqual([
      'identification.failed nobody secret-missing credential',
      ...cameIn,
      'session.ended 1 disconnect',
      'identification.succeeded 1 eidas1 CARD freshness',
      'session.connected 1',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('a wrong secret is refused, and the right one is read without another start', async ({
    psc,
    workstation,
    keychain,
    systemBrowser,
  }) => {
    const site = await impeded({ psc: () => psc({ settings: confidential }) })
    const set = (input: string) =>
      runCommand(workstation, keychain.env, ['secret', 'set', 'psc.clientSecret'], { input })
    await set('ce-n-est-pas-le-bon')
    const program = await workstation.start({ env: { ...keychain.env } })
    const browser = await systemBrowser(program)
    const identification = await goOut(program)
    await finishAs(browser, 'adjointe')
    await refusedWith(workstation, identification, 'Pro Santé Connect ne reconnaît pas ce poste')
    await set(site.clientSecret)
    site.simulator.endAllSessions()
    await button(identification, texts.psc.buttonName).click()
    await finishAs(browser, 'adjointe')
    await program.gone('identification')
    await program.stop()
    const rows = story(workstation, [site.clientSecret, 'ce-n-est-pas-le-bon'])
    expect(rows).toEqual([
      'identification.failed nobody invalid_client credential',
      'identification.succeeded 1 eidas1 CARD freshness',
      'session.connected 1',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('without a keychain says so, and asks nothing of Pro Santé Connect', async ({ psc, workstation }) => {
    const site = await impeded({ psc: () => psc({ settings: confidential }) })
    const nowhere = await workstation.emptyFolder()
    const env = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: nowhere }
    const program = await workstation.start({ env })
    const launcher = await program.window('launcher')
    await says(launcher, unavailable)
    const identification = await goOut(program)
    const told = 'aucun trousseau de clés ne répond dans cette session.'
    const row = await refusedWith(workstation, identification, told)
    expect(row?.details).toMatchObject({ reason: 'credential', detail: 'no-keychain' })
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await connect(workstation, program, '1')
    expect(site.requests).toEqual([])
    await program.stop()
    expect(story(workstation)).toEqual([
      'identification.failed nobody no-keychain credential',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})
