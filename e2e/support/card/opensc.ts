import { globSync } from 'node:fs'

/** OpenSC's PKCS#11 library, which the bootstrap installs: Cryptolib is a fork of it (card-simulation.md §5). */
export function openSc(): string {
  const [path] = globSync('/usr/lib/*/opensc-pkcs11.so')
  if (path === undefined) throw new Error('opensc-pkcs11 is not installed')
  return path
}
