/** Return values that a reading meets (PKCS#11 v2.40, pkcs11t.h; the last two are ANS's own: cryptolib-cps.md §2). */
export const ckr = {
  slotIdInvalid: 0x3,
  generalError: 0x5,
  attributeTypeInvalid: 0x12,
  deviceError: 0x30,
  deviceRemoved: 0x32,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  bufferTooSmall: 0x150,
  cryptokiNotInitialized: 0x190,
  cryptokiAlreadyInitialized: 0x191,
  /** An update of the card was cut short: its sessions are of no use. */
  asipBadEfActua: 0x80000001,
  asipReinitNeeded: 0x80000002,
} as const

/** A call to Cryptolib that has failed. */
export class Pkcs11Error extends Error {
  override readonly name = 'Pkcs11Error'
  /** The call's return value; null where there is none: the answer itself is unusable. */
  readonly code: number | null

  constructor(code: number | null, message: string) {
    super(message)
    this.code = code
  }
}
