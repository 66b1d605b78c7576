import { createHmac, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { CompactSign, decodeJwt } from 'jose'

export type IdTokenClaims = Record<string, unknown>

/**
 * How an ID token is signed: with the key of the simulator's JWKS or with another under the same `kid`; `alg` is RS256
 * unless said otherwise. `none` signs nothing. HS256 signs with the public key as its secret, the confusion that a
 * client must not fall into (RFC 8725 §2.1).
 */
export type Signature = { readonly key: 'own' | 'other'; readonly alg?: string }

type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
export type SigningKeys = { readonly kid: string; readonly own: Pair; readonly other: Pair }

let made: Promise<SigningKeys> | undefined

/** The first keys of the simulators of this process. They are made once: making one takes longer than an identification. */
export function signingKeys(): Promise<SigningKeys> {
  made ??= newSigningKeys('simulateur')
  return made
}

export async function newSigningKeys(kid: string): Promise<SigningKeys> {
  const [own, other] = await Promise.all([pair(), pair()])
  return { kid, own, other }
}

export async function signIdToken(
  keys: SigningKeys,
  claims: IdTokenClaims,
  { key, alg = 'RS256' }: Signature,
): Promise<string> {
  const { privateKey, publicKey } = keys[key]
  const header = { alg, kid: keys.kid }
  const payload = JSON.stringify(claims)
  if (alg !== 'none' && alg !== 'HS256')
    return new CompactSign(Buffer.from(payload)).setProtectedHeader(header).sign(privateKey)
  // jose rightly refuses to make these two.
  const signed = [JSON.stringify(header), payload]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
  if (alg === 'none') return `${signed}.`
  const secret = publicKey.export({ type: 'spki', format: 'pem' })
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

export function readIdToken(idToken: string): IdTokenClaims {
  return decodeJwt(idToken)
}

const newPair = promisify(generateKeyPair)

function pair(): Promise<Pair> {
  return newPair('rsa', { modulusLength: 2048 })
}
