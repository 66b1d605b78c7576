import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import { Pkcs11Error } from './pkcs11-error.ts'
import { unusableReasons } from './states.ts'

const opened = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), libraryVersion: z.string(), description: z.string() }),
  z.strictObject({ kind: z.literal('unusable'), reason: z.enum(unusableReasons) }),
])
/** What loading and initialising the library came to. */
export type Opened = z.infer<typeof opened>

const slotPoll = z.strictObject({
  /** The slot's id, in hexadecimal. */
  slot: z.string(),
  /** The reader's name, as Cryptolib has it: over 64 characters it is abbreviated. */
  name: z.string(),
  /** Whether it holds a card that Cryptolib knows: an unknown or a mute one leaves it empty. */
  present: z.boolean(),
  /** `lost`: the card that was read has left since, or was reset or swapped. Said once. */
  session: z.enum(['none', 'open', 'lost']),
})
export type SlotPoll = z.infer<typeof slotPoll>

const tokenReading = z.strictObject({
  label: z.string(),
  model: z.string(),
  serial: z.string(),
  /** CK_TOKEN_INFO's. */
  flags: z.int(),
  /** The authentication certificate's DER; null where the card has none. */
  certificate: z.instanceof(Uint8Array).nullable(),
})
export type TokenReading = z.infer<typeof tokenReading>

/** What the worker is asked, one at a time. */
export type CryptolibCall =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'poll' }
  | { readonly kind: 'read'; readonly slot: string; readonly whole: boolean }
  | { readonly kind: 'reinitialise' }
  | { readonly kind: 'finalise' }
export type CryptolibRequest = { readonly id: number; readonly call: CryptolibCall }

const fromWorker = z.discriminatedUnion('kind', [
  /** A call of the library has returned; the answer is still to come. */
  z.strictObject({ kind: z.literal('alive') }),
  z.strictObject({ kind: z.literal('done'), id: z.int(), value: z.unknown() }),
  z.strictObject({ kind: z.literal('failed'), id: z.int(), code: z.int().nullable(), message: z.string() }),
])
export type FromCryptolibWorker = z.infer<typeof fromWorker>

/** Cryptolib, held by a worker of this process; its methods are those of cryptolib.ts, in order, one at a time. */
export type CryptolibClient = {
  readonly open: (path: string) => Promise<Opened>
  readonly poll: () => Promise<SlotPoll[]>
  /** Rejects with `Pkcs11Error`. */
  readonly read: (slot: string, whole: boolean) => Promise<TokenReading>
  readonly reinitialise: () => Promise<void>
  readonly finalise: () => Promise<void>
  /** Whether Cryptolib owes no answer: it is not what keeps anybody waiting. */
  readonly idle: () => boolean
}

type Parts = {
  /** The path of cryptolib-worker, as built or as written. */
  workerFile: string
  /** Each time that a call of the library returns. */
  answered: () => void
  /** The worker has ended by itself: nothing more will be answered. */
  ended: () => void
}

/** Starts the worker that holds Cryptolib. */
export function createCryptolibClient({ workerFile, answered, ended }: Parts): CryptolibClient {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  let last: Promise<unknown> = Promise.resolve()

  const worker = new Worker(workerFile)
  worker.on('error', ended)
  worker.on('exit', ended)
  worker.on('message', (raw: unknown) => {
    const message = fromWorker.parse(raw)
    answered()
    if (message.kind === 'alive') return
    const asked = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'done') asked?.resolve(message.value)
    else asked?.reject(new Pkcs11Error(message.code, message.message))
  })

  const post = (call: CryptolibCall): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      pending.set(id, { resolve, reject })
      worker.postMessage({ id, call } satisfies CryptolibRequest, [])
    })
  /** C_Finalize frees what a call in flight still uses (cryptolib-cps.md §5): each call waits for the one before. */
  const ask = (call: CryptolibCall): Promise<unknown> => {
    const answer = last.then(() => post(call))
    last = answer.catch(() => null)
    return answer
  }

  return {
    open: async (path) => opened.parse(await ask({ kind: 'open', path })),
    poll: async () => z.array(slotPoll).parse(await ask({ kind: 'poll' })),
    read: async (slot, whole) => tokenReading.parse(await ask({ kind: 'read', slot, whole })),
    reinitialise: async () => void (await ask({ kind: 'reinitialise' })),
    finalise: async () => void (await ask({ kind: 'finalise' })),
    idle: () => pending.size === 0,
  }
}
