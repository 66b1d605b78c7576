import type { Page } from '@playwright/test'
import { atWork, left } from './support/at-work.ts'
import { badgeOf, closeWindow, isFocused, pastDeafTime, strike, tile } from './support/counter.ts'
import type { Program } from './support/program.ts'
import { story } from './support/story.ts'
import { expect, test } from './support/test.ts'

/** How each story begins in the journal. */
const cameIn = [
  'identification.succeeded 1 documentation',
  'session.connected 1',
  'module.opened 1 documentation window',
]

test.describe('« Rester connecté ? » @stay-connected', () => {
  test('the last module left asks, and Enter disconnects', async ({ workstation }) => {
    const { program, launcher, leave } = await atWork(workstation)
    const question = await leave()

    const dialog = question.getByRole('alertdialog')
    await expect(question).toHaveTitle('Rester connecté\u00A0?')
    await expect(dialog).toHaveAccessibleName('Rester connecté\u00A0?')
    await expect(dialog).toHaveAccessibleDescription(
      /^Vous avez quitté\u00A0: Documentation\. Opérateur «\u00A01\u00A0» connecté PATRICIA ADJOINTPHARM RPPS 99700261797 Sans réponse, déconnexion dans \d+\u00A0s$/u,
    )
    await expect(question.getByRole('timer')).toHaveText(/^Sans réponse, déconnexion dans \d+\u00A0s$/u)
    await expect(dialog.getByRole('button')).toHaveText(['Rester connecté', 'Déconnecter'])
    await expect(question.getByRole('button', { name: 'Déconnecter' })).toBeFocused()
    expect(await isFocused(program, question)).toBe(true)

    await pastDeafTime(question)
    await question.keyboard.press('Enter')
    await program.gone('stay-connected')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      left,
      'stay-connected.answered 1 disconnect',
      'session.ended 1 stay-connected-disconnect',
      'program.stopped nobody',
    ])
  })

  test('« Rester connecté » keeps the session', async ({ workstation }) => {
    const { program, launcher, leave } = await atWork(workstation)
    const question = await leave()
    await pastDeafTime(question)
    await question.getByRole('button', { name: 'Rester connecté' }).click()
    await program.gone('stay-connected')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(tile(launcher, 'Documentation')).not.toHaveAccessibleDescription('Ouvert')
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      left,
      'stay-connected.answered 1 stay',
      'session.ended 1 program-closed',
      'program.stopped nobody',
    ])
  })

  const waysOut = [
    {
      what: 'Escape',
      reason: 'escape',
      go: (_: Program, question: Page) => question.keyboard.press('Escape'),
    },
    { what: 'closing the question', reason: 'window-closed', go: closeWindow },
  ]
  for (const { what, reason, go } of waysOut) {
    test(`${what} disconnects`, async ({ workstation }) => {
      const { program, launcher, leave } = await atWork(workstation)
      const question = await leave()
      await pastDeafTime(question)
      await go(program, question)
      await program.gone('stay-connected')
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
      await program.stop()
      expect(story(workstation)).toEqual([
        ...cameIn,
        left,
        `stay-connected.answered 1 ${reason}`,
        `session.ended 1 ${reason}`,
        'program.stopped nobody',
      ])
    })
  }

  test('nobody answers: twenty seconds later nobody is connected', async ({ workstation }) => {
    const { program, launcher, leave } = await atWork(workstation)
    const question = await leave()
    // Said twice: at the opening and at ten seconds, not each second.
    const spoken = question.locator('[aria-live=polite]')
    await expect(spoken).toHaveText('Sans réponse, déconnexion dans 20\u00A0s')
    await expect(question.getByRole('timer')).toHaveText('Sans réponse, déconnexion dans 12\u00A0s', {
      timeout: 15_000,
    })
    await expect(spoken).toHaveText('Sans réponse, déconnexion dans 20\u00A0s')
    await expect(spoken).toHaveText('Sans réponse, déconnexion dans 10\u00A0s')
    await program.gone('stay-connected')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      left,
      'stay-connected.answered 1 countdown',
      'session.ended 1 countdown',
      'program.stopped nobody',
    ])
    const [from, to] = ['module.left', 'session.ended'].map((kind) =>
      Date.parse(workstation.journal().find((row) => row.kind === kind)?.at ?? ''),
    )
    expect(Math.round(((to ?? 0) - (from ?? 0)) / 1000)).toBe(20)
  })

  // The guard comes after the window has been told to show, half of the time: renderer/stay-connected/useGuard.ts.
  test('what was being typed as the question came is no answer', async ({ workstation }) => {
    const { program, leave } = await atWork(workstation)
    // From main, as the window shows: Playwright's own input might come too late on a busy machine.
    await program.app.evaluate(({ BrowserWindow }) => {
      const asking = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes('/stay-connected/'),
      )
      asking?.once('show', () => {
        const [width = 0, height = 0] = asking.getContentSize()
        const { webContents } = asking
        webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Enter' })
        webContents.sendInputEvent({ type: 'char', keyCode: '\r' })
        webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Enter' })
        webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' })
        for (const x of [width / 4, (width * 3) / 4]) {
          const there = { x: Math.round(x), y: height - 40, button: 'left', clickCount: 1 } as const
          for (const type of ['mouseDown', 'mouseUp'] as const) webContents.sendInputEvent({ type, ...there })
        }
      })
    })

    const question = await leave()
    const clicked = await question.evaluate(() =>
      [innerWidth / 4, (innerWidth * 3) / 4].map(
        (x) => document.elementFromPoint(x, innerHeight - 40)?.closest('button')?.textContent,
      ),
    )
    expect(clicked).toEqual(['Rester connecté', 'Déconnecter'])
    await pastDeafTime(question)
    await expect(question.getByRole('button', { name: 'Déconnecter' })).toBeFocused()
    expect(await program.isShown('stay-connected')).toBe(true)
    await strike(program, question, ['Enter'])
    await program.gone('stay-connected')
    await program.stop()
    expect(story(workstation).slice(3)).toEqual([
      left,
      'stay-connected.answered 1 disconnect',
      'session.ended 1 stay-connected-disconnect',
      'program.stopped nobody',
    ])
  })

  test('a key held down and a scanned product are no answer', async ({ workstation }) => {
    const { program, leave } = await atWork(workstation)
    const question = await leave()
    await pastDeafTime(question)
    await strike(program, question, ['Enter', 'Enter', 'Escape', 'Space'], ['isAutoRepeat'])
    await strike(program, question, [...'3400930000001'.split(''), 'Enter'])
    await strike(program, question, ['P', 'A', 'T', 'Enter'])
    await question.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    await expect(question.getByRole('button', { name: 'Déconnecter' })).toBeFocused()
    expect(await program.isShown('stay-connected')).toBe(true)

    await pastDeafTime(question)
    await strike(program, question, ['Escape'])
    await program.gone('stay-connected')
    await program.stop()
    expect(story(workstation, ['3400930000001']).slice(3)).toEqual([
      left,
      'stay-connected.answered 1 escape',
      'session.ended 1 escape',
      'program.stopped nobody',
    ])
  })
})
