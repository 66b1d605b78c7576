import type { IncomingMessage } from 'node:http'
import type { InteractionResults, Provider } from 'oidc-provider'
import { ongoing, redirect, type Visit } from '../psc-simulator/interaction.ts'
import type { ProviderPages, Show } from '../psc-simulator/layout.ts'
import { browserLoops, isStuck, rememberLoop } from '../psc-simulator/loop.ts'
import { pagesPath, type Setting } from '../psc-simulator/setting.ts'
import { failed, type Outcome, type Upstream } from './upstream.ts'

/** Where Pro Santé Connect sends the browser back, inside the realm. */
export const returnPath = '/retour'

const address = new RegExp(`^${pagesPath}/([\\w-]+)$`)

export type Entrance = {
  readonly provider: Provider
  readonly setting: Setting
  readonly upstream: Upstream
  readonly pages: ProviderPages
  readonly show: Show
  /** Remembers who it is, and says how they are logged in here. */
  readonly login: (outcome: Extract<Outcome, { kind: 'identified' }>) => InteractionResults
}

/**
 * The broker's own steps of an identification: it sends the browser to Pro Santé Connect without a page, unless it
 * loops (brokers.md 3), and takes it back.
 */
export function createEntrance(entrance: Entrance): (visit: Visit) => Promise<boolean> {
  const { provider, setting, upstream, pages } = entrance
  const { url, realm } = setting
  const outcomes = new Map<string, Outcome>()
  const stranded = (visit: Visit) => {
    visit.status = 400
    pages.error(visit, 'invalid_request', 'unknown or expired identification')
    return true
  }
  return async (visit) => {
    if (visit.path === returnPath) {
      const back = await upstream.outcome(new URL(`${url}${realm}${returnPath}?${visit.querystring}`))
      if (back === null) return stranded(visit)
      outcomes.set(back.uid, back.outcome)
      redirect(visit, `${realm}${pagesPath}/${back.uid}`)
      return true
    }
    const [, uid] = address.exec(visit.path) ?? []
    if (uid === undefined) return false
    const interaction = await ongoing(provider, visit.req, visit.res)
    if (interaction?.uid !== uid) return stranded(visit)
    const outcome = outcomes.get(uid) ?? (await sendOut(entrance, visit, uid))
    if (outcome === null) return true
    outcomes.delete(uid)
    if (outcome.kind === 'identified' && browserLoops(setting.traits, visit.req, interaction.params)) {
      rememberLoop(visit.res)
      redirect(visit, `${realm}${pagesPath}/${uid}`)
    } else {
      redirect(visit, await provider.interactionResult(visit.req, visit.res, resultOf(outcome, entrance)))
    }
    return true
  }
}

/** @returns null when the browser was sent out or has a page; otherwise why it could not be */
async function sendOut(
  { setting, upstream, show }: Entrance,
  visit: Visit,
  uid: string,
): Promise<Outcome | null> {
  if (visit.method === 'GET' && hasLooped(setting, visit.req)) {
    visit.status = 200
    show(visit, "S'identifier", '<form method="post"><button>Pro Santé Connect</button></form>')
    return null
  }
  try {
    redirect(visit, await upstream.authorizationUrl(uid))
    return null
  } catch (error) {
    return failed(error)
  }
}

function hasLooped({ traits }: Setting, request: IncomingMessage): boolean {
  return traits.prompt === 'loops' && isStuck(request)
}

function resultOf(outcome: Outcome, { login }: Entrance): InteractionResults {
  return outcome.kind === 'identified'
    ? login(outcome)
    : { error: outcome.error, error_description: outcome.description }
}
