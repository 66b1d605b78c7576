import { parentPort } from 'node:worker_threads'
import type { PKCS11 } from 'pkcs11js'
import { createCryptolib, type Cryptolib } from './cryptolib.ts'
import type { CryptolibCall, CryptolibRequest, FromCryptolibWorker } from './cryptolib-client.ts'
import { ckr, Pkcs11Error } from './pkcs11-error.ts'

/**
 * Entry of the worker thread that holds Cryptolib, the only place that loads pkcs11js: its calls block this thread for
 * as long as a card or a reader is silent. Asked one `CryptolibRequest` at a time.
 */
let cryptolib: Cryptolib | null = null

const tell = (message: FromCryptolibWorker): void => parentPort?.postMessage(message, [])

parentPort?.on('message', ({ id, call }: CryptolibRequest) => {
  void answer(call).then(
    (value) => tell({ kind: 'done', id, value }),
    (error: unknown) => tell({ kind: 'failed', id, ...failure(error) }),
  )
})

async function answer(call: CryptolibCall): Promise<unknown> {
  if (call.kind === 'open') {
    const pkcs11 = await loadPkcs11()
    if (pkcs11 === null) return { kind: 'unusable', reason: 'not-loaded' }
    cryptolib = createCryptolib(pkcs11)
    const opened = cryptolib.open(call.path)
    // The loader gives what it still holds again by its path, though the file was mended meanwhile.
    if (opened.kind === 'unusable') pkcs11.close()
    return opened
  }
  if (cryptolib === null) throw new Pkcs11Error(ckr.cryptokiNotInitialized, 'no library is loaded')
  switch (call.kind) {
    case 'poll':
      return cryptolib.poll()
    case 'read':
      return cryptolib.read(call.slot, call.whole)
    case 'reinitialise':
      return cryptolib.reinitialise()
    case 'finalise':
      return cryptolib.finalise()
    default:
      return call
  }
}

/** Null where the module was not built for this machine. */
async function loadPkcs11(): Promise<PKCS11 | null> {
  try {
    const { PKCS11 } = await import('pkcs11js')
    return alive(new PKCS11())
  } catch {
    return null
  }
}

/** How long the main thread is left without a word while calls return. In milliseconds. */
const quietMs = 1000

/** Says between calls that they return: a whole reading may take longer than a hang is given. */
function alive(pkcs11: PKCS11): PKCS11 {
  let told = performance.now()
  return new Proxy(pkcs11, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return (...args: unknown[]): unknown => {
        try {
          return Reflect.apply(method, target, args)
        } finally {
          if (performance.now() - told >= quietMs) {
            told = performance.now()
            tell({ kind: 'alive' })
          }
        }
      }
    },
  })
}

function failure(error: unknown): { code: number | null; message: string } {
  if (error instanceof Pkcs11Error) return { code: error.code, message: error.message }
  return { code: null, message: String(error) }
}
