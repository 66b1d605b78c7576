import { createCryptolib, type Cryptolib, type Pkcs11 } from '../cryptolib.ts'
import { Pkcs11Error } from '../pkcs11-error.ts'

type Template = Parameters<Pkcs11['C_GetAttributeValue']>[2]
/** An object of the token. */
export type Certificate = { readonly label?: string; readonly id?: number[]; readonly value: string }

const slot = Buffer.of(1, 0, 0, 0, 0, 0, 0, 0)
/** The slot's, as `createCryptolib` names it. */
export const slotId = slot.toString('hex')
export const authentication: Certificate = {
  label: "Certificat d'Authentification CPS",
  id: [0x43, 0x20],
  value: 'authentication',
}
export const signature: Certificate = {
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

/** A Cryptolib over such a library, and what it reads of the certificate in its slot: its text, null where there is none. */
export function fakedCryptolib(): {
  readonly pkcs11: FakePkcs11
  readonly cryptolib: Cryptolib
  readonly certificateRead: () => string | null
} {
  const pkcs11 = new FakePkcs11()
  const cryptolib = createCryptolib(pkcs11)
  return {
    pkcs11,
    cryptolib,
    certificateRead: () => {
      const { certificate } = cryptolib.read(slotId, false)
      return certificate === null ? null : Buffer.from(certificate).toString()
    },
  }
}

/** The code of the `Pkcs11Error` that it throws, undefined where it throws nothing; any other error is thrown. */
export function codeOf(call: () => unknown): number | null | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof Pkcs11Error) return error.code
    throw error
  }
}
