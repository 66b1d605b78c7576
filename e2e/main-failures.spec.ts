import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { badge, connectTyping } from './support/counter.ts'
import { crash, plain, pressIn, referenceIn, textOf, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { cameIn, story } from './support/story.ts'
import { expect, identify, test } from './support/test.ts'

/** What must be read nowhere: the message of an error may hold anything. */
const secret = 'lavande-parasol-tabouret'

test.describe('An error that nobody caught @login', () => {
  test('ends the sessions and the program, with one sentence and a reference', async ({ workstation }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)
    const native = await dialogsOf(program)

    await inMain(program, 'turn')

    const fault = await program.window('fault')
    await expect(fault.getByRole('heading')).toHaveText("Comptoir s'est arrêté")
    await expect(fault.getByText('Toutes les sessions sont terminées.')).toBeVisible()
    const text = await fault.locator('body').innerText()
    const reference = referenceIn(text)
    expect(text).not.toContain(secret)
    expect(await shownAlone(program)).toBe(true)
    expect(await native()).toEqual([])
    await expect
      .poll(workstation.log)
      .toMatch(new RegExp(`${reference} the main process failed TypeError`, 'u'))
    expect(await workstation.log()).not.toContain(secret)
    expect(story(workstation)).toEqual([
      ...cameIn,
      'session.ended 1 program-failed',
      'program.failed nobody true',
    ])
    expect(workstation.journal().at(-1)).toMatchObject({ reference })

    await fault.getByRole('button', { name: 'Fermer' }).click().catch(unlessEnded)
    expect(await program.ended).toBe(69)
  })

  test('in a task that nobody waited for ends the sessions, and is told in the launcher', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)

    await inMain(program, 'task')

    await expect(launcher.getByText('Comptoir a rencontré une erreur inattendue.')).toBeVisible()
    const text = await launcher.locator('body').innerText()
    const reference = referenceIn(text)
    expect(text).not.toContain(secret)
    expect(plain(text)).not.toContain(badge)
    await expect.poll(workstation.log).toContain(`${reference} a task of the main process failed TypeError`)
    expect(await workstation.log()).not.toContain(secret)

    await launcher.getByRole('button', { name: "S'identifier" }).click()
    await identify(await program.window('identification'), '1', workstation.passwordOf('1'))
    await expect(launcher.getByText(badge)).toBeVisible()
    expect(await program.stop()).toBe(0)
    expect(story(workstation)).toEqual([
      ...cameIn,
      'session.ended 1 program-failed',
      'program.failed nobody false',
      ...cameIn,
      'session.ended 1 program-closed',
      'program.stopped nobody',
    ])
  })

  test('leaves no dump of any process, whatever crashes', async ({ workstation }) => {
    const program = await workstation.start()
    await connectTyping(workstation, program)
    const profile = await program.app.evaluate(({ app }) => app.getPath('userData'))
    const dumps = await program.app.evaluate(({ app }) => app.getPath('crashDumps'))

    await crash(program, 'launcher')
    await expect.poll(() => textOf(program, 'launcher')).toContain(badge)
    await pressIn(program, 'launcher', 'Déconnecter')
    expect(await program.stop()).toBe(0)

    const files = [...(await filesIn(profile)), ...(await filesIn(dumps))]
    expect(files.filter((file) => /\.(?:dmp|mdmp|core)$|(?:^|[\\/])core(?:\.\d+)?$/iu.test(file))).toEqual([])
    expect(await processesOf(/crashpad|breakpad/iu)).toEqual([])
  })
})

/** Throws where no code of ours is there to catch it, as a defect would. */
async function inMain(program: Program, where: 'turn' | 'task'): Promise<void> {
  await program.app
    .evaluate(
      (_, { how, message }) => {
        setTimeout(() => {
          if (how === 'turn') throw new TypeError(message)
          void Promise.reject(new TypeError(message))
        })
      },
      { how: where, message: secret },
    )
    .catch(unlessEnded)
}

/** What the system's own dialogs were asked to say. */
async function dialogsOf(program: Program): Promise<() => Promise<unknown[]>> {
  await program.app.evaluate(({ dialog }) => {
    const said: unknown[] = []
    Reflect.set(globalThis, 'dialogsSaid', said)
    dialog.showErrorBox = (...words) => void said.push(words)
  })
  return () => program.app.evaluate(() => Reflect.get(globalThis, 'dialogsSaid'))
}

function shownAlone(program: Program): Promise<boolean> {
  return program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length === 1)
}

async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).catch(() => [])
}

/** The commands of this machine's processes that match. */
async function processesOf(command: RegExp): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/u.test(name))
  const commands = await Promise.all(
    ids.map((id) => readFile(join('/proc', id, 'cmdline'), 'utf8').catch(() => '')),
  )
  return commands.filter((line) => command.test(line))
}
