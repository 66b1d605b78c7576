import { readFile } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import type { FetchLimits } from '../psc/fetch.ts'
import { isInstalled, type Edition } from '../settings/edition.ts'
import type { Settings } from '../settings/schema.ts'
import { lookForNewer, type Answered, type NewerSight, type NewerVersion } from '../updates/newer-version.ts'

type Asked = {
  readonly settings: Pick<Settings, 'updates' | 'network' | 'psc'>
  readonly version: string
  readonly edition: Edition
  readonly clock: Pick<Clock, 'now'>
}

/** The announcement is a hundred bytes: what is longer, or slower, is not one. */
const usualLimits: FetchLimits = { timeoutMs: 10_000, maxBytes: 64 * 1024 }

/** Asks IT's server once, by the way that this workstation has to Pro Santé Connect. Never rejects. */
export function askForNewer(
  { settings, version, edition, clock }: Asked,
  limits: FetchLimits = usualLimits,
): Promise<NewerSight> {
  const { updates, network, psc } = settings
  return lookForNewer({
    url: updates.url,
    version,
    installed: isInstalled(edition),
    ask: (url) => ask(url, { proxy: network.proxy, caFile: psc?.caFile ?? null, clock, limits }),
  })
}

type Road = {
  proxy: string | null
  caFile: string | null
  clock: Pick<Clock, 'now'>
  limits: FetchLimits
}

async function ask(url: string, { proxy, caFile, clock, limits }: Road): Promise<Answered> {
  // Loaded where there is somebody to ask.
  const { readAuthorities } = await import('../psc/credential.ts')
  const trusted = await readAuthorities(caFile, readFile)
  if (trusted.kind === 'impeded') return { kind: 'silent', why: 'certificate', detail: trusted.detail ?? '' }
  const [{ createFetch }, { EndpointError }] = await Promise.all([
    import('../psc/fetch.ts'),
    import('../psc/endpoint-error.ts'),
  ])
  const transport = createFetch(limits, clock, { proxy, authorities: trusted.authorities, identity: null })
  try {
    const answer = await transport.fetch(url, {
      method: 'GET',
      headers: { accept: 'application/json' },
      body: undefined,
      redirect: 'manual',
    })
    return { kind: 'answered', status: answer.status, text: await answer.text() }
  } catch (error) {
    if (!(error instanceof EndpointError)) return { kind: 'silent', why: 'unreachable', detail: '' }
    const { reason, code } = error
    switch (reason) {
      case 'server-error':
        return { kind: 'answered', status: 500, text: '' }
      case 'untrusted':
      case 'client-refused':
        return { kind: 'silent', why: 'certificate', detail: code }
      case 'unreachable':
      case 'cut':
        return { kind: 'silent', why: 'unreachable', detail: code }
      case 'proxy':
      case 'too-slow':
      case 'too-large':
        return { kind: 'silent', why: reason, detail: code }
      default:
        return reason satisfies never
    }
  } finally {
    transport.close()
  }
}

/** Whether there is a newer Comptoir, asked some time after the start, then once a day. */
export type Updates = {
  /** Null while none is known. */
  readonly newer: () => NewerVersion | null
  readonly start: () => void
  readonly stop: () => void
}

/** Whoever has just started is about to work: nothing of this is urgent. */
const firstMs = 12_000
const dayMs = 24 * 3_600_000
/** Where the server said nothing: the network may come after the program. */
const againMs = 3_600_000

/** `changed` is called when a newer version comes to be known, or is withdrawn. */
export function createUpdates({ changed, ...asked }: Asked & { readonly changed: () => void }): Updates {
  let newer: NewerVersion | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const look = async (): Promise<void> => {
    const sight = await askForNewer(asked)
    if (stopped) return
    wait(sight.kind === 'unknown' ? againMs : dayMs)
    // What was announced stays so while nobody answers.
    if (sight.kind === 'unknown') return
    const next = sight.kind === 'newer' ? { version: sight.version, page: sight.page } : null
    if (next?.version === newer?.version && next?.page === newer?.page) return
    newer = next
    changed()
  }
  const wait = (ms: number): void => {
    timer = setTimeout(() => void look(), ms).unref()
  }
  return {
    newer: () => newer,
    start: () => {
      if (asked.settings.updates.url !== null) wait(firstMs)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
