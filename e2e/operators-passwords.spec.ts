import { createThrottleRepository } from '../electron/identification/throttle-repository.ts'
import { systemClock } from '../electron/clock.ts'
import { openStorage } from '../electron/storage/open.ts'
import { readWorkstation } from '../electron/storage/workstation.ts'
import { badgeOf, button, give as identifyAs, startWith, strike, switchTo } from './support/counter.ts'
import { confirm, noted, openOperators, openSheet, press, toldDone } from './support/operators-page.ts'
import { stopped, story } from './support/story.ts'
import { expect, test, type Workstation } from './support/test.ts'

test.describe('Opérateurs, codes and passwords @operators', () => {
  test('unblocks, resets a password, unlinks an RPPS', async ({ workstation }) => {
    await block(workstation, '1')
    const { program } = await startWith(workstation, [])
    const { launcher, page } = await openOperators(workstation, program)
    await openSheet(page, '1', 'PATRICIA ADJOINTPHARM')
    await expect(page.getByRole('article').getByText('Code bloqué')).toBeVisible()
    await press(page, 'Débloquer')
    await toldDone(page, "L'opérateur « 1 » est débloqué.")
    await expect(page.getByText('Code bloqué')).toHaveCount(0)
    await switchTo(workstation, program, '1')
    await switchTo(workstation, program, '0')

    await press(page, 'Réinitialiser le mot de passe')
    await page.keyboard.press('Escape')
    await expect(button(page, 'Réinitialiser le mot de passe')).toBeFocused()
    await page.keyboard.press('Enter')
    await confirm(page, workstation.passwordOf('0'))
    const password = await noted(page)
    await expect(button(page, 'Réinitialiser le mot de passe')).toBeFocused()

    await press(page, 'Dissocier le RPPS')
    // A badge is no password: nothing is sent, nor counted as an error.
    await expect(page.getByLabel(/^Votre mot de passe/u)).toBeFocused()
    await strike(program, page, ['P', 'A', 'T', 'Enter'])
    await expect(page.getByText("Code-barres d'un produit ignoré.")).toBeVisible()
    await confirm(page, workstation.passwordOf('0'))
    await toldDone(page, "Le RPPS de l'opérateur « 1 » est dissocié.")
    await expect(button(page, 'Dissocier le RPPS')).toHaveCount(0)
    await expect(
      page.getByRole('article').getByText("Aucun : s'identifie par son code seulement"),
    ).toBeVisible()

    // One's own would end the session before it is read.
    await openSheet(page, '0', 'TEST TITULAIRE')
    await expect(button(page, 'Réinitialiser le mot de passe')).toHaveAccessibleDescription(/Mes connexions/u)

    await press(launcher, "Changer d'opérateur")
    const identification = await program.window('identification')
    await identifyAs(identification, '1', workstation.passwordOf('1'))
    await expect(identification.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible()
    await identifyAs(identification, '1', password)
    await expect(identification.getByRole('heading', { name: 'Nouveau mot de passe' })).toBeVisible()
    await expect(badgeOf(launcher, '1')).toHaveCount(0)
    await program.stop()
    const rows = story(workstation, [password])
    expect(rows.at(-1)).toBe(stopped)
    expect(rows.filter((row) => /^operator\.|^identification\.refused|password-reset/u.test(row))).toEqual([
      'operator.unblocked 0 operator 1',
      'operator.password-reset 0 operator 1',
      'session.ended 1 password-reset',
      'operator.rpps-unlinked 0 operator 99700261797 1',
      'identification.refused 1 wrong-credentials',
      'identification.refused 1 provisional-password',
    ])
  })
})

/** Ten errors in a row were made with this code. */
async function block({ dataDir }: Workstation, code: string): Promise<void> {
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock: systemClock })
  const workstation = await readWorkstation(storage)
  const throttle = createThrottleRepository({ storage, clock: systemClock, workstation })
  for (let errors = 0; errors < 10; errors += 1) {
    await storage.write((trx) => throttle.recordFailure(trx, code))
  }
  await storage.close()
}
