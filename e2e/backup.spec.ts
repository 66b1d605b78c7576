import { readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backUpToday } from '../electron/program/backups.ts'
import { holdWithOthers } from '../electron/storage/in-use.ts'
import { markDamaged } from '../electron/storage/restore.ts'
import { faultsOf } from './support/axe.ts'
import { attach, endAllOn, freePort, spawnProgram, type Attached } from './support/bare-program.ts'
import { readJournal } from './support/journal.ts'
import { closeWindow, plain, referenceIn, unlessEnded } from './support/main-process.ts'
import { bytesOf, databaseIn } from './support/start-faults.ts'
import { expect, identify, test, type Workstation } from './support/test.ts'

/** The backup of today, of the three rows of the demonstration. */
async function backUp({ dataDir }: Workstation): Promise<void> {
  await backUpToday({ database: databaseIn(dataDir), folder: join(dataDir, 'sauvegardes') })
}

/** Turns the header of the database into nothing that SQLite knows. */
async function damage({ dataDir }: Workstation): Promise<void> {
  const file = databaseIn(dataDir)
  await writeFile(file, (await readFile(file)).fill(0x55, 0, 100))
}

/** Ends what was started again by itself, once its last row is written. */
async function end(program: Attached, workstation: Workstation): Promise<void> {
  process.kill(program.pid, 'SIGTERM')
  await program.ended
  await expect.poll(() => workstation.journal().at(-1)?.kind).toBe('program.stopped')
}

function kindsOf(workstation: Workstation): string[] {
  return workstation.journal().map(({ kind }) => kind)
}

test.describe('A database that is lost @storage', () => {
  test('damaged: its newest sound backup is offered, taken, and the titulaire is told', async ({
    workstation,
  }) => {
    await backUp(workstation)
    await damage(workstation)
    const database = databaseIn(workstation.dataDir)
    const damaged = await bytesOf(database)
    const port = await freePort()
    const first = spawnProgram(workstation, [`--remote-debugging-port=${port}`])
    try {
      const before = await attach(port)
      const page = await before.window('restore')
      await expect(page).toHaveTitle('Sauvegarde proposée')
      await expect(page.getByRole('heading', { name: 'La base de Comptoir est abîmée.' })).toBeVisible()
      await expect(page.getByText('Vérifiée : elle est saine. Elle contient tout jusqu')).toBeVisible()
      await expect(page.getByText('Manquera : ce qui a été fait depuis le')).toBeVisible()
      // The answer that changes nothing.
      await expect(page.getByRole('button', { name: 'Fermer Comptoir' })).toBeFocused()
      expect(await bytesOf(database)).toBe(damaged)

      const other = await holdWithOthers(database)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(page.getByText("La sauvegarde n'a pas été reprise, et rien n'a changé.")).toBeVisible()
      await expect(page.getByText('Comptoir est encore ouvert dans une autre session')).toBeVisible()
      expect(await bytesOf(database)).toBe(damaged)
      other.release()
      await page.getByRole('button', { name: 'Reprendre cette sauvegarde' }).click().catch(unlessEnded)
      expect(await first.ended).toBe(0)
      await before.ended

      const again = await attach(port)
      const launcher = await again.window('launcher')
      await launcher.getByRole('button', { name: "S'identifier" }).click()
      const identification = await again.window('identification')
      await expect(identification.getByLabel('Code opérateur')).toBeFocused()
      await identify(identification, '0', workstation.passwordOf('0'))
      await expect(launcher.getByText('Une sauvegarde a été reprise le')).toBeVisible()
      await end(again, workstation)
    } finally {
      await endAllOn(workstation.dataDir)
      await first.ended
    }
    const aside =
      readdirSync(workstation.dataDir).find((name) => name.startsWith('comptoir.db.abimee-')) ?? ''
    expect(await bytesOf(join(workstation.dataDir, aside))).toBe(damaged)
    expect(kindsOf(workstation).slice(3)).toEqual([
      'database.restored',
      'program.started',
      'identification.succeeded',
      'session.connected',
      'session.ended',
      'program.stopped',
    ])
  })

  test('damaged, without a sound backup: it says so, and touches nothing', async ({ workstation }) => {
    await backUp(workstation)
    const [backup = ''] = readdirSync(join(workstation.dataDir, 'sauvegardes'))
    await writeFile(join(workstation.dataDir, 'sauvegardes', backup), 'x')
    await damage(workstation)
    const damaged = await bytesOf(databaseIn(workstation.dataDir))
    const program = await workstation.start()
    const page = await program.window('restore')
    await expect(page.getByText("Aucune sauvegarde saine n'a été trouvée sur ce poste.")).toBeVisible()
    await expect(page.getByText('Appelez votre assistance avec cette référence')).toBeVisible()
    await expect(page.getByRole('button')).toHaveText(['Fermer Comptoir', 'Aide (F1)'])
    expect(await faultsOf(page)).toEqual([])
    const reference = referenceIn(await page.locator('body').innerText())
    await expect
      .poll(async () => plain(await workstation.log()))
      .toContain(`${reference} cannot start: storage (corrupt)`)
    await closeWindow(program, 'restore')
    expect(await program.ended).toBe(74)
    expect(await bytesOf(databaseIn(workstation.dataDir))).toBe(damaged)
    // The journal cannot be read any more: its bytes are compared.
  })

  test('deleted: none is made in its place, a backup is offered; once back, nothing is asked any more', async ({
    workstation,
  }) => {
    await backUp(workstation)
    await rm(databaseIn(workstation.dataDir))
    const program = await workstation.start()
    const page = await program.window('restore')
    await expect(page.getByRole('heading', { name: 'La base de Comptoir a disparu.' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Reprendre cette sauvegarde' })).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape').catch(unlessEnded)
    expect(await program.ended).toBe(74)
    expect(await bytesOf(databaseIn(workstation.dataDir))).toBeNull()

    const port = await freePort()
    const next = spawnProgram(workstation, [`--remote-debugging-port=${port}`])
    try {
      const before = await attach(port)
      const offer = await before.window('restore')
      await offer.getByRole('button', { name: 'Reprendre cette sauvegarde' }).click().catch(unlessEnded)
      expect(await next.ended).toBe(0)
      await before.ended
      const again = await attach(port)
      await again.window('launcher')
      await end(again, workstation)
      expect(kindsOf(workstation).slice(3)).toEqual([
        'database.restored',
        'program.started',
        'program.stopped',
      ])

      // Thought to be damaged by a program that was mistaken.
      await markDamaged(databaseIn(workstation.dataDir))
      const doubting = spawnProgram(workstation, [`--remote-debugging-port=${port}`])
      expect(await doubting.ended).toBe(0)
      const sure = await attach(port)
      await sure.window('launcher')
      await end(sure, workstation)
    } finally {
      await endAllOn(workstation.dataDir)
      await next.ended
    }
    expect(readJournal(workstation.dataDir).verdict).toEqual({ ok: true, rows: 8 })
  })
})
