import { extname, join } from 'node:path'
import { createCryptolibClient, type CryptolibClient } from './cryptolib-client.ts'
import { findCryptolib } from './find-cryptolib.ts'
import { readerIsPlugged } from './plugged-reader.ts'
import type { RemoteSession } from './protocol.ts'
import { createReaders } from './readers.ts'
import type { CardSnapshot } from './states.ts'
import { createWatch, type Watch } from './watch.ts'

type Parts = {
  /** `card.modulePath` of the settings. */
  readonly modulePath: string | null
  readonly remote: RemoteSession | null
  readonly reference: string
  /** Each time that a call of Cryptolib returns. */
  readonly answered: () => void
  /** The thread that holds Cryptolib has ended by itself. */
  readonly ended: () => void
  readonly changed: (snapshot: CardSnapshot) => void
}

/**
 * What watches the readers and cards of this workstation, with a thread of this process that holds Cryptolib: for a
 * process that may crash, hang and be killed.
 */
export async function openWatch(parts: Parts): Promise<{ watch: Watch; cryptolib: CryptolibClient }> {
  const { modulePath, remote, reference, changed, answered, ended } = parts
  const { platform, env } = process
  const cryptolib = createCryptolibClient({
    workerFile: join(import.meta.dirname, `cryptolib-worker${extname(import.meta.filename)}`),
    answered,
    ended,
  })
  const watch = createWatch({
    readers: createReaders(await import('pcsc-mini').catch(() => null)),
    cryptolib,
    find: () => findCryptolib({ platform, env, configured: modulePath }),
    readerIsPlugged: () => readerIsPlugged({ platform, env }),
    loadCertificates: async () => (await import('./certificate.ts')).readHolder,
    remote,
    reference,
    platform,
    monotonic: () => performance.now(),
    now: () => new Date(),
    changed,
  })
  return { watch, cryptolib }
}
