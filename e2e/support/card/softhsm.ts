import { mkdir, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../../../scripts/bootstrap/command.mjs'
import type { IssuedCard } from './pki.ts'

/** Where Debian and Fedora put it. */
const places = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
]

/** What softhsm-tokens.ts is to make. Octets are in hexadecimal. */
export type TokensToMake = {
  readonly library: string
  readonly tokens: readonly {
    readonly label: string
    readonly pin: string
    readonly privateKeyPkcs8: string
    readonly certificates: readonly {
      readonly label: string
      readonly keyLabel: string
      readonly id: string
      readonly der: string
      readonly subject: string
    }[]
  }[]
}

/**
 * Makes a token of SoftHSM2 for each card in the folder, which then holds `softhsm2.conf` and `tokens/`. It is done
 * in a process of its own: SoftHSM2 reads its settings' path from the environment, and stays loaded.
 */
export async function makeTokens(folder: string, cards: readonly IssuedCard[]): Promise<void> {
  const library = places.find((path) => existsSync(path))
  if (library === undefined) throw new Error('SoftHSM2 is not installed (Debian: softhsm2).')
  const settings = join(folder, 'softhsm2.conf')
  await mkdir(join(folder, 'tokens'), { recursive: true })
  await writeFile(
    settings,
    [
      `directories.tokendir = ${join(folder, 'tokens')}`,
      'objectstore.backend = file',
      'log.level = ERROR',
      '',
    ].join('\n'),
  )
  const wanted = join(folder, 'tokens.json')
  await writeFile(wanted, JSON.stringify(toMake(library, cards)), { mode: 0o600 })
  await run(process.execPath, [fileURLToPath(new URL('softhsm-tokens.ts', import.meta.url)), wanted], {
    env: { ...process.env, SOFTHSM2_CONF: settings },
  })
  await rm(wanted)
}

/** Cards of one simulation may have the same label; their tokens may not. */
export function tokenLabel(index: number): string {
  return `card-${index}`
}

function toMake(library: string, cards: readonly IssuedCard[]): TokensToMake {
  return {
    library,
    tokens: cards.map(({ pin, privateKeyPkcs8, certificates }, index) => ({
      label: tokenLabel(index),
      pin,
      privateKeyPkcs8: privateKeyPkcs8.toString('hex'),
      certificates: certificates.map(({ label, keyLabel, id, der, subject }) => ({
        label,
        keyLabel,
        id: id.toString('hex'),
        der: der.toString('hex'),
        subject: subject.toString('hex'),
      })),
    })),
  }
}
