import type { Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import { read, refusedWith, write } from './support/by-psc.ts'
import { badgeOf, button, startWith } from './support/counter.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, identify, test, type, type Workstation } from './support/test.ts'

const chosen = 'brouette cactus ventouse'
const provisional = 'identification.refused 1 provisional-password'

test.describe('A provisional password @login @operators', () => {
  test('is changed before one comes in, by the keyboard alone', async ({ workstation }) => {
    givenProvisional(workstation)
    const { program, launcher } = await startWith(workstation, [])
    await launcher.getByRole('button', { name: "S'identifier" }).press('Enter')
    const identification = await program.window('identification')
    await identify(identification, '1', workstation.passwordOf('1'))
    await expect(identification.getByRole('heading', { name: 'Nouveau mot de passe' })).toBeVisible()
    await expect(identification.getByLabel('Mot de passe', { exact: true })).toBeFocused()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    expect(await faultsOf(identification)).toEqual([])

    await identification.keyboard.press('Escape')
    await program.gone('identification')
    expect(isProvisional(workstation)).toBe(true)
    await launcher.getByRole('button', { name: "S'identifier" }).press('Enter')
    await program.window('identification')
    await identify(identification, '1', workstation.passwordOf('1'))
    await expect(identification.getByRole('heading', { name: 'Nouveau mot de passe' })).toBeVisible()

    await choose(identification, workstation.passwordOf('1'))
    await expect(identification.getByText("C'est le mot de passe que vous avez déjà.")).toBeVisible()
    await choose(identification, 'patricia 1')
    await expect(identification.getByText('Ce mot de passe se devine trop facilement.')).toBeVisible()
    expect(isProvisional(workstation)).toBe(true)
    await choose(identification, chosen)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(isProvisional(workstation)).toBe(false)

    // Reset while they are away: what it was no longer unlocks anything.
    givenProvisional(workstation)
    await button(launcher, "Changer d'opérateur").click()
    await button(await program.window('identification'), 'Annuler').click()
    await program.gone('identification')
    await launcher.getByLabel('Mot de passe', { exact: true }).fill(chosen)
    await launcher.keyboard.press('Enter')
    await refusedWith(workstation, launcher, 'Ce mot de passe est provisoire.')
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    await program.stop()
    expect(story(workstation, [chosen])).toEqual([
      provisional,
      provisional,
      'operator.password-changed 1 provisional',
      ...cameIn,
      locked,
      provisional,
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

async function choose(identification: Page, password: string): Promise<void> {
  await identification.getByLabel('Mot de passe', { exact: true }).fill('')
  await type(identification, password)
  const again = identification.getByLabel('Mot de passe, une seconde fois')
  await again.fill('')
  await again.focus()
  await type(identification, password)
  await identification.keyboard.press('Enter')
}

/** As after « Réinitialiser le mot de passe ». */
function givenProvisional(workstation: Workstation): void {
  write(workstation, "update operator set provisional = 1 where code = '1'")
}

function isProvisional(workstation: Workstation): boolean {
  const row = read(workstation, "select provisional from operator where code = '1'")
  return typeof row === 'object' && row !== null && 'provisional' in row && row.provisional === 1
}
