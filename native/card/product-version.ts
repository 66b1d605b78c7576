import { cryptolibKey, type Registry } from './registry.ts'
import type { Run } from './run-program.ts'

/**
 * The version of the Cryptolib product (`5.2.2`) by what the system's installer says; the library itself tells only its
 * own (cryptolib-cps.md §2). Null where the system does not tell.
 */
export async function productVersion(
  platform: string,
  run: Run,
  registry: Registry | null,
): Promise<string | null> {
  if (registry !== null) return versionIn((await registry.values(cryptolibKey)).get('Version') ?? null)
  if (platform === 'darwin') {
    const told = await run('/usr/sbin/pkgutil', ['--pkg-info', 'fr.asipsante.pkg.cryptolibCPS'])
    return versionIn(/^version: *(?<version>.*)$/mu.exec(told ?? '')?.groups?.['version'] ?? null)
  }
  return versionIn(await run('/usr/bin/rpm', ['-q', '--qf', '%{VERSION}', 'CryptolibCPS']))
}

/** The registry has two digits for each part (`05.02.02`), the others have them bare. */
function versionIn(text: string | null): string | null {
  const parts = /^\d+(?:\.\d+){1,3}$/u.exec((text ?? '').trim())
  return parts === null ? null : parts[0].split('.').map(Number).join('.')
}
