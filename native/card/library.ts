import type { CryptolibClient } from './cryptolib-client.ts'
import type { Found } from './find-cryptolib.ts'
import type { CryptolibStatus } from './observation.ts'
import type { CryptolibReport } from './states.ts'

export type Library = {
  readonly status: () => CryptolibStatus
  readonly report: () => CryptolibReport | null
  /** Whether it may be asked anything. */
  readonly open: () => boolean
  /** Looks for Cryptolib, loads and initialises it. `found` is called as soon as there is one to tell of. */
  readonly look: (found: () => void) => Promise<void>
  /** It has answered a first question: from now on there is something to show. */
  readonly answers: () => void
  /** It is open, but no call succeeds. */
  readonly fails: () => void
}

/** Cryptolib on this workstation: whether it is there, and what it is. */
export function createLibrary(parts: {
  find: () => Promise<Found>
  cryptolib: Pick<CryptolibClient, 'open'>
}): Library {
  const { find, cryptolib } = parts
  let status: CryptolibStatus = { kind: 'searching' }
  let report: CryptolibReport | null = null
  let open: Extract<Found, { kind: 'found' }> | null = null

  return {
    status: () => status,
    report: () => report,
    open: () => open !== null,
    look: async (told) => {
      const found = await find()
      if (found.kind !== 'found') {
        report = null
        status = found.kind === 'missing' ? { kind: 'missing' } : found
        return
      }
      const { path, bits, productVersion } = found
      report = { path, bits, libraryVersion: null, description: null, productVersion }
      // Before it is loaded: should that crash the process, it is known what did.
      told()
      const opened = await cryptolib.open(path)
      if (opened.kind === 'unusable') {
        status = { kind: 'unusable', path, reason: opened.reason }
        return
      }
      report = { ...report, libraryVersion: opened.libraryVersion, description: opened.description }
      open = found
    },
    answers: () => {
      if (open !== null) status = { kind: 'ready', productVersion: open.productVersion }
    },
    fails: () => {
      if (open !== null) status = { kind: 'unusable', path: open.path, reason: 'not-initialised' }
    },
  }
}
