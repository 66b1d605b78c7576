import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as der from '../../e2e/support/card/der.ts'
import { keyIdentifier } from '../../e2e/support/card/certificates.ts'
import { CertificateError, readHolder } from './certificate.ts'
import { certificate, key, validity } from './testing/certificates.ts'

const arc = '1.2.250.1.71.1.2'

describe('what is no certificate', () => {
  const good = certificate({
    extensions: [
      { oid: '2.5.29.35', value: der.sequence(der.element(0x80, keyIdentifier(key))) },
      { oid: `${arc}.2`, value: der.integer(0) },
      { oid: `${arc}.3`, value: der.printableString('8025000001/2800385266') },
      { oid: `${arc}.5`, value: der.octetString(Buffer.from([0])) },
      { oid: `${arc}.7`, value: der.integer(21) },
    ],
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a megabyte of zeros', new Uint8Array(1_000_000)],
    ['a megabyte of sequences in one another', new Uint8Array(1_000_000).fill(0x30)],
    ['sequences of indefinite length in one another', Buffer.from('3080'.repeat(8000), 'hex')],
    ['a certificate followed by a megabyte', Buffer.concat([good, Buffer.alloc(1_000_000)])],
    ['a text', Buffer.from('-----BEGIN CERTIFICATE-----')],
    ['a number', der.integer(1)],
    ['an empty sequence', der.sequence()],
    ['a certificate in a set', Buffer.concat([Buffer.from([0x31]), good.subarray(1)])],
    ['a length that no memory has', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
  ])('is refused: %s', (_, bytes) => {
    expect(() => readHolder(bytes)).toThrow(CertificateError)
  })

  it('is refused at whatever octet it is cut short', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => readHolder(good.subarray(0, length))).toThrow(CertificateError)
    }
  })

  it('is refused where it ends before it begins', () => {
    const inverted = certificate({ validity: { from: validity.until, until: validity.from } })
    expect(() => readHolder(inverted)).toThrow(CertificateError)
  })

  it('is refused where a date is none', () => {
    const date = Buffer.from('240101000000Z')
    const at = good.indexOf(date)
    const absurd = Buffer.from(good)
    absurd.write('249999999999Z', at)
    expect(at).toBeGreaterThan(0)
    expect(() => readHolder(absurd)).toThrow(CertificateError)
  })

  it('is read, or refused by its name, whatever its octets are', () => {
    const edits = fc.array(
      fc.record({ at: fc.nat({ max: good.length - 1 }), octet: fc.integer({ min: 0, max: 255 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = Buffer.from(good)
        for (const { at, octet } of changes) changed.writeUInt8(octet, at)
        expectHolderOrRefusal(changed)
      }),
      { numRuns: 500 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectHolderOrRefusal), { numRuns: 200 })
  })

  it('is read, or refused by its name, whatever its private extensions hold', () => {
    const ids = fc.constantFrom(`${arc}.2`, `${arc}.3`, `${arc}.5`, `${arc}.7`, '2.5.29.35')
    fc.assert(
      fc.property(ids, fc.uint8Array({ maxLength: 60 }), (oid, octets) => {
        expectHolderOrRefusal(certificate({ extensions: [{ oid, value: Buffer.from(octets) }] }))
      }),
      { numRuns: 100 },
    )
  })

  it('is not what follows a certificate, which is read all the same', () => {
    expect(readHolder(Buffer.concat([good, Buffer.alloc(300, 0xff)]))).toEqual(readHolder(good))
  })

  it('says what was wrong underneath', () => {
    const refusal = refusalOf(der.integer(1))
    expect(refusal).toMatchObject({ name: 'CertificateError', message: 'not a certificate' })
    expect(refusal?.cause).toBeInstanceOf(Error)
  })
})

function expectHolderOrRefusal(bytes: Uint8Array): void {
  refusalOf(bytes)
}

/** Null for what is read; any error that is not a CertificateError is thrown. */
function refusalOf(bytes: Uint8Array): CertificateError | null {
  try {
    readHolder(bytes)
    return null
  } catch (error) {
    if (error instanceof CertificateError) return error
    throw error
  }
}
