import { describe, expect, it } from 'vitest'
import type { CardHolder } from '../../../native/card/holder.ts'
import { type Card, type CardSnapshot, searching, unusableReasons } from '../../../native/card/states.ts'
import { type Fact, cardFacts, snapshotFacts } from './card-facts.ts'
import { card, cardOf } from './testing/card.ts'

const cryptolib = {
  path: '/usr/lib/libcps3_pkcs11_lux.so',
  bits: 64,
  libraryVersion: '3.1',
  description: null,
  productVersion: '5.2.2',
} as const
const snapshot: CardSnapshot = {
  state: { kind: 'empty-reader', reader: 'Lecteur 00' },
  cryptolib,
  readers: ['Lecteur 00', 'Lecteur 01'],
  events: true,
}

/** « Porteur : PATRICIA ADJOINTPHARM », with ordinary spaces. */
function lines(facts: readonly Fact[]): string[] {
  return facts.map(({ name, value }) => `${name} ${value}`.replaceAll('\u00A0', ' '))
}

function of(part: Partial<CardHolder>): string[] {
  return lines(cardFacts(cardOf(part)))
}

function triesOf(part: Partial<Card>): string | undefined {
  return lines(cardFacts({ ...card, ...part })).find((line) => line.startsWith('Code porteur'))
}

describe('the facts of a card', () => {
  it('are all that is known of it', () => {
    expect(of({})).toEqual([
      'Porteur : PATRICIA ADJOINTPHARM',
      'Type : CPS (professionnel de santé)',
      'Profession : Pharmacien',
      'RPPS : 99700261797',
      'Identifiant national : 899700261797',
      "Validité : Valable jusqu'au 1er mars 2027",
      'Usage : Carte de test',
      'Carte : CPS3v3-2800385266',
      'Interface : Avec contact',
      'Lecteur : Lecteur 00',
      'Modèle : IAS-ECC',
      'Numéro de série : 2800385266',
      'Émetteur : TEST AC IGC-SANTE FORT PERSONNES (IGC-Santé de test)',
    ])
  })

  it('show a national id that is not an RPPS as it is', () => {
    const facts = of({ nationalId: { kind: 'other', value: '00B6087510' } })
    expect(facts).toContain('Identifiant national : 00B6087510')
    expect(facts.filter((line) => line.startsWith('RPPS'))).toEqual([])
  })

  it('tell a real card from a test one, and who issued it', () => {
    const facts = of({ test: false, issuer: { name: 'AC X', chain: 'unknown' } })
    expect(facts).toContain('Usage : Carte réelle')
    expect(facts).toContain('Émetteur : AC X (inconnu de Comptoir)')
    expect(of({ issuer: { name: 'AC', chain: 'production' } })).toContain('Émetteur : AC (IGC-Santé)')
  })

  it('leave out what the certificate does not say', () => {
    const facts = of({ nationalId: null, firstName: null, lastName: null, type: null, profession: null })
    expect(facts[0]).toBe('Profession : Pharmacien')
    expect(facts[1]).toMatch(/^Validité/u)
  })

  it('say the tries left when they are fewer than 3, and nothing of a card without contact', () => {
    expect([3, 2, 1, 0].map((triesLeft) => triesOf({ triesLeft }))).toEqual([
      undefined,
      'Code porteur : 2 essais restants',
      'Code porteur : Dernier essai',
      'Code porteur : Bloqué',
    ])
    expect(triesOf({ triesLeft: 0, contactless: true })).toBeUndefined()
  })

  it('are those of its label and reader where there is no certificate', () => {
    const facts = lines(
      cardFacts({ ...card, contactless: true, model: '', serial: '', certificate: { kind: 'none' } }),
    )
    expect(facts).toEqual(['Carte : CPS3v3-2800385266', 'Interface : Sans contact', 'Lecteur : Lecteur 00'])
  })
})

describe('the facts of the workstation', () => {
  it('are the readers and Cryptolib', () => {
    expect(lines(snapshotFacts(snapshot))).toEqual([
      'Lecteurs : Lecteur 00, Lecteur 01',
      'Cryptolib : Cryptolib 5.2.2 (bibliothèque 3.1, 64 bits)',
      'Fichier : /usr/lib/libcps3_pkcs11_lux.so',
    ])
  })

  it('say of Cryptolib no more than is known', () => {
    const bare = { ...snapshot, cryptolib: { ...cryptolib, libraryVersion: null, productVersion: null } }
    expect(lines(snapshotFacts(bare))).toContain('Cryptolib : Cryptolib (64 bits)')
  })

  it('tell why a library cannot be used, and where it is', () => {
    const told = unusableReasons.map((reason) =>
      lines(
        snapshotFacts({
          ...snapshot,
          cryptolib: null,
          state: { kind: 'cryptolib-unusable', path: '/lib/cps.so', reason, reference: '7K2-419' },
        }),
      ).slice(1),
    )
    for (const [file, cause] of told) {
      expect(file).toBe('Fichier : /lib/cps.so')
      expect(cause).toMatch(/^Cause : ./u)
    }
    expect(new Set(told.map(([, cause]) => cause)).size).toBe(unusableReasons.length)
  })

  it('tell that the system does not signal the readers, once anything is known', () => {
    expect(lines(snapshotFacts({ ...snapshot, events: false })).at(-1)).toMatch(/^Suivi : .* toutes les 2 s/u)
    expect(snapshotFacts(searching)).toEqual([])
    const restarting = { kind: 'restarting', reference: '7K2-419' } as const
    const silent = lines(snapshotFacts({ ...snapshot, events: false, state: restarting }))
    expect(silent.filter((line) => line.startsWith('Suivi'))).toEqual([])
  })
})
