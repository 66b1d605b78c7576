import * as z from 'zod'
import { cardTest } from '../../native/card/protocol.ts'
import type { Result } from './result.ts'
import { helpPages, windowRoles, type ViewOf, type WindowRole } from './views.ts'

/**
 * Every call a window can make: its arguments, its result and the windows allowed to make it. The preload
 * bridges, the dispatcher of the main process (serve.ts) and the renderer's types all derive from this map.
 */
type Channel = { args: z.ZodType; result: z.ZodType; windows: readonly WindowRole[] }

const nothing = z.undefined()
const typedCode = z.string().max(64)
const typedPassword = z.string().max(256)
const shortText = z.string().max(200)
const thisAttempt = z.strictObject({ attempt: z.int() })

export const contract = {
  /** The view of the calling window; the window is then told of each change. */
  getView: {
    args: nothing,
    result: z.unknown(),
    windows: windowRoles,
  },
  /** The page has drawn the view of this number: its window may be shown, and what is typed reaches the right fields. */
  drawn: { args: z.strictObject({ number: z.int() }), result: nothing, windows: windowRoles },
  openModule: { args: z.strictObject({ id: shortText }), result: nothing, windows: ['launcher'] },
  identify: { args: nothing, result: nothing, windows: ['launcher'] },
  /** Locks at once, then asks who comes. */
  switchOperator: { args: nothing, result: nothing, windows: ['launcher'] },
  disconnect: { args: nothing, result: nothing, windows: ['launcher'] },
  /** « Me réidentifier maintenant », ten minutes before the end. */
  renewSession: { args: nothing, result: nothing, windows: ['launcher'] },
  /** Unlocks by Pro Santé Connect. */
  unlockByPsc: { args: nothing, result: nothing, windows: ['launcher'] },
  unlock: { args: z.strictObject({ password: typedPassword }), result: nothing, windows: ['launcher'] },
  openFirstRun: { args: nothing, result: nothing, windows: ['launcher'] },
  dismissNotice: { args: nothing, result: nothing, windows: ['launcher'] },

  submitCode: {
    args: z.strictObject({ attempt: z.int(), code: typedCode, password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },
  /** Opens Pro Santé Connect in the system browser. */
  startPsc: { args: thisAttempt, result: nothing, windows: ['identification'] },
  /** Asks on the phone of the operator of this code or RPPS; of the awaited one, whatever is typed. */
  startPhone: {
    args: z.strictObject({ attempt: z.int(), typed: typedCode }),
    result: nothing,
    windows: ['identification'],
  },
  reopenBrowser: { args: thisAttempt, result: nothing, windows: ['identification'] },
  copyLink: { args: thisAttempt, result: nothing, windows: ['identification'] },
  /** « Est-ce bien vous ? » */
  answerWrongPerson: {
    args: z.strictObject({ attempt: z.int(), answer: z.enum(['yes', 'no']) }),
    result: nothing,
    windows: ['identification'],
  },
  /** « Oui, continuer », with the password of the operator whom Pro Santé Connect names. */
  confirmPerson: {
    args: z.strictObject({ attempt: z.int(), password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },
  /** « J'ai terminé, recommencer ». */
  restartPsc: { args: thisAttempt, result: nothing, windows: ['identification'] },
  /** « Associer ce RPPS »: whose it is, by their code and password. */
  associate: {
    args: z.strictObject({ attempt: z.int(), code: typedCode, password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },
  confirmAssociation: {
    args: z.strictObject({
      attempt: z.int(),
      authoriser: z.strictObject({ code: typedCode, password: typedPassword }).nullable(),
    }),
    result: nothing,
    windows: ['identification'],
  },
  /** « Mot de passe oublié ? » */
  forgottenPassword: { args: thisAttempt, result: nothing, windows: ['identification'] },
  setForgottenPassword: {
    args: z.strictObject({ attempt: z.int(), password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },
  cancelIdentification: { args: nothing, result: nothing, windows: ['identification'] },

  /** « Tester ma carte »: reads it again, without its code. */
  testCard: { args: nothing, result: cardTest, windows: ['launcher', 'identification'] },
  openHelp: {
    args: z.strictObject({ page: z.enum(helpPages) }),
    result: nothing,
    windows: ['launcher', 'identification'],
  },
  /** Puts « Fiche de raccordement » on the clipboard. */
  copyConnectionSheet: { args: nothing, result: nothing, windows: ['help'] },

  /** « Carte retirée. Rester connecté ? » */
  answerCardRemoved: {
    args: z.strictObject({ question: z.int(), answer: z.enum(['stay', 'lock', 'leave']) }),
    result: nothing,
    windows: ['stay-connected'],
  },
  answerStayConnected: {
    args: z.strictObject({
      question: z.int(),
      answer: z.enum(['stay', 'stay-without-psc', 'disconnect', 'leave']),
    }),
    result: nothing,
    windows: ['stay-connected'],
  },

  scorePassword: {
    args: z.strictObject({ password: typedPassword, words: z.array(shortText).max(10) }),
    result: z.strictObject({ bits: z.number(), enough: z.boolean(), advice: z.string().nullable() }),
    windows: ['first-run', 'identification'],
  },
  createTitulaire: {
    args: z.strictObject({
      firstName: shortText,
      lastName: shortText,
      code: typedCode,
      password: typedPassword,
      rpps: z.string().max(20),
    }),
    result: nothing,
    windows: ['first-run'],
  },
  cancelFirstRun: { args: nothing, result: nothing, windows: ['first-run'] },

  confirmClosing: { args: nothing, result: nothing, windows: ['closing'] },
  cancelClosing: { args: nothing, result: nothing, windows: ['closing'] },

  retryStart: { args: nothing, result: nothing, windows: ['fault'] },
  copyFault: { args: nothing, result: nothing, windows: ['fault'] },
  closeFault: { args: nothing, result: nothing, windows: ['fault'] },

  resumeVeiled: { args: nothing, result: nothing, windows: ['veil'] },
  closeVeiled: { args: nothing, result: nothing, windows: ['veil'] },
} as const satisfies Record<string, Channel>

export type Contract = typeof contract
export type ChannelName = keyof Contract
export type ArgsOf<C extends ChannelName> = z.infer<Contract[C]['args']>
export type ValueOf<C extends ChannelName> = z.infer<Contract[C]['result']>

/** The names of all channels. */
export const channelNames: readonly ChannelName[] = objectKeys(contract)

/** The channels that windows of `role` may use. */
export function channelsOf(role: WindowRole): ChannelName[] {
  return channelNames.filter((name) => contract[name].windows.some((allowed) => allowed === role))
}

function objectKeys<T extends object>(value: T): (keyof T)[] {
  const isKey = (key: string): key is string & keyof T => key in value
  return Object.keys(value).filter(isKey)
}

type ChannelsFor<R extends WindowRole> = {
  [C in ChannelName]: R extends Contract[C]['windows'][number] ? C : never
}[ChannelName]

type Call<C extends ChannelName> =
  ArgsOf<C> extends undefined
    ? () => Promise<Result<ValueOf<C>>>
    : (args: ArgsOf<C>) => Promise<Result<ValueOf<C>>>

/** What `window.comptoir` offers to the page of a window: its calls, and its view. */
export type Bridge<R extends WindowRole> = Omit<{ [C in ChannelsFor<R>]: Call<C> }, 'getView' | 'drawn'> & {
  drawn: Call<'drawn'>
  getView(): Promise<Result<Numbered<R>>>
  /** Calls `listener` at each change of the view; returns how to stop. */
  onView(listener: (numbered: Numbered<R>) => void): () => void
}

/** A view and how many were pushed to this window before it. */
export type Numbered<R extends WindowRole> = { readonly number: number; readonly view: ViewOf<R> }
