import type { Page } from '@playwright/test'
import {
  badgeOf,
  closeWindow,
  comeIn,
  expectNoQuestion,
  isFocused,
  journalled,
  pastDeafTime,
  programModule,
  shownPage,
  startWith,
  story,
  strike,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { expect, test, type Workstation } from './support/test.ts'

/** Operator « 1 » at work in the documentation, and in the planning too when told so. */
async function atWork(
  workstation: Workstation,
  { planning = false } = {},
): Promise<{ program: Program; launcher: Page; documentation: Page; leave: () => Promise<Page> }> {
  const { program, launcher } = await startWith(
    workstation,
    [
      webModule('documentation', 'Documentation', `${workstation.pagesUrl}documentation`),
      webModule('planning', 'Planning', `${workstation.pagesUrl}planning`),
    ],
    { stayConnectedSeconds: 20 },
  )
  if (planning) {
    await tile(launcher, 'Planning').click()
    await comeIn(workstation, program, '1')
    await shownPage(program, /planning$/u)
  }
  await tile(launcher, 'Documentation').click()
  if (!planning) await comeIn(workstation, program, '1')
  const documentation = await shownPage(program, /documentation$/u)
  const leave = async (): Promise<Page> => {
    await closeWindow(program, documentation)
    return program.window('stay-connected')
  }
  return { program, launcher, documentation, leave }
}

/** How each story begins in the journal, and ends once the program has stopped. */
const cameIn = [
  'identification.succeeded 1 documentation',
  'session.connected 1',
  'module.opened 1 documentation window',
]
const left = 'module.left 1 documentation same-operator'
const both = [
  'identification.succeeded 1 planning',
  'session.connected 1',
  'module.opened 1 planning window',
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
    await expect(question.getByRole('button')).toHaveText(['Rester connecté', 'Déconnecter'])
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

  test('several modules left at once make one question', async ({ workstation }) => {
    const { program, launcher } = await atWork(workstation, { planning: true })
    await program.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().startsWith('http')) window.close()
      }
    })
    const question = await program.window('stay-connected')
    await expect(
      question.getByText(/^Vous avez quitté\u00A0: (?:Planning, Documentation|Documentation, Planning)\.$/u),
    ).toBeVisible()
    await expect(question.getByRole('timer')).toBeVisible()
    await expect(question.getByRole('button', { name: 'Déconnecter' })).toBeFocused()
    await pastDeafTime(question)
    await question.getByRole('button', { name: 'Rester connecté' }).click()
    await program.gone('stay-connected')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    const rows = story(workstation)
    expect(rows.filter((row) => row.startsWith('module.left')).sort()).toEqual([
      left,
      'module.left 1 planning same-operator',
    ])
    expect(rows.filter((row) => row.startsWith('stay-connected.'))).toEqual([
      'stay-connected.answered 1 stay',
    ])
  })

  const waysOn = [
    {
      what: 'typing in it',
      go: async (program: Program, planning: Page) => strike(program, planning, ['a']),
    },
    {
      what: 'clicking in it',
      go: async (program: Program, planning: Page) => {
        const browserWindow = await program.app.browserWindow(planning)
        await browserWindow.evaluate(({ webContents }) => {
          for (const type of ['mouseDown', 'mouseUp'] as const)
            webContents.sendInputEvent({ type, x: 40, y: 40, button: 'left', clickCount: 1 })
        })
      },
    },
    {
      what: 'opening a module',
      go: async (program: Program) => tile(await program.window('launcher'), 'Planning').click(),
    },
  ]
  for (const { what, go } of waysOn) {
    test(`another module still open: the question waits aside, and ${what} is staying`, async ({
      workstation,
    }) => {
      const { program, launcher, leave } = await atWork(workstation, { planning: true })
      const planning = await shownPage(program, /planning$/u)
      const question = await leave()
      await expect(question.getByText('1 module encore ouvert à votre nom\u00A0: Planning')).toBeVisible()
      await expect(question.getByRole('timer')).toHaveCount(0)
      expect(await isFocused(program, question)).toBe(false)
      await go(program, planning)
      await program.gone('stay-connected')
      await expect(badgeOf(launcher, '1')).toBeVisible()
      await program.stop()
      expect(story(workstation)).toEqual([
        ...both,
        left,
        'stay-connected.answered 1 stay',
        'session.ended 1 program-closed',
        'module.left 1 planning nobody',
        'program.stopped nobody',
      ])
    })
  }

  test('a program left asks; one that hands over, or whose process says nothing, does not', async ({
    workstation,
  }) => {
    const { program, launcher } = await startWith(workstation, [
      programModule('relais', 'Relais', '/bin/true'),
      {
        id: 'stock',
        label: 'Stock',
        access: 'operator',
        launch: { kind: 'program', command: '/bin/sleep', args: ['5.2001'], leave: 'none' },
      },
      programModule('ventes', 'Ventes', '/bin/sleep', ['6.5001']),
    ])
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await tile(launcher, 'Stock').click()
    await tile(launcher, 'Relais').click()
    await journalled(workstation, 'module.left', 'relais')
    await expectNoQuestion(program)
    await journalled(workstation, 'module.left', 'stock')
    await expectNoQuestion(program)

    const question = await program.window('stay-connected')
    await expect(question.getByText('Vous avez quitté\u00A0: Ventes.')).toBeVisible()
    await pastDeafTime(question)
    await question.getByRole('button', { name: 'Rester connecté' }).click()
    await program.gone('stay-connected')
    await program.stop()
    expect(story(workstation).filter((row) => /left|answered/u.test(row))).toEqual([
      'module.left 1 relais same-operator',
      'module.left 1 stock same-operator',
      'module.left 1 ventes same-operator',
      'stay-connected.answered 1 stay',
    ])
  })

  test('a program that somebody else opened asks nobody', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      programModule('ventes', 'Ventes', '/bin/sleep', ['5.5001']),
    ])
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await switchTo(workstation, program, '2')
    await journalled(workstation, 'module.left', 'ventes')
    await expectNoQuestion(program)
    await expect(badgeOf(launcher, '2')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      'session.locked 1 switch',
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'module.left 1 ventes other-operator',
      'session.ended 2 program-closed',
      'program.stopped nobody',
    ])
  })

  const waysAway = [
    { what: 'disconnecting', button: 'Déconnecter', row: 'session.ended 1 disconnect' },
    { what: 'locking', button: "Changer d'opérateur", row: 'session.locked 1 switch' },
  ]
  for (const { what, button, row } of waysAway) {
    test(`${what} in the launcher takes the question away`, async ({ workstation }) => {
      const { program, launcher, leave } = await atWork(workstation)
      await leave()
      await launcher.getByRole('button', { name: button }).click()
      await program.gone('stay-connected')
      await program.stop()
      const rows = story(workstation)
      expect(rows.slice(3, 5)).toEqual([left, row])
      expect(rows.some((told) => told.startsWith('stay-connected.'))).toBe(false)
    })
  }
})
