import type { CallError, ErrorCode } from '../../electron/ipc/result.ts'

/** Where to correct after a refusal, and whether the password is to be typed again. */
export type Correction = { field: 'code' | 'password'; emptyPassword: boolean }

/** These say something of the code's owner: another code is needed, not another password. */
const aboutTheCode: ReadonlySet<ErrorCode> = new Set([
  'blocked',
  'suspended',
  'role-not-allowed',
  'other-operator-expected',
  'operator-has-other-rpps',
  'rpps-of-another',
  'authorisation-needed',
])
/** Nothing that was typed is wrong: Enter is enough to try again. */
const aboutTheStorage: ReadonlySet<ErrorCode> = new Set([
  'storage-unavailable',
  'storage-busy',
  'storage-full',
  'storage-read-only',
])

/** Where the focus goes after `error`. */
export function afterRefusal(error: CallError): Correction {
  return {
    field: aboutTheCode.has(error.code) ? 'code' : 'password',
    emptyPassword: !aboutTheStorage.has(error.code),
  }
}
