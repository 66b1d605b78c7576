import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChainedRow } from '../electron/journal/chain.ts'
import type { WindowRole } from '../electron/ipc/views.ts'
import { badge, connectTyping, documentationUrl, openDocumentation } from './support/counter.ts'
import { readJournal } from './support/journal.ts'
import {
  closeWindow,
  closeWindowAt,
  crash,
  crashAt,
  pressIn,
  referenceIn,
  shownUrls,
  textOf,
  unlessEnded,
} from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { expect, identify, ownProfile, test } from './support/test.ts'

const told = "Une fenêtre de Comptoir s'est fermée brusquement ; rien n'est perdu."

test.describe('A window that crashes @login', () => {
  test('the launcher comes back, with the session as it was', async ({ workstation }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)

    await crash(program, 'launcher')

    await expect.poll(() => textOf(program, 'launcher')).toContain(badge)
    await isTold(program, 'launcher', workstation.dataDir)
    await pressIn(program, 'launcher', "J'ai compris")
    await expect.poll(() => textOf(program, 'launcher')).not.toContain(told)
    await pressIn(program, 'launcher', 'Déconnecter')
    await expect.poll(() => textOf(program, 'launcher')).toContain('Aucun opérateur connecté')
    expect(await program.stop()).toBe(0)
    expect(kindsOf(workstation.journal())).toEqual([
      'identification.succeeded',
      'session.connected',
      'window.crashed',
      'session.ended',
      'program.stopped',
    ])
  })

  test('the launcher that is locked comes back locked', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await launcher.getByRole('button', { name: "Changer d'opérateur" }).click()
    await (await program.window('identification')).keyboard.press('Escape')
    await program.gone('identification')

    await crash(program, 'launcher')

    await expect.poll(() => textOf(program, 'launcher')).toContain('Comptoir verrouillé')
    expect(await textOf(program, 'launcher')).not.toContain('Déconnecter')
    expect(await program.stop()).toBe(0)
    expect(kindsOf(workstation.journal())).toContain('window.crashed')
  })

  test('the launcher that crashes again at once ends the program and its session', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)

    await crash(program, 'launcher')
    await crash(program, 'launcher')

    expect(await program.ended).toBe(69)
    const rows = workstation.journal()
    expect(kindsOf(rows)).toEqual([
      'identification.succeeded',
      'session.connected',
      'window.crashed',
      'window.crashed',
      'session.ended',
      'program.stopped',
    ])
    expect(rows.at(-2)?.details).toEqual({ reason: 'program-closed' })
  })

  test('the identification: nobody comes in, and the next attempt works', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    const identification = await program.window('identification')
    await identification.getByLabel('Code opérateur').fill('1')
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))

    await crash(program, 'identification')

    await program.gone('identification')
    await isTold(program, 'identification', workstation.dataDir)
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    const next = await program.window('identification')
    await expect(next.getByLabel('Code opérateur')).toHaveValue('')
    await expect(next.getByLabel('Mot de passe', { exact: true })).toHaveValue('')
    await identify(next, '1', workstation.passwordOf('1'))
    await program.gone('identification')
    await expect(launcher.getByText(badge)).toBeVisible()
    expect(await program.stop()).toBe(0)
    expect(kindsOf(workstation.journal())).toEqual([
      'window.crashed',
      'identification.succeeded',
      'session.connected',
      'session.ended',
      'program.stopped',
    ])
  })

  test('« Rester connecté ? »: its operator is disconnected', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await openDocumentation(program, launcher)
    await closeWindowAt(program, documentationUrl(workstation))
    await program.window('stay-connected')

    await crash(program, 'stay-connected')

    await program.gone('stay-connected')
    await isTold(program, 'stay-connected', workstation.dataDir)
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    expect(await program.stop()).toBe(0)
    const rows = workstation.journal()
    expect(rows.find(({ kind }) => kind === 'session.ended')?.details).toEqual({ reason: 'window-closed' })
    expect(rows.find(({ kind }) => kind === 'stay-connected.answered')?.details).toEqual({
      answer: 'window-closed',
    })
  })

  test('the veil comes back, and the page behind it is never seen', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await openDocumentation(program, launcher)
    await launcher.getByRole('button', { name: 'Déconnecter' }).click()
    await expect.poll(() => textOf(program, 'veil')).toContain('Ouvert au nom de PATRICIA ADJOINTPHARM')
    const url = documentationUrl(workstation)
    const timesSeen = await program.app.evaluateHandle(({ BrowserWindow }, wanted) => {
      const times = { shown: 0 }
      const page = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted)
      page?.on('show', () => {
        times.shown += 1
      })
      return times
    }, url)
    expect(await shownUrls(program)).not.toContain(url)

    await crash(program, 'veil')

    await expect.poll(() => textOf(program, 'veil')).toContain('Ouvert au nom de PATRICIA ADJOINTPHARM')
    await isTold(program, 'veil', workstation.dataDir)
    expect(await timesSeen.evaluate(({ shown }) => shown)).toBe(0)
    expect(await shownUrls(program)).not.toContain(url)
    await pressIn(program, 'veil', 'Fermer')
    await program.gone('veil')
    expect(await timesSeen.evaluate(({ shown }) => shown)).toBe(0)
    expect(await program.stop()).toBe(0)
    expect(kindsOf(workstation.journal())).toContain('module.left')
  })

  test('« Créer le titulaire »: nobody is created, and it opens again', async ({ workstation }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'comptoir-e2e-'))
    const program = await workstation.start({ dataDir })
    try {
      const launcher = await program.window('launcher')
      await launcher.getByRole('button', { name: 'Créer le titulaire' }).click()
      await (await program.window('first-run')).getByLabel('Prénom').fill('TEST')

      await crash(program, 'first-run')

      await program.gone('first-run')
      await isTold(program, 'first-run', dataDir)
      await launcher.getByRole('button', { name: 'Créer le titulaire' }).click()
      await expect((await program.window('first-run')).getByLabel('Prénom')).toHaveValue('')
      expect(await program.stop()).toBe(0)
      expect(soundRows(dataDir).map(({ kind }) => kind)).toEqual([
        'program.started',
        'window.crashed',
        'program.stopped',
      ])
    } finally {
      await program.stop()
      await rm(dataDir, { recursive: true })
    }
  })

  test('« Fermer Comptoir ? »: nothing is closed, and the question can be asked again', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await openDocumentation(program, launcher)
    await closeWindow(program, 'launcher')
    await program.window('closing')

    await crash(program, 'closing')

    await program.gone('closing')
    await isTold(program, 'closing', workstation.dataDir)
    await expect(launcher.getByText(badge)).toBeVisible()
    expect(await shownUrls(program)).toContain(documentationUrl(workstation))
    await closeWindow(program, 'launcher')
    const closing = await program.window('closing')
    await closing.getByRole('button', { name: 'Fermer Comptoir' }).click().catch(unlessEnded)
    expect(await program.ended).toBe(0)
    expect(kindsOf(workstation.journal()).at(-1)).toBe('program.stopped')
  })

  test('the launcher, twice, under « Fermer Comptoir ? » ends the program properly', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await openDocumentation(program, launcher)
    await closeWindow(program, 'launcher')
    await program.window('closing')

    await crash(program, 'launcher')
    await crash(program, 'launcher')

    expect(await program.ended).toBe(69)
    expect(kindsOf(workstation.journal())).toContain('session.ended')
  })

  test('the page of a module: it is left, with a sentence and a reference', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    await openDocumentation(program, launcher)

    await crashAt(program, documentationUrl(workstation))

    await expect(launcher.getByText("« Documentation » s'est arrêté brusquement.")).toBeVisible()
    const reference = referenceIn(await launcher.getByText(/^Réf\. /u).innerText())
    await expect
      .poll(() => workstation.journal().find((row) => row.reference === reference))
      .toMatchObject({ kind: 'module.failed', module: 'documentation', details: { reason: 'page-crashed' } })
    expect(await shownUrls(program)).not.toContain(documentationUrl(workstation))
    await expect(
      launcher.getByRole('button', { name: 'Documentation', exact: true }),
    ).not.toHaveAccessibleDescription('Ouvert')
    expect(await program.stop()).toBe(0)
    expect(kindsOf(workstation.journal())).toContain('module.left')
  })
})

/** The launcher tells of the crash with a reference, which the journal has in its row and the log in its line. */
async function isTold(program: Program, role: WindowRole, dataDir: string): Promise<void> {
  await expect.poll(() => textOf(program, 'launcher')).toContain(told)
  const reference = referenceIn(await textOf(program, 'launcher'))
  await expect
    .poll(() => soundRows(dataDir).find((row) => row.reference === reference))
    .toMatchObject({ kind: 'window.crashed', outcome: 'failed', details: { role } })
  await expect.poll(() => technicalLog(dataDir)).toContain(`${reference} the ${role} window crashed`)
}

/** The kinds of the rows after the four of the demonstration and of the start. */
function kindsOf(rows: readonly ChainedRow[]): string[] {
  return rows.slice(4).map(({ kind }) => kind)
}

function soundRows(dataDir: string): ChainedRow[] {
  const { rows, verdict } = readJournal(dataDir)
  expect(verdict).toMatchObject({ ok: true })
  return rows
}

function technicalLog(dataDir: string): Promise<string> {
  return readFile(join(ownProfile(dataDir), 'journal-technique.log'), 'utf8').catch(() => '')
}
