import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { TlsIdentity } from './credential.ts'

/** What is opened: an encrypted key in PEM, or what TLS is made of. */
export type Opening =
  | { readonly kind: 'key'; readonly content: Uint8Array; readonly passphrase: string }
  | { readonly kind: 'identity'; readonly identity: TlsIdentity }

export type Opened =
  /** The key, in PKCS #8 that nothing locks. */
  | { readonly kind: 'key'; readonly pem: string }
  /** `validTo`: the end of its certificate, as `Date` reads it. */
  | { readonly kind: 'identity'; readonly validTo: string }
  | { readonly kind: 'wrong-password' | 'invalid' }

/**
 * Opens in a thread of its own: what a file is locked by takes as long as whoever locked it wanted (100 000 rounds of
 * PBKDF2: 40 ms, measured with Electron 25). Rejects when there is no such thread.
 */
export function open(opening: Opening): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(
      join(import.meta.dirname, `credential-worker${extname(import.meta.filename)}`),
      { workerData: opening },
    )
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread that opens files has ended')))
  })
}
