import type { Page } from '@playwright/test'
import { atWork, left } from './support/at-work.ts'
import {
  badgeOf,
  comeIn,
  expectNoQuestion,
  isFocused,
  pastDeafTime,
  programModule,
  shownPage,
  startWith,
  strike,
  switchTo,
  tile,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { journalled, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

/** How each story with two modules begins in the journal. */
const both = [
  'identification.succeeded 1 planning',
  'session.connected 1',
  'module.opened 1 planning window',
  'module.opened 1 documentation window',
]

test.describe('« Rester connecté ? » @stay-connected', () => {
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
      'session.ended 1 program-closed',
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
