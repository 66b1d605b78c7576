import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { WindowRole } from '../electron/ipc/views.ts'
import { backUpToday } from '../electron/program/backups.ts'
import { badgeOf, button, connect, openDocumentation, switchTo } from './support/counter.ts'
import { fuzzPage, watch } from './support/fuzzing.ts'
import type { Program } from './support/program.ts'
import { databaseIn } from './support/start-faults.ts'
import { expect, test, type Workstation } from './support/test.ts'

// In full with `npm run soak`.
const count = Number(process.env['COMPTOIR_FUZZ'] ?? 100)
const seed = Number(process.env['COMPTOIR_SEED'] ?? Date.now() % 1_000_000)
test.describe.configure({ timeout: 60_000 + count * 200 })

/** Sends a campaign from each page; main answers every call with a result, and rejects nothing that nobody waits for. */
async function fuzz(program: Program, ...pages: (readonly [WindowRole, Page])[]): Promise<void> {
  const rejected = await watch(program)
  for (const [role, page] of pages) {
    const answers = await fuzzPage(page, role, { count, seed })
    const told = `${role}, seed ${seed}: ${JSON.stringify(answers)}`
    expect(answers['refused'], told).toBeGreaterThan(count)
    expect(
      Object.keys(answers).filter((came) => /^(?:internal in|no answer to|no result of) /u.test(came)),
      told,
    ).toEqual([])
  }
  expect(await rejected(), `seed ${seed}`).toEqual([])
}

function kindsOf(workstation: Workstation): string[] {
  return [...new Set(workstation.journal().map(({ kind }) => kind))]
}

test.describe('Whatever a page asks for @security', () => {
  test('nobody comes in by it, and the launcher goes on', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const ask = async (
      role: WindowRole,
      call: string,
      args?: unknown,
    ): Promise<readonly [WindowRole, Page]> => {
      await launcher.evaluate(
        ([name, given]) => Reflect.get(globalThis, 'comptoir')[String(name)](given),
        [call, args],
      )
      return [role, await program.window(role)]
    }
    const hidden = program.app.windows().find((page) => page.url().includes('/stay-connected/'))
    if (hidden === undefined) throw new Error('« Rester connecté ? » is not prepared')
    await fuzz(
      program,
      await ask('diagnostic', 'openDiagnostic'),
      await ask('help', 'openHelp', { page: 'about' }),
      await ask('closing', 'closeDay'),
      ['stay-connected', hidden],
      await ask('identification', 'identify'),
      ['launcher', launcher],
    )
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await program.stop()
    expect(
      kindsOf(workstation).filter((kind) =>
        /^session\.|^module\.|succeeded|^operator\.(?!created)/u.test(kind),
      ),
    ).toEqual([])
  })

  test('what is open stays in the name of who opened it', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connect(workstation, program, '1')
    await openDocumentation(program, launcher)
    await switchTo(workstation, program, '0')
    const open = async (role: WindowRole, label: string): Promise<readonly [WindowRole, Page]> => {
      await button(launcher, label).press('Enter')
      return [role, await program.window(role)]
    }
    await fuzz(
      program,
      ['veil', await program.window('veil')],
      await open('operators', 'Opérateurs'),
      await open('journal', 'Journal'),
      await open('connections', 'Mes connexions'),
    )
    await expect(badgeOf(launcher, '0')).toBeVisible()
    await program.stop()
    expect(kindsOf(workstation).filter((kind) => /^operator\.(?!created)|password/u.test(kind))).toEqual([])
  })

  test('what keeps Comptoir from starting stays said, and the first titulaire stays to be created', async ({
    workstation,
  }) => {
    const dataDir = await workstation.emptyFolder()
    const first = await workstation.start({ dataDir })
    await (await first.window('launcher')).evaluate(() => Reflect.get(globalThis, 'comptoir').openFirstRun())
    await fuzz(first, ['first-run', await first.window('first-run')])
    await first.stop()

    const database = databaseIn(workstation.dataDir)
    await backUpToday({ database, folder: join(workstation.dataDir, 'sauvegardes') })
    const sound = workstation.journal()
    await writeFile(database, 'abîmée')
    const lost = await workstation.start()
    await fuzz(lost, ['restore', await lost.window('restore')])
    await lost.stop()

    await writeFile(workstation.config, '{')
    const faulty = await workstation.start()
    await fuzz(faulty, ['fault', await faulty.window('fault')])
    await faulty.stop()
    expect(sound.map(({ kind }) => kind)).not.toContain('program.started')
  })
})
