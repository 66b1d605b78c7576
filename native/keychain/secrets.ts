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

/** One thing kept beside the secrets, under a name of its own: it is not listed with them. */
export type KeptItem = {
  /** Null: there is none. */
  readonly read: () => Promise<string | null>
  /** As a secret's. */
  readonly write: (value: string) => Promise<void>
  readonly remove: () => Promise<boolean>
}

/**
 * The secrets of this OS account. Every method rejects with `KeychainError` only, a reading after 10 s at most, a change
 * after 4 s: then nothing more is done, except what the system had already been asked for.
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
  /** What is kept of the head of one database's journal. `workstation`: the id that the database was given. */
  readonly journalHead: (workstation: string) => KeptItem
}

const service = 'Comptoir'
const readPatienceMs = 10_000
/** The database is held meanwhile (cli/authority.ts), for which a running Comptoir waits 5 s. */
const changePatienceMs = 4000

/** The keychain of the operating system, loaded at its first use. */
export function openKeychain(): Keychain {
  return {
    read,
    write,
    remove,
    // Never keytar's own list: it crashes the process over an item that is locked or was made by somebody else (its
    // keytar_posix.cc takes `strdup` of NULL).
    names: async () => {
      const set: SecretName[] = []
      for (const name of secretNames) if ((await read(name)) !== null) set.push(name)
      return set
    },
    journalHead: (workstation) => {
      const account = `journal.head.${workstation}`
      return {
        read: () => read(account),
        write: (value) => write(account, value),
        remove: () => remove(account),
      }
    },
  }
}

function read(account: string): Promise<string | null> {
  return ask(readPatienceMs, hindersItem(account), (keytar) => keytar.getPassword(service, account))
}

function write(account: string, value: string): Promise<void> {
  return ask(
    changePatienceMs,
    (patienceMs) => hindersWriting(process, patienceMs),
    (keytar) => keytar.setPassword(service, account, value),
  ).catch((error: unknown) => {
    throw error instanceof Error && error.message.includes(value) ? new KeychainError('failed') : error
  })
}

function remove(account: string): Promise<boolean> {
  return ask(changePatienceMs, hindersItem(account), (keytar) => keytar.deletePassword(service, account))
}

/** Of the process, whatever opens keychains: a call that hangs holds one thread of libuv's four, which files need too. */
let last: Promise<unknown> = Promise.resolve()

type Hinders = (patienceMs: number) => Promise<Hindrance | null>

function ask<T>(
  patienceMs: number,
  hinders: Hinders,
  call: (keytar: typeof Keytar) => Promise<T>,
): Promise<T> {
  let awaited = true
  // What nobody awaits any more is not done: a write that was reported as failed is not made later.
  const stillAwaited = (): void => {
    if (!awaited) throw new KeychainError('locked')
  }
  const answer = last.then(async () => {
    stillAwaited()
    // In less than this call has: nothing waits behind what does not answer.
    const hindrance = await hinders(0.9 * patienceMs)
    if (hindrance !== null) throw new KeychainError(hindrance)
    const keytar = await load()
    stillAwaited()
    return call(keytar).catch((error: unknown) => {
      throw new KeychainError('failed', error)
    })
  })
  last = answer.catch(() => undefined)
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      awaited = false
      reject(new KeychainError('locked'))
    }, patienceMs)
    void answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function hindersItem(account: string): Hinders {
  return (patienceMs) => hindersReading({ service, account }, process, patienceMs)
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
