import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { startSimulator, type Method, type Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { startProgram } from '../../e2e/support/program.ts'
import { giveCredential } from '../../e2e/support/psc-credential.ts'
import type { WrittenSettings } from '../../e2e/support/test.ts'
import { writeDemonstration } from '../demonstration/data.ts'
import { usualPagesUrl } from '../demonstration/pages.ts'
import { electronExecutable } from '../electron-arguments.ts'
import { takeCounter, type Counter } from './psc-login.ts'
import { createRawClient, type RawClient } from './psc-raw.ts'

/** A workstation that is a client of a simulator of its own by one way of authentication. */
export type PscSite = {
  readonly simulator: Simulator
  readonly dataDir: string
  /** Another client that is the same to the simulator. */
  readonly rawClient: () => RawClient
  /** What is done at a program that has just started, and is ended afterwards. */
  readonly atCounter: <T>(work: (counter: Counter) => Promise<T>) => Promise<T>
}

/** Who identifies: the operator `code` of the demonstration. */
export const person = { identity: 'adjointe', nationalId: '899700261797', code: '1' } as const

/**
 * Makes one in `folder`, which is the caller's to remove, with its secrets in a real keychain, and ends all of it
 * after `work`. Over https where a certificate is what authenticates.
 */
export async function onPscSite<T>(
  folder: string,
  method: Method,
  work: (site: PscSite) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulator(method === 'tls_client_auth' ? { tls: 'trusted' } : {})
  try {
    const place = await writeDemonstration(folder, {
      electron: electronExecutable(),
      pagesUrl: usualPagesUrl,
      psc: simulator,
      card: { enabled: false },
    })
    const { env, stop, written } = await giveCredential(place, simulator, method)
    try {
      const settings: WrittenSettings = JSON.parse(await readFile(place.config, 'utf8'))
      // A public client cannot ask without a browser.
      const ciba = { enabled: method !== 'none' }
      const psc = { ...settings.psc, ...written, ciba }
      await writeFile(place.config, JSON.stringify({ ...settings, psc }))
      const rawClient = () => createRawClient(simulator, simulator.credentials[method])
      // The simulator's first answers are slower: they are neither client's.
      await rawClient().logIn({ identity: person.identity, ca: simulator.ca })
      return await work({
        simulator,
        dataDir: place.dataDir,
        rawClient,
        atCounter: async (visit) => {
          const program = await startProgram({ ...place, env: { ...env } })
          try {
            return await visit(await takeCounter(program))
          } finally {
            await program.stop()
          }
        },
      })
    } finally {
      await stop()
    }
  } finally {
    await simulator.stop()
  }
}

/** As if ten minutes had passed: one person is asked three times in them at most (product.md §3.4). */
export function forgetPhoneRequests(dataDir: string): void {
  const database = new Sqlite(join(dataDir, 'comptoir.db'))
  try {
    database.prepare('DELETE FROM phone_push').run()
  } finally {
    database.close()
  }
}
