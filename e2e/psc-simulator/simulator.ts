import type { ClientMetadata } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import { usualClients } from './clients.ts'
import { simulatedClock } from './clock.ts'
import { readIdToken, signIdToken, signingKeys, type IdTokenClaims, type Signature } from './id-tokens.ts'
import { openDoor } from './loopback.ts'
import { createPages } from './pages.ts'
import { createProvider } from './provider.ts'
import { realmPath } from './setting.ts'
import { createStorage } from './storage.ts'
import { createTampering, type Endpoint, type Tampering } from './tampering.ts'
import { serve } from './wiring.ts'

export type { BrokerTraits } from './broker.ts'
export type { IdTokenClaims, Signature } from './id-tokens.ts'
export type { Answer, Endpoint, Tampering } from './tampering.ts'

export type SimulatorOptions = {
  /** 0, the default: any free port. */
  readonly port?: number
  /** Who may ask for an identification; by default the clients of `clients.ts`. */
  readonly clients?: readonly ClientMetadata[]
  /** What differs because a broker stands between; `null`, the default, is Pro Santé Connect itself. */
  readonly broker?: BrokerTraits | null
  /** How far ahead of this machine's its clock is; negative when it is late. */
  readonly clockOffsetSeconds?: number
  /** Answers spoiled from the start; `Simulator.tamper` sets and clears others while it runs. */
  readonly tamper?: Partial<Record<Endpoint, Tampering>>
}

/** A running simulator of Pro Santé Connect. */
export type Simulator = {
  /** `http://localhost:PORT` */
  readonly url: string
  readonly issuer: string
  /** PSC's own path of it; the standard one answers too (psc.md §1). */
  readonly discoveryUrl: string
  /** Spoils the answers of an endpoint from now on; `null` gives its real ones back. */
  readonly tamper: (endpoint: Endpoint, tampering: Tampering | null) => void
  /** Hands out, instead of its ID tokens, what `change` makes of their claims; `null` stops that. */
  readonly tamperIdToken: (
    change: ((claims: IdTokenClaims) => IdTokenClaims) | null,
    signature?: Signature,
  ) => void
  /** Signs claims of your own: with the key of its JWKS, with another under the same `kid`, or not at all. */
  readonly signIdToken: (claims: IdTokenClaims, signature: Signature) => Promise<string>
  /** The claims of an ID token; its signature is not looked at. */
  readonly readIdToken: (idToken: string) => IdTokenClaims
  /**
   * Puts its clock that far ahead of this machine's (late when negative). What it says and how long what it has
   * given out lives move together: going 121 s ahead ends the access tokens given out before.
   */
  readonly clock: (offsetSeconds: number) => void
  /** Makes every open session that much older: next `auth_time` says so. Its inactivity is not counted. */
  readonly ageSessions: (seconds: number) => void
  /** Ends every session, as an administrator of PSC would: nobody is told, their tokens are gone. */
  readonly endAllSessions: () => void
  /** Stops listening and cuts what is still connected. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a simulator on 127.0.0.1 and ::1, as browsers take `localhost` for either.
 * @throws {Error} when the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, clients = usualClients, broker = null, clockOffsetSeconds = 0, tamper = {} } = options
  const keys = await signingKeys()
  const door = await openDoor(port)
  const url = `http://localhost:${door.port}`
  const realm = `${url}${realmPath}`
  const issuer = broker?.issuerEndsWithSlash === true ? `${realm}/` : realm
  const clock = simulatedClock(clockOffsetSeconds)
  const storage = createStorage(clock)
  const tampering = createTampering(tamper)
  const setting = { url, issuer, clients, traits: broker ?? {}, clock, storage, keys }
  const pages = createPages(clients)
  door.admit(serve(createProvider(setting, pages), pages, setting, tampering))
  return {
    url,
    issuer,
    discoveryUrl: `${realm}/.well-known/wallet-openid-configuration`,
    tamper: tampering.set,
    tamperIdToken: (change, signature = { key: 'own' }) => {
      tampering.setIdToken(
        change && (async (idToken) => signIdToken(keys, change(readIdToken(idToken)), signature)),
      )
    },
    signIdToken: (claims, signature) => signIdToken(keys, claims, signature),
    readIdToken,
    clock: clock.set,
    ageSessions: storage.ageSessions,
    endAllSessions: storage.endAllSessions,
    stop: door.close,
  }
}
