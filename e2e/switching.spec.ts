import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import {
  badgeOf,
  comeIn,
  connect,
  expectNoQuestion,
  give,
  isVisible,
  journalled,
  shownPage,
  startWith,
  story,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { expect, test, type Workstation } from './support/test.ts'

/** Comptoir with the documentation for module and operator « 1 » connected. */
async function connected(
  workstation: Workstation,
  session: { maxHours?: number } = {},
): Promise<{ program: Program; launcher: Page }> {
  const documentation = webModule('documentation', 'Documentation', `${workstation.pagesUrl}documentation`)
  const started = await startWith(workstation, [documentation], session)
  await connect(workstation, started.program, '1')
  return started
}

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

/** Takes the database's write lock, as another program would; returns how to give it back. */
function holdDatabase(workstation: Workstation): () => void {
  const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
  database.exec('begin immediate')
  return () => {
    database.exec('rollback')
    database.close()
  }
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

function sessionEnd(launcher: Page): Promise<string> {
  return launcher.getByText(/^Session jusqu'à \d+\u00A0h\u00A0\d\d$/u).innerText()
}

const locked = 'session.locked 1 switch'
const cameIn = ['identification.succeeded 1', 'session.connected 1']
const stopped = 'program.stopped nobody'
const changed = [
  ...cameIn,
  locked,
  'identification.succeeded 2',
  'session.suspended 1',
  'session.connected 2',
]
const changedOverPage = [
  ...cameIn,
  'module.opened 1 documentation window',
  locked,
  'module.veiled 1 documentation',
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
      stopped,
      'program.started nobody',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

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
      'module.left 1 documentation nobody',
      stopped,
    ])
  })

  test('« Fermer » closes the page and asks nobody', async ({ workstation }) => {
    const { program, launcher, documentation, veil } = await veiled(workstation)
    const closed = documentation.waitForEvent('close')
    await button(veil, 'Fermer').click({ noWaitAfter: true })
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
