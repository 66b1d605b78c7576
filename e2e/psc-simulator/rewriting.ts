import { createHash } from 'node:crypto'
import { assertNever } from '../../electron/assert-never.ts'
import type { BrokerTraits } from './broker.ts'
import { readIdToken, type IdTokenClaims } from './id-tokens.ts'
import { refreshTokenLife } from './lifetimes.ts'
import type { Setting } from './setting.ts'

// What oidc-provider answers becomes what PSC answers, or a broker (brokers.md, by its numbers), at the simulator's
// hour.

export type Members = Record<string, unknown>

/** @param signed makes the ID token of these claims */
export async function rewriteTokens(
  tokens: Members,
  setting: Setting,
  signed: (claims: IdTokenClaims, original: string) => Promise<string>,
): Promise<Members> {
  const { traits, clock } = setting
  const { id_token: original, ...others } = tokens
  if (typeof original !== 'string') return tokens
  const claims = readIdToken(original)
  const rewritten: Members = {
    ...others,
    id_token: await signed(idToken(moved(claims, clock.offset()), setting), original),
    // Keycloak's own members (psc.md §7).
    ...('refresh_token' in tokens ? { refresh_expires_in: refreshTokenLife } : {}),
    session_state: claims['sid'],
  }
  if (traits.noScope === true) delete rewritten['scope']
  return rewritten
}

export function rewriteUserinfo(claims: Members, traits: BrokerTraits): Members {
  const { idTokenClaims = [] } = traits
  const rewritten = brokered(claims, traits)
  for (const name of idTokenClaims) delete rewritten[name]
  return rewritten
}

/** Token introspection says moments too. `auth_time` was already said by the simulator's clock. */
export function rewriteIntrospection(answer: Members, { clock }: Setting): Members {
  return moved(answer, clock.offset(), ['iat', 'exp'])
}

function idToken(claims: IdTokenClaims, { traits, userinfo }: Setting): IdTokenClaims {
  const { authMode, ...own } = claims
  const pscClaims = userinfo(claims['sub'], authMode === 'MOBILE' ? 'MOBILE' : 'CARD')
  if (pscClaims === undefined) throw new Error('A token of nobody.')
  const everything = brokered(pscClaims, traits)
  const { idTokenClaims = [], omittedClaims = [], otherAudiences, authTime, acr } = traits
  const rewritten: IdTokenClaims = { ...own, sub: everything['sub'] }
  for (const name of idTokenClaims) rewritten[name] = everything[name]
  for (const name of omittedClaims) delete rewritten[name]
  if (authTime === 'now') rewritten['auth_time'] = claims['iat']
  if (authTime === 'absent') delete rewritten['auth_time']
  if (acr === null) delete rewritten['acr']
  if (typeof acr === 'string') rewritten['acr'] = acr
  if (otherAudiences !== undefined) {
    rewritten['aud'] = [claims['aud'], ...otherAudiences]
    rewritten['azp'] = claims['aud']
  }
  return rewritten
}

/** Userinfo's claims as the broker has them (7, 8). */
function brokered(claims: Members, traits: BrokerTraits): Members {
  const { elevenDigitRpps = false, omittedClaims = [], renamedClaims = {} } = traits
  const nationalId = String(claims['SubjectNameID'])
  const named: Members = { ...claims, sub: subOf(String(claims['sub']), nationalId, traits) }
  if (elevenDigitRpps) {
    delete named['SubjectNameID']
    delete named['preferred_username']
    if (/^8\d{11}$/.test(nationalId)) named['rpps'] = nationalId.slice(1)
  }
  const kept = Object.entries(named).filter(([name]) => !omittedClaims.includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [renamedClaims[name] ?? name, value]))
}

function subOf(pscSub: string, nationalId: string, { sub }: BrokerTraits): string | null {
  switch (sub) {
    case undefined:
      return pscSub
    case 'own':
      return createHash('sha256').update(pscSub).digest('hex').slice(0, 32)
    case 'contains-national-id':
      return `psc:${nationalId}`
    case null:
      return null
    default:
      return assertNever(sub)
  }
}

function moved(claims: Members, seconds: number, names = ['iat', 'exp', 'auth_time']): Members {
  const copy = { ...claims }
  for (const name of names) {
    const moment = copy[name]
    if (typeof moment === 'number') copy[name] = moment + seconds
  }
  return copy
}

/** The same JSON, its members in any order (10). */
export function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (!isMembers(value)) return value
  const members = Object.entries(value).map(([name, member]) => ({
    name,
    member: shuffled(member),
    rank: Math.random(),
  }))
  members.sort((one, other) => one.rank - other.rank)
  return Object.fromEntries(members.map(({ name, member }) => [name, member]))
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
