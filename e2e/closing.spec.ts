import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { badge, connectTyping, documentationUrl, openDocumentation } from './support/counter.ts'
import { closeWindow, shownUrls, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { expect, onlyOnLinux, test, type Workstation } from './support/test.ts'

test.describe('Closing Comptoir @modules', () => {
  test('with nothing open ends at once, and the session with it', async ({ workstation }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)

    await closeWindow(program, 'launcher')

    expect(await program.ended).toBe(0)
    expect(lastRows(workstation)).toEqual([
      ['session.ended', { reason: 'program-closed' }],
      ['program.stopped', {}],
    ])
  })

  test('with modules open asks first, and « Annuler » or Escape changes nothing', async ({ workstation }) => {
    const { program, launcher, pid } = await withModulesOpen(workstation)
    try {
      for (const cancel of cancellations) {
        await closeWindow(program, 'launcher')
        const question = await program.window('closing')
        await expect(question.getByRole('alertdialog', { name: 'Fermer Comptoir ?' })).toBeVisible()
        await expect(
          question.getByText('2 modules sont encore ouverts : Documentation, Ventes.'),
        ).toBeVisible()
        await expect(question.getByText('La session de PATRICIA ADJOINTPHARM se terminera.')).toBeVisible()
        await expect(question.getByRole('button', { name: 'Annuler' })).toBeFocused()

        await cancel(question).catch(unlessEnded)

        await program.gone('closing')
        await expect.poll(() => focusedUrl(program)).toBe(launcher.url())
      }
      await expect(launcher.getByText(badge)).toBeVisible()
      expect(await shownUrls(program)).toContain(documentationUrl(workstation))
      expect(isAlive(pid)).toBe(true)
      expect(await program.stop()).toBe(0)
    } finally {
      process.kill(pid, 'SIGKILL')
    }
    expect(workstation.journal().filter(({ kind }) => kind === 'session.ended')).toHaveLength(1)
  })

  test('« Fermer Comptoir » closes the pages and leaves the other programs alone', async ({
    workstation,
  }) => {
    const { program, pid } = await withModulesOpen(workstation)
    try {
      await closeWindow(program, 'launcher')
      const question = await program.window('closing')
      await question.getByRole('button', { name: 'Fermer Comptoir' }).click().catch(unlessEnded)

      expect(await program.ended).toBe(0)
      expect(isAlive(pid)).toBe(true)
    } finally {
      process.kill(pid, 'SIGKILL')
    }
    expect(lastRows(workstation, 3)).toEqual([
      ['module.left', { by: 'same-operator' }],
      ['session.ended', { reason: 'program-closed' }],
      ['program.stopped', {}],
    ])
  })

  test('by the system asks nothing', async ({ workstation }) => {
    const { program, pid } = await withModulesOpen(workstation)
    try {
      program.app.process().kill('SIGTERM')

      expect(await program.ended).toBe(0)
      expect(isAlive(pid)).toBe(true)
    } finally {
      process.kill(pid, 'SIGKILL')
    }
    expect(lastRows(workstation, 3)).toEqual([
      ['session.ended', { reason: 'program-closed' }],
      ['module.left', { by: 'nobody' }],
      ['program.stopped', {}],
    ])
  })

  test('by the system, while it asks, is closing all the same', async ({ workstation }) => {
    const { program, pid } = await withModulesOpen(workstation)
    try {
      await closeWindow(program, 'launcher')
      await program.window('closing')
      program.app.process().kill('SIGTERM')

      expect(await program.ended).toBe(0)
    } finally {
      process.kill(pid, 'SIGKILL')
    }
    expect(lastRows(workstation, 1)).toEqual([['program.stopped', {}]])
  })

  test('by a kill loses no row, and the next start works with nobody connected', async ({ workstation }) => {
    const killed = await workstation.start()
    await connectTyping(workstation, killed)
    const before = workstation.journal()
    expect(before.at(-1)?.kind).toBe('session.connected')

    killed.app.process().kill('SIGKILL')

    expect(await killed.ended).toBeNull()
    expect(workstation.journal()).toEqual(before)
    const next = await workstation.start()
    const launcher = await next.window('launcher')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await connectTyping(workstation, next)
    expect(await next.stop()).toBe(0)
    const rows = workstation.journal()
    expect(rows.slice(0, before.length)).toEqual(before)
    expect(rows.slice(before.length).map(({ kind }) => kind)).toEqual([
      'program.started',
      'identification.succeeded',
      'session.connected',
      'session.ended',
      'program.stopped',
    ])
  })
})

const cancellations: readonly ((question: Page) => Promise<void>)[] = [
  (question) => question.keyboard.press('Escape'),
  // It has the focus: nothing is lost by an Enter too many.
  (question) => question.keyboard.press('Enter'),
  (question) => question.getByRole('button', { name: 'Annuler' }).click(),
]

/** A page and an external program open in the operator's name; the program's process, which the caller ends. */
async function withModulesOpen(
  workstation: Workstation,
): Promise<{ program: Program; launcher: Page; pid: number }> {
  onlyOnLinux('/bin/sh')
  const pidFile = join(workstation.dataDir, 'ventes.pid')
  await workstation.settings((settings) => ({
    ...settings,
    modules: [
      {
        id: 'documentation',
        label: 'Documentation',
        access: 'operator',
        launch: { kind: 'window', url: documentationUrl(workstation) },
      },
      {
        id: 'ventes',
        label: 'Ventes',
        access: 'operator',
        launch: {
          kind: 'program',
          command: '/bin/sh',
          args: ['-c', 'echo $$ > "$0" && exec sleep 120', pidFile],
        },
      },
    ],
  }))
  const program = await workstation.start()
  const launcher = await connectTyping(workstation, program)
  await openDocumentation(program, launcher)
  const ventes = launcher.getByRole('button', { name: 'Ventes', exact: true })
  await ventes.click()
  await expect(ventes).toHaveAccessibleDescription('Ouvert')
  const written = (): Promise<string> => readFile(pidFile, 'utf8').catch(() => '')
  await expect.poll(written).toMatch(/^\d+\n$/u)
  return { program, launcher, pid: Number(await written()) }
}

function focusedUrl({ app }: Program): Promise<string | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL())
}

/** The kinds and details of the last rows. */
function lastRows(workstation: Workstation, count = 2): unknown[] {
  return workstation
    .journal()
    .slice(-count)
    .map(({ kind, details }) => [kind, details])
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
