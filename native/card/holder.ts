import * as z from 'zod'

/** Kinds of card by nomenclature G02 (extension 1.2.250.1.71.1.2.2): CDE and CPE are one number, CDA and CPA too. */
export const cardTypes = ['CPS', 'CPF', 'CPE', 'CPA'] as const
export type CardType = (typeof cardTypes)[number]

const nationalId = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rpps'), digits: z.string().regex(/^\d{11}$/u) }),
  z.strictObject({ kind: z.literal('other'), value: z.string() }),
])

/** What the authentication certificate of a card says of who holds it. It is read without the card's code. */
export const cardHolder = z.strictObject({
  nationalId: nationalId.nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  /** « Pharmacien », as the certificate's subject has it. */
  title: z.string().nullable(),
  type: z.enum(cardTypes).nullable(),
  cardNumber: z.string().nullable(),
  /** A card of ANS's test series: Pro Santé Connect refuses it in production. */
  test: z.boolean(),
  /** The French name of the profession (nomenclature G15), or its number where it is not a known one. */
  profession: z.string().nullable(),
  /** UTC ISO 8601. */
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  issuer: z.strictObject({
    name: z.string(),
    /** Which IGC-Santé issued it, by name and by key identifier; `unknown`: neither. */
    chain: z.enum(['production', 'test', 'unknown']),
  }),
})
export type CardHolder = z.infer<typeof cardHolder>
