import type { Locator, Page } from '@playwright/test'
import { mustConfirm } from './support/association.ts'
import { faultsOf } from './support/axe.ts'
import {
  atCounter,
  finishAs,
  nobodyIn,
  read,
  refusedWith,
  succeeded,
  told,
  type AtCounter,
} from './support/by-psc.ts'
import { badgeOf, button, startWith } from './support/counter.ts'
import { test } from './support/psc.ts'
import { givenUp } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const link = "Je n'ai pas de code opérateur"
const rpps = '99700393061'
const chosen = 'brouette cactus ventouse'

test.describe('« Je n’ai pas de code opérateur » @operators @psc', () => {
  test('a replacement for a day is let in by somebody of the team', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    const identification = await withoutCode(counter)
    await finishAs(browser, 'preparateur')
    await expect(identification.getByRole('heading', { name: 'Votre code opérateur' })).toBeVisible()
    await expect(
      identification.getByText(`Pro Santé Connect vous identifie : TEST PREPARATEUR, RPPS ${rpps}.`),
    ).toBeVisible()
    await expect(codeIn(identification)).toBeFocused()
    await expect(codeIn(identification)).toHaveValue('3')
    await expect(identification.getByLabel('Fonction')).toHaveValue('preparateur')
    await expect(identification.getByRole('option', { name: 'Titulaire' })).toHaveCount(0)
    const today = await identification.getByLabel('Du', { exact: true }).inputValue()
    await expect(identification.getByLabel('Au', { exact: true })).toHaveValue(today)
    expect(await faultsOf(identification)).toEqual([])

    await codeIn(identification).fill('1')
    await choosePassword(identification)
    await expect(
      identification.getByText("Ce code est déjà celui d'un opérateur. Choisissez-en un autre."),
    ).toBeVisible()
    await codeIn(identification).fill('rem')
    await identification.keyboard.press('Enter')
    await expect(
      identification.getByRole('heading', { name: 'Accueillir TEST PREPARATEUR, code opérateur « REM » ?' }),
    ).toBeVisible()
    await expect(identification.getByText(mustConfirm)).toBeVisible()
    expect(await faultsOf(identification)).toEqual([])

    // Given up: nobody has come.
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    expectNobodyNew(workstation)
    site.simulator.endAllSessions()
    await withoutCode(counter)
    await finishAs(browser, 'preparateur')
    await choosePassword(identification)
    await authorise(identification, '2', workstation.passwordOf('2'))
    await refusedWith(workstation, identification, mustConfirm)
    await authorise(identification, '0', 'pas le bon mot de passe')
    await refusedWith(workstation, identification, 'Code opérateur ou mot de passe incorrect.')
    await nobodyIn(launcher)
    expectNobodyNew(workstation)

    // What was described may be corrected; the password is typed again.
    await button(identification, 'Corriger').click()
    await identification.getByLabel('Fonction').selectOption('Apprenti')
    await choosePassword(identification)
    await authorise(identification, '0', workstation.passwordOf('0'))
    await program.gone('identification')
    await expect(badgeOf(launcher, '3')).toBeVisible()
    await expect(launcher.getByText(`RPPS ${rpps}`)).toBeVisible()
    await expect(launcher.getByText('Apprenti')).toBeVisible()
    expect(
      read(workstation, 'select rpps, first_day, last_day, provisional from operator where code = ?', '3'),
    ).toEqual({ rpps, first_day: today, last_day: today, provisional: 0 })
    expect(await told(workstation, counter, [chosen, 'pas le bon'])).toEqual([
      givenUp,
      'identification.refused 2 not-authorised',
      'identification.refused 0 wrong-credentials',
      `operator.created 0 replacement ${today} ${today} apprenti ${rpps} 3`,
      succeeded('3'),
      'session.connected 3',
      'session.ended 3 program-closed',
    ])
  })

  test('who pressed Pro Santé Connect first goes on, and without it the titulaire is to be seen', async ({
    psc,
    workstation,
  }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    await button(launcher, "S'identifier").click()
    const identification = await program.window('identification')
    await identification.keyboard.press('Alt+P')
    await finishAs(browser, 'medecin')
    await expect(identification.getByRole('heading', { name: 'Associer ce RPPS' })).toBeVisible()
    await button(identification, link).click()
    await expect(identification.getByLabel('Fonction')).toHaveValue('autre')
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    expectNobodyNew(workstation)
    await program.stop()

    await workstation.settings((settings) => ({ ...settings, psc: undefined }))
    const { program: alone, launcher: its } = await startWith(workstation, [])
    await button(its, "S'identifier").click()
    const asking = await alone.window('identification')
    await button(asking, link).click()
    await expect(
      asking.getByText('Voyez le titulaire : il crée votre code dans « Opérateurs ».'),
    ).toBeVisible()
    expect(workstation.journal().map(({ kind }) => kind)).not.toContain('operator.created 0')
  })
})

/** « Je n'ai pas de code opérateur », from « S'identifier »: the browser is sent out. */
async function withoutCode({ program, launcher }: AtCounter): Promise<Page> {
  await button(launcher, "S'identifier").click()
  const identification = await program.window('identification')
  await button(identification, link).click()
  return identification
}

function codeIn(identification: Page): Locator {
  return identification.getByRole('textbox', { name: 'Code opérateur', exact: true })
}

async function choosePassword(identification: Page): Promise<void> {
  await identification.getByLabel('Mot de passe', { exact: true }).fill(chosen)
  await identification.getByLabel('Mot de passe, une seconde fois').fill(chosen)
  await identification.keyboard.press('Enter')
}

async function authorise(identification: Page, code: string, password: string): Promise<void> {
  await identification.getByLabel('Code opérateur de la personne autorisée').fill(code)
  await identification.getByLabel('Son mot de passe').fill(password)
  await identification.keyboard.press('Enter')
}

function expectNobodyNew(workstation: Workstation): void {
  expect(read(workstation, 'select count(*) as count from operator')).toEqual({ count: 3 })
}
