import { connected } from './support/at-work.ts'
import { badgeOf, button, comeIn, connect, give } from './support/counter.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

test.describe('The end of a session @login', () => {
  test('comes by itself, is said, and leaves nothing to see', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation, { maxHours: 0.001 })
    await expect(launcher.getByText('Session bientôt terminée.')).toBeVisible()
    const notice = /^Session terminée\u00A0: 1\u00A0minute écoulées?\. Identifiez-vous de nouveau\.$/u
    await expect(launcher.getByRole('status').getByText(notice)).toBeVisible()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await expect(launcher.getByText('PATRICIA ADJOINTPHARM')).toHaveCount(0)
    await connect(workstation, program, '1')
    await expect(launcher.getByText(notice)).toHaveCount(0)
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      'session.ended 1 expired',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('takes the lock away too', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation, { maxHours: 0.001 })
    await button(launcher, "Changer d'opérateur").click()
    const identification = await program.window('identification')
    await button(identification, 'Annuler').click()
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, locked, 'session.ended 1 expired', stopped])
  })

  test('is put off by identifying again, the same operator only', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation, { maxHours: 0.003 })
    await expect(launcher.getByText('Session bientôt terminée.')).toBeVisible()
    await button(launcher, 'Me réidentifier maintenant').click()
    const identification = await program.window('identification')
    await expect(
      identification.getByText('Seul le code de PATRICIA ADJOINTPHARM est attendu ici.'),
    ).toBeVisible()
    await give(identification, '2', workstation.passwordOf('2'))
    await expect(identification.getByText("Ce code n'est pas celui de PATRICIA ADJOINTPHARM.")).toBeVisible()
    await expect(identification.getByText('Saisissez le sien, ou annulez.')).toBeVisible()
    await comeIn(workstation, program, '1')
    await expect(launcher.getByText('Session bientôt terminée.')).toHaveCount(0)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      'identification.refused 2 other-operator',
      'identification.succeeded 1',
      'session.renewed 1',
      'session.ended 1 program-closed',
      stopped,
    ])
    const [before, after] = workstation
      .journal()
      .flatMap(({ details }) => (typeof details['until'] === 'string' ? [Date.parse(details['until'])] : []))
    expect(after).toBeGreaterThan(before ?? Infinity)
  })
})
