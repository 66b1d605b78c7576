import type { Session } from 'electron'
import type { PageRequest } from '../module-session/page.ts'
import { sessionScheme } from '../module-session/scheme.ts'
import { newSecret } from '../module-session/secret.ts'

/** What is looked at of a request, as Electron's webRequest tells it. */
type Asking = {
  readonly webContentsId?: number | undefined
  readonly resourceType: string
  readonly frame?:
    { readonly origin: string; readonly top: { readonly origin: string } | null } | null | undefined
}

/** What answers a module's page; null where the settings grant it nothing. */
export type AnswerPage = ((request: PageRequest) => Promise<Response>) | null

export function isSessionRequest(url: string): boolean {
  return url.startsWith(`${sessionScheme}:`)
}

/** How what may ask is known by what answers: each request that was let through is sent on with a pass, good once. */
export type Passes = {
  /** What webRequest answers for a request that may be made: it is sent on with a pass, or goes on with the one it has. */
  readonly letThrough: (url: string) => { readonly redirectURL?: string }
  /** The address that was asked for, for a pass that has not served; null without one. */
  readonly spend: (url: string) => string | null
}

/** A page that gives up what it asks leaves its pass behind: no more than these are kept. */
const passesKept = 64

/** A shared worker, of any site in the page, is not told to webRequest (seen on Electron 25): it has no pass. */
export function createPasses(): Passes {
  const unspent = new Set<string>()
  return {
    letThrough: (url) => {
      const [address, pass] = split(url)
      if (unspent.has(pass)) return {}
      const fresh = newSecret()
      const [oldest] = unspent.add(fresh)
      if (unspent.size > passesKept && oldest !== undefined) unspent.delete(oldest)
      return { redirectURL: `${address}?${fresh}` }
    },
    spend: (url) => {
      const [address, pass] = split(url)
      return unspent.delete(pass) ? address : null
    },
  }
}

/** An address, and the pass behind it. */
function split(url: string): readonly [string, string] {
  const [address = '', pass = ''] = url.split('?', 2)
  return [address, pass]
}

/**
 * Serves the scheme in this partition, which is the proof of who asks: no other session knows it. Returns what stops it;
 * the partition outlives the window.
 */
export function serveSession(partition: Session, passes: Passes, answer: AnswerPage): () => void {
  if (answer === null) return () => undefined
  const { protocol } = partition
  if (protocol.isProtocolHandled(sessionScheme)) protocol.unhandle(sessionScheme)
  protocol.handle(sessionScheme, ({ url, method, headers, referrer }) => {
    const asked = passes.spend(url)
    return asked === null
      ? new Response(null, { status: 403 })
      : answer({ url: asked, method, headers, referrer })
  })
  return () => {
    if (protocol.isProtocolHandled(sessionScheme)) protocol.unhandle(sessionScheme)
  }
}

/**
 * Whether a frame may ask: the page itself, on one of the module's origins, or a frame of the same origin in it; by a
 * script, never as an address that it shows. Electron 25 checks no CORS on a scheme of ours, hence here.
 */
export function mayAskSession(
  { webContentsId, resourceType, frame }: Asking,
  pageId: number,
  origins: readonly string[],
): boolean {
  if (webContentsId !== pageId || resourceType !== 'xhr' || !frame) return false
  const { origin, top } = frame
  return origins.includes(origin) && top?.origin === origin
}
