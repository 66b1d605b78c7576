import type { Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import {
  button,
  comeIn,
  connect,
  expectNoQuestion,
  modulePages,
  programModule,
  shownPage,
  startWith,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import { unlessEnded } from './support/main-process.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

test.describe('« Fermer la journée » @login @modules', () => {
  test('ends every session and closes the pages, and Comptoir stays', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      webModule('documentation', 'Documentation', `${workstation.pagesUrl}documentation`),
      programModule('ventes', 'Ventes', '/bin/sleep', ['60.2001']),
    ])
    await expect(button(launcher, 'Fermer la journée')).toHaveCount(0)
    await connect(workstation, program, '1')
    await tile(launcher, 'Documentation').click()
    await shownPage(program, /documentation$/u)
    await switchTo(workstation, program, '2')
    await tile(launcher, 'Ventes').click()
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription('Ouvert')
    await button(launcher, 'Mes connexions').click()
    await program.window('connections')

    const ask = async (): Promise<Page> => {
      await button(launcher, 'Fermer la journée').focus()
      await launcher.keyboard.press('Enter')
      return program.window('closing')
    }
    const question = await ask()
    const dialog = question.getByRole('alertdialog')
    await expect(dialog).toHaveAccessibleName('Fermer la journée\u00A0?')
    await expect(dialog).toHaveAccessibleDescription(
      '2 sessions se terminent\u00A0: TEST PREPARATEUR, PATRICIA ADJOINTPHARM. Ces pages se ferment\u00A0: Documentation, Mes connexions. À fermer vous-même\u00A0: Ventes. Comptoir reste ouvert, prêt pour la prochaine identification.',
    )
    expect(await faultsOf(question)).toEqual([])
    await expect(button(question, 'Annuler')).toBeFocused()
    await question.keyboard.press('Escape').catch(unlessEnded)
    await program.gone('closing')
    expect(story(workstation).at(-1)).toBe('module.opened 2 comptoir:connections built-in')

    const again = await ask()
    await again.keyboard.press('Shift+Tab')
    await again.keyboard.press('Enter').catch(unlessEnded)
    await program.gone('closing')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await expect(launcher.getByText('Journée fermée. Bonne soirée.')).toBeVisible()
    await expect(launcher.getByText('Encore ouverts, à fermer vous-même\u00A0: Ventes.')).toBeVisible()
    expect(await modulePages(program)).toBe(0)
    await program.gone('connections')
    await program.gone('veil')
    await expectNoQuestion(program)
    // Nobody's session waits any more: « 1 » comes in anew.
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    await comeIn(workstation, program, '1')
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      'module.opened 1 documentation window',
      locked,
      'module.veiled 1 documentation',
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'module.opened 2 ventes program',
      'module.opened 2 comptoir:connections built-in',
      'module.left 1 documentation other-operator',
      'session.ended 2 day-closed',
      'session.ended 1 day-closed',
      'module.left 2 comptoir:connections nobody',
      'day.closed 2 2 2',
      'identification.succeeded 1',
      'session.connected 1',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})
