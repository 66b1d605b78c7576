import * as z from 'zod'
import { cardSnapshot } from '../../native/card/states.ts'
import { roles } from '../operators/operator.ts'
import { pscSnapshot, pscState } from '../psc/state.ts'
import { connectionSheet } from '../settings/connection-sheet.ts'
import { checkView, readiness } from './diagnostic-views.ts'
import { newcomerForm } from './operator-views.ts'
import type { CallError } from './result.ts'

/**
 * What each window is told to show. A view is pushed whole whenever anything in it changes; windows keep no
 * other copy of the truth. Nothing secret is ever part of a view.
 */
const operatorView = z.strictObject({
  code: z.string(),
  /** « PRÉNOM NOM ». */
  name: z.string(),
  role: z.enum(roles),
  rpps: z.string().nullable(),
})
export type OperatorView = z.infer<typeof operatorView>

/** One thing to tell: what happened, what to do, and the reference to give over the telephone. */
const notice = z.strictObject({
  tone: z.enum(['info', 'watch', 'mend']),
  text: z.string(),
  remedy: z.string().nullable(),
  reference: z.string().nullable(),
})
export type Notice = z.infer<typeof notice>

const instant = z.string()

/** How the connected operator was identified: « psc » when Pro Santé Connect does not say by what, or has been left. */
const means = z.enum(['password', 'psc-card', 'psc-e-cps', 'psc', 'psc-left'])
export type MeansView = z.infer<typeof means>

const sessionView = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('connected'),
    operator: operatorView,
    means,
    until: instant,
    endingSoon: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('locked'),
    operator: operatorView,
    reason: z.enum(['switch', 'card-removed', 'idle', 'system-lock', 'sleep']),
    /** After how many minutes without activity it locks by itself. */
    idleMinutes: z.number(),
  }),
])
export type SessionView = z.infer<typeof sessionView>

/** Whether a module opens as it is, or asks for more than the connected operator has. */
const requirement = z.discriminatedUnion('kind', [
  /** Kept for titulaires and those who were given the right. */
  z.strictObject({ kind: z.literal('right') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('psc') }),
  z.strictObject({ kind: z.literal('role'), roles: z.array(z.enum(roles)) }),
])
export type Requirement = z.infer<typeof requirement>

const moduleTile = z.strictObject({
  id: z.string(),
  label: z.string(),
  shortcut: z.string().nullable(),
  kind: z.enum(['program', 'window', 'browser', 'built-in']),
  requirement,
  open: z.boolean(),
  /** Whose name it is open in, when that is somebody else than the connected operator. */
  openedBy: z.string().nullable(),
})
export type ModuleTile = z.infer<typeof moduleTile>

const failure = z.custom<CallError>().nullable()
/** The person whom Pro Santé Connect identifies; `name` is null where it gives none. */
const pscPerson = { name: z.string().nullable(), rpps: z.string() }

/** On what the person validates without a browser: their phone, or their card (ANS, CIBA's `channel`). */
const cibaChannel = z.enum(['MOBILE', 'CARD'])
export type CibaChannel = z.infer<typeof cibaChannel>

const recentOperator = z.strictObject({ code: z.string(), name: z.string() })
export type RecentOperator = z.infer<typeof recentOperator>

