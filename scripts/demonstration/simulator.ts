import { realmPath } from '../../e2e/psc-simulator/setting.ts'
import { startSimulator, type Simulator } from '../../e2e/psc-simulator/simulator.ts'
import type { Provider } from './settings.ts'

/** The port of `npm run psc-simulator` unless told otherwise. */
export const usualPscPort = 43190

/** Where the simulator is, at its usual port, whether it runs or not. */
export const usualPsc: Provider = providerAt(`http://localhost:${usualPscPort}${realmPath}`)

/** Starts the simulator at its usual port, or at a free one when that is taken: its settings are told. */
export async function startDemonstrationPsc(): Promise<Simulator> {
  try {
    return await startSimulator({ port: usualPscPort })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return startSimulator({ port: 0 })
  }
}

function providerAt(issuer: string): Provider {
  return { issuer, discoveryUrl: `${issuer}/.well-known/wallet-openid-configuration` }
}
