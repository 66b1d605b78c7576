import { expect, test } from 'vitest'
import type { ErrorCode } from '../../electron/ipc/result.ts'
import { afterRefusal } from './correction.ts'

const refused = (code: ErrorCode) => ({ code, message: '', reference: 'R', retryable: true })

test('a wrong password is emptied and typed again', () => {
  expect(afterRefusal(refused('wrong-credentials'))).toEqual({ field: 'password', emptyPassword: true })
})

test('what is said of the operator leads back to the code, and no password is left', () => {
  const aboutTheOperator = ['blocked', 'suspended', 'role-not-allowed', 'other-operator-expected'] as const
  const aboutTheAssociation = ['operator-has-other-rpps', 'rpps-of-another', 'authorisation-needed'] as const
  for (const code of [...aboutTheOperator, ...aboutTheAssociation]) {
    expect(afterRefusal(refused(code))).toEqual({ field: 'code', emptyPassword: true })
  }
})

test('a busy database is no reason to type again', () => {
  expect(afterRefusal(refused('storage-busy'))).toEqual({ field: 'password', emptyPassword: false })
})