/** Where an identification stands. */
const identificationStep = z.discriminatedUnion('kind', [
  /** Code and password, Pro Santé Connect, or both. `failure`: why the last try by Pro Santé Connect did not succeed. */
  z.strictObject({
    kind: z.literal('ask'),
    password: z.boolean(),
    psc: z.boolean(),
    /** By what Pro Santé Connect can be asked without a browser, when it can. */
    phone: cibaChannel.nullable(),
    /** Whether « Mot de passe oublié ? » is offered. */
    forgotten: z.boolean(),
    /** « Je n'ai pas de code opérateur »: whether it is offered, and what it leads to. */
    newcomer: z.enum(['no', 'psc', 'titulaire']),
    /** The operator code of the card in the reader, put where nothing was typed. */
    codeFromCard: z.string().nullable(),
    /** Who has come in lately on this workstation, the last one first; `name`: « Patricia A. ». */
    recent: z.array(recentOperator),
    failure,
  }),
  /** The browser is out. `failure`: why it could not be opened; the link can still be copied. */
  z.strictObject({
    kind: z.literal('browser'),
    /** Seconds before it is given up, at the moment the view is pushed. */
    secondsLeft: z.number(),
    secondsInAll: z.number(),
    /** The certificate to choose with a card, `8` + RPPS, when one person only is awaited. */
    certificate: z.string().nullable(),
    serviceName: z.string(),
    /** By what one may go on without the browser: who it is, is known. */
    phone: cibaChannel.nullable(),
    failure,
  }),
  /** The person compares the two digits of `number` with those on their phone, or beside their card reader. */
  z.strictObject({
    kind: z.literal('phone'),
    number: z.string(),
    channel: cibaChannel,
    /** Seconds before it is given up, at the moment the view is pushed. */
    secondsLeft: z.number(),
    secondsInAll: z.number(),
    serviceName: z.string(),
  }),
  /** The browser is back: its answer is being verified. */
  z.strictObject({ kind: z.literal('checking') }),
  /**
   * « Est-ce bien vous ? »; `password`: « Oui, continuer » was pressed, and wants that operator's password; `card`: or
   * their card, which is to be put in, or taken out and put in again when it was there before; `unusable`: it is
   * blocked or has expired.
   */
  z.strictObject({
    kind: z.literal('wrong-person'),
    ...pscPerson,
    password: z.boolean(),
    card: z.enum(['off', 'insert', 'insert-again', 'unusable']),
  }),
  /** The browser's session is being ended; `by-hand`: the browser is to be closed first. */
  z.strictObject({ kind: z.literal('leaving'), restart: z.enum(['by-itself', 'by-hand']) }),
  /** No operator has this RPPS: whose is it? `code`: the only operator who may say so, when there is one. */
  z.strictObject({
    kind: z.literal('association'),
    ...pscPerson,
    reference: z.string(),
    code: z.string().nullable(),
    /** They may say that they have no code here. */
    newcomer: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('association-confirm'),
    rpps: z.string(),
    operator: operatorView,
    /** The two names, when they differ. */
    differing: z.strictObject({ psc: z.string().nullable(), comptoir: z.string() }).nullable(),
    /** An authorised person must give their code and password. */
    authorisation: z.boolean(),
  }),
  /** « Mot de passe oublié ? », after Pro Santé Connect. */
  z.strictObject({ kind: z.literal('new-password'), operator: operatorView }),
  /** « Nouveau mot de passe »: the one that was typed is provisional. */
  z.strictObject({ kind: z.literal('provisional-password'), operator: operatorView }),
  /** « Je n'ai pas de code opérateur », after Pro Santé Connect: who they are, and what is proposed for them. */
  z.strictObject({
    kind: z.literal('newcomer'),
    ...pscPerson,
    /** The names are to be filled in. */
    nameless: z.boolean(),
    proposed: newcomerForm.omit({ password: true }),
    /** `YYYY-MM-DD`. */
    today: z.string(),
  }),
  /** An authorised person gives their code and password. */
  z.strictObject({
    kind: z.literal('newcomer-authorise'),
    ...pscPerson,
    code: z.string(),
    role: z.enum(roles),
    firstDay: z.string(),
    lastDay: z.string(),
  }),
])
export type IdentificationStep = z.infer<typeof identificationStep>

const support = z.strictObject({ name: z.string().nullable(), phone: z.string().nullable() })

