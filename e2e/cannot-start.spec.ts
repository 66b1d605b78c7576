import { copyFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { mayMount, mountSmallDisk } from '../electron/storage/testing/mount.ts'
import { attach, endAllOn, freePort, spawnProgram } from './support/bare-program.ts'
import { readJournal } from './support/journal.ts'
import { closeWindow, plain, referenceIn, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { bytesOf, databaseIn, fill, startFaults } from './support/start-faults.ts'
import { expect, test } from './support/test.ts'

const mounts = await mayMount()

/** Every way out of the fault window. The program ends under Playwright's feet: only its exit code tells. */
const waysOut: readonly [name: string, leave: (program: Program, page: Page) => Promise<void>][] = [
  ['« Fermer »', (_, page) => page.getByRole('button', { name: 'Fermer' }).click()],
  ['Escape', (_, page) => page.keyboard.press('Escape')],
  ['closing the window', (program) => closeWindow(program, 'fault')],
]

test.describe('A start that is not possible @settings', () => {
  for (const [index, fault] of startFaults.entries()) {
    // Each exit code is seen after each way out.
    const [wayOut, leave] = waysOut[index % waysOut.length] ?? ['', async () => undefined]

    test(`${fault.name}: one sentence, a remedy, a reference; ${wayOut} ends it`, async ({ workstation }) => {
      test.skip(fault.needsMount === true && !mounts, 'this machine mounts nothing')
      const rowsBefore = workstation.journal()
      const { file, options, undo } = await fault.prepare(workstation)
      const bytesBefore = await bytesOf(file)
      let profile = ''
      try {
        const program = await workstation.start(options)
        const page = await program.window('fault')
        await expect(page).toHaveTitle(fault.title)
        await expect(page.getByRole('heading', { name: fault.title })).toBeVisible()
        await expect(page.getByRole('listitem')).toHaveCount(fault.lines.length)
        for (const part of fault.lines.flat())
          await expect(page.getByText(part, { exact: true })).toBeVisible()
        expect(program.app.windows().map((window) => window.url())).toEqual([page.url()])

        const reference = referenceIn(await page.locator('body').innerText())
        profile = await program.app.evaluate(({ app }) => app.getPath('userData'))
        await expect.poll(() => loggedIn(profile)).toContain(`${reference} cannot start: `)
        const log = await loggedIn(profile)
        for (const line of fault.lines) expect(log).not.toContain(asOneLine(line))

        await page.getByRole('button', { name: 'Copier' }).click()
        await expect(page.getByText('Copié')).toBeVisible()
        const copied = plain(await program.app.evaluate(({ clipboard }) => clipboard.readText()))
        for (const part of [fault.title, `Réf. ${reference}`, ...fault.lines.map(asOneLine)]) {
          expect(copied).toContain(part)
        }

        await leave(program, page).catch(unlessEnded)
        expect(await program.ended).toBe(fault.exitCode)
        expect(await bytesOf(file)).toBe(bytesBefore)
      } finally {
        await undo()
        // Where nothing can be written in the data folder, the profile is a temporary one.
        if (profile !== '' && !profile.startsWith(workstation.dataDir)) {
          // Chromium's last processes may still be writing there.
          await rm(profile, { recursive: true, maxRetries: 20, retryDelay: 100 })
        }
      }
      // Nobody was in, so there is nothing more to read.
      expect(workstation.journal()).toEqual(rowsBefore)
    })
  }

  test('a disk so full that the log cannot be written: the reference is found on standard error', async ({
    workstation,
  }) => {
    test.skip(!mounts, 'this machine mounts nothing')
    const disk = await mountSmallDisk('512k')
    await copyFile(databaseIn(workstation.dataDir), databaseIn(disk.folder))
    fill(disk.folder)
    const port = await freePort()
    const started = spawnProgram({ ...workstation, dataDir: disk.folder }, [
      `--remote-debugging-port=${port}`,
    ])
    try {
      const page = await (await attach(port)).window('fault')
      const reference = referenceIn(await page.locator('body').innerText())
      await expect.poll(started.errors).toContain(reference)
    } finally {
      started.process.kill('SIGKILL')
      await started.ended
      await disk.unmount()
    }
    // Its own journal is on the disk that is gone; the one it was copied from has no part in this.
  })

  test('each line is on standard error, and « Réessayer » works once the cause is gone', async ({
    workstation,
  }) => {
    const fault = startFaults.find(({ name }) => name === 'several faults in the settings')
    const settings = await readFile(workstation.config, 'utf8')
    await fault?.prepare(workstation)
    const port = await freePort()
    const first = spawnProgram(workstation, [`--remote-debugging-port=${port}`])
    try {
      const before = await attach(port)
      const page = await before.window('fault')
      await expect(page.getByRole('button', { name: 'Réessayer' })).toBeFocused()
      for (const line of fault?.lines ?? []) {
        await expect.poll(() => plain(first.errors())).toContain(asOneLine(line))
      }

      await workstation.settings(() => JSON.parse(settings))
      await page.getByRole('button', { name: 'Réessayer' }).click().catch(unlessEnded)
      expect(await first.ended).toBe(78)
      await before.ended

      const again = await attach(port)
      const launcher = await again.window('launcher')
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
      expect(again.urls()).not.toContain(page.url())
      process.kill(again.pid, 'SIGTERM')
      await again.ended
      // Its debugger is gone before it is: what is killed now could not write its last row.
      await expect
        .poll(() =>
          readJournal(workstation.dataDir)
            .rows.slice(3)
            .map(({ kind }) => kind),
        )
        .toEqual(['program.started', 'program.stopped'])
    } finally {
      await endAllOn(workstation.dataDir)
      await first.ended
    }
    expect(workstation.journal()).toHaveLength(5)
  })
})

/** How a fault is told where there are no columns: `where: sentence`, or the sentence and the remedy. */
function asOneLine(line: readonly string[]): string {
  const [first = '', second] = line
  if (second === undefined) return first
  return /^[a-z]+(?:\.[a-zA-Z]+)?$/u.test(first) ? `${first} : ${second}` : `${first} ${second}`
}

async function loggedIn(profile: string): Promise<string> {
  return plain(await readFile(join(profile, 'journal-technique.log'), 'utf8').catch(() => ''))
}
