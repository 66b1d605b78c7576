import type { Page } from '@playwright/test'
import { connected } from './support/at-work.ts'
import {
  badgeOf,
  button,
  comeIn,
  expectNoQuestion,
  give,
  isVisible,
  shownPage,
  switchTo,
  tile,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { cameIn, journalled, locked, stopped, story } from './support/story.ts'
import { expect, test, type Workstation } from './support/test.ts'
import { unlessEnded } from './support/main-process.ts'

/** The documentation opened by « 1 », who has then given the workstation to « 2 »: its page, and its veil. */
async function veiled(
  workstation: Workstation,
): Promise<{ program: Program; launcher: Page; documentation: Page; veil: Page }> {
  const { program, launcher } = await connected(workstation)
  await tile(launcher, 'Documentation').click()
  const documentation = await shownPage(program, /documentation$/u)
  await switchTo(workstation, program, '2')
  return { program, launcher, documentation, veil: await program.window('veil') }
}

const changedOverPage = [
  ...cameIn,
  'module.opened 1 documentation window',
  locked,
  'module.veiled 1 documentation',
  'identification.succeeded 2',
  'session.suspended 1',
  'session.connected 2',
]

test.describe('The veil @login @modules', () => {
  test('hides the page of who left, and « Reprendre » asks for them only', async ({ workstation }) => {
    const { program, launcher, documentation, veil } = await veiled(workstation)
    expect(await isVisible(program, documentation)).toBe(false)
    await expect(veil).toHaveTitle('Documentation')
    await expect(veil.getByRole('heading', { name: 'Ouvert au nom de PATRICIA ADJOINTPHARM' })).toBeVisible()

    await button(veil, 'Reprendre').click()
    const identification = await program.window('identification')
    await expect(identification).toHaveTitle('Identification – Documentation')
    await give(identification, '2', workstation.passwordOf('2'))
    await expect(identification.getByText("Ce code n'est pas celui de PATRICIA ADJOINTPHARM.")).toBeVisible()
    expect(await isVisible(program, documentation)).toBe(false)
    await comeIn(workstation, program, '1')
    await shownPage(program, /documentation$/u)
    await program.gone('veil')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...changedOverPage,
      'identification.refused 2 documentation other-operator',
      'identification.succeeded 1 documentation',
      'session.suspended 2',
      'session.resumed 1',
      'session.ended 1 program-closed',
      'session.ended 2 program-closed',
      'module.left 1 documentation nobody',
      stopped,
    ])
  })

  test('« Fermer » closes the page and asks nobody', async ({ workstation }) => {
    const { program, launcher, documentation, veil } = await veiled(workstation)
    const closed = documentation.waitForEvent('close')
    await button(veil, 'Fermer').click({ noWaitAfter: true }).catch(unlessEnded)
    await closed
    await program.gone('veil')
    await journalled(workstation, 'module.left', 'documentation')
    await expectNoQuestion(program)
    await expect(badgeOf(launcher, '2')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...changedOverPage,
      'module.left 1 documentation other-operator',
      'session.ended 2 program-closed',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('keeps the page hidden when somebody else presses its tile', async ({ workstation }) => {
    const { program, launcher, documentation, veil } = await veiled(workstation)
    await tile(launcher, 'Documentation').click()
    await expect(veil.getByRole('heading', { name: 'Ouvert au nom de PATRICIA ADJOINTPHARM' })).toBeVisible()
    // Calls are served in order: once this one is, the tile's has been.
    await button(launcher, "Changer d'opérateur").click()
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    expect(await isVisible(program, documentation)).toBe(false)
    await program.stop()
    expect(story(workstation).slice(0, 8)).toEqual(changedOverPage)
  })
})
