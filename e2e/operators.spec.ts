import { badgeOf, button, give as identifyAs, startWith, switchTo } from './support/counter.ts'
import {
  confirm,
  found,
  give,
  noted,
  open,
  openOperators,
  openSheet,
  press,
  sheet,
  toldDone,
} from './support/operators-page.ts'
import type { Program } from './support/program.ts'
import { stopped, story } from './support/story.ts'
import { expect, test, type } from './support/test.ts'

const chosen = 'brouette cactus ventouse'

test.describe('Opérateurs @operators', () => {
  test('makes somebody, who comes in with a password of their own', async ({ workstation }) => {
    const { program } = await startWith(workstation, [])
    const { launcher, page } = await openOperators(workstation, program)
    await press(page, 'Nouvel opérateur')
    await expect(page.getByLabel('Prénom')).toBeFocused()
    await expect(page.getByLabel('Code opérateur')).toHaveValue('3')
    await type(page, 'Aurélie')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Nom', { exact: true })).toBeFocused()
    await type(page, 'Lefèvre')
    await page.getByLabel('RPPS (facultatif)').fill('99700218897')
    await expect(page.getByLabel('RPPS (facultatif)')).toHaveAccessibleDescription(/ne tombe pas juste/u)
    // What was typed is not lost by an Escape.
    await page.keyboard.press('Escape')
    await expect(button(page, 'Continuer la saisie')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByLabel('RPPS (facultatif)')).toBeFocused()
    await page.keyboard.press('Enter')
    await confirm(page, workstation.passwordOf('0'))
    const password = await noted(page)
    await expect(sheet(page, 'AURÉLIE LEFÈVRE')).toBeFocused()
    await expect(page.getByRole('article').getByText('Mot de passe provisoire')).toBeVisible()
    await expect(page.getByText(password)).toHaveCount(0)
    await page.keyboard.press('Escape')
    await openSheet(page, 'lefevre', 'AURÉLIE LEFÈVRE')

    await press(page, 'Modifier')
    // A date begun and not finished is not saved as none.
    const lastDay = page.getByLabel('Au (facultatif)')
    await lastDay.press('0')
    await lastDay.press('5')
    await lastDay.press('Enter')
    await expect(lastDay).toHaveAccessibleDescription(/^Date incomplète/u)
    await expect(lastDay).toBeFocused()
    await lastDay.fill('2199-12-31')
    await press(page, 'Enregistrer')
    await toldDone(page, "La fiche de l'opérateur « 3 » est enregistrée.")
    await expect(page.getByText("Jusqu'au 31 décembre 2199")).toBeVisible()

    await press(launcher, "Changer d'opérateur")
    const identification = await program.window('identification')
    await identifyAs(identification, '3', password)
    await expect(identification.getByRole('heading', { name: 'Nouveau mot de passe' })).toBeVisible()
    await identification.getByLabel('Mot de passe', { exact: true }).fill(chosen)
    await identification.getByLabel('Mot de passe, une seconde fois').fill(chosen)
    await identification.keyboard.press('Enter')
    await expect(badgeOf(launcher, '3')).toBeVisible()
    // Theirs while they are away, nobody else sees it.
    expect(await program.isShown('operators')).toBe(false)
    await program.stop()
    expect(team(story(workstation, [password, chosen, 'Lefèvre']))).toEqual([
      'operator.created 0 operator preparateur 3',
      'operator.changed 0 operator dates  preparateur 3',
      'identification.refused 3 provisional-password',
      'operator.password-changed 3 provisional',
    ])
  })

  test('is for titulaires and those who were given the right; what is theirs alone is told', async ({
    workstation,
  }) => {
    const { program } = await startWith(workstation, [])
    const { launcher, page } = await openOperators(workstation, program)
    await openSheet(page, 'adjointpharm', 'PATRICIA ADJOINTPHARM')
    await press(page, 'Modifier')
    await page.getByLabel('Gérer les opérateurs').press('Space')
    await press(page, 'Enregistrer')
    // A wrong password counts, and changes nothing; Escape leaves the form as it was.
    await give(page, 'pas le bon')
    await expect(page.getByRole('alert').filter({ hasText: 'mot de passe incorrect' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(button(page, 'Enregistrer')).toBeFocused()
    await page.keyboard.press('Enter')
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, "La fiche de l'opérateur « 1 » est enregistrée.")
    await expect(page.getByText('Tient la liste à la place du titulaire')).toBeVisible()

    await switchTo(workstation, program, '1')
    await expect(button(launcher, 'Opérateurs')).toHaveAccessibleDescription(/TEST TITULAIRE/u)
    const theirs = await open(program, launcher)
    await openSheet(theirs, '0', 'TEST TITULAIRE')
    for (const name of ['Modifier', 'Suspendre', 'Réinitialiser le mot de passe', 'Départ']) {
      await expect(button(theirs, name)).toHaveAccessibleDescription(
        /^Seul un titulaire peut changer un titulaire/u,
      )
      await expect(button(theirs, name)).toBeDisabled()
    }
    await openSheet(theirs, '1', 'PATRICIA ADJOINTPHARM')
    await expect(button(theirs, 'Dissocier le RPPS')).toHaveAccessibleDescription(/^Seul un titulaire/u)
    await press(theirs, 'Modifier')
    await expect(theirs.getByLabel('RPPS (facultatif)')).toHaveAccessibleDescription(/^Seul un titulaire/u)
    await expect(theirs.getByRole('option', { name: 'Préparateur' })).toBeDisabled()
    await openSheet(theirs, '2', 'TEST PREPARATEUR')
    await press(theirs, 'Modifier')
    await theirs.getByLabel('Lire le journal').press('Space')
    await expect(theirs.getByLabel('Lire le journal')).not.toBeChecked()
    await expect(theirs.getByLabel('Lire le journal')).toHaveAccessibleDescription(
      /Seul un titulaire peut donner/u,
    )
    await expect(theirs.getByRole('option', { name: 'Titulaire' })).toBeDisabled()

    await switchTo(workstation, program, '2')
    await press(launcher, 'Opérateurs')
    const identification = await program.window('identification')
    await identifyAs(identification, '2', workstation.passwordOf('2'))
    await expect(
      identification.getByRole('alert').filter({ hasText: 'Cette page est réservée au titulaire' }),
    ).toBeVisible()
    await program.stop()
    expect(team(story(workstation, ['pas le bon']))).toEqual([
      'identification.refused 0 comptoir:operators wrong-credentials',
      'operator.changed 0 operator rights manage-operators adjoint 1',
      'identification.refused 2 comptoir:operators role',
    ])
  })

  test('suspends and lets depart, whose sessions end; never the last titulaire', async ({ workstation }) => {
    const { program } = await startWith(workstation, [])
    const { launcher, page } = await openOperators(workstation, program)
    await openSheet(page, '0', 'TEST TITULAIRE')
    await expect(button(page, 'Suspendre')).toBeDisabled()
    await expect(button(page, 'Départ')).toHaveAccessibleDescription(/^C'est le dernier titulaire actif/u)

    await openSheet(page, 'preparateur', 'TEST PREPARATEUR')
    await press(page, 'Suspendre')
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, "L'opérateur « 2 » est suspendu.")
    await expect(button(page, 'Reprendre')).toBeFocused()
    await expect(page.getByRole('article').getByText('Suspendu', { exact: true })).toBeVisible()
    await expectRefused(program, '2', workstation.passwordOf('2'), 'Opérateur suspendu. Voyez le titulaire.')
    await identifyAgain(program, workstation.passwordOf('0'))
    await page.getByLabel('Suspendus').press('Space')
    await openSheet(page, '', 'TEST PREPARATEUR')
    await press(page, 'Reprendre')
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, "L'opérateur « 2 » n'est plus suspendu.")
    await page.getByLabel("L'équipe").press('Space')

    // What has happened meanwhile is read again.
    await openSheet(page, '99700261797', 'PATRICIA ADJOINTPHARM')
    await switchTo(workstation, program, '1')
    await switchTo(workstation, program, '0')
    await expect(page.getByRole('table').getByText('Code opérateur')).toBeVisible()
    await press(page, 'Départ')
    await expect(page.getByRole('dialog')).toContainText('son RPPS est libéré')
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, "Le départ de l'opérateur « 1 » est enregistré.")
    await expect(sheet(page, 'PATRICIA ADJOINTPHARM')).toBeFocused()
    await expect(button(page, 'Modifier')).toHaveCount(0)
    await page.getByLabel('Rechercher un opérateur').fill('')
    await page.getByLabel('Partis').press('Space')
    await expect(found(page, /^1.opérateur$/u)).toBeVisible()
    await expectRefused(program, '1', workstation.passwordOf('1'), 'Opérateur suspendu. Voyez le titulaire.')
    await expect(launcher.getByText('Comptoir verrouillé')).toBeVisible()
    await program.stop()
    expect(team(story(workstation))).toEqual([
      'operator.suspended 0 operator 2',
      'identification.refused 2 suspended',
      'operator.resumed 0 operator 2',
      'operator.departed 0 operator 1',
      'session.ended 1 suspended',
      'identification.refused 1 suspended',
    ])
  })
})

/** Locks, and somebody who may not come in tries. */
async function expectRefused(program: Program, code: string, password: string, text: string): Promise<void> {
  await press(await program.window('launcher'), "Changer d'opérateur")
  const identification = await program.window('identification')
  await identifyAs(identification, code, password)
  await expect(identification.getByRole('alert').filter({ hasText: text })).toBeVisible()
  await identification.keyboard.press('Escape')
  await program.gone('identification')
}

/** Back in the locked session. */
async function identifyAgain(program: Program, password: string): Promise<void> {
  const launcher = await program.window('launcher')
  await launcher.getByLabel('Mot de passe', { exact: true }).fill(password)
  await launcher.keyboard.press('Enter')
  await expect(badgeOf(launcher, '0')).toBeVisible()
  await program.window('operators')
}

/** What the journal says of the team, and of what was refused; the rest is told by other stories. */
function team(rows: readonly string[]): string[] {
  const told = /^(?:operators?\.|identification\.refused|session\.ended \S+ (?:suspended|password-reset))/u
  expect(rows.at(-1)).toBe(stopped)
  return rows.filter((row) => told.test(row))
}
