import { expect } from 'vitest'
import { cookieJar, signIn, StaysInBrowser, type CookieJar } from '../../../../e2e/psc-simulator/agent.ts'
import type { IdentityId } from '../../../../e2e/psc-simulator/identities.ts'
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../../e2e/psc-simulator/simulator.ts'
import { toCallError } from '../../../ipc/call-error.ts'
import type { CallError } from '../../../ipc/result.ts'
import { createFetch, usualLimits } from '../../../psc/fetch.ts'
import { openPsc } from '../../../psc/open.ts'
import type { PscClientSettings } from '../../../psc/provider.ts'
import { freePorts } from '../../../psc/testing/ports.ts'
import { settingsOf } from '../../../psc/testing/provider.ts'
import { pages, registeredOn } from '../../../psc/testing/registered.ts'
import { openTestSqlite } from '../../../storage/testing/engines.ts'
import { createAttempts } from '../../attempt.ts'
import { openCounter, quickHash, quiet } from '../../testing/counter.ts'

/** A counter whose Pro Santé Connect is attacked: the real client, loopback, rules and journal. */
export type Site = {
  readonly simulator: Simulator
  readonly settings: PscClientSettings
  readonly port: number
  /** The address that the button sends the browser to. */
  readonly press: () => Promise<string>
  /** Presses « Valider sur mon téléphone », with a code or an RPPS. */
  readonly pressPhone: (typed: string) => Promise<void>
  /** The browser goes there, somebody identifies, and it comes back. */
  readonly visit: (url: string, identity?: IdentityId, cookies?: CookieJar) => Promise<void>
  /** Where the browser would come back to. */
  readonly identify: (url: string, identity?: IdentityId, cookies?: CookieJar) => Promise<string>
  /** Waits until the attempt asks again, or is over. */
  readonly settled: () => Promise<void>
  readonly step: () => string
  readonly shown: () => CallError | null
  readonly connected: () => string | null
  readonly rows: () => Promise<readonly Row[]>
  /** Lets that many milliseconds pass on the workstation's clocks, which stand still otherwise. */
  readonly pass: (milliseconds: number) => void
  /** « Annuler ». */
  readonly cancel: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type Row = {
  readonly kind: string
  readonly reference: string | null
  readonly details: Readonly<Record<string, unknown>>
}

export type SiteOptions = {
  readonly simulator?: Omit<SimulatorOptions, 'clients' | 'redirectUris' | 'postLogoutRedirectUris'>
  /** A client with a secret of its own, which may also ask a phone; by default a public one. */
  readonly confidential?: boolean
  /** The secret that the workstation has, when it is not the right one. */
  readonly secret?: string
  readonly settings?: (simulator: Simulator) => Partial<PscClientSettings>
  /** By how much the workstation's clock is ahead. */
  readonly aheadMinutes?: number
  readonly timeoutSeconds?: number
}

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const { confidential = false, secret, settings: change, aheadMinutes = 0, timeoutSeconds = 20 } = options
  const database = await openTestSqlite()
  const counter = await openCounter(database)
  const [port = 0] = await freePorts(1)
  const registered = registeredOn([port])
  const simulator = await startSimulator({ ...options.simulator, ...registered })
  const { client_secret_post: post } = simulator.credentials
  const settings = settingsOf(simulator, {
    ...(confidential ? { clientId: post.clientId } : {}),
    ...change?.(simulator),
  })
  const wallClock = { now: () => new Date(Date.now() + aheadMinutes * 60_000) }
  const opened: string[] = []
  const { browser, phone } = openPsc({
    settings: { ...settings, ...registered, timeoutSeconds, ciba: { channel: 'MOBILE' } },
    credential: confidential
      ? { kind: 'secret', method: 'client_secret_post', secret: secret ?? post.clientSecret }
      : { kind: 'none' },
    fetch: createFetch(usualLimits, wallClock, {
      proxy: null,
      authorities: options.simulator?.tls === undefined ? null : simulator.ca,
      identity: null,
    }),
    clock: counter.clock,
    pages,
    openExternal: (url) => {
      opened.push(url)
      return Promise.resolve()
    },
  })
  const attempts = createAttempts({
    clock: counter.clock,
    identification: counter.identification,
    replaceProvisional: counter.replaceProvisional,
    psc: {
      browser: () => Promise.resolve(browser),
      identification: counter.psc,
      association: counter.association,
      newcomers: counter.newcomers,
      timeoutSeconds,
      phone: confidential ? { open: () => Promise.resolve(phone), requests: counter.requests } : null,
    },
    session: counter.session,
    cardConfirms: () => false,
    copy: () => undefined,
    hashPassword: quickHash,
    log: () => undefined,
    changed: () => undefined,
    succeeded: () => undefined,
  })
  attempts.begin({ kind: 'connect' })
  let refused: CallError | null = null

  const current = () => {
    const attempt = attempts.current()
    return attempt.kind === 'none' ? null : attempt
  }
  const step = (): string => current()?.step.kind ?? 'none'
  return {
    simulator,
    settings,
    port,
    press: async () => {
      const before = opened.length
      if (current() === null) attempts.begin({ kind: 'connect' })
      attempts.startPsc(current()?.id ?? 0)
      await expect.poll(() => opened.length > before || step() === 'ask', { timeout: 10_000 }).toBe(true)
      return opened.length > before ? (opened.at(-1) ?? '') : ''
    },
    pressPhone: async (typed) => {
      if (current() === null) attempts.begin({ kind: 'connect' })
      await attempts.startPhone(current()?.id ?? 0, typed).catch((error: unknown) => {
        refused = toCallError(error)
      })
    },
    visit: async (url, identity, cookies) => {
      try {
        await fetch(await identify(url, identity, cookies))
      } catch (error) {
        if (!(error instanceof StaysInBrowser)) throw error
      }
    },
    identify,
    settled: async () => {
      await expect.poll(step, { timeout: 20_000 }).toMatch(/^(?:ask|none|wrong-person|association)$/)
    },
    step,
    shown: () => {
      if (refused !== null) return refused
      const found = current()?.step
      return found !== undefined && 'failure' in found ? found.failure : null
    },
    connected: () => counter.session.connected()?.operator.code ?? null,
    rows: counter.rows,
    pass: counter.pass,
    cancel: async () => {
      attempts.cancel()
      await quiet()
    },
    stop: async () => {
      attempts.cancel()
      await counter.rows()
      await simulator.stop()
      await database.dispose()
    },
  }
}

function identify(url: string, identity: IdentityId = 'adjointe', cookies = cookieJar()): Promise<string> {
  return signIn(url, { identity, cookies })
}
