import { beforeEach, describe, expect, it } from 'vitest'
import { createCryptolib, type Cryptolib, type Pkcs11 } from './cryptolib.ts'
import { Pkcs11Error } from './pkcs11-error.ts'

type Template = Parameters<Pkcs11['C_GetAttributeValue']>[2]
/** An object of the token. */
type Certificate = { readonly label?: string; readonly id?: number[]; readonly value: string }

const slot = Buffer.of(1, 0, 0, 0, 0, 0, 0, 0)
const slotId = slot.toString('hex')
const authentication: Certificate = {
  label: "Certificat d'Authentification CPS",
  id: [0x43, 0x20],
  value: 'authentication',
}
const signature: Certificate = {
  label: 'Certificat de Signature CPS',
  id: [0x43, 0x10],
  value: 'signature',
}

/** What pkcs11js throws. */
function ckr(code: number): Error {
  return Object.assign(new Error('CKR'), { code })
}

/** A library with one slot, whose card and whose faults are the test's. */
class FakePkcs11 implements Pkcs11 {
  certificates: Certificate[] = [signature, authentication]
  label = 'CPS3v3-2800385266'.padEnd(32)
  model = 'IAS ECC\0        '
  flags = 0x40d
  slots = [slot]
  present = true
  /** Codes to fail with once, by function. */
  faults = new Map<string, Error[]>()
  calls: string[] = []
  /** What happens just before that function is called. */
  before = new Map<string, () => void>()
  #sessions = new Set<number>()
  #lastSession = 0
  #found: Buffer[] = []

  #enter(name: string): void {
    this.calls.push(name)
    const happen = this.before.get(name)
    this.before.delete(name)
    happen?.()
    const fault = this.faults.get(name)?.shift()
    if (fault !== undefined) throw fault
  }
  #test(session: Buffer): void {
    if (!this.#sessions.has(session.readUInt8())) throw ckr(0xb3)
  }
  fail(name: string, ...errors: (number | Error)[]): void {
    this.faults.set(
      name,
      errors.map((error) => (typeof error === 'number' ? ckr(error) : error)),
    )
  }
  /** The card leaves, and perhaps another one comes. */
  swap(): void {
    this.#sessions.clear()
  }

  load(): void {
    this.#enter('load')
  }
  C_Initialize(): void {
    this.#enter('C_Initialize')
  }
  C_Finalize(): void {
    this.#enter('C_Finalize')
    this.#sessions.clear()
  }
  C_GetInfo() {
    this.#enter('C_GetInfo')
    return {
      cryptokiVersion: { major: 2, minor: 20 },
      manufacturerID: 'ANS'.padEnd(32),
      flags: 0,
      libraryDescription: 'CPS3 PKCS#11 LINUX'.padEnd(32),
      libraryVersion: { major: 3, minor: 1 },
    }
  }
  C_GetSlotList(): Buffer[] {
    this.#enter('C_GetSlotList')
    return this.slots
  }
  C_GetSlotInfo() {
    this.#enter('C_GetSlotInfo')
    return {
      slotDescription: 'Lecteur'.padEnd(64),
      manufacturerID: ''.padEnd(32),
      flags: this.present ? 0x7 : 0,
      hardwareVersion: { major: 0, minor: 0 },
      firmwareVersion: { major: 0, minor: 0 },
    }
  }
  C_GetTokenInfo() {
    this.#enter('C_GetTokenInfo')
    return {
      label: this.label,
      manufacturerID: ''.padEnd(32),
      model: this.model,
      serialNumber: '28003852'.padEnd(16),
      flags: this.flags,
      maxSessionCount: 0,
      sessionCount: 0,
      maxRwSessionCount: 0,
      rwSessionCount: 0,
      maxPinLen: 8,
      minPinLen: 4,
      hardwareVersion: { major: 0, minor: 0 },
      firmwareVersion: { major: 0, minor: 0 },
      utcTime: '',
      totalPublicMemory: 0,
      freePublicMemory: 0,
      totalPrivateMemory: 0,
      freePrivateMemory: 0,
    }
  }
  C_OpenSession(): Buffer {
    this.#enter('C_OpenSession')
    this.#sessions.add(++this.#lastSession)
    return Buffer.of(this.#lastSession)
  }
  C_CloseSession(session: Buffer): void {
    this.#enter('C_CloseSession')
    this.#test(session)
    this.#sessions.delete(session.readUInt8())
  }
  C_GetSessionInfo(session: Buffer) {
    this.#enter('C_GetSessionInfo')
    this.#test(session)
    return { slotID: slot, state: 0, flags: 4, deviceError: 0 }
  }
  C_FindObjectsInit(session: Buffer): void {
    this.#enter('C_FindObjectsInit')
    this.#test(session)
    this.#found = this.certificates.map((_certificate, index) => Buffer.of(index))
  }
  C_FindObjects(session: Buffer, count: number): Buffer[]
  C_FindObjects(session: Buffer): Buffer | null
  C_FindObjects(_session: Buffer, count?: number): Buffer[] | Buffer | null {
    this.#enter('C_FindObjects')
    return count === undefined ? null : this.#found.slice(0, count)
  }
  C_FindObjectsFinal(): void {
    this.#enter('C_FindObjectsFinal')
  }
  C_GetAttributeValue(_session: Buffer, object: Buffer, template: Template) {
    this.#enter('C_GetAttributeValue')
    const { label, id, value } = this.certificates[object.readUInt8()] ?? authentication
    return template.map(({ type }) => {
      const found = { 0x3: label, 0x102: id, 0x11: value }[type]
      if (found === undefined) throw ckr(0x12)
      return { type, value: typeof found === 'string' ? Buffer.from(found) : Buffer.from(found) }
    })
  }
  /** How many times a certificate's CKA_VALUE, or another attribute, was asked for. */
  attributesAsked(): number {
    return this.calls.filter((call) => call === 'C_GetAttributeValue').length
  }
}