/** The pages of « Aide ». */
export const helpPages = [
  // For the counter.
  'identify',
  'psc-card',
  'psc-e-cps',
  'link-rpps',
  'card',
  'cryptolib',
  'activate-e-cps',
  'certificate',
  'register-preparateur',
  'which-card',
  'switch',
  'locked',
  'operators',
  'journal',
  // For the installer.
  'diagnostic',
  'checklist',
  'install',
  'settings',
  'commands',
  'backups',
  'psc',
  'connection-sheet',
  'module-session',
  'about',
] as const
export type HelpPage = (typeof helpPages)[number]

export const views = {
  launcher: z.strictObject({
    pharmacy: z.string(),
    workstation: z.string(),
    version: z.string(),
    /** It is a test package, and says so. */
    testPackage: z.boolean(),
    /** A Comptoir that is known to be newer. */
    newer: z.string().nullable(),
    support: support.nullable(),
    /** Pro Santé Connect as this workstation has it. */
    psc: pscSnapshot,
    /** The card reader; null where the settings silence it. */
    card: cardSnapshot.nullable(),
    /** No operator exists yet: the first titulaire is to be created. */
    firstRun: z.boolean(),
    session: sessionView,
    /** How many sessions are suspended here, and wait for their operators' passwords. */
    suspended: z.int(),
    modules: z.array(moduleTile),
    /** Comptoir's own: « Opérateurs », « Journal »… */
    builtIn: z.array(moduleTile),
    notice: notice.nullable(),
    /** What changes operator from any program, where it does: for the eye, and for `aria-keyshortcuts`. */
    switchShortcut: z.strictObject({ label: z.string(), aria: z.string() }).nullable(),
    /** Whether this workstation is ready to work. */
    readiness: readiness.nullable(),
    /** What the journal records, for an operator who was not told yet: after how many months it goes. */
    recording: z.strictObject({ months: z.int(), contact: z.string() }).nullable(),
  }),
  identification: z.strictObject({
    /** Counts the attempts: a new number empties the form and focuses the code. 0 means none is under way. */
    attempt: z.int(),
    module: z.string().nullable(),
    /** Only this operator is awaited (« Reprendre », « Me réidentifier maintenant »). */
    expected: operatorView.nullable(),
    /** The roles that the module asks for, when it asks for some. */
    roles: z.array(z.enum(roles)),
    /** A finger was used: a keypad, and large names. */
    touch: z.boolean(),
    card: cardSnapshot.nullable(),
    psc: pscState,
    step: identificationStep,
  }),
  'stay-connected': z.strictObject({
    question: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('module-left'),
          id: z.int(),
          operator: operatorView,
          means,
          /** « Déconnecter » also ends Pro Santé Connect in the browser. */
          endsPsc: z.boolean(),
          /** A module that asks for Pro Santé Connect was left: one may stay and leave it. */
          mayLeavePsc: z.boolean(),
          /** Labels of the modules just left. */
          left: z.array(z.string()),
          /** Labels of the modules still open in the operator's name. */
          stillOpen: z.array(z.string()),
          /** Seconds before the local disconnection, at the moment the view is pushed; null: no countdown. */
          secondsLeft: z.number().nullable(),
          secondsInAll: z.number(),
        }),
        /** « Carte retirée. Rester connecté ? »: locked by itself when nobody answers. */
        z.strictObject({
          kind: z.literal('card-removed'),
          id: z.int(),
          operator: operatorView,
          secondsLeft: z.number(),
          secondsInAll: z.number(),
        }),
        /** Nobody has touched anything for long: locked by itself when nobody answers. */
        z.strictObject({
          kind: z.literal('idle'),
          id: z.int(),
          operator: operatorView,
          idleMinutes: z.number(),
          secondsLeft: z.number(),
          secondsInAll: z.number(),
        }),
      ])
      .nullable(),
  }),
  'first-run': z.strictObject({
    pharmacy: z.string(),
    /** The one-time code of this installation; `none`: it is needed, and this workstation was given none that still holds. */
    installationCode: z.enum(['not-asked', 'asked', 'none']),
  }),
  closing: z.strictObject({
    /** « Fermer Comptoir ? », or « Fermer la journée ? ». */
    purpose: z.enum(['quit', 'day']),
    modules: z.array(z.string()),
    /** Of those, the programs: Comptoir does not end them. */
    programs: z.array(z.string()),
    operator: operatorView.nullable(),
    /** Whose sessions are suspended here, « PRÉNOM NOM ». */
    suspended: z.array(z.string()),
    /** Pro Santé Connect is ended in the browser too. */
    endsPsc: z.boolean(),
  }),
  fault: z.strictObject({
    title: z.string(),
    /** The file to correct, when it is one. */
    file: z.string().nullable(),
    faults: z.array(
      z.strictObject({ where: z.string().nullable(), text: z.string(), remedy: z.string().nullable() }),
    ),
    reference: z.string(),
    support: support.nullable(),
    /** Whether « Réessayer » makes sense: the fault may go away by itself. */
    retryable: z.boolean(),
  }),
  veil: z.strictObject({ module: z.string(), operator: z.string() }),
  /** « Aide », at one of its pages. */
  help: z.strictObject({
    page: z.enum(helpPages),
    support: support.nullable(),
    sheet: connectionSheet,
    /** A Comptoir that is known to be newer, and what IT writes of it. */
    newer: z.strictObject({ version: z.string(), page: z.string().nullable() }).nullable(),
    recording: z.strictObject({ months: z.int(), contact: z.string() }),
  }),
  /** « Diagnostic du poste ». */
  diagnostic: z.strictObject({
    pharmacy: z.string(),
    workstation: z.string(),
    support: support.nullable(),
    checks: z.array(checkView),
    /** When all had ended; null while some are under way. */
    endedAt: instant.nullable(),
    /** « K4-27 »: the card, Pro Santé Connect and the database in one word; null while they are under way. */
    code: z.string().nullable(),
    /** Names and RPPS are shown. */
    named: z.boolean(),
  }),
  /** « Opérateurs ». */
  operators: z.strictObject({
    operator: operatorView,
    /** A titulaire: may give rights and appoint titulaires. */
    titulaire: z.boolean(),
    /** Not locked: otherwise nobody sees this page, and no password stays in it. */
    connected: z.boolean(),
    /** `YYYY-MM-DD`, here. */
    today: z.string(),
    /** Counts the changes of the team: what is listed is asked for again. */
    version: z.int(),
  }),
  /** « Journal ». */
  journal: z.strictObject({
    operator: operatorView,
    modules: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    retentionMonths: z.int(),
    /** The verification or the export under way; rows. */
    task: z
      .strictObject({ kind: z.enum(['verify', 'export', 'extract']), done: z.int(), total: z.int() })
      .nullable(),
  }),
  /** « Mes connexions ». */
  connections: z.strictObject({
    operator: operatorView,
    pharmacy: z.string(),
    retentionMonths: z.int(),
    modules: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  }),
  /** « Sauvegarde proposée ». */
  restore: z.strictObject({
    /** What became of the database. */
    database: z.enum(['damaged', 'missing']),
    search: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('under-way') }),
      /** No backup is sound, or there is none. */
      z.strictObject({ kind: z.literal('nothing') }),
      z.strictObject({
        kind: z.literal('found'),
        /** When the last row that it holds was written. */
        at: instant,
        /** How many journal rows came after it; null where that cannot be read any more. */
        missingRows: z.int().nullable(),
      }),
    ]),
    support: support.nullable(),
    reference: z.string(),
  }),
} as const

export type WindowRole = keyof typeof views
export const windowRoles: readonly WindowRole[] = [
  'launcher',
  'identification',
  'stay-connected',
  'first-run',
  'closing',
  'fault',
  'veil',
  'help',
  'diagnostic',
  'operators',
  'journal',
  'connections',
  'restore',
]
export type ViewOf<R extends WindowRole> = z.infer<(typeof views)[R]>
