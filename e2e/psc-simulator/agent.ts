import { fetchWith, type Tls } from './fetch.ts'
import type { IdentityId, Means } from './identities.ts'

// A browser without a screen: it follows redirects, fills in the simulator's pages and keeps cookies. Real requests,
// no Chromium.

/** The cookies of one browser: keep it, and the session at the provider is still open. */
export type CookieJar = {
  readonly header: (url: URL) => string
  readonly keep: (url: URL, setCookies: readonly string[]) => void
}

export type BrowserOptions = {
  /** The authority that this browser trusts, in PEM, for a provider over https. */
  readonly ca?: string
  readonly cookies?: CookieJar
  /** Other providers that the browser goes through: their origins. */
  readonly through?: readonly string[]
}

export type SignInOptions = BrowserOptions & {
  readonly identity: IdentityId
  readonly means?: Means
  /** What the person does: gives the code or validates, by default. */
  readonly answer?: 'accept' | 'cancel' | 'refuse'
}

/** The browser is left on a page: nothing came back to the client. */
export class StaysInBrowser extends Error {
  readonly status: number
  readonly page: string

  constructor(url: URL, status: number, page: string) {
    super(`The browser stays on ${url.pathname} (${status}).`)
    this.name = 'StaysInBrowser'
    this.status = status
    this.page = page
  }
}

/** More steps than any identification has: its pages come back for ever. */
const manySteps = 20

/**
 * Identifies somebody, from the authorization URL to the address where the client is called back.
 * @returns that address, which is not visited
 * @throws {StaysInBrowser} when the browser ends on a page instead
 */
export async function signIn(authorizationUrl: string, options: SignInOptions): Promise<string> {
  return browse(authorizationUrl, options, (url) => fieldsFor(url, options))
}

/**
 * Logs out, from the end-session URL; a confirmation is given.
 * @returns the post-logout address, which is not visited
 * @throws {StaysInBrowser} when the browser ends on a page instead
 */
export async function signOut(
  endSessionUrl: string,
  cookies: CookieJar = cookieJar(),
  options: Omit<BrowserOptions, 'cookies'> = {},
): Promise<string> {
  return browse(endSessionUrl, { ...options, cookies }, () => ({ logout: 'yes' }))
}

export function cookieJar(): CookieJar {
  const kept = new Map<string, { readonly path: string; readonly pair: string }>()
  return {
    header: ({ pathname }) =>
      [...kept.values()]
        .filter(({ path }) => isUnder(pathname, path))
        .map(({ pair }) => pair)
        .join('; '),
    keep: ({ pathname }, setCookies) => {
      for (const setCookie of setCookies) {
        const [pair = '', ...attributes] = setCookie.split(/; */)
        const path = attribute(attributes, 'path') ?? pathname
        const key = `${path} ${pair.slice(0, pair.indexOf('='))}`
        const expires = attribute(attributes, 'expires')
        const ended = attribute(attributes, 'max-age') === '0' || Date.parse(expires ?? '') < Date.now()
        if (ended) kept.delete(key)
        else kept.set(key, { path, pair })
      }
    },
  }
}

async function browse(
  start: string,
  { cookies = cookieJar(), ca, through = [] }: BrowserOptions,
  fields: (url: URL) => Record<string, string>,
): Promise<string> {
  const visited = new Set([new URL(start).origin, ...through])
  const tls = ca === undefined ? {} : { ca }
  let url = new URL(start)
  let form: URLSearchParams | undefined
  for (let step = 0; step < manySteps; step += 1) {
    const response = await visit(url, cookies, form, tls)
    cookies.keep(url, response.headers.getSetCookie())
    const body = await response.text()
    const location = response.headers.get('Location')
    if (location !== null) {
      url = new URL(location, url)
      form = undefined
      if (!visited.has(url.origin)) return url.href
    } else if (body.includes('<form')) {
      form = new URLSearchParams({ ...hiddenFields(body), ...fields(url) })
      url = new URL(/<form[^>]* action="([^"]*)"/.exec(body)?.[1] ?? url.href, url)
    } else throw new StaysInBrowser(url, response.status, body)
  }
  throw new StaysInBrowser(url, 200, 'The same pages come back.')
}

function visit(url: URL, cookies: CookieJar, form: URLSearchParams | undefined, tls: Tls): Promise<Response> {
  const headers = { Accept: 'text/html', Cookie: cookies.header(url) }
  return fetchWith(tls, url, form === undefined ? { headers } : { headers, method: 'POST', body: form })
}

/** What the person types or presses on the page at this address. */
function fieldsFor(url: URL, options: SignInOptions): Record<string, string> {
  const { identity, means = 'CARD', answer = 'accept' } = options
  const step = /\/connexion\/[^/]+(?:\/([^/]+))?/.exec(url.pathname)?.[1]
  if (answer === 'cancel') return { action: 'annuler' }
  if (step === 'carte') return { code: '1234' }
  if (step === 'e-cps') return { action: answer === 'refuse' ? 'refuser' : 'valider' }
  return { identity, means }
}

function hiddenFields(html: string): Record<string, string> {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  return Object.fromEntries(Array.from(inputs, ([, name = '', value = '']) => [name, value]))
}

function attribute(attributes: readonly string[], name: string): string | undefined {
  const found = attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

function isUnder(pathname: string, folder: string): boolean {
  return pathname === folder || pathname.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
