import type { Simulator } from '../../e2e/psc-simulator/simulator.ts'
import type { WrittenPsc } from './stage.ts'

export type Channel = 'MOBILE' | 'CARD'

/** `psc` of a workstation that is the simulator's confidential client, and asks without a browser by `channel`. */
export function directRoad({ issuer, discoveryUrl, credentials }: Simulator, channel: Channel): WrittenPsc {
  const { method, clientId } = credentials.client_secret_basic
  return { issuer, discoveryUrl, clientId, clientAuthentication: method, ciba: { enabled: true, channel } }
}
