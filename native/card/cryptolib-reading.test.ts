import { describe, expect, it } from 'vitest'
import {
  authentication,
  codeOf,
  fakedCryptolib,
  signature,
  slotId,
  type Certificate,
} from './testing/faked-cryptolib.ts'

describe('a reading', () => {
  it('gives the token and its authentication certificate, trimmed of blanks and NULs', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    expect(cryptolib.read(slotId, false)).toEqual({
      label: 'CPS3v3-2800385266',
      model: 'IAS ECC',
      serial: '28003852',
      flags: 0x40d,
      certificate: Uint8Array.from(Buffer.from('authentication')),
    })
    expect(pkcs11.calls).not.toContain('C_Login')
  })

  it.each<[string, Certificate[], string | null]>([
    [
      'by its label',
      [
        { ...signature, id: [0x20] },
        { ...authentication, id: [0x10] },
      ],
      'authentication',
    ],
    ['by its id', [signature, { id: [0x43, 0x20], value: 'other' }], 'other'],
    ['as the only one', [{ label: 'Certificat Technique CPS', value: 'technical' }], 'technical'],
    ['as none of several others', [signature, { value: 'other' }], null],
    ['as none', [], null],
  ])('finds the certificate %s', (_how, certificates, found) => {
    const { certificateRead, pkcs11 } = fakedCryptolib()
    pkcs11.certificates = certificates
    expect(certificateRead()).toBe(found)
  })

  it('takes the certificate once from the same card, and the tries each time', () => {
    const { certificateRead, cryptolib, pkcs11 } = fakedCryptolib()
    cryptolib.read(slotId, false)
    const asked = pkcs11.attributesAsked()
    pkcs11.flags = 0x1040d
    expect(cryptolib.read(slotId, false)).toMatchObject({ flags: 0x1040d })
    expect(certificateRead()).toBe('authentication')
    expect(pkcs11.attributesAsked()).toBe(asked)
  })

  it('takes all from the card when asked to', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    cryptolib.read(slotId, false)
    const asked = pkcs11.attributesAsked()
    cryptolib.read(slotId, true)
    expect(pkcs11.attributesAsked()).toBe(2 * asked)
  })

  it('takes all from another card', () => {
    const { certificateRead, cryptolib, pkcs11 } = fakedCryptolib()
    cryptolib.read(slotId, false)
    pkcs11.swap()
    pkcs11.certificates = [{ ...authentication, value: 'another' }]
    expect(certificateRead()).toBe('another')
  })

  it.each([
    'C_GetTokenInfo',
    'C_FindObjectsInit',
    'C_FindObjects',
    'C_GetAttributeValue',
    'C_GetSessionInfo',
  ])('is refused when the card is swapped before %s', (name) => {
    const { certificateRead, cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.before.set(name, () => pkcs11.swap())
    expect(codeOf(() => cryptolib.read(slotId, false))).toBe(0xb3)
    expect(certificateRead()).toBe('authentication')
  })

  it('is refused when the certificate is empty: its card was pulled', () => {
    const { certificateRead, cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.certificates = [{ ...authentication, value: '' }]
    expect(codeOf(() => cryptolib.read(slotId, false))).toBeNull()
    pkcs11.certificates = [authentication]
    expect(certificateRead()).toBe('authentication')
  })

  it.each([
    ['C_OpenSession', 0xe0],
    ['C_OpenSession', 0xe1],
    ['C_GetTokenInfo', 0x5],
    ['C_GetAttributeValue', 0x32],
    ['C_FindObjectsInit', 0x80000001],
  ])('fails with the code of %s, and has a session of its own the next time', (name, code) => {
    const { certificateRead, cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail(name, code)
    expect(codeOf(() => cryptolib.read(slotId, false))).toBe(code)
    expect(certificateRead()).toBe('authentication')
    expect(pkcs11.calls.filter((call) => call === 'C_OpenSession')).toHaveLength(2)
  })
})
