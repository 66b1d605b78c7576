/**
 * What every call from a window is answered with. Electron keeps only the `message` of an error thrown across
 * processes, so failures travel as values.
 */
export type Result<T> = { ok: true; value: T } | { ok: false; error: CallError }

/** The closed list of what can go wrong; each has its French sentence in renderer/ui/texts.ts. */
export const errorCodes = [
  'wrong-credentials',
  'throttled',
  'blocked',
  'suspended',
  'role-not-allowed',
  'other-operator-expected',
  'attempt-over',
  'code-taken',
  'invalid-operator',
  'weak-password',
  'titulaire-exists',
  'administrator-needed',
  'installation-code-wrong',
  'installation-code-expired',
  'installation-code-throttled',
  'installation-code-blocked',
  'not-connected',
  'psc-off',
  'psc-impeded',
  'psc-unavailable',
  'psc-untrusted',
  'psc-clock',
  'psc-credential',
  'psc-misconfigured',
  'psc-ports-taken',
  'psc-browser-not-opened',
  'psc-abandoned',
  'psc-error',
  'psc-invalid',
  'psc-timeout',
  'psc-phone-timeout',
  'psc-unknown-user',
  'psc-not-by-phone',
  'psc-too-many-pushes',
  'psc-level-not-vouched',
  'psc-level-too-low',
  'psc-no-identifier',
  'psc-without-rpps',
  'psc-other-rpps',
  'psc-not-fresh',
  'psc-too-old',
  'psc-expired',
  'rpps-unknown',
  'rpps-of-another',
  'operator-has-other-rpps',
  'authorisation-needed',
  'right-needed',
  'names-reserved',
  'titulaire-needed',
  'provisional-password',
  'password-unchanged',
  'password-not-chosen',
  'last-titulaire',
  'own-password',
  'operator-unknown',
  'operator-changed',
  'operator-departed',
  'import-refused',
  'import-too-large',
  'file-not-read',
  'file-not-written',
  'journal-too-many-rows',
  'backup-not-sound',
  'backup-not-restored',
  'module-unknown',
  'module-missing',
  'module-not-executable',
  'module-failed',
  'browser-not-opened',
  'download-refused',
  'module-window-not-found',
  'module-of-another',
  'module-outside-origins',
  'card-reading-failed',
  'card-reading-slow',
  'card-off',
  'storage-unavailable',
  'storage-busy',
  'storage-full',
  'storage-read-only',
  'storage-corrupt',
  'storage-missing',
  'refused',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export type CallError = {
  code: ErrorCode
  /** What happened, one French sentence. */
  message: string
  /** What to do, one French sentence, when it is not part of the message. */
  remedy?: string
  /** Read over the telephone; found again in the journal or the log. */
  reference: string
  /** Whether the same call may succeed later. */
  retryable: boolean
  /** For `throttled`: seconds left, so that the window can count down. */
  retryAfterSeconds?: number
}

/** An expected failure on its way to a window. Anything else thrown becomes `internal`. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly reference: string
  readonly parameters: RefusalParameters

  constructor(code: ErrorCode, reference: string, parameters: RefusalParameters = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.reference = reference
    this.parameters = parameters
  }
}

/** What a French sentence needs to be filled in. */
export type RefusalParameters = {
  module?: string
  operator?: string
  seconds?: number
  detail?: string
}
