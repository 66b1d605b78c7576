import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { electronExecutable } from '../../scripts/electron-arguments.ts'
import { openSc } from './card/opensc.ts'
import { pcscMissing, startPcsc, type Pcsc, type PcscOptions } from './card/pcscd.ts'
import type { IssuedCard } from './card/pki.ts'
import {
  startSimulation,
  type Content,
  type Simulation,
  type SimulatedReader,
} from './card/simulated-cryptolib.ts'
import type { Program, StartOptions } from './program.ts'
import { test as base } from './psc.ts'
import { onlyOnLinux, type WrittenSettings } from './test.ts'

type WrittenCard = NonNullable<WrittenSettings['card']>

/** A workstation whose Cryptolib is the simulated one. */
export type SimulatedSite = Simulation & {
  /** Starts Comptoir; nobody is connected. */
  readonly start: (options?: Partial<StartOptions>) => Promise<{ program: Program; launcher: Page }>
}

/** A workstation with a PC/SC service of its own, two readers and OpenSC for Cryptolib. */
export type ReaderSite = Pcsc & {
  readonly start: (options?: Partial<StartOptions>) => Promise<{ program: Program; launcher: Page }>
}

type Fixtures = {
  /** A Cryptolib that knows these cards, and no reader yet; `settings` over `card` in comptoir.json. */
  simulated: (cards: readonly IssuedCard[], settings?: Partial<WrittenCard>) => Promise<SimulatedSite>
  /** Real readers; `modulePath` in `settings` for another library than OpenSC's. */
  readers: (settings?: Partial<WrittenCard>, options?: PcscOptions) => Promise<ReaderSite>
}

/** For stories with a card. */
export const test = base.extend<Fixtures>({
  simulated: async ({ workstation }, use) => {
    onlyOnLinux('the Cryptolib that gcc compiles for the tests')
    let made = 0
    await use(async (cards, settings = {}) => {
      made += 1
      const simulation = await startSimulation(join(workstation.dataDir, `cryptolib-${made}`), cards)
      const card = { enabled: true, modulePath: simulation.modulePath, ...settings }
      await workstation.settings((written) => ({ ...written, card }))
      return {
        ...simulation,
        start: async (options = {}) => {
          const program = await workstation.start(options)
          return { program, launcher: await program.window('launcher') }
        },
      }
    })
  },
  readers: async ({ workstation }, use) => {
    const started: Pcsc[] = []
    await use(async (settings = {}, options = {}) => {
      const missing = await pcscMissing()
      test.skip(missing !== null, `no PC/SC service of one's own: ${missing}`)
      const pcsc = await startPcsc(options)
      started.push(pcsc)
      const card = { enabled: true, modulePath: openSc(), ...settings }
      await workstation.settings((written) => ({ ...written, card }))
      return {
        ...pcsc,
        start: async (startOptions = {}) => {
          const executable = await pcsc.executable(electronExecutable())
          const program = await workstation.start({ executable, ...startOptions })
          return { program, launcher: await program.window('launcher') }
        },
      }
    })
    for (const pcsc of started) await pcsc.stop()
  },
})

/** One reader, with this in it. */
export function reader(content: Content): { readers: SimulatedReader[] } {
  return { readers: [{ name: 'Lecteur de la caisse', content }] }
}

/** The pill that tells of the card, in the launcher or in the identification window. */
export function pill(page: Page, text: string): Locator {
  return page.getByRole('button', { name: text, exact: true })
}

/** Waits until the pill says this. */
export async function says(page: Page, text: string): Promise<void> {
  await expect(pill(page, text)).toBeVisible({ timeout: 15_000 })
}

/** Opens the details of the card. */
export async function openDetails(page: Page, text: string): Promise<Locator> {
  await pill(page, text).click()
  const details = page.getByRole('dialog')
  await expect(details).toBeVisible()
  return details
}
