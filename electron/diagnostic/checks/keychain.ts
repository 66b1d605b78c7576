import { keychainFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { PscSettings } from '../../settings/psc-schema.ts'
import type { Check } from '../check.ts'
import { pscTimeoutMs } from '../psc-sight.ts'

/** The keychain of this account: whether it opens, and holds the secrets that Pro Santé Connect needs, by their names. */
export const keychain: Check = {
  id: 'keychain',
  timeoutMs: pscTimeoutMs,
  look: async (site) => {
    const { psc } = site.settings
    const sight = await site.keychain()
    if (sight.kind === 'closed') return t.closed(sight.fault, psc !== undefined && usesKeychain(psc))
    if (psc !== undefined && needsClientSecret(psc) && !sight.names.includes('psc.clientSecret')) {
      return t.missing('psc.clientSecret')
    }
    // Whether a key or a .p12 is locked, only opening it tells.
    const service = psc !== undefined && usesKeychain(psc) ? await site.psc() : null
    const impeded = service?.kind === 'on' ? service.impeded : null
    if (impeded?.impediment === 'secret-missing') return t.missing(impeded.detail ?? '')
    return t.open(sight.names)
  },
}

function needsClientSecret({ clientAuthentication }: PscSettings): boolean {
  return clientAuthentication === 'client_secret_basic' || clientAuthentication === 'client_secret_post'
}

function usesKeychain({ clientAuthentication }: PscSettings): boolean {
  return clientAuthentication !== 'none'
}
