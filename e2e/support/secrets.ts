import { expect } from '@playwright/test'
import type { Simulator } from '../psc-simulator/simulator.ts'
import type { Browser } from './browser.ts'
import { expectNothingWritten } from './nothing-written.ts'
import type { Program } from './program.ts'
import { story } from './story.ts'
import type { Workstation } from './test.ts'
import { tap, type Exchange } from './wiretap.ts'

/** What passes between Pro Santé Connect, the browser and Comptoir, and must be written nowhere. */
export type Secrets = {
  /** Adds what the addresses of the browser bear; to be asked while the program that opened them runs. */
  readonly ofBrowser: (browser: Browser) => Promise<void>
  /** Adds what somebody typed, or what is kept elsewhere. */
  readonly add: (...secrets: readonly string[]) => void
  readonly all: () => string[]
}

/** Members of answers, and parameters of requests and addresses, that are somebody's or good for something. */
const names = [
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'code',
  'code_verifier',
  'code_challenge',
  'state',
  'nonce',
  'session_state',
  'client_secret',
  'client_assertion',
  'auth_req_id',
]

/** Overhears what this simulator is asked and answers, from now on. */
export function overhear(simulator: Simulator): Secrets {
  const heard = new Set<string>()
  const hear = (parameters: URLSearchParams): void => {
    for (const value of names.flatMap((name) => parameters.getAll(name))) {
      heard.add(value)
      // Of a token, what it says and its signature: a database cuts what is long.
      for (const part of value.split('.').slice(1)) heard.add(part)
    }
  }
  tap(Number(new URL(simulator.url).port), (exchange) => {
    for (const parameters of parametersOf(exchange)) hear(parameters)
    const [, authorization] = /^Basic (.+)$/u.exec(exchange.request.headers.authorization ?? '') ?? []
    if (authorization !== undefined) {
      const [, secret = ''] = Buffer.from(authorization, 'base64').toString().split(':')
      heard.add(authorization).add(decodeURIComponent(secret))
    }
  })
  return {
    ofBrowser: async (browser) => {
      for (const address of [...(await browser.handed()), ...browser.pages().map((page) => page.url())]) {
        hear(new URL(address).searchParams)
      }
    },
    add: (...secrets) => secrets.forEach((secret) => heard.add(secret)),
    // What is shorter stands in other words too.
    all: () => [...heard].filter((secret) => secret.length >= 8),
  }
}

/** Of the address, the body and the answer of a client; what a browser is answered leads it to an address. */
function parametersOf({ request, asked, answered }: Exchange): URLSearchParams[] {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost')
  const sent = [searchParams, new URLSearchParams(asked)]
  if (!answered.startsWith('{')) return sent
  const members: Record<string, unknown> = JSON.parse(answered)
  const told = Object.entries(members).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return [...sent, new URLSearchParams(told)]
}

/**
 * Ends the program and tells what the journal says since its first start. Fails when the journal or the technical log
 * holds an address, or any file of Comptoir's one of the secrets, or somebody's password.
 */
export async function endOf(
  workstation: Workstation,
  { program, browser }: { program: Program; browser: Browser },
  secrets: Secrets,
): Promise<string[]> {
  await secrets.ofBrowser(browser)
  await program.stop()
  expect(secrets.all().length, 'something was overheard').toBeGreaterThan(0)
  const passwords = ['0', '1', '2'].map(workstation.passwordOf)
  const never = [...secrets.all(), ...passwords]
  const log = await workstation.log()
  for (const word of ['http://', 'https://']) expect(log).not.toContain(word)
  await expectNothingWritten(workstation, never)
  return story(workstation, [...never, 'http://', 'https://'])
}
