/** How Pro Santé Connect was asked: by the authorization code flow in the system browser, or by CIBA, without one. */
export type PscFlow = 'code' | 'ciba'

/**
 * What the journal keeps of one try by Pro Santé Connect, whatever its end: null where it did not come so far, or is
 * not said. Never a token, a code, nor the rest of a userinfo.
 */
export type PscTrace = {
  readonly flow: PscFlow
  /** The host of the provider that was asked. */
  readonly host: string
  readonly acr: string | null
  /** Whose word `acr` is: a broker's own level is not PSC's. */
  readonly acrFrom: 'psc' | 'broker'
  readonly authMode: string | null
  /** When the provider says that the person was identified, UTC ISO 8601 on its own clock. */
  readonly authTime: string | null
  readonly nationalId: string | null
}

/** The trace of a try that has learnt nothing yet. */
export function newTrace(flow: PscFlow, issuer: string, acrIsFromPsc: boolean): PscTrace {
  return {
    flow,
    host: new URL(issuer).host,
    acr: null,
    acrFrom: acrIsFromPsc ? 'psc' : 'broker',
    authMode: null,
    authTime: null,
    nationalId: null,
  }
}
