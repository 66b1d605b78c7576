import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { endPage, type EndPages } from './end-page.ts'

/** Where the browser comes back to (RFC 8252 §7.3), on one of the registered ports. */
export type Loopback = {
  readonly redirectUri: string
  /** The post-logout URI registered for this port; null when there is none. */
  readonly postLogoutRedirectUri: string | null
  /** Resolves with the whole address of the return that bears `state`; any other is refused and changes nothing. */
  readonly returned: (state: string) => Promise<URL>
  /** The same for the return from a logout. */
  readonly loggedOut: (state: string) => Promise<void>
  /** Stops listening, once what is being answered is answered. Waits that are not over never are. */
  readonly close: () => Promise<void>
}

/** An answer under way when listening ends is given this long to reach the browser. */
const lastAnswersMs = 1000

type Registered = { redirectUris: readonly string[]; postLogoutRedirectUris: readonly string[] }

/** A return that is waited for. */
type Waited = { readonly state: string; readonly arrived: (url: URL) => void }

/**
 * Listens on the first registered port that is free, on both loopback addresses: browsers resolve `localhost` to either,
 * and a port that is ours on one only would hand the code to somebody else. Resolves to null when no port is free.
 */
export async function openLoopback(
  { redirectUris, postLogoutRedirectUris }: Registered,
  pages: EndPages,
): Promise<Loopback | null> {
  for (const redirectUri of redirectUris) {
    const { host, port, pathname } = new URL(redirectUri)
    const postLogout = postLogoutRedirectUris.map((uri) => new URL(uri)).find((uri) => uri.port === port)
    let login: Waited | null = null
    let logout: Waited | null = null

    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      const refuse = (status: number, headers: Record<string, string> = {}): void =>
        endPage(response, status, pages.refused, headers)
      // DNS rebinding: only a browser that was sent here by this name may come.
      if (request.headers.host !== host) return refuse(421)
      // The path as it was sent: an URL would tidy `..` away, and an absolute target names a host of its own.
      const target = request.url ?? ''
      const [path = ''] = target.split('?', 1)
      if (path !== pathname && path !== postLogout?.pathname) return refuse(404)
      if (request.method !== 'GET') return refuse(405, { Allow: 'GET' })
      const url = new URL(`http://${host}${target}`)
      if (path === pathname) {
        if (login === null || !bears(url, login.state)) return refuse(400)
        const { arrived } = login
        login = null
        endPage(response, 200, url.searchParams.has('error') ? pages.failed : pages.done)
        return arrived(url)
      }
      // Whatever its state, the session in the browser is over: only what is waited for is told.
      endPage(response, 200, pages.left)
      if (logout === null || !bears(url, logout.state)) return
      logout.arrived(url)
      logout = null
    }
    const servers = await listen(Number(port), answer)
    if (servers === null) continue
    let closed: Promise<unknown> | null = null
    return {
      redirectUri,
      postLogoutRedirectUri: postLogout?.href ?? null,
      returned: (state) =>
        new Promise((resolve) => {
          login = { state, arrived: resolve }
        }),
      loggedOut: (state) =>
        new Promise((resolve) => {
          logout = { state, arrived: () => resolve() }
        }),
      close: async () => {
        await (closed ??= Promise.all(servers.map(stop)))
      },
    }
  }
  return null
}

/** Null when another program has the port, on either address. A machine without IPv6 has one address only. */
async function listen(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server[] | null> {
  const servers: Server[] = []
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer({ keepAliveTimeout: 0, requestTimeout: 10_000 }, answer)
    try {
      server.listen({ port, host, exclusive: true })
      await once(server, 'listening')
      servers.push(server)
    } catch (error) {
      if (host === '::1' && (isCode(error, 'EADDRNOTAVAIL') || isCode(error, 'EAFNOSUPPORT'))) continue
      await Promise.all(servers.map(stop))
      return null
    }
  }
  return servers
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), lastAnswersMs)
  await closed
  clearTimeout(late)
}

/** Exactly one `state`, the right one, compared in constant time. */
function bears(url: URL, state: string): boolean {
  const [given, ...others] = url.searchParams.getAll('state')
  if (given === undefined || others.length > 0) return false
  const [left, right] = [Buffer.from(given), Buffer.from(state)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
