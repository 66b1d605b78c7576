import { texts } from '../../../renderer/ui/texts.ts'

/** The pages that Comptoir leaves the browser with. */
export const { pages } = texts.psc

/** The addresses that a client registers for these ports. */
export function registeredOn(ports: readonly number[]): {
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
} {
  return {
    redirectUris: ports.map((port) => `http://localhost:${port}/psc/retour`),
    postLogoutRedirectUris: ports.map((port) => `http://localhost:${port}/psc/deconnexion`),
  }
}
