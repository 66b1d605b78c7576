import { performance } from 'node:perf_hooks'
import { expect } from 'vitest'
import { signIn, type SignInOptions } from '../../../e2e/psc-simulator/agent.ts'
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../e2e/psc-simulator/simulator.ts'
import type { Clock } from '../../clock.ts'
import type { Authentication, PscAnswer } from '../authentication.ts'
import { createPscClient, type PscClient } from '../client.ts'
import type { ClientCredential } from '../credential.ts'
import { createProvider, type Provider as KnownProvider, type PscClientSettings } from '../provider.ts'
import type { PscFailure } from '../failure.ts'
import { createFetch, usualLimits } from '../fetch.ts'

/** The first address that the simulator's clients register; nothing has to listen there. */
export const redirectUri = 'http://localhost:43110/psc/retour'
export const clock = { now: () => new Date(), monotonic: () => performance.now() }

export const patricia: SignInOptions = { identity: 'adjointe' }

/** The settings of a workstation that takes this simulator for Pro Santé Connect itself. */
export function settingsOf(
  { discoveryUrl, issuer }: Pick<Simulator, 'discoveryUrl' | 'issuer'>,
  other: Partial<PscClientSettings> = {},
): PscClientSettings {
  return {
    discoveryUrl,
    issuer,
    clientId: 'comptoir',
    scope: 'openid scope_all',
    acrValues: 'eidas1',
    prompt: null,
    nationalIdClaim: null,
    authTimeIsFromPsc: true,
    acrIsFromPsc: true,
    ...other,
  }
}

/** What one workstation has of its own. */
export type Workstation = {
  readonly settings?: Partial<PscClientSettings>
  readonly credential?: ClientCredential
  readonly clock?: Clock
  readonly timeoutMs?: number
}

/** The provider as a new workstation knows it, which has asked nothing yet. */
export function providerOf(simulator: Simulator, workstation: Workstation = {}): KnownProvider {
  const { settings, credential = { kind: 'none' }, clock: own = clock, timeoutMs = 5000 } = workstation
  const fetch = createFetch({ ...usualLimits, timeoutMs }, own, {
    proxy: null,
    authorities: simulator.url.startsWith('https:') ? simulator.ca : null,
    identity: credential.kind === 'tls' ? credential.identity : null,
  })
  return createProvider(settingsOf(simulator, settings), credential, own, fetch)
}

/** A simulator, and a client of it. */
export type Provider = {
  readonly simulator: Simulator
  readonly client: PscClient
  /** Another client of the same simulator, which has asked nothing yet. */
  readonly clientWith: (settings: Partial<PscClientSettings>, timeoutMs?: number) => PscClient
  /** Time goes by, for the provider and for the workstation. */
  readonly later: (seconds: number) => void
  readonly stop: () => Promise<void>
}

export async function startProvider(
  options: SimulatorOptions = {},
  settings: Partial<PscClientSettings> = {},
): Promise<Provider> {
  const simulator = await startSimulator(options)
  let gone = 0
  const moving = { ...clock, now: () => new Date(Date.now() + gone * 1000) }
  const clientWith: Provider['clientWith'] = (others, timeoutMs = 5000) =>
    createPscClient(providerOf(simulator, { settings: { ...settings, ...others }, clock: moving, timeoutMs }))
  const later = (seconds: number): void => {
    gone = seconds
    simulator.clock(seconds)
  }
  return { simulator, client: clientWith({}), clientWith, later, stop: simulator.stop }
}

/** One identification, from the request to who it is. The browser must come back. */
export async function identify(client: PscClient, options: SignInOptions = patricia): Promise<PscAnswer> {
  const asked = await client.authorizationRequest(redirectUri)
  if (asked.kind === 'failed') return asked
  return asked.request.complete(new URL(await signIn(asked.request.url, options)))
}

/** @throws {Error} when nobody was */
export function identified(answer: PscAnswer | { readonly kind: 'cancelled' }): Authentication {
  if (answer.kind === 'identified') return answer.authentication
  const why = answer.kind === 'failed' ? `${answer.reason} ${answer.detail}` : answer.kind
  throw new Error(`Nobody was identified: ${why}`)
}

export function failure(reason: PscFailure['reason'], detail: string): PscFailure {
  return { kind: 'failed', reason, detail }
}

/** The same once an ID token has been verified: the journal keeps what it said. */
export function failureAfterIdToken(reason: PscFailure['reason'], detail: string, acr = 'eidas1'): object {
  return {
    ...failure(reason, detail),
    trace: {
      flow: 'code',
      host: expect.stringMatching(/^localhost:\d+$/),
      acr,
      acrFrom: expect.stringMatching(/^(?:psc|broker)$/),
      authMode: null,
      authTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      nationalId: null,
    },
  }
}
