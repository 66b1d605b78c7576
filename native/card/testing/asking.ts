import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Pcsc } from '../../../e2e/support/card/pcscd.ts'

/** A slot as PKCS#11 has it. */
export type SlotSeen = {
  /** The reader's; empty when C_GetSlotInfo refused. */
  readonly name: string
  /** `refused`: the code of what C_GetTokenInfo, or C_GetSlotInfo before it, refused with. */
  readonly token: TokenSeen | { readonly refused: number }
}

export type TokenSeen = {
  readonly label: string
  readonly serial: string
  readonly triesLeft: 0 | 1 | 2 | 3
  /** The authentication certificate in hexadecimal, read without the code; empty when there is none. */
  readonly certificate: string
}

/** What PC/SC says of a reader: `empty`, `mute`, or else the ATR of its card in hexadecimal. */
export type ReaderSeen = string

export type Question =
  | { readonly kind: 'slots' }
  /** Null, or the code of what C_Login refused with. */
  | { readonly kind: 'login'; readonly name: string; readonly pin: string }
  /** C_Finalize, then C_Initialize. */
  | { readonly kind: 'reinitialise' }
  /** The readers by name; empty while the PC/SC service does not run. */
  | { readonly kind: 'readers' }

export type Answers = {
  readonly slots: readonly SlotSeen[]
  readonly login: number | null
  readonly reinitialise: null
  readonly readers: Readonly<Record<string, ReaderSeen>>
}

/** A program like another, where the PC/SC service is: it asks PKCS#11 and listens to PC/SC. */
export type Asking = {
  readonly ask: <Kind extends Question['kind']>(
    question: Extract<Question, { kind: Kind }>,
  ) => Promise<Answers[Kind]>
  readonly stop: () => Promise<void>
}

/** Starts it on this PKCS#11 library; it has initialised it by then. */
export async function startAsking(pcsc: Pcsc, library: string): Promise<Asking> {
  const child = fork(join(import.meta.dirname, 'asking-program.ts'), [library], {
    execPath: await pcsc.executable(process.execPath),
    // Vitest's own are not for a plain Node.
    execArgv: [],
    serialization: 'advanced',
  })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('the asking program did not start'))),
  ])
  return {
    ask: async (question) => {
      const answered = once(child, 'message')
      child.send(question)
      const [answer] = await Promise.race([
        answered,
        ended.then(() => Promise.reject(new Error('it has ended'))),
      ])
      return answer
    },
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
