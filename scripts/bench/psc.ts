import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Method, Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { inARowRows, measureInARow, type Sample } from './psc-in-a-row.ts'
import { disconnect, identify, logIn, logInByPhone, type Counter, type Moments } from './psc-login.ts'
import { idleMs, type RawClient } from './psc-raw.ts'
import { forgetPhoneRequests, onPscSite, person, type PscSite } from './psc-site.ts'
import { differencesOf, summaryOf, type Summary } from './statistics.ts'
import { row, type Row } from './table.ts'

/** What Pro Santé Connect costs: one series of logins for each way of client authentication. */
export type PscFigures = {
  readonly logins: readonly PscLogins[]
  /** Without a browser; a series that knows the provider. */
  readonly phone: readonly Pair[]
  readonly inARow: readonly Sample[]
}

type PscLogins = {
  readonly method: Method
  /**
   * The first of a program and of a raw client: neither keeps anything of the provider, nor has the program loaded
   * OpenID Connect; but it has read its credential.
   */
  readonly first: readonly Pair[]
  readonly later: readonly Pair[]
}

/** One login and a raw client's beside it, without the time that browser and person have; in milliseconds. */
type Pair = { readonly comptoir: number; readonly raw: number }

const methods = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
] as const

/** A program looks for the first time whether Pro Santé Connect answers five seconds after its start. */
const settledMs = 7000

/**
 * Before each login, as people are not that quick: the window is drawn, and as a person is longer in the browser than
 * any connection is kept, each client opens its own again.
 */
const pauseMs = idleMs * 1.1

/** Measures in `folder`, which is the caller's to remove. */
export async function measurePsc(folder: string, rounds: number): Promise<PscFigures> {
  const logins: PscLogins[] = []
  for (const method of methods) {
    logins.push(await onPscSite(join(folder, method), method, (site) => measureLogins(method, site, rounds)))
  }
  const phone = await onPscSite(join(folder, 'phone'), 'client_secret_basic', (site) =>
    measurePhone(site, rounds),
  )
  return { logins, phone, inARow: await measureInARow(join(folder, 'in-a-row')) }
}

async function measureLogins(method: Method, site: PscSite, rounds: number): Promise<PscLogins> {
  const first: Pair[] = []
  const later: Pair[] = []
  const starts = Math.ceil(rounds / 3)
  for (let start = 1; start <= starts; start += 1) {
    await site.atCounter(async (counter) => {
      const raw = site.rawClient()
      // Nobody is at the counter sooner: by then the program has looked at its credential.
      await sleep(settledMs)
      first.push(await measurePair(counter, raw, site.simulator))
      if (start < starts) return
      for (let round = 0; round < rounds; round += 1) {
        later.push(await measurePair(counter, raw, site.simulator))
      }
    })
  }
  return { method, first, later }
}

async function measurePair(counter: Counter, raw: RawClient, { ca }: Simulator): Promise<Pair> {
  const browser = { identity: person.identity, ca }
  await identify(counter)
  await sleep(pauseMs)
  const comptoir = ownTime(await logIn(counter, browser))
  await sleep(pauseMs)
  const pair = { comptoir, raw: ownTime(await raw.logIn(browser)) }
  await disconnect(counter)
  return pair
}

function ownTime({ asked, out, back, done }: Moments): number {
  return out - asked + (done - back)
}

/** The phone answers at once: both wait for the same interval, and the difference is what Comptoir loses beyond it. */
function measurePhone(site: PscSite, rounds: number): Promise<Pair[]> {
  const { simulator, dataDir } = site
  const answer = async (): Promise<void> => {
    while (simulator.phone.pending().length === 0) await sleep(1)
    await simulator.phone.approve(person.nationalId)
  }
  return site.atCounter(async (counter) => {
    const raw = site.rawClient()
    const pairs: Pair[] = []
    for (let round = 0; round <= rounds; round += 1) {
      forgetPhoneRequests(dataDir)
      await identify(counter)
      await sleep(pauseMs)
      const comptoir = await logInByPhone(counter, person.code, answer)
      pairs.push({ comptoir, raw: await raw.logInByPhone(person.nationalId, answer) })
      await disconnect(counter)
    }
    return pairs.slice(1)
  })
}

/** The figures as the table shows them. */
export function pscRows({ logins, phone, inARow }: PscFigures): Row[] {
  return [
    ...logins.map(({ method, later }) =>
      row(`PSC login beyond a raw client, ${method}`, beyondRaw(later), 10, ' ms'),
    ),
    ...logins.map(({ method, first }) =>
      row(`the first since the start, credential read, ${method}`, beyondRaw(first), 120, ' ms'),
    ),
    row('e-CPS without a browser, beyond interval and raw client', beyondRaw(phone), 30, ' ms'),
    ...inARowRows(inARow),
  ]
}

function beyondRaw(pairs: readonly Pair[]): Summary {
  return summaryOf(
    differencesOf(
      pairs.map(({ comptoir }) => comptoir),
      pairs.map(({ raw }) => raw),
    ),
  )
}
