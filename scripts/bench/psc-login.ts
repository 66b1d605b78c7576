import type { ElectronApplication, Page } from '@playwright/test'
import { signIn, type SignInOptions } from '../../e2e/psc-simulator/agent.ts'
import type { Program } from '../../e2e/support/program.ts'
import { eventually } from './card-workstation.ts'

/** When a login began, sent its browser out, had it back, and was over; in milliseconds since the epoch. */
export type Moments = {
  readonly asked: number
  readonly out: number
  readonly back: number
  readonly done: number
}

/** A started program at which nobody is connected, and whose system browser is a script. */
export type Counter = {
  readonly program: Program
  readonly launcher: Page
  readonly identification: Page
  readonly events: Awaited<ReturnType<typeof recordEvents>>
}

/** Waits until the program is ready, and takes the place of its system browser. */
export async function takeCounter(program: Program): Promise<Counter> {
  const launcher = await program.window('launcher')
  const identification = await eventually('the identification window', () =>
    program.app.windows().find((page) => page.url().includes('/identification/')),
  )
  return { program, launcher, identification, events: await recordEvents(program.app) }
}

/** « S'identifier »; resolves once the identification window is shown. */
export async function identify({ launcher, events }: Counter): Promise<void> {
  await launcher.evaluate(() => Reflect.get(globalThis, 'comptoir').identify())
  await events.evaluate(({ identificationIs }) => identificationIs('shown'))
}

/** In the identification window, logs in by Pro Santé Connect in the browser. */
export async function logIn(counter: Counter, person: SignInOptions): Promise<Moments> {
  const { events } = counter
  const asked = await call(counter, 'startPsc', {})
  const { url, at: out } = await events.evaluate(({ next }) => next('out'))
  const callback = await signIn(url, person)
  const back = now()
  await (await fetch(callback)).text()
  return { asked, out, back, done: await connected(counter) }
}

/** The same by the e-CPS of the operator of this code; `answer` is their phone. Resolves to the milliseconds it takes. */
export async function logInByPhone(
  counter: Counter,
  code: string,
  answer: () => Promise<void>,
): Promise<number> {
  const asked = await call(counter, 'startPhone', { typed: code })
  await answer()
  return (await connected(counter)) - asked
}

/** « Déconnecter »: the session at Pro Santé Connect is ended behind it. */
export function disconnect({ launcher }: Counter): Promise<void> {
  return launcher.evaluate(() => Reflect.get(globalThis, 'comptoir').disconnect())
}

/** In milliseconds since the epoch, as exactly as in the windows. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}

/** Makes a call that the identification window makes for its attempt, and returns when it was made. */
function call({ identification }: Counter, name: string, more: Readonly<Record<string, string>>) {
  return identification.evaluate(
    async (wanted): Promise<number> => {
      const bridge = Reflect.get(globalThis, 'comptoir')
      const { value } = await bridge.getView()
      const at = performance.timeOrigin + performance.now()
      const { ok } = await bridge[wanted.name]({ attempt: value.view.attempt, ...wanted.more })
      if (!ok) throw new Error(`${wanted.name} was refused`)
      return at
    },
    { name, more },
  )
}

/** When the launcher was told that somebody is connected; resolves once the identification window is gone. */
async function connected({ events }: Counter): Promise<number> {
  const { at } = await events.evaluate(({ next }) => next('connected'))
  await events.evaluate(({ identificationIs }) => identificationIs('hidden'))
  return at
}

/** What a login does in the main process, with when; nothing of it is kept there once it is told. */
function recordEvents(app: ElectronApplication) {
  return app.evaluateHandle(({ BrowserWindow, shell }) => {
    type Kind = 'out' | 'connected'
    let waiting: { kind: Kind; url: string; at: number }[] = []
    let arrived: (() => void) | null = null
    const tell = (kind: Kind, url = ''): void => {
      waiting.push({ kind, url, at: performance.timeOrigin + performance.now() })
      arrived?.()
    }
    const windowOf = (role: string) => {
      const found = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes(`/${role}/`),
      )
      if (found === undefined) throw new Error(`no ${role} window`)
      return found
    }

    shell.openExternal = (url) => {
      // Logouts come the same way.
      if (new URL(url).searchParams.has('code_challenge')) tell('out', url)
      return Promise.resolve()
    }
    const { webContents: launcher } = windowOf('launcher')
    const send = launcher.send.bind(launcher)
    let wasConnected = false
    launcher.send = (channel: string, ...args: unknown[]) => {
      const isConnected = JSON.stringify(args).includes('"kind":"connected"')
      if (isConnected && !wasConnected) tell('connected')
      wasConnected = isConnected
      send(channel, ...args)
    }
    const identification = windowOf('identification')
    return {
      next: async (kind: Kind) => {
        for (;;) {
          const found = waiting.find((event) => event.kind === kind)
          waiting = waiting.filter((event) => event !== found)
          if (found !== undefined) return found
          await new Promise<void>((resolve) => (arrived = resolve))
        }
      },
      identificationIs: (wanted: 'shown' | 'hidden') =>
        new Promise<void>((resolve) => {
          if (identification.isVisible() === (wanted === 'shown')) resolve()
          else if (wanted === 'shown') identification.once('show', () => resolve())
          else identification.once('hide', () => resolve())
        }),
    }
  })
}
