import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors, type Provider } from 'oidc-provider'
import { form } from './form.ts'
import { findIdentity, type Identity, type Means } from './identities.ts'
import { browserLoops, rememberLoop } from './loop.ts'
import type { Shown } from './layout.ts'
import type { Pages } from './pages.ts'
import { pagesPath, type Setting } from './setting.ts'

/** What the pages use of Koa's context. */
export type Visit = Shown & {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly method: string
  readonly path: string
  readonly querystring: string
  readonly redirect: (url: string) => void
}

/** The page that somebody is on. It keeps nothing: what was chosen is in its address. */
type Step = { readonly kind: 'choice' } | { readonly kind: 'card' | 'phone'; readonly identity: Identity }

/** What somebody did on a page. */
type Deed =
  | { readonly kind: 'nothing'; readonly fault?: string }
  | { readonly kind: 'chosen'; readonly path: string }
  | { readonly kind: 'refused'; readonly description: string }
  | { readonly kind: 'identified'; readonly identity: Identity; readonly means: Means }

const address = new RegExp(`^${pagesPath}/([\\w-]+)(?:/(carte|e-cps)/([\\w-]+))?$`)

/**
 * The pages on which somebody chooses an identity, then shows a card or answers on a phone.
 * @returns whether the request was for one of them
 */
export async function visitPages(
  provider: Provider,
  pages: Pages,
  { realm, traits }: Setting,
  visit: Visit,
): Promise<boolean> {
  const [, uid, means, identityId] = address.exec(visit.path) ?? []
  if (uid === undefined) return false
  const { req, res } = visit
  const interaction = await ongoing(provider, req, res)
  if (interaction?.uid !== uid) {
    visit.status = 400
    pages.error(visit, 'authorization request has expired')
    return true
  }
  const step = stepOf(means, identityId)
  const deed: Deed = visit.method === 'POST' ? deedOf(step, await form(req)) : { kind: 'nothing' }
  const home = `${realm}${pagesPath}/${uid}`
  if (deed.kind === 'nothing') {
    const clientId = interaction.params['client_id']
    const client = await provider.Client.find(typeof clientId === 'string' ? clientId : '')
    show(pages, visit, step, client?.clientName ?? client?.clientId ?? '', deed.fault)
  } else if (deed.kind === 'chosen') {
    redirect(visit, `${home}/${deed.path}`)
  } else if (deed.kind === 'identified' && browserLoops(traits, req, interaction.params)) {
    rememberLoop(res)
    redirect(visit, home)
  } else {
    redirect(visit, await provider.interactionResult(req, res, resultOf(deed)))
  }
  return true
}

function stepOf(means: string | undefined, identityId = ''): Step {
  const identity = findIdentity(identityId)
  return identity === undefined
    ? { kind: 'choice' }
    : { kind: means === 'carte' ? 'card' : 'phone', identity }
}

function show(pages: Pages, visit: Visit, step: Step, service: string, fault?: string): void {
  visit.status = 200
  if (step.kind === 'choice') pages.choice(visit, service)
  else if (step.kind === 'card') pages.card(visit, step.identity, fault)
  else pages.phone(visit, step.identity, service)
}

function deedOf(step: Step, fields: URLSearchParams): Deed {
  const action = fields.get('action')
  if (action === 'annuler') return { kind: 'refused', description: 'The end-user cancelled.' }
  if (step.kind === 'choice') {
    const chosen = findIdentity(fields.get('identity') ?? '')
    if (chosen === undefined) return { kind: 'nothing' }
    return { kind: 'chosen', path: `${fields.get('means') === 'MOBILE' ? 'e-cps' : 'carte'}/${chosen.id}` }
  }
  if (step.kind === 'card')
    return /^\d{4}$/.test(fields.get('code') ?? '')
      ? { kind: 'identified', identity: step.identity, means: 'CARD' }
      : { kind: 'nothing', fault: 'Saisissez quatre chiffres.' }
  if (action === 'refuser') return { kind: 'refused', description: 'The end-user refused on the phone.' }
  return action === 'valider'
    ? { kind: 'identified', identity: step.identity, means: 'MOBILE' }
    : { kind: 'nothing' }
}

/** How an identification ends for oidc-provider. */
function resultOf(deed: Extract<Deed, { kind: 'refused' | 'identified' }>) {
  return deed.kind === 'refused'
    ? { error: 'access_denied', error_description: deed.description }
    : { login: { accountId: deed.identity.sub, acr: deed.identity.acr, amr: [deed.means] } }
}

/** The identification this browser is in, unless it has none or took too long. */
export async function ongoing(provider: Provider, req: IncomingMessage, res: ServerResponse) {
  try {
    return await provider.interactionDetails(req, res)
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined
    throw error
  }
}

/** A form's answer is never shown again by going back. */
export function redirect(visit: Visit, url: string): void {
  visit.status = 303
  visit.redirect(url)
}
