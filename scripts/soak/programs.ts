import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startProgram } from '../../e2e/support/program.ts'
import { readJournal } from '../../e2e/support/journal.ts'
import { startDisplay } from '../bootstrap/display.mjs'
import { writeDemonstration } from '../demonstration/data.ts'
import { electronExecutable } from '../electron-arguments.ts'
import { inspect } from './inspect.ts'

/** How long a login may take here, its password's verification included. */
const longestMs = 400

type Kills = {
  readonly kills: number
  /** Somebody could be seen to have come in before the kill. */
  readonly shown: number
  readonly journalled: number
  readonly seconds: number
}

/**
 * Kills Comptoir itself so many times, at moments spread over a login, on one workstation. Whoever could be seen to have
 * come in is in the journal, which is sound. Rejects with what is not so.
 */
export async function killPrograms(kills: number): Promise<Kills> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-soak-'))
  const display = await startDisplay()
  process.env['DISPLAY'] = display.name
  const begun = performance.now()
  let [shown, journalled] = [0, 0]
  try {
    const { config, dataDir, operators } = await writeDemonstration(folder, {
      electron: electronExecutable(),
      pagesUrl: 'http://127.0.0.1:9',
      psc: null,
      card: { enabled: false },
    })
    const password = operators.find(({ code }) => code === '1')?.password ?? ''
    for (let kill = 0; kill < kills; kill++) {
      const before = connectedIn(dataDir)
      const seen = await killOne({ config, dataDir }, password, (longestMs * kill) / kills)
      await inspect(dataDir, [])
      const after = connectedIn(dataDir) - before
      if (seen) assert.equal(after, 1, `kill ${kill + 1}: who could be seen is not in the journal`)
      shown += seen ? 1 : 0
      journalled += after
    }
  } finally {
    await display.stop()
  }
  // Its last helpers may still be writing there.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  return { kills, shown, journalled, seconds: (performance.now() - begun) / 1000 }
}

/** Resolves to whether the operator could be seen on the launcher, `afterMs` after the last key. */
async function killOne(
  place: { config: string; dataDir: string },
  password: string,
  afterMs: number,
): Promise<boolean> {
  const program = await startProgram(place)
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  const page = await program.window('identification')
  await page.getByLabel('Code opérateur').fill('1')
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await wait(afterMs)
  const seen = await launcher.getByText('Opérateur « 1 »').isVisible()
  program.app.process().kill('SIGKILL')
  await program.ended
  return seen
}

function connectedIn(dataDir: string): number {
  return readJournal(dataDir).rows.filter(({ kind }) => kind === 'session.connected').length
}
