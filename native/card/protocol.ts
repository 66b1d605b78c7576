import * as z from 'zod'
import { cardSnapshot } from './states.ts'

/** How this session reaches the workstation, where it is another computer's. */
export const remoteSession = z.enum(['rdp', 'citrix', 'other'])
export type RemoteSession = z.infer<typeof remoteSession>

/** What « Tester ma carte » measured. */
export const cardTest = z.strictObject({
  snapshot: cardSnapshot,
  /** From the first question to Cryptolib to its last answer. */
  milliseconds: z.number().nonnegative(),
})
export type CardTest = z.infer<typeof cardTest>

/** What the main process tells the card process. The first message is `start`. */
export const toCardProcess = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    /** `card.modulePath` of the settings. */
    modulePath: z.string().nullable(),
    remote: remoteSession.nullable(),
    /** Told with what fails; the main process has journalled it. */
    reference: z.string(),
  }),
  /** Reads everything again: around a login, when tries may have been used. */
  z.strictObject({ kind: z.literal('refresh') }),
  /** The card of this RPPS has just been used with its code: LOCKED is not believed of it until it leaves its reader. */
  z.strictObject({ kind: z.literal('logged-in'), rpps: z.string() }),
  /** « Tester ma carte »: reads everything again, and says how long it took. */
  z.strictObject({ kind: z.literal('test'), id: z.int() }),
  /** Finalises Cryptolib and ends. */
  z.strictObject({ kind: z.literal('stop') }),
])
export type ToCardProcess = z.infer<typeof toCardProcess>

/** What the card process tells the main process. */
export const fromCardProcess = z.discriminatedUnion('kind', [
  /** The worker that holds Cryptolib has answered. */
  z.strictObject({ kind: z.literal('beat') }),
  z.strictObject({ kind: z.literal('snapshot'), snapshot: cardSnapshot }),
  z.strictObject({ kind: z.literal('tested'), id: z.int(), test: cardTest }),
])
export type FromCardProcess = z.infer<typeof fromCardProcess>

/** The worker must have answered within this time, or it hangs. In milliseconds. */
export const silenceMs = 6000
