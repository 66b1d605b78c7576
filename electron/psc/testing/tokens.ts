import { createHmac, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { CompactSign, exportJWK } from 'jose'
import type { Tampering } from '../../../e2e/psc-simulator/simulator.ts'

type Claims = Record<string, unknown>

/** A key that the simulator does not know. */
export type Key = { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject }

export async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })) }
}

/** The keys that a provider publishes. */
export async function jwksOf(...keys: readonly Key[]): Promise<Tampering> {
  const published = await Promise.all(
    keys.map(async ({ kid, publicKey }) =>
      Object.assign(await exportJWK(publicKey), { kid, use: 'sig', alg: 'RS256' }),
    ),
  )
  return { answer: (real) => ({ ...real, body: JSON.stringify({ keys: published }) }) }
}

/** Hands out ID tokens of the same claims, signed by this. */
export function idTokenBy(sign: (claims: Claims) => Promise<string>): Tampering {
  return {
    answer: async (real) => {
      const tokens: unknown = JSON.parse(real.body)
      if (!isMembers(tokens) || typeof tokens['id_token'] !== 'string') return real
      const claims: unknown = JSON.parse(
        Buffer.from(tokens['id_token'].split('.')[1] ?? '', 'base64url').toString(),
      )
      if (!isMembers(claims)) return real
      return { ...real, body: JSON.stringify({ ...tokens, id_token: await sign(claims) }) }
    },
  }
}

export function signedWith({ kid, privateKey }: Key): (claims: Claims) => Promise<string> {
  return (claims) =>
    new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey)
}

/** Signed with a secret, as a client may be brought to verify with what everybody knows (RFC 8725 §2.1). */
export function hs256(secret: string): (claims: Claims) => Promise<string> {
  return (claims) => {
    const signed = `${part({ alg: 'HS256', kid: 'simulateur' })}.${part(claims)}`
    return Promise.resolve(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`)
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function isMembers(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
