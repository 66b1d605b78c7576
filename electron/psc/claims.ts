import * as z from 'zod'
import { parseNationalId, type NationalId, type Rpps } from '../operators/national-id.ts'
import type { Role } from '../operators/operator.ts'

/** Who Pro Santé Connect says somebody is. */
export type PscIdentity = {
  readonly nationalId: NationalId
  readonly rpps: Rpps | null
  /** Empty where the provider gives none: brokers may leave them out. */
  readonly firstName: string
  readonly lastName: string
  readonly professions: readonly Profession[]
  /** What the person used, by PSC's word: `CARD`, `MOBILE`… */
  readonly authMode: string | null
}

/** The professions that an officine's roles can be compared with; those of others count as one. */
export type Profession = 'pharmacien' | 'preparateur' | 'other'

export type IdentityReading =
  | { readonly kind: 'identity'; readonly identity: PscIdentity }
  | { readonly kind: 'no-identifier' }
  /** Two identifiers that are not the same person's. */
  | { readonly kind: 'contradictory' }

const noId = { identifiant: '', origine: '' }
const text = z.union([z.string(), z.number().transform(String)]).catch('')
const codeList = z.array(text).catch([])
const otherIds = z.array(z.looseObject({ identifiant: text, origine: text }).catch(noId)).catch([])
const exercise = z
  .looseObject({
    codeProfession: text,
    nomDexercice: text,
    prenomDexercice: text,
    activities: z.array(z.looseObject({ codeRole: text }).catch({ codeRole: '' })).catch([]),
  })
  .catch({ codeProfession: '', nomDexercice: '', prenomDexercice: '', activities: [] })

/**
 * What is looked at in a userinfo, whatever else it holds: members may be absent, empty, unknown or of another type
 * (seen from 2021 to 2026, and behind brokers), and none of that is an error by itself.
 */
const claimsSchema = z.looseObject({
  SubjectNameID: text,
  preferred_username: text,
  given_name: text,
  family_name: text,
  authMode: text,
  otherIds,
  // One of ANS's own programs spells it so.
  otherIDs: otherIds,
  SubjectRole: codeList,
  SubjectRefPro: z.looseObject({ exercices: z.array(exercise).catch([]) }).catch({ exercices: [] }),
})
type Claims = z.infer<typeof claimsSchema>

/**
 * Reads who somebody is from a userinfo and the ID token of the same person, the userinfo first: brokers may leave
 * claims in either. The national id is `nationalIdClaim` when one is configured; else `SubjectNameID`, then
 * `preferred_username`, then the RPPS of `otherIds`; never `sub`, which may contain it and is not it.
 */
export function readIdentity(
  userinfo: Record<string, unknown>,
  idToken: Record<string, unknown>,
  nationalIdClaim: string | null,
): IdentityReading {
  const fromUserinfo = claimsSchema.parse(userinfo)
  const fromIdToken = claimsSchema.parse(idToken)
  const candidates = [
    nationalIdOf(fromUserinfo, nationalIdClaim),
    nationalIdOf(fromIdToken, nationalIdClaim),
  ].filter((id) => id !== null)
  const [nationalId] = candidates
  if (nationalId === undefined) return { kind: 'no-identifier' }

  const rpps = new Set([...candidates, ...rppsOf(fromUserinfo), ...rppsOf(fromIdToken)].flatMap(rppsDigits))
  if (rpps.size > 1) return { kind: 'contradictory' }
  const [digits] = rpps
  const names = namesOf(fromUserinfo) ?? namesOf(fromIdToken) ?? { firstName: '', lastName: '' }
  return {
    kind: 'identity',
    identity: {
      nationalId,
      rpps: digits === undefined ? null : { kind: 'rpps', digits },
      ...names,
      professions: [fromUserinfo, fromIdToken].map(professionsOf).find((found) => found.length > 0) ?? [],
      authMode: [fromUserinfo.authMode, fromIdToken.authMode].find((mode) => mode !== '') ?? null,
    },
  }
}

