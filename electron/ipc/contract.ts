import * as z from 'zod'
import { cardTest } from '../../native/card/protocol.ts'
import { journalFilter } from '../journal/filter.ts'
import { about } from './component-views.ts'
import { journalExtract, journalRow, verification, writtenFile } from './journal-views.ts'
import {
  foreseen,
  givenPassword,
  importReport,
  isWellFormed,
  newcomerForm,
  operatorActions,
  operatorForm,
  operatorRow,
  operatorSheet,
  shortText,
  shownOperators,
} from './operator-views.ts'
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
const thisOperator = z.strictObject({ id: shortText })
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
  /** What the person uses: the identification window is laid out for it. */
  usesTouch: {
    args: z.strictObject({ touch: z.boolean() }),
    result: nothing,
    windows: ['launcher', 'identification'],
  },

  /** « Tester ma carte »: reads it again, without its code. */
  testCard: { args: nothing, result: cardTest, windows: ['launcher', 'identification'] },
  openHelp: {
    args: z.strictObject({ page: z.enum(helpPages) }),
    result: nothing,
    windows: windowRoles,
  },
  /** « Diagnostic du poste », which looks again when it is opened. */
  openDiagnostic: { args: nothing, result: nothing, windows: ['launcher', 'identification', 'help'] },
  runDiagnostic: { args: nothing, result: nothing, windows: ['diagnostic'] },
  /** Shows names and RPPS, or masks them again. */
  nameDiagnostic: { args: z.strictObject({ named: z.boolean() }), result: nothing, windows: ['diagnostic'] },
  /** Puts the report on the clipboard, as it is shown. */
  copyDiagnostic: { args: nothing, result: nothing, windows: ['diagnostic'] },
  /** Writes the report to a file that the user chooses; null: none was chosen. */
  saveDiagnostic: {
    args: nothing,
    result: z.strictObject({ name: z.string() }).nullable(),
    windows: ['diagnostic'],
  },
  /** Puts « Fiche de raccordement » on the clipboard. */
  copyConnectionSheet: { args: nothing, result: nothing, windows: ['help'] },
  /** What « À propos » tells of the program, and of what others made of it. */
  readAbout: { args: nothing, result: about, windows: ['help'] },
  /** Puts the versions on the clipboard. */
  copyVersions: { args: nothing, result: nothing, windows: ['help'] },

  /** Nobody has touched anything for long. */
  answerIdle: {
    args: z.strictObject({ question: z.int(), answer: z.enum(['stay', 'lock', 'leave']) }),
    result: nothing,
    windows: ['stay-connected'],
  },
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
    windows: ['first-run', 'identification', 'connections'],
  },
  createTitulaire: {
    args: z.strictObject({
      /** Empty where none is asked for. */
      installationCode: shortText,
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

  /** « Comptoir enregistre vos connexions… »: read by the connected operator. */
  acknowledgeRecording: { args: nothing, result: nothing, windows: ['launcher'] },

  /** « Je n'ai pas de code opérateur »: who comes, by Pro Santé Connect. */
  startNewcomer: { args: thisAttempt, result: nothing, windows: ['identification'] },
  /** The newcomer's code, days and password. */
  describeNewcomer: {
    args: z.strictObject({ attempt: z.int(), form: newcomerForm }),
    result: nothing,
    windows: ['identification'],
  },
  /** Goes back to what was described. */
  correctNewcomer: { args: thisAttempt, result: nothing, windows: ['identification'] },
  /** Somebody of the team lets the newcomer in. */
  authoriseNewcomer: {
    args: z.strictObject({ attempt: z.int(), code: typedCode, password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },
  /** « Nouveau mot de passe », after a provisional one. */
  setProvisionalPassword: {
    args: z.strictObject({ attempt: z.int(), password: typedPassword }),
    result: nothing,
    windows: ['identification'],
  },

  listOperators: {
    args: z.strictObject({
      search: shortText,
      shown: z.enum(shownOperators),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    result: z.strictObject({ total: z.int(), operators: z.array(operatorRow) }),
    windows: ['operators'],
  },
  readOperator: { args: thisOperator, result: operatorSheet, windows: ['operators'] },
  /** « À prévoir ». */
  foreseen: { args: nothing, result: z.array(foreseen), windows: ['operators'] },
  /** A code that nobody has, for the next operator. */
  suggestCode: { args: nothing, result: z.string(), windows: ['operators'] },
  /** Resolves to the operator's id and provisional password, told once. */
  createOperator: {
    args: z.strictObject({ form: operatorForm, password: typedPassword.nullable() }),
    result: givenPassword,
    windows: ['operators'],
  },
  /** `seen`: the `changedAt` of what was edited; `password`: the connected operator's, where the change asks for it. */
  changeOperator: {
    args: z.strictObject({
      id: shortText,
      seen: shortText,
      form: operatorForm,
      password: typedPassword.nullable(),
    }),
    result: nothing,
    windows: ['operators'],
  },
  actOnOperator: {
    args: z.strictObject({
      id: shortText,
      action: z.enum(operatorActions),
      password: typedPassword.nullable(),
    }),
    /** With a provisional password, told once, after `reset-password`. */
    result: givenPassword.nullable(),
    windows: ['operators'],
  },
  /** Reads a list of operators, from a file that the user chooses or as pasted; null: none was chosen. */
  readImport: {
    args: z.strictObject({ pasted: z.string().max(2_000_000).nullable() }),
    result: importReport.nullable(),
    windows: ['operators'],
  },
  /** Creates everybody of the last list read, or nobody. */
  applyImport: {
    args: z.strictObject({ password: typedPassword }),
    result: z.strictObject({ created: z.int() }),
    windows: ['operators'],
  },
  /** Writes the list to a file that the user chooses; null: none was chosen. */
  exportOperators: { args: nothing, result: writtenFile.nullable(), windows: ['operators'] },

  journalRows: {
    args: z.strictObject({
      filter: journalFilter,
      upTo: z.int().nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    result: z.array(journalRow),
    windows: ['journal'],
  },
  journalCount: {
    args: z.strictObject({ filter: journalFilter, upTo: z.int().nullable() }),
    result: z.strictObject({ total: z.int(), upTo: z.int() }),
    windows: ['journal'],
  },
  /** The number of the newest row, 0 in an empty journal. */
  journalHead: { args: nothing, result: z.int(), windows: ['journal'] },
  /** The people whom the filter offers, those who have gone included, found by what is typed. */
  journalPeople: {
    args: z.strictObject({ search: shortText }),
    result: z.array(z.strictObject({ id: z.string(), code: z.string(), name: z.string().nullable() })),
    windows: ['journal'],
  },
  verifyJournal: { args: nothing, result: verification, windows: ['journal'] },
  /** Writes a file that the user chooses; null: none was chosen, or cancelled. */
  exportJournal: {
    args: z.strictObject({ filter: journalFilter, format: z.enum(['csv', 'jsonl']) }),
    result: writtenFile.nullable(),
    windows: ['journal'],
  },
  /** « Extrait du journal », to be printed for a control. */
  extractJournal: {
    args: z.strictObject({
      filter: journalFilter,
      reason: z.string().trim().min(1).max(200).refine(isWellFormed),
    }),
    result: journalExtract.nullable(),
    windows: ['journal'],
  },
  /** Puts the reference of a row on the clipboard. */
  copyReference: {
    args: z.strictObject({ reference: z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9]{3}$/u) }),
    result: nothing,
    windows: ['journal'],
  },
  /** Gives up the verification or the export under way. */
  cancelJournalTask: { args: nothing, result: nothing, windows: ['journal'] },

  /** `upTo`: the last row there was at the first call, so that what is shown does not move. */
  ownConnections: {
    args: z.strictObject({
      upTo: z.int().nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    result: z.strictObject({ total: z.int(), upTo: z.int(), rows: z.array(journalRow) }),
    windows: ['connections'],
  },
  changeOwnPassword: {
    args: z.strictObject({ current: typedPassword, next: typedPassword }),
    result: nothing,
    windows: ['connections'],
  },

  /** « Sauvegarde proposée ». */
  restoreBackup: { args: nothing, result: nothing, windows: ['restore'] },
  declineBackup: { args: nothing, result: nothing, windows: ['restore'] },

  /** « Fermer la journée »: asks first. */
  closeDay: { args: nothing, result: nothing, windows: ['launcher'] },
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
