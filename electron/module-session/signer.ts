import { randomUUID } from 'node:crypto'
import type { JSONWebKeySet } from 'jose'
import type { Claims } from './claims.ts'

/** Signs what modules are told, with a key that is made at first use, stays in memory and ends with the program. */
export type Signer = {
  /** Loads what signs and makes the key, before either is wanted. Never rejects. */
  readonly prepare: () => Promise<void>
  /** A signed token (RFC 7519) for the module `audience` about the operator `subject`, which expires at `until`. */
  readonly sign: (audience: string, subject: string, claims: Claims) => Promise<string>
  /** The public key (RFC 7517). */
  readonly keys: () => Promise<JSONWebKeySet>
}

/** ES256: what every library of every language verifies. */
const algorithm = 'ES256'

/** @param issuer the name under which this workstation signs */
export function createSigner({ issuer, now }: { issuer: () => Promise<string>; now: () => Date }): Signer {
  let loaded: ReturnType<typeof load> | null = null
  const ready = (): ReturnType<typeof load> => {
    loaded ??= load(issuer)
    // What failed once is tried again.
    loaded.catch(() => {
      loaded = null
    })
    return loaded
  }
  return {
    prepare: () =>
      ready().then(
        () => undefined,
        () => undefined,
      ),
    sign: async (audience, subject, claims) => {
      const { jose, privateKey, kid, name } = await ready()
      return new jose.SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid })
        .setIssuer(name)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(now())
        .setExpirationTime(new Date(claims.until))
        .setJti(randomUUID())
        .sign(privateKey)
    },
    keys: async () => {
      const { jwk, kid } = await ready()
      return { keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] }
    },
  }
}

async function load(issuer: () => Promise<string>) {
  // A large module that most counters never need.
  const jose = await import('jose')
  const { privateKey, publicKey } = await jose.generateKeyPair(algorithm, { extractable: false })
  const jwk = await jose.exportJWK(publicKey)
  return { jose, privateKey, jwk, kid: await jose.calculateJwkThumbprint(jwk), name: await issuer() }
}
