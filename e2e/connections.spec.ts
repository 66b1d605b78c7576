import { faultsOf } from './support/axe.ts'
import { button, comeIn, connect, openDocumentation, switchTo, give } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import { story } from './support/story.ts'
import { expect, test, type } from './support/test.ts'

test.describe('« Mes connexions »', { tag: '@journal' }, () => {
  test('shows one’s own rows only, and changes one’s own password, which is then the one that comes in', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await connect(workstation, program, '0')
    await switchTo(workstation, program, '1')
    await openDocumentation(program, launcher)
    await button(launcher, 'Mes connexions').press('Enter')
    const page = await program.window('connections')
    await expect(page.getByRole('region', { name: "Aujourd'hui" })).toBeVisible()
    const own = (await page.locator('.what-happened').allInnerTexts()).map(plain)
    expect(own).toEqual([
      'Module « Mes connexions » ouvert.',
      'Module « Documentation » ouvert.',
      expect.stringMatching(/^Session ouverte/u),
      'Identification réussie par code et mot de passe.',
    ])
    expect(await faultsOf(page)).toEqual([])

    await button(page, 'Changer mon mot de passe').press('Enter')
    await expect(page.getByLabel('Mot de passe actuel')).toBeFocused()
    const [before, next] = [workstation.passwordOf('1'), 'brouette satin compas girofle']
    const ask = async (current: string): Promise<void> => {
      await page.getByLabel('Mot de passe actuel').fill('')
      await page.getByLabel('Mot de passe actuel').focus()
      await type(page, current)
      await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(next)
      await page.getByLabel('Nouveau, une seconde fois').fill(next)
      await expect(page.getByText('Assez sûr.')).toBeVisible()
      await page.keyboard.press('Enter')
    }
    await ask('pas le bon')
    await expect(page.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible()
    await expect(page.getByLabel('Mot de passe actuel')).toBeFocused()
    expect(await faultsOf(page)).toEqual([])
    await ask(before)
    await expect(
      page.getByRole('status').filter({ hasText: 'Votre nouveau mot de passe est enregistré' }),
    ).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await button(launcher, 'Déconnecter').press('Enter')
    await expect.poll(() => page.isClosed()).toBe(true)
    await button(launcher, "S'identifier").press('Enter')
    const identification = await program.window('identification')
    await give(identification, '1', before)
    await expect(identification.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible()
    await comeIn(workstation, program, '1', (asked) => give(asked, '1', next))
    await program.stop()
    const told = story(workstation, [before, next, 'pas le bon'])
    expect(told.filter((line) => line.includes('password-changed'))).toEqual([
      'operator.password-changed 1 own',
    ])
    expect(told.filter((line) => line.startsWith('journal.'))).toEqual([])
  })
})