let pkcs11: FakePkcs11
let cryptolib: Cryptolib
beforeEach(() => {
  pkcs11 = new FakePkcs11()
  cryptolib = createCryptolib(pkcs11)
})

/** The code of what it throws. */
function codeOf(call: () => unknown): number | null | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof Pkcs11Error) return error.code
    throw error
  }
}
const certificateRead = () => {
  const { certificate } = cryptolib.read(slotId, false)
  return certificate === null ? null : Buffer.from(certificate).toString()
}

describe('opening the library', () => {
  it('says what it is', () => {
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
    pkcs11.fail('load', new Error(text))
    expect(cryptolib.open('/cps.so')).toEqual({ kind: 'unusable', reason })
    expect(pkcs11.calls).toEqual(['load'])
  })

  it.each(['C_Initialize', 'C_GetInfo'])('names a failing %s', (name) => {
    pkcs11.fail(name, 0x5)
    expect(cryptolib.open('/cps.so')).toEqual({ kind: 'unusable', reason: 'not-initialised' })
  })

  it('takes a library that is already initialised', () => {
    pkcs11.fail('C_Initialize', 0x191)
    expect(cryptolib.open('/cps.so').kind).toBe('open')
  })
})

describe('the slots', () => {
  it('are told by name, with whether they hold a card', () => {
    expect(cryptolib.poll()).toEqual([{ slot: slotId, name: 'Lecteur', present: true, session: 'none' }])
    // After a removal Cryptolib keeps none of its flags.
    pkcs11.present = false
    expect(cryptolib.poll()).toMatchObject([{ present: false }])
  })

  it('are asked for again when one has come in between', () => {
    pkcs11.fail('C_GetSlotList', 0x150)
    expect(cryptolib.poll()).toHaveLength(1)
  })

  it('leave out a reader that goes in between', () => {
    pkcs11.fail('C_GetSlotInfo', 0x3)
    expect(cryptolib.poll()).toEqual([])
  })

  it('fail with the code that Cryptolib gives', () => {
    pkcs11.fail('C_GetSlotInfo', 0x30)
    expect(codeOf(cryptolib.poll)).toBe(0x30)
  })

  it('say once that the card which was read has left', () => {
    cryptolib.read(slotId, false)
    expect(cryptolib.poll()).toMatchObject([{ session: 'open' }])
    pkcs11.swap()
    expect(cryptolib.poll()).toMatchObject([{ session: 'lost' }])
    expect(cryptolib.poll()).toMatchObject([{ session: 'none' }])
  })
})

describe('a reading', () => {
  it('gives the token and its authentication certificate, trimmed of blanks and NULs', () => {
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
    pkcs11.certificates = certificates
    expect(certificateRead()).toBe(found)
  })

  it('takes the certificate once from the same card, and the tries each time', () => {
    cryptolib.read(slotId, false)
    const asked = pkcs11.attributesAsked()
    pkcs11.flags = 0x1040d
    expect(cryptolib.read(slotId, false)).toMatchObject({ flags: 0x1040d })
    expect(certificateRead()).toBe('authentication')
    expect(pkcs11.attributesAsked()).toBe(asked)
  })

  it('takes all from the card when asked to', () => {
    cryptolib.read(slotId, false)
    const asked = pkcs11.attributesAsked()
    cryptolib.read(slotId, true)
    expect(pkcs11.attributesAsked()).toBe(2 * asked)
  })

  it('takes all from another card', () => {
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
    pkcs11.before.set(name, () => pkcs11.swap())
    expect(codeOf(() => cryptolib.read(slotId, false))).toBe(0xb3)
    expect(certificateRead()).toBe('authentication')
  })

  it('is refused when the certificate is empty: its card was pulled', () => {
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
    pkcs11.fail(name, code)
    expect(codeOf(() => cryptolib.read(slotId, false))).toBe(code)
    expect(certificateRead()).toBe('authentication')
    expect(pkcs11.calls.filter((call) => call === 'C_OpenSession')).toHaveLength(2)
  })
})

describe('initialising again', () => {
  it('finalises first, and forgets the sessions', () => {
    cryptolib.read(slotId, false)
    pkcs11.calls = []
    cryptolib.reinitialise()
    expect(pkcs11.calls).toEqual(['C_Finalize', 'C_Initialize'])
    expect(cryptolib.poll()).toMatchObject([{ session: 'none' }])
  })

  it('does not mind a library that was not initialised', () => {
    pkcs11.fail('C_Finalize', 0x190)
    cryptolib.reinitialise()
    expect(pkcs11.calls).toEqual(['C_Finalize', 'C_Initialize'])
  })

  it('fails with the code of C_Initialize', () => {
    pkcs11.fail('C_Initialize', 0x5)
    expect(codeOf(cryptolib.reinitialise)).toBe(0x5)
  })
})
