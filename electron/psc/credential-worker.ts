import { createPrivateKey } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import type { TlsIdentity } from './credential.ts'
import type { Opened, Opening } from './credential-opening.ts'

/** What OpenSSL, then BoringSSL, say of a PKCS #12 whose integrity its password does not prove (measured). */
const wrongPassword = /mac verify failure|INCORRECT_PASSWORD/u

/** Entry of the worker thread that opens one file with its secret, and ends: `Opening` → `Opened`. */
const opening: Opening = workerData
parentPort?.postMessage(opened(opening), [])

/** The errors of OpenSSL are for its authors, and may quote what they read: none goes out. */
function opened(asked: Opening): Opened {
  try {
    if (asked.kind === 'identity') return { kind: 'identity', validTo: validTo(asked.identity) }
    const key = createPrivateKey({ key: Buffer.from(asked.content), passphrase: asked.passphrase })
    return { kind: 'key', pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
  } catch (error) {
    const isWrongPassword = error instanceof Error && wrongPassword.test(error.message)
    return { kind: isWrongPassword ? 'wrong-password' : 'invalid' }
  }
}

/** @throws {Error} when TLS cannot be made of it */
function validTo(identity: TlsIdentity): string {
  // Nothing else of Node reads a certificate from a PKCS #12.
  const socket = new TLSSocket(new PassThrough(), { secureContext: createSecureContext(identity) })
  const certificate = socket.getCertificate()
  socket.destroy()
  if (certificate === null || !('valid_to' in certificate)) throw new Error('no certificate')
  return certificate.valid_to
}
