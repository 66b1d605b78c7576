/** What the checks that ask Pro Santé Connect are given. */
export const pscTimeoutMs = 10_000

/** How long its discovery is waited for: it is told that it did not answer before the check itself is given up. */
export const discoveryTimeoutMs = 8000
