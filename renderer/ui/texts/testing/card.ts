import type { CardHolder } from '../../../../native/card/holder.ts'
import type { Card } from '../../../../native/card/states.ts'

/** The reader that the cards of these tests are in. */
export const reader = 'Lecteur 00'

const holder: CardHolder = {
  nationalId: { kind: 'rpps', digits: '99700261797' },
  firstName: 'PATRICIA',
  lastName: 'ADJOINTPHARM',
  title: 'Pharmacien',
  type: 'CPS',
  cardNumber: '2800385266',
  test: true,
  profession: 'Pharmacien',
  validFrom: '2024-03-01T12:00:00Z',
  validUntil: '2027-03-01T12:00:00Z',
  issuer: { name: 'TEST AC IGC-SANTE FORT PERSONNES', chain: 'test' },
}

/** A pharmacist's card of the test series, in order. */
export const card: Card = {
  reader,
  label: 'CPS3v3-2800385266',
  model: 'IAS-ECC',
  serial: '2800385266',
  contactless: false,
  triesLeft: 3,
  certificate: { kind: 'read', holder },
}

/** The same card, of another holder. */
export function cardOf(part: Partial<CardHolder>): Card {
  return { ...card, certificate: { kind: 'read', holder: { ...holder, ...part } } }
}
