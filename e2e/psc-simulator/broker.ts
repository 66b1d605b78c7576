/**
 * What a broker between Comptoir and Pro Santé Connect changes, each difference alone (the numbers are those of
 * brokers.md). What is not said is as at PSC. One always holds: a redirect URI is an exact string (9).
 */
export type BrokerTraits = {
  /** 1. Its own session, reused silently that long after its last use, instead of PSC's 30 minutes and 4 hours. */
  readonly sessionSeconds?: number
  /** 2. `auth_time` is when this ID token was made, however old the session; or there is none. */
  readonly authTime?: 'now' | 'absent'
  /** 2. `acr`, whatever was asked and whatever PSC said; `null`: there is none. */
  readonly acr?: string | null
  /** 3. `prompt=login` and `max_age` bring its page back for ever, in this browser until a logout; or nothing. */
  readonly prompt?: 'loops' | 'ignored'
  /** 4. Errors of the authorization endpoint end on a page with status 200: the client hears nothing. */
  readonly errorsStayOnPage?: boolean
  /** 5. A logout ends on the broker's page. */
  readonly losesPostLogoutRedirectUri?: boolean
  /** 6. */
  readonly issuerEndsWithSlash?: boolean
  /** 6. Values missing from the lists of the metadata although they are accepted: `none`, `scope_all`. */
  readonly undeclared?: readonly string[]
  /** 6. No revocation endpoint. */
  readonly noRevocation?: boolean
  /** 6. No `iss` in the authorization response. */
  readonly noIss?: boolean
  /** 6. */
  readonly noRefreshToken?: boolean
  /** 6. No `scope` in the token response. */
  readonly noScope?: boolean
  /** 7. `aud` is an array of the client and of these, with `azp`. */
  readonly otherAudiences?: readonly string[]
  /** 7. `sub` is the broker's own, and may contain the national id; 8. or it is `null`. */
  readonly sub?: 'own' | 'contains-national-id' | null
  /** 7, 8. Claims that nobody gets: names, `authMode`, the identifier. */
  readonly omittedClaims?: readonly string[]
  /** 8. Claims under another name: PSC's name to the broker's. */
  readonly renamedClaims?: Readonly<Record<string, string>>
  /** 8. Claims (under the broker's names) of the ID token instead of userinfo. */
  readonly idTokenClaims?: readonly string[]
  /** 8. `rpps`, 11 digits, instead of `SubjectNameID` and `preferred_username`; `otherIds` stays. */
  readonly elevenDigitRpps?: boolean
  /** A refresh token posted to the end-session endpoint ends nothing: only Keycloak's does. */
  readonly noSilentLogout?: boolean
  /** 10. Token errors are all 400 without description, userinfo's 401 is empty with a malformed challenge. */
  readonly terseErrors?: boolean
  /** 10. JSON members in random order. */
  readonly shuffledMembers?: boolean
}

/** A broker as LemonLDAP::NG was measured: the usual differences together (brokers.md). */
export const lemonLdapLike: BrokerTraits = {
  sessionSeconds: 20 * 3600,
  authTime: 'now',
  acr: 'loa-1',
  prompt: 'loops',
  errorsStayOnPage: true,
  losesPostLogoutRedirectUri: true,
  noSilentLogout: true,
  issuerEndsWithSlash: true,
  undeclared: ['none', 'scope_all'],
  noRevocation: true,
  noIss: true,
  noRefreshToken: true,
  noScope: true,
  otherAudiences: [],
  sub: 'contains-national-id',
  omittedClaims: ['authMode'],
  terseErrors: true,
  shuffledMembers: true,
}
