import { generateKeyPairSync } from 'node:crypto'
import { issue, type Certificate } from '../../../e2e/support/card/certificates.ts'
import { authorityOf } from '../../../e2e/support/card/pki.ts'
import { profiles } from '../../../e2e/support/card/profiles.ts'

export const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const validity = { from: new Date('2024-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') }

/** A pharmacist's certificate by production's name, without any extension, but for what is given. */
export function certificate(given: Partial<Certificate> = {}): Buffer {
  const { pharmacist } = profiles
  return issue(
    {
      serial: Buffer.from([1]),
      issuer: authorityOf(pharmacist, 'real'),
      subject: pharmacist.subject,
      validity,
      extensions: [],
      ...given,
    },
    key,
    key,
  )
}
