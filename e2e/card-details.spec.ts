import type { Locator, Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import { recordPill } from './support/card-pill.ts'
import { buttonIn, fact } from './support/card-states.ts'
import { openDetails, pill, reader, says, test } from './support/card.ts'
import { makeCard } from './support/card/pki.ts'
import { badgeOf, button, connect } from './support/counter.ts'
import { referenceIn, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { cameIn, stopped, story } from './support/story.ts'
import { expect, type } from './support/test.ts'

const hers = 'Carte CPS · ADJOINTPHARM'
const again = 'Tester ma carte'

/** Goes there by Tab alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target).toBeFocused()
}

/** What tells of the card in a window. */
function pills(page: Page): Locator {
  return page.locator('[aria-haspopup="dialog"]')
}

/** « Tester ma carte », as the page of a window asks for it. */
function testCard(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(globalThis, 'comptoir').testCard())
}

/** The card processes, as the system counts them. */
function cardProcesses(program: Program): Promise<number> {
  return program.app.evaluate(
    ({ app }) => app.getAppMetrics().filter(({ name }) => name === 'Comptoir : lecteur de carte').length,
  )
}

test.describe('The details of the card', { tag: '@card' }, () => {
  test('are opened and closed from the keyboard, and leave all under them as it was', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set(reader({ card, tries: 2 }))
    const { program, launcher } = await site.start()
    const twoTries = 'Code porteur : 2 essais restants'
    await says(launcher, twoTries)
    expect(await cardProcesses(program)).toBe(1)
    await expect(pills(launcher)).toHaveCount(1)

    await tabTo(launcher, pill(launcher, twoTries))
    await launcher.keyboard.press('Enter')
    const details = launcher.getByRole('dialog', { name: 'Carte et lecteur' })
    await expect(details.getByRole('heading', { name: 'Carte et lecteur' })).toBeFocused()
    await expect(details).toHaveAccessibleDescription(
      "Code porteur : 2 essais restants Le code porteur est dans le courrier de l'ANS ; ce n'est pas votre code opérateur.",
    )
    for (const [name, value] of [
      ['Porteur', 'PATRICIA ADJOINTPHARM'],
      ['Type', 'CPS (professionnel de santé)'],
      ['Profession', 'Pharmacien'],
      ['RPPS', '99700261797'],
      ['Identifiant national', '899700261797'],
      ['Usage', 'Carte réelle'],
      ['Code porteur', '2 essais restants'],
      ['Carte', 'CPS3v3-2800385266'],
      ['Interface', 'Avec contact'],
      ['Lecteur', 'Lecteur de la caisse'],
      ['Numéro de série', '28003852'],
    ] as const)
      expect(await fact(details, name), name).toBe(value)
    await tabTo(launcher, buttonIn(details, 'Fermer'))
    await tabTo(launcher, buttonIn(details, again))
    await launcher.keyboard.press('Escape')
    await expect(details).toBeHidden()
    await expect(pill(launcher, twoTries)).toBeFocused()

    await button(launcher, "S'identifier").click()
    const identification = await program.window('identification')
    // Her card has given her code.
    const password = identification.getByLabel('Mot de passe', { exact: true })
    await expect(password).toBeFocused()
    await type(identification, 'moutarde')
    await tabTo(identification, pill(identification, twoTries))
    await identification.keyboard.press('Enter')
    const over = identification.getByRole('dialog', { name: 'Carte et lecteur' })
    await expect(over).toBeVisible()
    await identification.keyboard.press('Escape')
    await expect(over).toBeHidden()
    await expect(pill(identification, twoTries)).toBeFocused()
    await expect(password).toHaveValue('moutarde')
    expect(await program.isShown('identification')).toBe(true)
    await identification.keyboard.press('Escape')
    await program.gone('identification')

    const clicked = await openDetails(launcher, twoTries)
    await buttonIn(clicked, 'Fermer').click()
    await expect(clicked).toBeHidden()
    await expect(pill(launcher, twoTries)).toBeFocused()
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('« Tester ma carte » reads it again, and says when that fails', async ({ simulated, workstation }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set(reader({ card }))
    const { program, launcher } = await site.start()
    await says(launcher, hers)
    const details = await openDetails(launcher, hers)
    const read = buttonIn(details, again)
    const status = details.getByRole('status').filter({ hasText: /Carte lue|Lecture en cours/u })
    const alert = details.getByRole('alert').filter({ hasText: /\S/u })

    // Somebody has mistyped its code elsewhere: neither the reader nor Cryptolib tells.
    site.set(reader({ card, tries: 1 }))
    await read.click()
    await says(launcher, 'Code porteur : dernier essai')
    await expect(status).toHaveText(/^Carte lue en \d+(?:,\d)?\s(?:ms|s)\.$/u)

    site.set({
      ...reader({ card }),
      faults: [{ in: 'C_GetTokenInfo', kind: 'delay', milliseconds: 3000, times: 1 }],
    })
    await read.click()
    await expect(status).toHaveText('Lecture en cours…')
    await buttonIn(details, 'Ne plus attendre').click()
    await expect(status).toHaveCount(0)
    // Answered in order: the one that nobody waits for has been.
    expect(await testCard(launcher)).toMatchObject({ ok: true })
    await expect(status).toHaveCount(0)
    await says(launcher, hers)

    const record = await recordPill(launcher)
    const references = []
    for (const kind of ['segv', 'hang'] as const) {
      site.set({ ...reader({ card }), faults: [{ in: 'C_GetTokenInfo', kind, times: 1 }] })
      await read.click()
      await expect(alert).toContainText("La lecture de la carte s'est arrêtée.", { timeout: 15_000 })
      await expect(alert).toContainText('Réessayez')
      references.push(referenceIn(await alert.innerText()))
      const said: string[] = []
      await expect
        .poll(async () => {
          said.push(...(await record.texts()))
          return said.slice(-2)
        })
        .toEqual(['Lecture de carte : redémarrage…', hers])
    }
    await read.click()
    await expect(alert).toHaveCount(0)
    await expect(status).toHaveText(/^Carte lue en /u)
    const log = await workstation.log()
    for (const reference of references) expect(log).toContain(reference)
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing in them nor in their help page, ${theme}`, async ({ simulated, workstation }) => {
      const card = await makeCard('pharmacist', { series: 'real' })
      const trial = await makeCard('student')
      const site = await simulated([card, trial])
      site.set(reader('none'))
      const { program, launcher } = await site.start()
      // What Playwright says of colours goes over what Electron is told.
      await launcher.emulateMedia({ colorScheme: theme })
      await says(launcher, 'Lecteur sans carte')
      expect(await faultsOf(launcher)).toEqual([])
      const details = await openDetails(launcher, 'Lecteur sans carte')
      expect(await faultsOf(launcher)).toEqual([])

      site.set(reader({ card }))
      await buttonIn(details, again).click()
      await says(launcher, hers)
      expect(await faultsOf(launcher)).toEqual([])
      await buttonIn(details, 'Fermer').click()
      expect(await faultsOf(launcher)).toEqual([])

      await button(launcher, "S'identifier").click()
      const identification = await program.window('identification')
      await identification.emulateMedia({ colorScheme: theme })
      expect(await faultsOf(identification)).toEqual([])
      const over = await openDetails(identification, hers)
      site.set(reader({ card: trial, tries: 1 }))
      await buttonIn(over, again).click()
      await says(identification, 'Code porteur : dernier essai')
      expect(await faultsOf(identification)).toEqual([])

      await buttonIn(over, 'Aide : la carte et le lecteur').click()
      const help = await program.window('help')
      await help.emulateMedia({ colorScheme: theme })
      await expect(
        help.getByRole('heading', { name: 'Carte bloquée, code perdu, lecteur', level: 1 }),
      ).toBeVisible()
      await expect(help.getByRole('row', { name: 'Code porteur : dernier essai' })).toContainText(
        'Une erreur de plus bloque la carte.',
      )
      expect(await faultsOf(help)).toEqual([])
      await help.keyboard.press('Escape').catch(unlessEnded)
      await program.gone('help')
      await expect(over).toBeVisible()
      await program.stop()
      expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
    })
  }

  test('are nowhere when the settings silence the card', async ({ workstation }) => {
    await workstation.settings((settings) => ({ ...settings, card: { enabled: false } }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await button(launcher, "S'identifier").click()
    const identification = await program.window('identification')
    for (const window of [launcher, identification]) {
      await expect(pills(window)).toHaveCount(0)
      expect(await testCard(window)).toMatchObject({
        ok: false,
        error: { code: 'card-off', message: "La lecture des cartes n'est pas activée sur ce poste." },
      })
    }
    expect(await cardProcesses(program)).toBe(0)
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('are not waited for: somebody comes in while Cryptolib takes its time', async ({
    simulated,
    workstation,
  }) => {
    const card = await makeCard('pharmacist', { series: 'real' })
    const site = await simulated([card])
    site.set({ ...reader({ card }), faults: [{ in: 'C_Initialize', kind: 'delay', milliseconds: 5000 }] })
    const { program, launcher } = await site.start()
    const searching = 'Recherche du lecteur…'
    await says(launcher, searching)
    await connect(workstation, program, '1')
    expect(await pill(launcher, searching).isVisible()).toBe(true)
    await says(launcher, hers)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, 'session.ended 1 program-closed', stopped])
  })
})
