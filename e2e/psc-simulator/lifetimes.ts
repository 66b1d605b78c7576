// How long what PSC gives out lives, in seconds (psc.md §6).

const minute = 60

export const accessTokenLife = 2 * minute
export const refreshTokenLife = 30 * minute
/** How long somebody has to answer on a phone (psc.md §7). */
export const cibaLife = 2 * minute
/** The browser's session, at most, and without any use of it. */
export const sessionLife = 4 * 60 * minute
export const sessionIdleLife = 30 * minute
/** How long somebody may take on the pages, and a code to be redeemed: not published, as in Keycloak. */
export const interactionLife = 30 * minute
export const codeLife = minute
