import type { TokenReading } from './cryptolib-client.ts'
import type { CardHolder } from './holder.ts'
import type { Card } from './states.ts'

/** CK_TOKEN_INFO's (PKCS#11 v2.40, pkcs11t.h). */
const ckf = { loginRequired: 0x4, countLow: 0x10000, finalTry: 0x20000, locked: 0x40000 } as const

/**
 * Tries left for the card's code. PKCS#11 gives no number, but a CPx card has three (cryptolib-cps.md §2): each flag
 * says one of them.
 */
export function triesLeftOf(flags: number): number {
  if ((flags & ckf.locked) !== 0) return 0
  if ((flags & ckf.finalTry) !== 0) return 1
  if ((flags & ckf.countLow) !== 0) return 2
  return 3
}

/** Only the contact interface's label has the card's number: `CPS3v3-2800385266`, without contact `CPS3v3_CL`. */
export function isContactless(label: string): boolean {
  return !/\d{4,}$/u.test(label)
}

/** A label that says neither is no proof: only the contact interface asks for a code (cryptolib-cps.md §2). */
function wasReadWithoutContact({ label, flags }: TokenReading): boolean {
  return label.endsWith('_CL') || (isContactless(label) && (flags & ckf.loginRequired) === 0)
}

/**
 * The card in a reader as it was read. `holderOf` throws on a certificate that it cannot read; whatever it throws, the
 * card has no readable certificate.
 */
export function cardOf(
  reader: string,
  reading: TokenReading,
  holderOf: (der: Uint8Array) => CardHolder,
): Card {
  const { label, model, serial, flags, certificate } = reading
  const contactless = wasReadWithoutContact(reading)
  return {
    reader,
    label,
    model,
    serial,
    contactless,
    triesLeft: triesLeftOf(flags),
    certificate: contactless ? { kind: 'none' } : certificateOf(certificate, holderOf),
  }
}

function certificateOf(
  der: Uint8Array | null,
  holderOf: (der: Uint8Array) => CardHolder,
): Card['certificate'] {
  if (der === null) return { kind: 'unreadable' }
  try {
    return { kind: 'read', holder: holderOf(der) }
  } catch {
    return { kind: 'unreadable' }
  }
}
