import * as z from 'zod'
import { roles } from '../operators/operator.ts'
import { givenRights } from '../operators/rights.ts'

/** What « Opérateurs » sends and is told. Days are `YYYY-MM-DD`, instants UTC ISO 8601. */
const day = z.iso.date()
/** Without half a character: what is typed may be journalled, and RFC 8785 writes none. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)
/** What somebody types or names. */
export const shortText = z.string().max(200).refine(isWellFormed)

/** Whether somebody may work today. */
const presence = z.enum(['active', 'suspended', 'not-yet', 'over', 'departed'])
export type Presence = z.infer<typeof presence>

/** Which operators are listed: those who may work or will, those suspended or gone, or all. */
export const shownOperators = ['team', 'suspended', 'departed', 'all'] as const

export const operatorRow = z.strictObject({
  id: z.string(),
  code: z.string(),
  /** « PRÉNOM NOM ». */
  name: z.string(),
  role: z.enum(roles),
  rpps: z.string().nullable(),
  presence,
  /** The code is blocked after too many errors. */
  blocked: z.boolean(),
  provisional: z.boolean(),
})
export type OperatorRow = z.infer<typeof operatorRow>

export const operatorSheet = z.strictObject({
  ...operatorRow.shape,
  firstName: z.string(),
  lastName: z.string(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  rights: z.array(z.enum(givenRights)),
  createdAt: z.string(),
  departedAt: z.string().nullable(),
  /** The end of their card's validity, as last seen. */
  cardUntil: day.nullable(),
  /** The form that is edited is this version. */
  changedAt: z.string(),
  /** The last times this operator came in, newest first; `means` as the journal has it. */
  logins: z.array(z.strictObject({ at: z.string(), means: z.string().nullable(), workstation: z.string() })),
  /** What the connected operator may not do to this one, being no titulaire. */
  reservedToTitulaires: z.boolean(),
  /** The only active titulaire: can be neither suspended nor demoted, and does not depart. */
  lastTitulaire: z.boolean(),
})
export type OperatorSheet = z.infer<typeof operatorSheet>

export const operatorForm = z.strictObject({
  code: shortText,
  firstName: shortText,
  lastName: shortText,
  role: z.enum(roles),
  /** As typed; empty: none. */
  rpps: shortText,
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  rights: z.array(z.enum(givenRights)).max(givenRights.length),
})
export type OperatorForm = z.infer<typeof operatorForm>

export const operatorActions = [
  'suspend',
  'resume',
  'depart',
  'unblock',
  'reset-password',
  'unlink-rpps',
] as const
export type OperatorAction = (typeof operatorActions)[number]

/** A provisional password is told once, to be written down and given. */
export const givenPassword = z.strictObject({ id: z.string(), password: z.string() })

/** « À prévoir ». */
export const foreseen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('without-rpps'), operator: operatorRow }),
  z.strictObject({ kind: z.literal('last-day'), operator: operatorRow, day }),
  /** The card ends then, or has ended. */
  z.strictObject({ kind: z.literal('card'), operator: operatorRow, day }),
])
export type Foreseen = z.infer<typeof foreseen>

/** What is wrong in a line of a list to import. */
export const importFaults = [
  'columns',
  'missing-code',
  'invalid-code',
  'code-taken',
  'code-twice',
  'missing-name',
  'invalid-name',
  'unknown-role',
  'titulaire-needed',
  'invalid-rpps',
  /** `8,997E+11`: a spreadsheet has lost its last digits. */
  'rpps-rounded',
  'rpps-taken',
  'rpps-twice',
  'missing-password',
  'weak-password',
] as const
export type ImportFault = (typeof importFaults)[number]
/** What is told and stops nothing. */
export const importRemarks = ['rpps-key', 'rpps-missing'] as const

export const importReport = z.strictObject({
  /** The file's name, or null when the list was pasted. */
  file: z.string().nullable(),
  encoding: z.enum(['utf-8', 'windows-1252']).nullable(),
  /** Faults of the whole: nothing could be read. */
  unreadable: z.enum(['empty', 'header', 'too-large', 'encoding']).nullable(),
  lines: z.array(
    z.strictObject({
      /** In the file, the header being 1. */
      line: z.int(),
      code: z.string(),
      name: z.string(),
      role: z.string(),
      rpps: z.string(),
      faults: z.array(z.enum(importFaults)),
      remarks: z.array(z.enum(importRemarks)),
    }),
  ),
  /** Whether everybody can be created. */
  acceptable: z.boolean(),
})
export type ImportReport = z.infer<typeof importReport>

export const newcomerForm = z.strictObject({
  code: shortText,
  /** Where Pro Santé Connect does not give them. */
  firstName: shortText,
  lastName: shortText,
  role: z.enum(roles),
  firstDay: day,
  lastDay: day,
  password: z.string().max(256),
})
export type NewcomerForm = z.infer<typeof newcomerForm>
