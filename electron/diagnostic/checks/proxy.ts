import { proxyFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { pscTimeoutMs } from '../psc-sight.ts'

type Address = { readonly host: string; readonly port: number }

/** The proxy of the settings, which must answer; and the environment's, which Comptoir does not use. */
export const proxy: Check = {
  id: 'proxy',
  timeoutMs: pscTimeoutMs,
  look: async (site) => {
    const { proxy: chosen } = site.settings.network
    const configured = chosen === null ? null : addressIn(chosen)
    if (configured !== null) {
      return (await site.reaches(configured)) ? t.answers(told(configured)) : t.silent(told(configured))
    }
    const unused = inEnvironment(site.machine.env)
    if (unused === null) return t.none
    const sight = await site.psc()
    const missed = sight.kind === 'on' && sight.discovery.kind === 'unreachable'
    return missed ? t.perhapsNeeded(told(unused)) : t.unused(told(unused))
  },
}

/** By the names that most programs read, in either case. */
function inEnvironment(env: Readonly<Record<string, string | undefined>>): Address | null {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy']) {
    const address = addressIn(env[name] ?? '')
    if (address !== null) return address
  }
  return null
}

/** Its host and port: what stands before them may be a name and a password, and is never told. */
function addressIn(text: string): Address | null {
  const url = text === '' ? null : parsed(text.includes('://') ? text : `http://${text}`)
  if (url === null || url.hostname === '') return null
  // A password with a « / », « ? » or « # » of its own: what is taken for the host is a piece of it, or the name.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@')) return null
  const usual = url.protocol === 'https:' ? 443 : 80
  return { host: url.hostname.replaceAll(/[[\]]/gu, ''), port: url.port === '' ? usual : Number(url.port) }
}

function parsed(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

function told({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
