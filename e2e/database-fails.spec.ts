import { renameSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { mayMount } from '../electron/storage/testing/mount.ts'
import { connectTyping } from './support/counter.ts'
import { readJournal } from './support/journal.ts'
import { closeWindow, referenceIn } from './support/main-process.ts'
import { databaseIn, fill, lock, onSmallDisk } from './support/start-faults.ts'
import { expect, identify, test, type, type Workstation } from './support/test.ts'

const mounts = await mayMount()

/** Far less than the five seconds for which the database is waited for. */
const atOnce = 1500
/** Rows that could not be written are tried again after five seconds at most; this is more. */
const longestPause = 12_000

/** What happens to the database while Comptoir runs, and what the identification window says of it. */
const runningFaults: readonly {
  name: string
  needsMount?: true
  sentence: string
  remedy: string
  /** Before the start: resolves to the folder of the database, and to what undoes it. */
  prepare: (workstation: Workstation) => Promise<{ folder: string; undo: () => Promise<void> }>
  /** Begins the fault; returns what ends it. */
  begin: (folder: string) => () => void
}[] = [
  {
    name: 'locked by another program',
    sentence: 'La base de Comptoir est occupée par un autre programme.',
    remedy: 'Attendez un instant, puis réessayez.',
    prepare: async ({ dataDir }) => ({ folder: dataDir, undo: async () => undefined }),
    begin: lock,
  },
  {
    name: 'on a disk that is full',
    needsMount: true,
    sentence: "Le disque de ce poste est plein : rien n'a été enregistré.",
    remedy: 'Libérez de la place, puis réessayez.',
    prepare: async (workstation) => {
      const { disk } = await onSmallDisk(workstation)
      return { folder: disk.folder, undo: disk.unmount }
    },
    begin: fill,
  },
  {
    name: 'taken away',
    sentence: 'La base de Comptoir ne répond pas.',
    remedy: 'Réessayez ; si cela se répète, appelez votre assistance.',
    prepare: async ({ dataDir }) => ({ folder: dataDir, undo: async () => undefined }),
    begin: (folder) => {
      const file = databaseIn(folder)
      renameSync(file, `${file}-away`)
      return () => renameSync(`${file}-away`, file)
    },
  },
]

test.describe('A database that fails while one works @settings @login', () => {
  for (const { name, needsMount, sentence, remedy, prepare, begin } of runningFaults) {
    test(`${name}: nobody comes in, and nothing keeps anybody from leaving`, async ({ workstation }) => {
      test.skip(needsMount === true && !mounts, 'this machine mounts nothing')
      const password = workstation.passwordOf('1')
      const { folder, undo } = await prepare(workstation)
      const program = await workstation.start()
      try {
        const launcher = await program.window('launcher')
        /** The rows after the four of the demonstration and of the start. */
        const lastKinds = (): string[] =>
          soundJournal(folder)
            .slice(4)
            .map(({ kind }) => kind)
        /** What a page says of the fault, with a reference that the technical log has. */
        const isTold = async (page: Page): Promise<void> => {
          await expect(page.getByText(sentence)).toBeVisible()
          await expect(page.getByText(remedy)).toBeVisible()
          const reference = referenceIn(await page.getByText(/^Réf\. /u).innerText())
          await expect.poll(workstation.log).toContain(reference)
        }

        const mendBeforeAnyone = begin(folder)
        await launcher.getByRole('button', { name: "S'identifier" }).click()
        const identification = await program.window('identification')
        await identify(identification, '1', password)
        await isTold(identification)
        await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
        mendBeforeAnyone()
        await identification.getByLabel('Mot de passe', { exact: true }).fill(password)
        await identification.keyboard.press('Enter')
        await program.gone('identification')
        await expect(launcher.getByText('Opérateur « 1 » — PATRICIA ADJOINTPHARM')).toBeVisible()

        const mendWhileLocked = begin(folder)
        await launcher.getByRole('button', { name: "Changer d'opérateur" }).click()
        await expect(launcher.getByText('Comptoir verrouillé')).toBeVisible({ timeout: atOnce })
        await (await program.window('identification')).keyboard.press('Escape')
        await program.gone('identification')
        await type(launcher, password)
        await launcher.keyboard.press('Enter')
        await isTold(launcher)
        await expect(launcher.getByText('Comptoir verrouillé')).toBeVisible()
        const locked = new Date().toISOString()
        mendWhileLocked()
        await expect.poll(lastKinds, { timeout: longestPause }).toContain('session.locked')
        await launcher.getByLabel('Mot de passe', { exact: true }).fill(password)
        await launcher.keyboard.press('Enter')
        // The lock says the name too.
        await expect(launcher.getByRole('button', { name: 'Déconnecter' })).toBeVisible()

        const mendOnceLeft = begin(folder)
        await launcher.getByRole('button', { name: 'Déconnecter' }).click()
        await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible({ timeout: atOnce })
        const left = new Date().toISOString()
        mendOnceLeft()
        await expect
          .poll(lastKinds, { timeout: longestPause })
          .toEqual([
            'identification.succeeded',
            'session.connected',
            'session.locked',
            'identification.succeeded',
            'session.unlocked',
            'session.ended',
          ])
        // The rows say when it happened, not when the database answered.
        const row = (kind: string) => soundJournal(folder).find((candidate) => candidate.kind === kind)
        expect(row('session.locked')?.at.localeCompare(locked)).toBe(-1)
        expect(row('session.ended')?.at.localeCompare(left)).toBe(-1)
        expect(row('session.ended')?.details).toEqual({ reason: 'disconnect' })
        expect(await program.stop()).toBe(0)
        expect(lastKinds().at(-1)).toBe('program.stopped')
      } finally {
        // Its files are in use until then.
        await program.stop()
        await undo()
      }
    })
  }
  test('an identification cancelled while the database is waited for lets nobody in', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const unlock = lock(workstation.dataDir)
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    const identification = await program.window('identification')
    await identify(identification, '1', workstation.passwordOf('1'))
    await passwordChecked()
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    unlock()

    await expect.poll(() => workstation.journal().length).toBeGreaterThan(4)
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    expect(await program.stop()).toBe(0)
    const rows = workstation.journal().slice(4)
    expect(rows.map(({ kind, details }) => [kind, details])).toEqual([
      ['identification.refused', { reason: 'cancelled' }],
      ['program.stopped', {}],
    ])
  })

  test('the end of a session comes before the next session in the journal', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    const file = databaseIn(workstation.dataDir)
    renameSync(file, `${file}-away`)
    await launcher.getByRole('button', { name: 'Déconnecter' }).click()
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    const identification = await program.window('identification')
    await type(identification, '0')
    await identification.keyboard.press('Enter')
    await type(identification, workstation.passwordOf('0'))
    await betweenTwoTries()
    renameSync(`${file}-away`, file)
    await identification.keyboard.press('Enter')
    await program.gone('identification')
    await expect(launcher.getByText('Opérateur « 0 »')).toBeVisible()
    expect(await program.stop()).toBe(0)

    const sessions = workstation.journal().filter(({ kind }) => kind.startsWith('session.'))
    expect(sessions.map(({ kind, operatorCode }) => `${kind} ${operatorCode ?? ''}`)).toEqual([
      'session.connected 1',
      'session.ended 1',
      'session.connected 0',
      'session.ended 0',
    ])
  })

  test('locked: closing ends all the same, and the next start writes what was missing', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)
    const unlock = lock(workstation.dataDir)

    await closeWindow(program, 'launcher')

    expect(await program.ended).toBe(0)
    unlock()
    expect(await workstation.log()).toContain('2 journal rows are kept for the next start')
    expect(workstation.journal().at(-1)?.kind).toBe('session.connected')
    const next = await workstation.start()
    await expect((await next.window('launcher')).getByText('Aucun opérateur connecté')).toBeVisible()
    expect(await next.stop()).toBe(0)
    expect(
      workstation
        .journal()
        .slice(-5)
        .map(({ kind }) => kind),
    ).toEqual(['session.connected', 'session.ended', 'program.stopped', 'program.started', 'program.stopped'])
  })
})

/** The password takes a tenth of this to check; nothing can be seen from outside of the wait that follows. */
function passwordChecked(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000))
}

/** Tries to write what waits come 0.25 s, 0.75 s, 1.75 s, 3.75 s, then 8.75 s after the first. */
function betweenTwoTries(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3500))
}

function soundJournal(folder: string): ReturnType<typeof readJournal>['rows'] {
  const { rows, verdict } = readJournal(folder)
  expect(verdict).toMatchObject({ ok: true })
  return rows
}
