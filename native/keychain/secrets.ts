import type * as Keytar from 'keytar'
import { hindersReading, hindersWriting, type Hindrance } from './secret-service.ts'

export const secretNames = ['psc.clientSecret', 'psc.keyPassphrase', 'psc.p12Password'] as const
export type SecretName = (typeof secretNames)[number]

/** In UTF-8. Windows takes no more (wincred.h, CRED_MAX_CREDENTIAL_BLOB_SIZE): the same everywhere. */
export const maxSecretBytes = 2560

/**
 * Why the keychain gives nothing.
 * `no-keychain`: this session has none, or what it takes to ask it is not installed. `locked`: somebody must open it
 * first, or it does not answer. `failed`: it refused, for a reason that its own words tell.
 */
export type KeychainFault = 'no-keychain' | 'locked' | 'failed'

/** The only error that a keychain rejects with. Its message never holds a secret. */
export class KeychainError extends Error {
  readonly reason: KeychainFault

  constructor(reason: KeychainFault, cause?: unknown) {
    super(`keychain: ${reason}${cause instanceof Error ? ` (${cause.message})` : ''}`, { cause })
    this.name = 'KeychainError'
    this.reason = reason
  }
}

/**
 * The secrets of this OS account. Every method rejects with `KeychainError` only, after 10 s at most: then nothing more
 * is done, except what the system had already been asked for.
 */
export type Keychain = {
  /** Null: there is none. */
  readonly read: (name: SecretName) => Promise<string | null>
  /** Replaces what there was. `value`: neither empty nor longer than `maxSecretBytes`, and without U+0000. */
  readonly write: (name: SecretName, value: string) => Promise<void>
  /** Resolves to whether there was one. */
  readonly remove: (name: SecretName) => Promise<boolean>
  /** Those that are set. */
  readonly names: () => Promise<readonly SecretName[]>
}

const service = 'Comptoir'
const patienceMs = 10_000

/** The keychain of the operating system, loaded at its first use. */
export function openKeychain(): Keychain {
  // One call at a time: each would hold one of the four threads that files and passwords also need (libuv).
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(call: () => Promise<T>): Promise<T> => {
    let awaited = true
    // Nobody awaits it any more: a write that was reported as failed is not made later.
    const answer = last.then(() => (awaited ? call() : Promise.reject(new KeychainError('locked'))))
    last = answer.catch(() => undefined)
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        awaited = false
        reject(new KeychainError('locked'))
      }, patienceMs)
      void answer.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }
  const ask = <T>(
    hinders: () => Promise<Hindrance | null>,
    call: (keytar: typeof Keytar) => Promise<T>,
  ): Promise<T> =>
    inTurn(async () => {
      const hindrance = await hinders()
      if (hindrance !== null) throw new KeychainError(hindrance)
      const keytar = await load()
      return call(keytar).catch((error: unknown) => {
        throw new KeychainError('failed', error)
      })
    })

  const askItem = <T>(account: SecretName, call: (keytar: typeof Keytar) => Promise<T>): Promise<T> =>
    ask(() => hindersReading({ service, account }, process), call)

  const read: Keychain['read'] = (name) => askItem(name, (keytar) => keytar.getPassword(service, name))
  return {
    read,
    write: (name, value) =>
      ask(
        () => hindersWriting(process),
        (keytar) => keytar.setPassword(service, name, value),
      ).catch((error: unknown) => {
        throw error instanceof Error && error.message.includes(value) ? new KeychainError('failed') : error
      }),
    remove: (name) => askItem(name, (keytar) => keytar.deletePassword(service, name)),
    // Never keytar's own list: it crashes the process over an item that is locked or was made by somebody else (its
    // keytar_posix.cc takes `strdup` of NULL).
    names: async () => {
      const set: SecretName[] = []
      for (const name of secretNames) if ((await read(name)) !== null) set.push(name)
      return set
    },
  }
}

/** A native module: on Linux it does not load without libsecret. */
async function load(): Promise<typeof Keytar> {
  try {
    const { default: keytar } = await import('keytar')
    return keytar
  } catch (error) {
    throw new KeychainError('no-keychain', error)
  }
}
