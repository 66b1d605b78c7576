import { newSigningKeys, type SigningKeys } from './id-tokens.ts'

/** The keys of one simulator: the one it signs with and those that its JWKS shows. */
export type KeyRing = {
  readonly current: () => SigningKeys
  readonly jwks: () => { readonly keys: readonly object[] }
  /** Signs with another key, of another `kid`, from now on; the former one leaves the JWKS unless it is kept. */
  readonly rotate: (keepsFormer: boolean) => Promise<void>
}

export function createKeyRing(first: SigningKeys): KeyRing {
  let current = first
  let shown = [first]
  let turns = 0
  return {
    current: () => current,
    jwks: () => ({ keys: shown.map(publicJwk) }),
    rotate: async (keepsFormer) => {
      turns += 1
      current = await newSigningKeys(`${first.kid}-${turns}`)
      shown = [current, ...(keepsFormer ? shown : [])]
    },
  }
}

function publicJwk({ kid, own }: SigningKeys): object {
  return { ...own.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
}
