import { portsFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'

/** The registered ports that the browser comes back to: one is enough, and Comptoir may hold it itself. */
export const loopbackPorts: Check = {
  id: 'loopback-ports',
  timeoutMs: 4000,
  look: async (site) => {
    const { psc } = site.settings
    if (psc === undefined) return t.off
    const ports = [...new Set(psc.redirectUris.map((uri) => Number(new URL(uri).port)))]
    const seen = await Promise.all(ports.map(async (port) => ({ port, sight: await site.port(port) })))
    const free = seen.filter(({ sight }) => sight === 'free' || sight === 'ours').map(({ port }) => port)
    const others = ports.filter((port) => !free.includes(port))
    if (others.length === 0) return t.free(ports)
    const [first] = free
    if (first === undefined) {
      return seen.every(({ sight }) => sight === 'reserved') ? t.reserved(ports) : t.none(ports)
    }
    return free.length === 1 ? t.lastOne(first, others) : t.someTaken(free, others)
  },
}
