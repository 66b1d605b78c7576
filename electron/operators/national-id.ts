/**
 * National identifiers of health professionals (ANS, PS_IdNat): a type digit followed by an identifier.
 * Only the RPPS form has a meaning of its own here: `8` + the 11-digit RPPS, the last digit a Luhn key.
 */
export type Rpps = { readonly kind: 'rpps'; readonly digits: string }
export type OtherNationalId = { readonly kind: 'other'; readonly value: string }
export type NationalId = Rpps | OtherNationalId

/**
 * Reads a national id. Twelve digits beginning with 8, or exactly eleven digits, are an RPPS; nothing else is.
 * Spaces inside are ignored. Returns null for an empty text.
 */
export function parseNationalId(text: string): NationalId | null {
  const compact = text.replaceAll(/\s/gu, '')
  if (compact === '') return null
  const rpps = /^(?:8)?(?<digits>\d{11})$/u.exec(compact)
  if (rpps?.groups?.['digits'] !== undefined) return { kind: 'rpps', digits: rpps.groups['digits'] }
  return { kind: 'other', value: compact }
}

/** The RPPS in `text`, or null when it holds anything else. */
export function parseRpps(text: string): Rpps | null {
  const id = parseNationalId(text)
  return id?.kind === 'rpps' ? id : null
}

/**
 * Whether the Luhn key of an RPPS is right. A warning for manual entry only: test identities of ANS break it,
 * so what Pro Santé Connect asserts is never refused for it.
 */
export function hasValidLuhnKey(rpps: Rpps): boolean {
  let sum = 0
  for (let fromRight = 0; fromRight < rpps.digits.length; fromRight++) {
    const digit = Number(rpps.digits.at(-1 - fromRight)) * (fromRight % 2 === 1 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}
