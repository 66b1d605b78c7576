import { randomBytes } from 'node:crypto'
import type { InteractionResults } from 'oidc-provider'
import type { BrokerTraits } from '../psc-simulator/broker.ts'
import { publicClient, usualPostLogoutRedirectUris, usualRedirectUris } from '../psc-simulator/clients.ts'
import { simulatedClock } from '../psc-simulator/clock.ts'
import { createProviderPages, createShow } from '../psc-simulator/layout.ts'
import { openRealm, type Realm } from '../psc-simulator/realm.ts'
import type { Simulator } from '../psc-simulator/simulator.ts'
import { simulatedAuthority, type Quality } from '../psc-simulator/tls/authority.ts'
import { createEntrance, returnPath } from './entrance.ts'
import { createUpstream, type Outcome, type UpstreamCredential } from './upstream.ts'

export type BrokerOptions = {
  /** The Pro Santé Connect before which it stands: it registers itself there. */
  readonly psc: Simulator
  /** 0, the default: any free port. */
  readonly port?: number
  /** https, and the certificate that it shows; without, http. */
  readonly tls?: Quality
  /** What else it changes, over what every broker does (brokers.md 1, 2, 7): over its own session, times and `sub`. */
  readonly traits?: BrokerTraits
  /** It hands on PSC's own `auth_time`, `acr` and `authMode`; otherwise it says its own, and no `authMode`. */
  readonly vouches?: boolean
  /** How it authenticates itself at PSC. */
  readonly method?: UpstreamCredential['method']
  /** The addresses of Comptoir, its public client. */
  readonly redirectUris?: readonly string[]
  readonly postLogoutRedirectUris?: readonly string[]
}

/** A running broker. `clock`, `ageSessions` and `endAllSessions` are of its own sessions, not of PSC's. */
export type Broker = Realm & {
  /** The authority of its certificates, in PEM. */
  readonly ca: string
}

const realmPath = '/auth/realms/officines'
const name = 'Portail de test'
/** What it calls a login of its own, whatever was asked of it (brokers.md 2). */
const ownAcr = 'loa-1'

/**
 * Starts a broker: an OpenID provider for Comptoir that is a confidential client of Pro Santé Connect. The browser goes
 * from Comptoir to it, to PSC, back to it and back to Comptoir.
 * @throws {Error} when the port is taken
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { psc, tls, vouches = false, method = 'client_secret_post' } = options
  const { redirectUris = usualRedirectUris, postLogoutRedirectUris = usualPostLogoutRedirectUris } = options
  const authority = await simulatedAuthority()
  const show = createShow(realmPath, name)
  const pages = createProviderPages(show, name)
  const people = new Map<unknown, Record<string, unknown>>()
  const login = ({ userinfo, acr, authTime }: Identified): InteractionResults => {
    const { authMode, ...claims } = userinfo
    people.set(userinfo.sub, vouches ? userinfo : claims)
    const own = { accountId: userinfo.sub, acr: ownAcr, amr: [String(authMode)] }
    return {
      login: vouches
        ? {
            ...own,
            ...(acr === undefined ? {} : { acr }),
            ...(authTime === undefined ? {} : { ts: authTime }),
          }
        : own,
    }
  }
  const clientSecret = randomBytes(24).toString('base64url')
  const realm = await openRealm({
    realm: realmPath,
    port: options.port ?? 0,
    tls: tls === undefined ? null : authority.server(tls),
    discoveryPath: '/.well-known/openid-configuration',
    clients: [publicClient({ redirectUris, postLogoutRedirectUris })],
    traits: { sessionSeconds: 20 * 3600, sub: 'own', noSilentLogout: true, ...options.traits },
    isPsc: false,
    clock: simulatedClock(0),
    phone: null,
    cacheControl: {},
    tamper: {},
    userinfo: (sub) => people.get(sub),
    pages,
    visitor: (provider, setting) => {
      const redirectUri = `${setting.url}${realmPath}${returnPath}`
      const clientId = `portail-${new URL(setting.url).port}`
      psc.register({
        client_id: clientId,
        client_secret: clientSecret,
        client_name: name,
        token_endpoint_auth_method: method,
        redirect_uris: [redirectUri],
      })
      const upstream = createUpstream(psc, { method, clientId, clientSecret }, redirectUri)
      return createEntrance({ provider, setting, upstream, pages, show, login })
    },
  })
  return { ...realm, ca: authority.ca }
}

type Identified = Extract<Outcome, { kind: 'identified' }>
