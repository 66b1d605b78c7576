import { readFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { createAvailability, type Answering } from '../psc/availability.ts'
import type { Fetch } from '../psc/fetch.ts'
import type { OpenPsc } from '../psc/open.ts'
import type { PscState } from '../psc/state.ts'
import { trustOf, type PscSettings } from '../settings/psc.ts'
import type { Settings } from '../settings/schema.ts'
import { texts } from '../../renderer/ui/texts.ts'

/** What this workstation lacks to use Pro Santé Connect. */
type Impeded = Extract<PscState, { kind: 'impeded' }>

/**
 * How this workstation comes to Pro Santé Connect: its credential, its network, and how the service answers. Nothing
 * is read before it is wanted; what was lacking is looked for again each time.
 */
export type PscAccess = {
  readonly state: () => Impeded | Answering
  readonly open: () => Promise<Impeded | { readonly kind: 'ready'; readonly psc: OpenPsc }>
  /** The provider refused the credential: it is read again at its next use. */
  readonly forget: () => void
  /** Looks after the state from now on. */
  readonly start: () => void
  /** No more, until the next `start`. */
  readonly stop: () => void
}

type Parts = {
  settings: PscSettings
  network: Settings['network']
  clock: Clock
  openExternal: (url: string) => Promise<void>
  changed: () => void
}

/** What it takes to ask anything of the provider. */
type Ready = { readonly kind: 'ready'; readonly transport: Fetch; readonly psc: () => Promise<OpenPsc> }

export function createPscAccess({ settings, network, clock, openExternal, changed }: Parts): PscAccess {
  let impeded: Impeded | null = null
  let read: Promise<Ready | Impeded> | null = null

  const tell = (found: Impeded | null): void => {
    const news = found?.impediment !== impeded?.impediment || found?.detail !== impeded?.detail
    impeded = found
    if (news) changed()
  }
  /** Ready once for all; impeded, or failed, it is tried again. */
  const ready = async (): Promise<Ready | Impeded> => {
    const mine = (read ??= prepare())
    const found = await mine.catch((error: unknown) => {
      if (read === mine) read = null
      throw error
    })
    if (found.kind === 'impeded' && read === mine) read = null
    tell(found.kind === 'impeded' ? found : null)
    return found
  }

  const prepare = async (): Promise<Ready | Impeded> => {
    const { readAuthorities, readCredential } = await import('../psc/credential.ts')
    const { openKeychain } = await import('../../native/keychain/secrets.ts')
    const found = await readCredential(settings, { secret: openKeychain().read, file: readFile }, clock.now())
    if (found.kind === 'impeded') return found
    const trusted = await readAuthorities(settings.caFile, readFile)
    if (trusted.kind === 'impeded') return trusted

    const { createFetch, usualLimits } = await import('../psc/fetch.ts')
    // What answers are made of loads at its first use too, in some 10 ms: in a turn of its own.
    await nextTurn()
    void new Headers()
    await nextTurn()
    const { credential } = found
    const transport = availability.watched(
      createFetch(usualLimits, clock, {
        proxy: network.proxy,
        authorities: trusted.authorities,
        identity: credential.kind === 'tls' ? credential.identity : null,
      }),
    )
    return {
      kind: 'ready',
      transport,
      psc: lazily(async () => {
        // OpenID Connect is large: loaded at the first use of it.
        const { openPsc } = await import('../psc/open.ts')
        await nextTurn()
        return openPsc({
          settings: { ...settings, ...trustOf(settings) },
          credential,
          fetch: transport,
          clock,
          pages: texts.psc.pages,
          openExternal,
        })
      }),
    }
  }

  const availability = createAvailability({
    clock,
    discoveryUrl: settings.discoveryUrl,
    transport: async () => {
      const found = await ready()
      return found.kind === 'ready' ? found.transport : null
    },
    changed,
  })

  return {
    state: () => impeded ?? availability.state(),
    open: async () => {
      const found = await ready()
      return found.kind === 'ready' ? { kind: 'ready', psc: await found.psc() } : found
    },
    forget: () => {
      void read?.then((found) => found.kind === 'ready' && found.transport.close()).catch(() => undefined)
      read = null
    },
    start: availability.start,
    stop: availability.stop,
  }
}

/** Made at its first use; one that failed is made again. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null
      throw error
    }))
}
