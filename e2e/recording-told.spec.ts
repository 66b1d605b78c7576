import { faultsOf } from './support/axe.ts'
import { write } from './support/by-psc.ts'
import { badgeOf, button, connect, startWith } from './support/counter.ts'
import { cameIn, stopped, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

const said =
  'Comptoir enregistre vos connexions et les modules ouverts, pour la sécurité et la traçabilité, pendant 12 mois. Ce journal ne sert pas à mesurer le temps de travail. Vos droits : le titulaire de PHARMACIE DU TEST.'

test('what the journal records is told to each of the team, until they have read it @login @journal', async ({
  workstation,
}) => {
  write(workstation, "update operator set told_at = null where code = '1'")
  const { program, launcher } = await startWith(workstation, [])
  await connect(workstation, program, '1')
  await expect(launcher.getByRole('status').filter({ hasText: said })).toBeVisible()
  expect(await faultsOf(launcher)).toEqual([])
  await button(launcher, 'Déconnecter').click()
  await expect(launcher.getByText(said)).toHaveCount(0)

  await connect(workstation, program, '1')
  await expect(launcher.getByText(said)).toBeVisible()
  await button(launcher, "J'ai compris").press('Enter')
  await expect(launcher.getByText(said)).toHaveCount(0)
  await button(launcher, 'Déconnecter').click()
  await connect(workstation, program, '1')
  await expect(badgeOf(launcher, '1')).toBeVisible()
  await expect(launcher.getByText(said)).toHaveCount(0)
  await program.stop()
  const left = 'session.ended 1 disconnect'
  expect(story(workstation)).toEqual([
    ...cameIn,
    left,
    ...cameIn,
    'operator.told 1',
    left,
    ...cameIn,
    'session.ended 1 program-closed',
    stopped,
  ])
})
