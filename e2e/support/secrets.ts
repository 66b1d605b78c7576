import { expect } from '@playwright/test'
import type { Simulator } from '../psc-simulator/simulator.ts'
import type { Browser } from './browser.ts'
import type { Program } from './program.ts'
import { story } from './story.ts'
import type { Workstation } from './test.ts'

/** What passes between Pro Santé Connect, the browser and Comptoir, and must be written nowhere. */
export type Secrets = {
  /** Adds what the addresses of the browser bear; to be asked while the program that opened them runs. */
  readonly ofBrowser: (browser: Browser) => Promise<void>
  readonly all: () => string[]
}

/** Members of a token answer, and parameters of addresses, that are somebody's or good for something. */
const tokens = ['access_token', 'refresh_token', 'id_token']
const parameters = ['code', 'state', 'nonce', 'code_challenge', 'id_token_hint', 'session_state']

/** Overhears the token answers of this simulator from now on. */
export function overhear(simulator: Simulator): Secrets {
  const heard = new Set<string>()
  simulator.tamper('token', {
    answer: (real) => {
      const answer: Record<string, unknown> = JSON.parse(real.body)
      for (const value of tokens.map((name) => answer[name])) if (typeof value === 'string') heard.add(value)
      return real
    },
  })
  return {
    ofBrowser: async (browser) => {
      for (const address of [...(await browser.handed()), ...browser.pages().map((page) => page.url())]) {
        const { searchParams } = new URL(address)
        for (const name of parameters) for (const value of searchParams.getAll(name)) heard.add(value)
      }
    },
    all: () => [...heard],
  }
}

/**
 * Ends the program and tells what the journal says since its first start. Fails when the journal or the technical log
 * holds one of the secrets, an address, or somebody's password.
 */
export async function endOf(
  workstation: Workstation,
  { program, browser }: { program: Program; browser: Browser },
  secrets: Secrets,
): Promise<string[]> {
  await secrets.ofBrowser(browser)
  await program.stop()
  const passwords = ['0', '1', '2'].map(workstation.passwordOf)
  const never = [...secrets.all(), ...passwords, 'http://', 'https://']
  expect(secrets.all().length, 'something was overheard').toBeGreaterThan(0)
  const log = await workstation.log()
  for (const word of never) expect(log).not.toContain(word)
  return story(workstation, never)
}
