import { describe, expect, it } from 'vitest'
import { codeOf, fakedCryptolib, slotId } from './testing/faked-cryptolib.ts'

describe('opening the library', () => {
  it('says what it is', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    expect(cryptolib.open('/cps.so')).toEqual({
      kind: 'open',
      libraryVersion: '3.1',
      description: 'CPS3 PKCS#11 LINUX',
    })
    expect(pkcs11.calls).toEqual(['load', 'C_Initialize', 'C_GetInfo'])
  })

  it.each([
    ['/cps.so: undefined symbol: C_GetFunctionList', 'not-pkcs11'],
    ['dlsym(0x7f, C_GetFunctionList): symbol not found', 'not-pkcs11'],
    ['Win32 error 127', 'not-pkcs11'],
    ['CKR_GENERAL_ERROR:5', 'not-pkcs11'],
    ['Win32 error 126', 'not-loaded'],
    ['Win32 error 193', 'not-loaded'],
    ['/cps.so: wrong ELF class: ELFCLASS32', 'not-loaded'],
    ['libpcsclite.so.1: cannot open shared object file', 'not-loaded'],
  ] as const)('names what the loader says: %s', (text, reason) => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('load', new Error(text))
    expect(cryptolib.open('/cps.so')).toEqual({ kind: 'unusable', reason })
    expect(pkcs11.calls).toEqual(['load'])
  })

  it.each(['C_Initialize', 'C_GetInfo'])('names a failing %s', (name) => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail(name, 0x5)
    expect(cryptolib.open('/cps.so')).toEqual({ kind: 'unusable', reason: 'not-initialised' })
  })

  it('takes a library that is already initialised', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_Initialize', 0x191)
    expect(cryptolib.open('/cps.so').kind).toBe('open')
  })
})

describe('the slots', () => {
  it('are told by name, with whether they hold a card', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    expect(cryptolib.poll()).toEqual([{ slot: slotId, name: 'Lecteur', present: true, session: 'none' }])
    // After a removal Cryptolib keeps none of its flags.
    pkcs11.present = false
    expect(cryptolib.poll()).toMatchObject([{ present: false }])
  })

  it('are asked for again when one has come in between', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_GetSlotList', 0x150)
    expect(cryptolib.poll()).toHaveLength(1)
  })

  it('leave out a reader that goes in between', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_GetSlotInfo', 0x3)
    expect(cryptolib.poll()).toEqual([])
  })

  it('fail with the code that Cryptolib gives', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_GetSlotInfo', 0x30)
    expect(codeOf(cryptolib.poll)).toBe(0x30)
  })

  it('say once that the card which was read has left', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    cryptolib.read(slotId, false)
    expect(cryptolib.poll()).toMatchObject([{ session: 'open' }])
    pkcs11.swap()
    expect(cryptolib.poll()).toMatchObject([{ session: 'lost' }])
    expect(cryptolib.poll()).toMatchObject([{ session: 'none' }])
  })
})

describe('initialising again', () => {
  it('finalises first, and forgets the sessions', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    cryptolib.read(slotId, false)
    pkcs11.calls = []
    cryptolib.reinitialise()
    expect(pkcs11.calls).toEqual(['C_Finalize', 'C_Initialize'])
    expect(cryptolib.poll()).toMatchObject([{ session: 'none' }])
  })

  it('does not mind a library that was not initialised', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_Finalize', 0x190)
    cryptolib.reinitialise()
    expect(pkcs11.calls).toEqual(['C_Finalize', 'C_Initialize'])
  })

  it('fails with the code of C_Initialize', () => {
    const { cryptolib, pkcs11 } = fakedCryptolib()
    pkcs11.fail('C_Initialize', 0x5)
    expect(codeOf(cryptolib.reinitialise)).toBe(0x5)
  })
})
