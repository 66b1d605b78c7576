/** The levels of authentication that PSC names, weakest first. */
const levels: readonly string[] = ['eidas1', 'eidas2', 'eidas3']

/**
 * Whether the level reached is at least one of those asked for (`acr_values`, space-separated). PSC answers `eidas3`
 * to `eidas1` with a card, so levels are compared in order. `acr_values` being a voluntary request (OpenID Connect
 * Core §3.1.2.1), an answer that names no level is not an error; one that names an unknown level is not at least any.
 */
export function meetsLevel(acr: string | null, asked: string): boolean {
  if (acr === null) return true
  const weakest = Math.min(...asked.split(/\s+/u).map((level) => levels.indexOf(level)))
  const reached = levels.indexOf(acr)
  // What was asked is not a level of PSC's: only the very same answers it.
  if (weakest === -1) return asked.split(/\s+/u).includes(acr)
  return reached >= weakest
}
