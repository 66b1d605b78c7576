import type { ClientMetadata } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import { createPhone, type Decision, type PendingRequest } from './ciba/phone.ts'
import { phonePath, visitPhone } from './ciba/phone-page.ts'
import type { CibaFault } from './ciba/polls.ts'
import { usualClients, usualPostLogoutRedirectUris, usualRedirectUris } from './clients.ts'
import { simulatedClock } from './clock.ts'
import { makeCredentials, type Credentials } from './credentials.ts'
import { identityOfSub } from './identities.ts'
import { visitPages } from './interaction.ts'
import { createPages } from './pages.ts'
import { openRealm, type Realm } from './realm.ts'
import { realmPath, type CacheControl } from './setting.ts'
import type { Endpoint, Tampering } from './tampering.ts'
import { simulatedAuthority, type Quality } from './tls/authority.ts'
import { userinfo } from './userinfo.ts'

export type { BrokerTraits } from './broker.ts'
export type { PendingRequest } from './ciba/phone.ts'
export type { CibaFault } from './ciba/polls.ts'
export type { Credential, Credentials, Method } from './credentials.ts'
export type { IdTokenClaims, Signature } from './id-tokens.ts'
export type { Answer, Endpoint, Tampering } from './tampering.ts'

export type SimulatorOptions = {
  /** 0, the default: any free port. */
  readonly port?: number
  /** https, and the certificate that it shows; without, http. */
  readonly tls?: Quality
  /** Who may ask for an identification; by default the clients of `clients.ts`, which have `credentials`. */
  readonly clients?: readonly ClientMetadata[]
  /** The addresses of the usual clients. */
  readonly redirectUris?: readonly string[]
  readonly postLogoutRedirectUris?: readonly string[]
  /** What differs because a broker stands between; `null`, the default, is Pro Santé Connect itself. */
  readonly broker?: BrokerTraits | null
  /** Seconds between two polls of CIBA, 1 unless told; `null`: clients are not told, and must wait 5. */
  readonly cibaInterval?: number | null
  readonly cacheControl?: CacheControl
  /** How far ahead of this machine's its clock is; negative when it is late. */
  readonly clockOffsetSeconds?: number
  /** Answers spoiled from the start; `Simulator.tamper` sets and clears others while it runs. */
  readonly tamper?: Partial<Record<Endpoint, Tampering>>
}

/** A running simulator of Pro Santé Connect. Its discovery is on PSC's own path; the standard one answers too. */
export type Simulator = Realm & {
  /** The authority of its certificates, in PEM: what a client of an https simulator must be told to trust. */
  readonly ca: string
  /** With what the usual clients authenticate themselves; over http there is no `tls_client_auth`. */
  readonly credentials: Credentials
  readonly phone: SimulatedPhone
}

/** The phones of the test identities. */
export type SimulatedPhone = {
  /** The page on which requests are answered by hand. */
  readonly url: string
  readonly pending: () => readonly PendingRequest[]
  /**
   * Answer the oldest request that this person was sent.
   * @throws {Error} when there is none
   */
  readonly approve: (nationalId: string) => Promise<void>
  readonly refuse: (nationalId: string) => Promise<void>
  /** How CIBA goes wrong from now on; `null`: it does not. */
  readonly setFault: (fault: CibaFault | null) => void
}

/**
 * Starts a simulator on 127.0.0.1 and ::1.
 * @throws {Error} when the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { broker = null, redirectUris = usualRedirectUris, tls } = options
  const { postLogoutRedirectUris = usualPostLogoutRedirectUris, cibaInterval = 1 } = options
  const authority = await simulatedAuthority()
  const credentials = await makeCredentials()
  const clock = simulatedClock(options.clockOffsetSeconds ?? 0)
  const phone = createPhone(clock, cibaInterval)
  const pages = createPages(realmPath)
  const realm = await openRealm({
    realm: realmPath,
    port: options.port ?? 0,
    // A browser has no certificate: everybody comes in, and mtls.ts looks at what they showed.
    tls: tls === undefined ? null : { ...authority.server(tls), ca: authority.ca, ...asksForCertificates },
    discoveryPath: '/.well-known/wallet-openid-configuration',
    clients:
      options.clients ??
      usualClients(credentials, { redirectUris, postLogoutRedirectUris }, tls !== undefined),
    traits: broker ?? {},
    isPsc: broker === null,
    clock,
    // A broker has none: PSC itself must be asked (product.md §3.4).
    phone: broker === null ? phone : null,
    cacheControl: options.cacheControl ?? {},
    tamper: options.tamper ?? {},
    userinfo: (sub, means) => {
      const identity = identityOfSub(sub)
      return identity && userinfo(identity, means)
    },
    pages,
    visitor: (provider, setting) => async (visit) =>
      (await visitPhone(setting.phone, pages, visit)) || visitPages(provider, pages, setting, visit),
  })
  const answer = (nationalId: string, decision: Decision) => {
    const asked = phone.pending().find(({ identity }) => identity.nationalId === nationalId)
    if (asked === undefined) throw new Error(`Nothing is asked of ${nationalId}.`)
    return phone.answer(asked.id, decision)
  }
  return {
    ...realm,
    ca: authority.ca,
    credentials,
    phone: {
      url: `${realm.url}${realmPath}${phonePath}`,
      pending: phone.pending,
      approve: async (nationalId) => answer(nationalId, 'approved'),
      refuse: async (nationalId) => answer(nationalId, 'refused'),
      setFault: phone.setFault,
    },
  }
}

const asksForCertificates = { requestCert: true, rejectUnauthorized: false }