/** « PRÉNOM NOM », or null where the provider gives no name. */
export function nameOf({ firstName, lastName }: Pick<PscIdentity, 'firstName' | 'lastName'>): string | null {
  const name = `${firstName} ${lastName}`.trim().toLocaleUpperCase('fr')
  return name === '' ? null : name
}

/**
 * Whether what somebody does by Pro Santé Connect cannot be what `role` does here. A provider that names no
 * profession contradicts nothing.
 */
export function contradictsRole({ professions }: Pick<PscIdentity, 'professions'>, role: Role): boolean {
  const fitting = fittingProfessions[role]
  return fitting !== null && professions.length > 0 && !professions.some((one) => fitting.includes(one))
}

/** Students are registered as pharmacists « étudiants »; a préparateur may be studying or in training. */
const fittingProfessions: Record<Role, readonly Profession[] | null> = {
  titulaire: ['pharmacien'],
  adjoint: ['pharmacien'],
  remplacant: ['pharmacien'],
  etudiant: ['pharmacien', 'preparateur'],
  preparateur: ['preparateur'],
  apprenti: ['preparateur'],
  autre: null,
}

function nationalIdOf(claims: Claims, nationalIdClaim: string | null): NationalId | null {
  if (nationalIdClaim !== null) return configuredId(claims[nationalIdClaim])
  const [first] = [claims.SubjectNameID, claims.preferred_username].flatMap((value) => {
    const id = parseNationalId(value)
    return id === null ? [] : [id]
  })
  const [rpps] = rppsOf(claims)
  return first?.kind === 'rpps' ? first : (rpps ?? first ?? null)
}

/** The claim that the settings name: a text, or a list of identifiers as `otherIds` is. */
function configuredId(value: unknown): NationalId | null {
  if (!Array.isArray(value)) return parseNationalId(text.parse(value))
  const ids = otherIds.parse(value)
  return parseNationalId((ids.find(isRpps) ?? ids[0] ?? noId).identifiant)
}

function rppsOf(claims: Claims): NationalId[] {
  return [...claims.otherIds, ...claims.otherIDs].filter(isRpps).flatMap(({ identifiant }) => {
    const id = parseNationalId(identifiant)
    return id?.kind === 'rpps' ? [id] : []
  })
}

function isRpps({ origine }: { origine: string }): boolean {
  return origine.toUpperCase() === 'RPPS'
}

function rppsDigits(id: NationalId): string[] {
  return id.kind === 'rpps' ? [id.digits] : []
}

function namesOf(claims: Claims): { firstName: string; lastName: string } | null {
  const [practice] = claims.SubjectRefPro.exercices
  const firstName = claims.given_name.trim() || (practice?.prenomDexercice ?? '').trim()
  const lastName = claims.family_name.trim() || (practice?.nomDexercice ?? '').trim()
  return firstName === '' && lastName === '' ? null : { firstName, lastName }
}

/**
 * ANS's nomenclatures: TRE_G15, 21 pharmacien, 38 and 39 préparateur (deprecated 13/12/2024); TRE_R85, 316 and 317
 * préparateur (317 in an officine). `SubjectRole` carries `code^OID`.
 */
function professionsOf({ SubjectRefPro, SubjectRole }: Claims): Profession[] {
  const codes = [
    ...SubjectRole.map((role) => role.split('^', 1)[0] ?? ''),
    ...SubjectRefPro.exercices.flatMap(({ codeProfession, activities }) => [
      codeProfession,
      ...activities.map(({ codeRole }) => codeRole),
    ]),
  ].filter((code) => code !== '')
  return [...new Set(codes.map((code) => professionByCode.get(code) ?? 'other'))]
}

const professionByCode = new Map<string, Profession>([
  ['21', 'pharmacien'],
  ['38', 'preparateur'],
  ['39', 'preparateur'],
  ['316', 'preparateur'],
  ['317', 'preparateur'],
])
