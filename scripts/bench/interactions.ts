import type * as Argon2 from '@node-rs/argon2'
import type { ElectronApplication, Page } from '@playwright/test'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Program } from '../../e2e/support/program.ts'
import { root } from '../bootstrap/places.mjs'

/** One login by code and password, and the part of it that argon2 took, in milliseconds. */
export type Login = { readonly login: number; readonly argon2: number }

/** Milliseconds from a click on « S'identifier » to the identification window shown, several times. */
export async function measureIdentification(program: Program, times: number): Promise<number[]> {
  const launcher = await program.window('launcher')
  const measures: number[] = []
  for (let time = 0; time < times; time += 1) {
    const shown = await momentOf(program.app, 'identification', 'show')
    const clicked = await clickNow(launcher)
    await program.window('identification')
    measures.push((await shown.evaluate(({ at }) => at)) - clicked)
    const identification = await program.window('identification')
    await identification.keyboard.press('Escape')
    await program.gone('identification')
  }
  return measures
}

/** Logs in and out several times: from what « OK » does in the page to the window gone. */
export async function measureLogins(
  program: Program,
  { code, password }: { code: string; password: string },
  times: number,
): Promise<Login[]> {
  const launcher = await program.window('launcher')
  const recorder = await recordArgon2(program.app)
  const measures: Login[] = []
  for (let time = 0; time < times; time += 1) {
    await clickNow(launcher)
    const identification = await program.window('identification')
    // Nobody types a password sooner; meanwhile the window is still being drawn, on the processors that argon2 wants.
    await sleep(500)
    const gone = await momentOf(program.app, 'identification', 'hide')
    const called = await submitNow(identification, code, password)
    await program.gone('identification')
    const login = (await gone.evaluate(({ at }) => at)) - called
    await launcher.getByRole('button', { name: 'Déconnecter' }).click()
    await launcher.getByRole('button', { name: "S'identifier" }).waitFor()
    measures.push({ login, argon2: await recorder.evaluate((durations) => durations.at(-1) ?? Number.NaN) })
  }
  return measures
}

/** What will hold the instant at which the window of `role` is next shown or hidden. */
export function momentOf(app: ElectronApplication, role: string, event: 'show' | 'hide') {
  return app.evaluateHandle(
    ({ BrowserWindow }, wanted) => {
      const moment = { at: Number.NaN }
      const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes(`/${wanted.role}/`),
      )
      const note = (): void => {
        moment.at = performance.timeOrigin + performance.now()
      }
      if (wanted.event === 'show') window?.once('show', note)
      else window?.once('hide', note)
      return moment
    },
    { role, event },
  )
}

/** Clicks « S'identifier » from inside the page, and returns when. */
function clickNow(launcher: Page): Promise<number> {
  return launcher.getByRole('button', { name: "S'identifier" }).evaluate((button: HTMLElement) => {
    const at = performance.timeOrigin + performance.now()
    button.click()
    return at
  })
}

/** Makes the call that « OK » makes, waits for its answer, and returns when it was made. */
export function submitNow(identification: Page, code: string, password: string): Promise<number> {
  return identification.evaluate(
    async (typed) => {
      const bridge = Reflect.get(globalThis, 'comptoir')
      const { value } = await bridge.getView()
      const from = performance.timeOrigin + performance.now()
      const { ok } = await bridge.submitCode({ attempt: value.view.attempt, ...typed })
      if (!ok) throw new Error('the login was refused')
      return from
    },
    { code, password },
  )
}

/** How long each of the program's calls of argon2 takes from now on, in milliseconds. */
function recordArgon2(app: ElectronApplication) {
  return app.evaluateHandle((_, module) => {
    const argon2: typeof Argon2 | undefined = process.mainModule?.require(module)
    if (argon2 === undefined) throw new Error('no main module')
    const durations: number[] = []
    const { verify } = argon2
    const recorded: typeof verify = async (...args) => {
      const from = performance.now()
      try {
        return await verify(...args)
      } finally {
        durations.push(performance.now() - from)
      }
    }
    Object.assign(argon2, { verify: recorded })
    return durations
  }, argon2Module)
}

const argon2Module = join(root, 'node_modules/@node-rs/argon2')
