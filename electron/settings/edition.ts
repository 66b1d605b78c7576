/**
 * What this program was built and started as. A test package is an installed program in every rule but two, which a test
 * needs: it follows `COMPTOIR_CONFIG` and `COMPTOIR_DATA_DIR`, and accepts `http` issuers. It says everywhere what it is.
 */
export const editions = ['development', 'test-package', 'installed'] as const
export type Edition = (typeof editions)[number]

/** Written in by the build (vite.config.ts), from the environment variable of the same name; not there under vitest. */
declare const COMPTOIR_TEST_PACKAGE: boolean | undefined

/** The edition of this program. `isPackaged`: Electron's word for a program that was not started from its sources. */
export function editionOf(isPackaged: boolean): Edition {
  if (!isPackaged) return 'development'
  return typeof COMPTOIR_TEST_PACKAGE !== 'undefined' && COMPTOIR_TEST_PACKAGE ? 'test-package' : 'installed'
}

/** Whether the rules of an installed program hold: who may do what, and with what it may be started. */
export function isInstalled(edition: Edition): boolean {
  return edition !== 'development'
}
