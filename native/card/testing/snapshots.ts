import type { CardHolder } from '../holder.ts'
import type { Card, CardSnapshot, CardState, Remark } from '../states.ts'

export const reader = 'Lecteur USB 0'
export const patriciasDigits = '99700261797'
export const kitsDigits = '99700427885'

/** Patricia's certificate, unless `more` says otherwise. */
export function holderOf(more: Partial<CardHolder> = {}): CardHolder {
  return {
    nationalId: { kind: 'rpps', digits: patriciasDigits },
    firstName: 'PATRICIA',
    lastName: 'ADJOINTPHARM',
    title: 'Pharmacien',
    type: 'CPS',
    cardNumber: '2800385266',
    test: true,
    profession: 'Pharmacien',
    validFrom: '2024-06-01T00:00:00.000Z',
    validUntil: '2027-06-01T00:00:00.000Z',
    issuer: { name: 'TEST AC IGC-SANTE FORT PERSONNES', chain: 'test' },
    ...more,
  }
}

/** Patricia's card, inserted, with all its tries, unless `more` says otherwise. */
export function cardOf(more: Partial<Card> = {}): Card {
  return {
    reader,
    label: 'CPS3v3-2800385266',
    model: 'IAS ECC',
    serial: '2800385266',
    contactless: false,
    triesLeft: 3,
    certificate: { kind: 'read', holder: holderOf() },
    ...more,
  }
}

/** A card of whoever has this RPPS, or has none. */
export function cardOfRpps(digits: string | null, label = `CPS3v3-${digits ?? '0'}`): Card {
  const nationalId = digits === null ? null : ({ kind: 'rpps', digits } as const)
  return cardOf({ label, certificate: { kind: 'read', holder: holderOf({ nationalId }) } })
}

/** The state of one card in its reader. */
export function present(card: Card = cardOf(), ...remarks: Remark[]): CardState {
  return { kind: 'card', card, remarks }
}

/** What the windows are told with this state, where Cryptolib and one reader are found. */
export function snapshotOf(state: CardState, more: Partial<CardSnapshot> = {}): CardSnapshot {
  return {
    state,
    cryptolib: {
      path: '/usr/lib/libcps3_pkcs11_lux.so',
      bits: 64,
      libraryVersion: '3.1',
      description: 'Cryptolib CPS',
      productVersion: '5.2.2',
    },
    readers: [reader],
    events: true,
    ...more,
  }
}
