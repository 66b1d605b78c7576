import type * as Argon2 from '@node-rs/argon2'
import type { ElectronApplication, Page } from '@playwright/test'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Program } from '../../e2e/support/program.ts'
import { root } from '../bootstrap/places.mjs'

/** One login by code and password, beside argon2 alone in the same process, in milliseconds. */
export type Login = { readonly login: number; readonly argon2: number }

/** Milliseconds from a click on « S'identifier » to the identification window shown, several times. */
export async function measureIdentification(program: Program, times: number): Promise<number[]> {
  const launcher = await program.window('launcher')
  const measures: number[] = []
  for (let time = 0; time < times; time += 1) {
    const shown = await showingOf(program.app, 'identification')
    const clicked = await clickNow(launcher)
    await program.window('identification')
    measures.push((await shown.evaluate(({ at }) => at)) - clicked)
    const identification = await program.window('identification')
    await identification.keyboard.press('Escape')
    await program.gone('identification')
  }
  return measures
}

/** Logs in and out several times; each login is measured in the page, from the call to its answer. */
export async function measureLogins(
  program: Program,
  { code, password }: { code: string; password: string },
  times: number,
): Promise<Login[]> {
  const launcher = await program.window('launcher')
  const hashed = await hashAlone(program.app, password)
  const measures: Login[] = []
  for (let time = 0; time < times; time += 1) {
    await sleep(500)
    const argon2 = await verifyAlone(program.app, hashed, password)
    await clickNow(launcher)
    const identification = await program.window('identification')
    // Nobody types a password sooner; meanwhile the window is still being drawn, on the processors that argon2 wants.
    await sleep(500)
    const login = await submitNow(identification, code, password)
    await program.gone('identification')
    await launcher.getByRole('button', { name: 'Déconnecter' }).click()
    await launcher.getByRole('button', { name: "S'identifier" }).waitFor()
    measures.push({ login, argon2 })
  }
  return measures
}

/** What will hold the instant at which the window of `role` is shown next. */
function showingOf(app: ElectronApplication, role: string) {
  return app.evaluateHandle(({ BrowserWindow }, path) => {
    const showing = { at: Number.NaN }
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes(path),
    )
    window?.once('show', () => {
      showing.at = performance.timeOrigin + performance.now()
    })
    return showing
  }, `/${role}/`)
}

/** Clicks « S'identifier » from inside the page, and returns when. */
function clickNow(launcher: Page): Promise<number> {
  return launcher.getByRole('button', { name: "S'identifier" }).evaluate((button: HTMLElement) => {
    const at = performance.timeOrigin + performance.now()
    button.click()
    return at
  })
}

/** Makes the call that « OK » makes, and returns how long its answer took. */
function submitNow(identification: Page, code: string, password: string): Promise<number> {
  return identification.evaluate(
    async (typed) => {
      const bridge = Reflect.get(globalThis, 'comptoir')
      const { value } = await bridge.getView()
      const from = performance.now()
      const { ok } = await bridge.submitCode({ attempt: value.view.attempt, ...typed })
      if (!ok) throw new Error('the login was refused')
      return performance.now() - from
    },
    { code, password },
  )
}

/** A hash with the parameters of the product, made in the program's own process. */
function hashAlone(app: ElectronApplication, password: string): Promise<string> {
  return app.evaluate(
    (_, { module, secret }) => {
      const argon2: typeof Argon2 | undefined = process.mainModule?.require(module)
      if (argon2 === undefined) throw new Error('no main module')
      return argon2.hash(secret, { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 })
    },
    { module: argon2Module, secret: password },
  )
}

/** How long the program's own process takes for argon2 and nothing else, its memory to be found anew as in a login. */
function verifyAlone(app: ElectronApplication, hashed: string, password: string): Promise<number> {
  return app.evaluate(
    async (_, { module, hash, secret }) => {
      const argon2: typeof Argon2 | undefined = process.mainModule?.require(module)
      if (argon2 === undefined) throw new Error('no main module')
      const from = performance.now()
      await argon2.verify(hash, secret)
      return performance.now() - from
    },
    { module: argon2Module, hash: hashed, secret: password },
  )
}

const argon2Module = join(root, 'node_modules/@node-rs/argon2')
