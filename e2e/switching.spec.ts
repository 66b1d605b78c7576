import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import { connected } from './support/at-work.ts'
import { badgeOf, button, comeIn, connect, give, startWith, switchTo, tile } from './support/counter.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, test, type Workstation } from './support/test.ts'

const changed = [
  ...cameIn,
  locked,
  'identification.succeeded 2',
  'session.suspended 1',
  'session.connected 2',
]

test.describe('Changing operator @login', () => {
  test('locks at once, even while another program holds the database', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation)
    const giveBack = holdDatabase(workstation)
    await button(launcher, "Changer d'opérateur").click()
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()
    await expect(launcher.getByText('Opérateur «\u00A01\u00A0» — PATRICIA ADJOINTPHARM')).toBeVisible()
    await expect(launcher.getByText("Changement d'opérateur demandé.")).toBeVisible()
    await expect(tile(launcher, 'Documentation')).toHaveCount(0)
    await program.window('identification')
    expect(story(workstation)).toEqual(cameIn)
    const givenBackAt = Date.now()
    giveBack()

    await expect.poll(() => story(workstation)).toEqual([...cameIn, locked])
    const row = workstation.journal().find(({ kind }) => kind === 'session.locked')
    expect(Date.parse(row?.at ?? '')).toBeLessThan(givenBackAt)
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, locked, 'session.ended 1 program-closed', stopped])
  })

  test('disconnecting works at once too while the database is held', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation)
    const giveBack = holdDatabase(workstation)
    await button(launcher, 'Déconnecter').click()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    expect(story(workstation)).toEqual(cameIn)
    giveBack()
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, 'session.ended 1 disconnect', stopped])
  })

  test('nobody gets in while the database is held', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [])
    await button(launcher, "S'identifier").click()
    const identification = await program.window('identification')
    const giveBack = holdDatabase(workstation)
    await give(identification, '1', workstation.passwordOf('1'))
    await expect(identification.getByRole('alert').filter({ hasText: 'Réf.' })).toContainText(
      'La base de Comptoir est occupée par un autre programme. ',
    )
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    giveBack()
    await give(identification, '1', workstation.passwordOf('1'))
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, 'session.ended 1 program-closed', stopped])
  })

  for (const way of ['Annuler', 'Escape']) {
    test(`${way} returns to the lock, which one's own password opens`, async ({ workstation }) => {
      const { program, launcher } = await connected(workstation)
      const end = await sessionEnd(launcher)
      await button(launcher, "Changer d'opérateur").click()
      const identification = await program.window('identification')
      if (way === 'Escape') await identification.keyboard.press('Escape')
      else await button(identification, 'Annuler').click()
      await program.gone('identification')
      await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()

      const password = launcher.getByLabel('Mot de passe', { exact: true })
      await expect(password).toBeFocused()
      await password.fill(workstation.passwordOf('2'))
      await launcher.keyboard.press('Enter')
      await expect(launcher.getByText('Code opérateur ou mot de passe incorrect.')).toBeVisible()
      await expect(password).toHaveValue('')
      await expect(password).toBeFocused()
      await password.fill(workstation.passwordOf('1'))
      await button(launcher, 'Déverrouiller').click()
      await expect(badgeOf(launcher, '1')).toBeVisible()
      expect(await sessionEnd(launcher)).toBe(end)
      await program.stop()
      expect(story(workstation)).toEqual([
        ...cameIn,
        locked,
        'identification.refused 1 wrong-credentials',
        'identification.succeeded 1',
        'session.unlocked 1',
        'session.ended 1 program-closed',
        stopped,
      ])
    })
  }

  test('another operator comes in, and the first returns to their session', async ({ workstation }) => {
    const { program, launcher } = await connected(workstation)
    const end = await sessionEnd(launcher)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await program.window('identification')
    // Nobody has this code: it is refused like a wrong password, and written nowhere.
    await give(identification, 'ZQX7', workstation.passwordOf('2'))
    await expect(identification.getByText('Code opérateur ou mot de passe incorrect.')).toBeVisible()
    await comeIn(workstation, program, '2')
    await expect(badgeOf(launcher, '2')).toBeVisible()
    await expect(badgeOf(launcher, '1')).toHaveCount(0)

    await switchTo(workstation, program, '1')
    expect(await sessionEnd(launcher)).toBe(end)
    await program.stop()
    expect(story(workstation, ['ZQX7', 'zqx7'])).toEqual([
      ...cameIn,
      locked,
      'identification.refused nobody wrong-credentials',
      ...changed.slice(3),
      'session.locked 2 switch',
      'identification.succeeded 1',
      'session.suspended 2',
      'session.resumed 1',
      'session.ended 1 program-closed',
      'session.ended 2 program-closed',
      stopped,
    ])
  })

  // The row's end is computed some milliseconds before the session's own: operator-session.ts, admissionEvents.
  test('the journal says to the millisecond until when a session lasts', async ({ workstation }) => {
    const { program } = await connected(workstation)
    await switchTo(workstation, program, '2')
    await switchTo(workstation, program, '1')
    await program.stop()
    const untils = workstation
      .journal()
      .filter(({ kind, operatorCode }) => operatorCode === '1' && /connected|resumed/u.test(kind))
      .map(({ details }) => details['until'])
    expect(untils).toHaveLength(2)
    expect(untils[1]).toBe(untils[0])
  })

  test('nothing resumes after a restart', async ({ workstation }) => {
    const first = await connected(workstation)
    await switchTo(workstation, first.program, '2')
    await button(first.launcher, "Changer d'opérateur").click()
    await first.program.window('identification')
    await first.program.stop()

    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await connect(workstation, program, '1')
    await program.stop()
    expect(story(workstation)).toEqual([
      ...changed,
      'session.locked 2 switch',
      'session.ended 2 program-closed',
      'session.ended 1 program-closed',
      stopped,
      'program.started nobody',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

/** Takes the database's write lock, as another program would; returns how to give it back. */
function holdDatabase(workstation: Workstation): () => void {
  const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
  database.exec('begin immediate')
  return () => {
    database.exec('rollback')
    database.close()
  }
}

function sessionEnd(launcher: Page): Promise<string> {
  return launcher.getByText(/^Session jusqu'à \d+\u00A0h\u00A0\d\d$/u).innerText()
}
