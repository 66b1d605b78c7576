import type { ServerOptions } from 'node:https'
import type { ClientMetadata, Provider } from 'oidc-provider'
import { readIdToken, signIdToken, signingKeys, type IdTokenClaims, type Signature } from './id-tokens.ts'
import type { Visit } from './interaction.ts'
import { createKeyRing } from './key-ring.ts'
import type { ProviderPages } from './layout.ts'
import { openDoor } from './loopback.ts'
import { createProvider } from './provider.ts'
import type { Setting } from './setting.ts'
import { createStorage } from './storage.ts'
import { createTampering, type Endpoint, type Tampering } from './tampering.ts'
import { serve } from './wiring.ts'

/** What can be done with a running provider, the simulator of Pro Santé Connect or a broker. */
export type Realm = {
  /** `http://localhost:PORT`, or `https` */
  readonly url: string
  readonly issuer: string
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
  /** Signs with a new key, under a new `kid`; the JWKS shows the former one no more unless it is kept. */
  readonly rotateKeys: (options?: { readonly keepsFormer?: boolean }) => Promise<void>
  /** How many requests an endpoint has had, whatever came of them. */
  readonly requests: (endpoint: Endpoint) => number
  /** Adds a client. */
  readonly register: (client: ClientMetadata) => void
  /**
   * Puts its clock that far ahead of this machine's (late when negative). What it says and how long what it has
   * given out lives move together: going 121 s ahead ends the access tokens given out before.
   */
  readonly clock: (offsetSeconds: number) => void
  /** Makes every open session that much older: next `auth_time` says so. Its inactivity is not counted. */
  readonly ageSessions: (seconds: number) => void
  /** Ends every session, as an administrator would: nobody is told, their tokens are gone. */
  readonly endAllSessions: () => void
  /** Stops listening and cuts what is still connected. */
  readonly stop: () => Promise<void>
}

type Own = 'realm' | 'clients' | 'traits' | 'isPsc' | 'clock' | 'phone' | 'userinfo' | 'cacheControl'

export type RealmOptions = Pick<Setting, Own> & {
  /** 0: any free port. */
  readonly port: number
  /** null: http. */
  readonly tls: ServerOptions | null
  /** Its discovery, inside the realm. */
  readonly discoveryPath: string
  readonly tamper: Partial<Record<Endpoint, Tampering>>
  readonly pages: ProviderPages
  /** What answers on its own pages. */
  readonly visitor: (provider: Provider, setting: Setting) => (visit: Visit) => Promise<boolean>
}

/**
 * Opens a provider on 127.0.0.1 and ::1, as browsers take `localhost` for either.
 * @throws {Error} when the port is taken
 */
export async function openRealm(options: RealmOptions): Promise<Realm> {
  const { port, tls, discoveryPath, tamper, pages, visitor, ...own } = options
  const door = await openDoor(port, tls)
  const url = `${tls === null ? 'http' : 'https'}://localhost:${door.port}`
  const home = `${url}${own.realm}`
  const keys = createKeyRing(await signingKeys())
  const storage = createStorage(own.clock)
  const issuer = own.traits.issuerEndsWithSlash === true ? `${home}/` : home
  const setting: Setting = { ...own, url, issuer, storage, keys }
  const tampering = createTampering(tamper)
  const counts = new Map<Endpoint, number>()
  const requests = (endpoint: Endpoint) => counts.get(endpoint) ?? 0
  const provider = createProvider(setting, pages)
  door.admit(
    serve({
      provider,
      pages,
      setting,
      tampering,
      visit: visitor(provider, setting),
      count: (endpoint) => counts.set(endpoint, requests(endpoint) + 1),
    }),
  )
  return {
    url,
    issuer,
    discoveryUrl: `${home}${discoveryPath}`,
    tamper: tampering.set,
    tamperIdToken: (change, signature = { key: 'own' }) => {
      tampering.setIdToken(
        change && (async (idToken) => signIdToken(keys.current(), change(readIdToken(idToken)), signature)),
      )
    },
    signIdToken: (claims, signature) => signIdToken(keys.current(), claims, signature),
    readIdToken,
    rotateKeys: ({ keepsFormer = false } = {}) => keys.rotate(keepsFormer),
    requests,
    register: storage.register,
    clock: own.clock.set,
    ageSessions: storage.ageSessions,
    endAllSessions: storage.endAllSessions,
    stop: door.close,
  }
}
