import { rmSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startSimulator, type Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { reader } from '../../e2e/support/card.ts'
import { startSimulation, type Simulation } from '../../e2e/support/card/simulated-cryptolib.ts'
import { runCommand } from '../../e2e/support/keychain.ts'
import { startProgram, type Program } from '../../e2e/support/program.ts'
import type { WrittenSettings } from '../../e2e/support/test.ts'
import { startSessionWithKeychain } from '../../native/keychain/testing/secret-service.ts'
import { startDisplay } from '../bootstrap/display.mjs'
import { writeDemonstration } from '../demonstration/data.ts'
import { servePages } from '../demonstration/pages.ts'
import { electronExecutable } from '../electron-arguments.ts'
import { tourCards } from './cards.ts'
import { parkPointer } from './screen.ts'

/** A workstation of the demonstration's pharmacy, in a folder of its own. */
export type Workstation = {
  readonly config: string
  readonly dataDir: string
  readonly passwordOf: (code: string) => string
  /** The Cryptolib that it has, with one reader, empty. */
  readonly cryptolib: Simulation
  /** The environment of its session. */
  readonly env: Readonly<Record<string, string>>
  /** Writes `psc` in its comptoir.json. */
  readonly setPsc: (psc: WrittenPsc) => Promise<void>
}

/** `psc` in comptoir.json. */
export type WrittenPsc = NonNullable<WrittenSettings['psc']>

/** Everything the tour needs around the program, and nothing of what the user has. */
export type Stage = {
  /** Its session has no keychain. */
  readonly workstation: (name: string) => Promise<Workstation>
  /** The same workstation in a session with a real keychain, where `comptoir secret set` has put the client's secret. */
  readonly withSecret: (workstation: Workstation) => Promise<Workstation>
  /** The Pro Santé Connect of every workstation. */
  readonly simulator: Simulator
  /** Starts Comptoir; `args` are Chromium's. It is ended with the stage at the latest. */
  readonly start: (workstation: Workstation, args?: readonly string[]) => Promise<Program>
  /** Ends all of it; the temporary folder goes when this process exits. */
  readonly stop: () => Promise<void>
}

/** Light, without the desktop's settings, even where the tour is played from a desktop. */
const surroundings = { GTK_THEME: 'Adwaita', XDG_SESSION_TYPE: 'x11', DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
/** How long a program may take to end. */
const patienceMs = 30_000
/** Chromium complains of every machine without D-Bus or GPU. */
const QUIET = '--log-level=3'

/** Sets up a virtual display, which this process uses from then on, the web modules' pages and a temporary folder. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-tour-'))
  // At the exit, so that a run cut short leaves nothing either.
  process.once('exit', () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  )
  const display = await startDisplay()
  Object.assign(process.env, surroundings, { DISPLAY: display.name })
  delete process.env['WAYLAND_DISPLAY']
  await parkPointer()
  const [pages, psc, session] = await Promise.all([
    servePages(0),
    startSimulator(),
    startSessionWithKeychain(),
  ])
  const started: Program[] = []
  const keepSecret = async (workstation: Workstation): Promise<void> => {
    const input = `${psc.credentials.client_secret_basic.clientSecret}\n`
    const told = await runCommand(workstation, session.env, ['secret', 'set', 'psc.clientSecret'], { input })
    if (told.code !== 0) throw new Error(told.errors.join(' '))
  }
  /** A keychain is its session's: all workstations that are in it share the secret. */
  let secretKept: Promise<void> | undefined

  const end = async (): Promise<void> => {
    const ended = Promise.all(started.map((program) => program.stop()))
    // One that hangs is killed by Playwright when this process exits.
    await Promise.race([ended, wait(patienceMs, undefined, { ref: false })])
    await Promise.all([pages.stop(), psc.stop(), session.stop()])
    await display.stop()
  }
  let ending: Promise<void> | undefined
  const stop = (): Promise<void> => (ending ??= end())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(128 + constants.signals[signal])))
  }

  return {
    simulator: psc,
    workstation: async (name) => {
      const cards = Object.values(await tourCards())
      const cryptolib = await startSimulation(join(folder, `cryptolib-${name}`), cards)
      cryptolib.set(reader('none'))
      const { config, dataDir, operators } = await writeDemonstration(join(folder, name), {
        electron: electronExecutable(),
        pagesUrl: pages.url,
        psc,
        card: { modulePath: cryptolib.modulePath },
      })
      const passwordOf = (code: string): string =>
        operators.find((operator) => operator.code === code)?.password ?? ''
      const setPsc = async (written: WrittenPsc): Promise<void> => {
        const settings: WrittenSettings = JSON.parse(await readFile(config, 'utf8'))
        await writeFile(config, JSON.stringify({ ...settings, psc: written }))
      }
      return { config, dataDir, passwordOf, cryptolib, env: {}, setPsc }
    },
    withSecret: async (workstation) => {
      await (secretKept ??= keepSecret(workstation))
      return { ...workstation, env: session.env }
    },
    start: async ({ config, dataDir, env }, args = []) => {
      const program = await startProgram({ config, dataDir, env, args: [QUIET, ...args] })
      started.push(program)
      return program
    },
    stop,
  }
}
