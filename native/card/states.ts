import * as z from 'zod'
import { cardHolder } from './holder.ts'

/** Why a library that is there cannot be used. */
export const unusableReasons = [
  'unreadable',
  'directory',
  'not-a-library',
  'other-architecture',
  'not-loaded',
  'not-pkcs11',
  'not-initialised',
] as const
export type UnusableReason = (typeof unusableReasons)[number]

/** A CPx card as its reader and Cryptolib show it, without its code. */
export const card = z.strictObject({
  reader: z.string(),
  /** `CPS3v3-2800385266`; tells the generation and the number (cryptolib-cps.md §2). */
  label: z.string(),
  model: z.string(),
  serial: z.string(),
  contactless: z.boolean(),
  /** Tries left for the card's code, from the token's flags. */
  triesLeft: z.int().min(0).max(3),
  certificate: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('read'), holder: cardHolder }),
    /** Nothing to read: contactless. */
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('unreadable') }),
  ]),
})
export type Card = z.infer<typeof card>

/** What there is to say of a card beside whose it is, gravest first. */
export const remarks = [
  'blocked',
  'expired',
  'last-try',
  'two-tries',
  'unreadable-certificate',
  'test',
  'expiring',
  'contactless',
  'without-rpps',
] as const
export type Remark = (typeof remarks)[number]

const reader = z.string()

/**
 * What reading a card comes to on this workstation: a closed union, each state with its text, remedy and tone in
 * renderer/ui/texts/card.ts.
 */
export const cardState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('searching') }),
  z.strictObject({ kind: z.literal('reading'), reader }),
  z.strictObject({ kind: z.literal('cryptolib-missing') }),
  z.strictObject({ kind: z.literal('cryptolib-32-bit-only'), path: z.string() }),
  z.strictObject({
    kind: z.literal('cryptolib-unusable'),
    path: z.string(),
    reason: z.enum(unusableReasons),
    reference: z.string(),
  }),
  /** A CPS4, which this version of Cryptolib does not know. */
  z.strictObject({ kind: z.literal('cryptolib-too-old'), version: z.string() }),
  /** The card process, or Cryptolib in it, is being started again. */
  z.strictObject({ kind: z.literal('restarting'), reference: z.string() }),
  z.strictObject({ kind: z.literal('service-stopped') }),
  z.strictObject({ kind: z.literal('no-reader') }),
  z.strictObject({ kind: z.literal('remote-session'), by: z.enum(['rdp', 'citrix', 'other']) }),
  z.strictObject({ kind: z.literal('empty-reader'), reader }),
  z.strictObject({ kind: z.literal('reader-busy'), reader }),
  z.strictObject({ kind: z.literal('mute'), reader }),
  z.strictObject({ kind: z.literal('vitale'), reader }),
  z.strictObject({ kind: z.literal('not-recognised'), reader }),
  z.strictObject({ kind: z.literal('several-cards'), cards: z.array(card) }),
  /** `remarks`: gravest first; the first is what the pill says. */
  z.strictObject({ kind: z.literal('card'), card, remarks: z.array(z.enum(remarks)) }),
])
export type CardState = z.infer<typeof cardState>
export type CardStateKind = CardState['kind']

/** Cryptolib as this workstation has it, for who diagnoses by telephone. */
export const cryptolibReport = z.strictObject({
  path: z.string(),
  bits: z.union([z.literal(32), z.literal(64)]),
  /** `3.1`, from C_GetInfo; null until it is loaded. */
  libraryVersion: z.string().nullable(),
  description: z.string().nullable(),
  /** `5.2.2`, where the system tells it. */
  productVersion: z.string().nullable(),
})
export type CryptolibReport = z.infer<typeof cryptolibReport>

/** All that the windows are told of the card. */
export const cardSnapshot = z.strictObject({
  state: cardState,
  cryptolib: cryptolibReport.nullable(),
  /** The readers by name, in the system's order. */
  readers: z.array(z.string()),
  /** Whether the system's PC/SC service tells of readers and cards; without it they are asked for every 2 s. */
  events: z.boolean(),
})
export type CardSnapshot = z.infer<typeof cardSnapshot>

/** What the program starts with, before anything is known. */
export const searching: CardSnapshot = {
  state: { kind: 'searching' },
  cryptolib: null,
  readers: [],
  events: false,
}
