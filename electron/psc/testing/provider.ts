import { performance } from 'node:perf_hooks'
import { signIn, type SignInOptions } from '../../../e2e/psc-simulator/agent.ts'
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../e2e/psc-simulator/simulator.ts'
import { createPscClient, type Authentication, type PscAnswer, type PscClient } from '../client.ts'
import type { PscClientSettings } from '../client.ts'
import type { PscFailure } from '../failure.ts'
import type { FetchLimits } from '../fetch.ts'

/** The first address that the simulator's clients register; nothing has to listen there. */
export const redirectUri = 'http://localhost:43110/psc/retour'
export const clock = { monotonic: () => performance.now() }
const limits: FetchLimits = { timeoutMs: 5000, maxBytes: 1024 * 1024 }

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

/** A simulator, and a client of it. */
export type Provider = {
  readonly simulator: Simulator
  readonly client: PscClient
  /** Another client of the same simulator, which has asked nothing yet. */
  readonly clientWith: (settings: Partial<PscClientSettings>, timeoutMs?: number) => PscClient
  readonly stop: () => Promise<void>
}

export async function startProvider(
  options: SimulatorOptions = {},
  settings: Partial<PscClientSettings> = {},
): Promise<Provider> {
  const simulator = await startSimulator(options)
  const clientWith: Provider['clientWith'] = (others, timeoutMs = limits.timeoutMs) =>
    createPscClient(settingsOf(simulator, { ...settings, ...others }), clock, { ...limits, timeoutMs })
  return { simulator, client: clientWith({}), clientWith, stop: simulator.stop }
}

/** One identification, from the request to who it is. The browser must come back. */
export async function identify(client: PscClient, options: SignInOptions = patricia): Promise<PscAnswer> {
  const asked = await client.authorizationRequest(redirectUri)
  if (asked.kind === 'failed') return asked
  return asked.request.complete(new URL(await signIn(asked.request.url, options)))
}

/** @throws {Error} when nobody was */
export function identified(answer: PscAnswer): Authentication {
  if (answer.kind === 'identified') return answer.authentication
  throw new Error(`Nobody was identified: ${answer.reason} ${answer.detail}`)
}

export function failure(reason: PscFailure['reason'], detail: string): PscFailure {
  return { kind: 'failed', reason, detail }
}
