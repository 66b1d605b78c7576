import { describe, expect, it } from 'vitest'
import { type Card, type CardState, type Remark, remarks } from '../../../native/card/states.ts'
import { cardName, cardText, cardTexts, remarkText, testedText } from './card.ts'
import { card, cardOf, reader } from './testing/card.ts'

const cpe = cardOf({ type: 'CPE' })

/** Ordinary spaces again, to compare with the texts as they are promised. */
function plain(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u00A0', ' ')
}

type Promised = readonly [text: string, remedy: string | null, tone: string]

const promised: Record<Exclude<CardState['kind'], 'card'>, readonly [CardState, Promised]> = {
  searching: [{ kind: 'searching' }, ['Recherche du lecteur…', null, 'neutral']],
  reading: [{ kind: 'reading', reader }, ['Lecture de la carte…', null, 'neutral']],
  'cryptolib-missing': [
    { kind: 'cryptolib-missing' },
    [
      'Cryptolib absente',
      'Le logiciel Cryptolib CPS manque sur ce poste. Appelez votre assistance. En attendant : e-CPS ou code opérateur.',
      'mend',
    ],
  ],
  'cryptolib-32-bit-only': [
    { kind: 'cryptolib-32-bit-only', path: '/lib/cps.so' },
    ['Cryptolib 32 bits seulement', 'Installez la version 64 bits : elle contient les deux.', 'mend'],
  ],
  'cryptolib-unusable': [
    { kind: 'cryptolib-unusable', path: '/opt/a : b/cps.so', reason: 'not-loaded', reference: '7K2-419' },
    [
      'Cryptolib inutilisable',
      '/opt/a : b/cps.so ne se charge pas. Réinstallez Cryptolib CPS. (réf. 7K2-419)',
      'mend',
    ],
  ],
  'cryptolib-too-old': [
    { kind: 'cryptolib-too-old', version: '5.0.41' },
    ['Cryptolib trop ancienne', 'Une CPS4 demande Cryptolib 5.2 ou plus ; ce poste a 5.0.41.', 'mend'],
  ],
  restarting: [
    { kind: 'restarting', reference: '7K2-419' },
    [
      'Lecture de carte : redémarrage…',
      'Rien à faire. Si cela revient, débranchez et rebranchez le lecteur, puis prévenez votre assistance. (réf. 7K2-419)',
      'watch',
    ],
  ],
  'service-stopped': [
    { kind: 'service-stopped' },
    [
      'Service Carte à puce arrêté',
      'Redémarrez le poste ; si rien ne change, appelez votre assistance.',
      'mend',
    ],
  ],
  'no-reader': [
    { kind: 'no-reader' },
    ['Aucun lecteur', 'Branchez le lecteur, ou changez de prise USB.', 'neutral'],
  ],
  'remote-session': [
    { kind: 'remote-session', by: 'rdp' },
    [
      'Session à distance',
      'Le lecteur doit être redirigé : Bureau à distance › Ressources locales › Cartes à puce.',
      'watch',
    ],
  ],
  'empty-reader': [
    { kind: 'empty-reader', reader },
    ['Lecteur sans carte', 'Insérez votre carte, puce en avant.', 'neutral'],
  ],
  'reader-busy': [
    { kind: 'reader-busy', reader },
    ['Lecteur occupé', "Un autre logiciel utilise le lecteur. Terminez l'opération en cours.", 'watch'],
  ],
  mute: [
    { kind: 'mute', reader },
    [
      "Carte à l'envers ou illisible",
      'Retirez-la, vérifiez le sens, essuyez la puce à sec, réinsérez-la. Toujours muette : faites-la remplacer.',
      'watch',
    ],
  ],
  vitale: [{ kind: 'vitale', reader }, ['Carte Vitale', 'Comptoir ne lit pas les cartes Vitale.', 'neutral']],
  'not-recognised': [
    { kind: 'not-recognised', reader },
    ['Carte non reconnue', "Ce n'est pas une carte CPS, ou Cryptolib est trop ancienne.", 'watch'],
  ],
  'several-cards': [
    { kind: 'several-cards', cards: [card, cpe] },
    ['Plusieurs cartes', 'Laissez seulement la vôtre.', 'watch'],
  ],
}

const promisedRemarks: Record<Remark, Promised> = {
  blocked: [
    'Carte bloquée',
    'Débloquez-la dans CPS Gestion avec le code de déblocage à 8 chiffres (même courrier que le code porteur). Code perdu : ANS, esante.gouv.fr. En attendant : e-CPS ou code opérateur.',
    'mend',
  ],
  expired: [
    'Carte expirée le 1er mars 2027',
    'Pro Santé Connect la refuse. e-CPS ou code opérateur en attendant la nouvelle.',
    'mend',
  ],
  'last-try': [
    'Code porteur : dernier essai',
    'Une erreur de plus bloque la carte. En cas de doute, arrêtez : e-CPS ou code opérateur.',
    'mend',
  ],
  'two-tries': [
    'Code porteur : 2 essais restants',
    "Le code porteur est dans le courrier de l'ANS ; ce n'est pas votre code opérateur.",
    'watch',
  ],
  'unreadable-certificate': [
    'Certificat de la carte illisible',
    'Retirez-la, puis réinsérez-la. Si cela revient : e-CPS ou code opérateur, et prévenez votre assistance.',
    'watch',
  ],
  test: ['Carte de test', 'Refusée par Pro Santé Connect en production.', 'watch'],
  expiring: [
    "Carte valable jusqu'au 1er mars 2027",
    "La nouvelle n'est pas arrivée ? Voyez votre Ordre ou le portail Ma Carte.",
    'watch',
  ],
  contactless: [
    'Carte sans contact',
    'Insérez-la dans le lecteur : sans contact, ni nom ni RPPS.',
    'neutral',
  ],
  'without-rpps': ['Carte CPE sans RPPS', 'Utilisez votre code opérateur.', 'neutral'],
}

describe('a state of the card', () => {
  it.each(Object.entries(promised))(
    '%s has its text, its remedy and its tone',
    (_kind, [state, expected]) => {
      const { text, remedy, tone } = cardText(state)
      expect([plain(text), plain(remedy), tone]).toEqual(expected)
    },
  )

  it('is told by its gravest remark when a card is there', () => {
    for (const [first, second] of [
      ['blocked', 'test'],
      ['test', 'contactless'],
    ] as const) {
      const state = cardText({ kind: 'card', card, remarks: [first, second] })
      expect(state).toEqual(remarkText(first, card))
    }
  })

  it('names the holder when there is nothing to remark', () => {
    const { text, remedy, tone } = cardText({ kind: 'card', card, remarks: [] })
    expect([plain(text), remedy, tone]).toEqual(['Carte CPS · ADJOINTPHARM', null, 'fine'])
  })

  it('names the way to the reader of each remote session', () => {
    const remedies = (['rdp', 'citrix', 'other'] as const).map(
      (by) => cardText({ kind: 'remote-session', by }).remedy ?? '',
    )
    expect(new Set(remedies).size).toBe(3)
    for (const remedy of remedies) expect(remedy).toMatch(/^Le lecteur doit être redirigé/u)
  })

  it('leaves out a reference that there is not', () => {
    expect(cardText({ kind: 'restarting', reference: '' }).remedy).not.toContain('réf')
  })

  it('keeps a path as it is and a reference in one piece', () => {
    const { remedy } = cardText(promised['cryptolib-unusable'][0])
    expect(remedy).toContain('/opt/a : b/cps.so')
    expect(remedy).toContain('réf.\u00A07K2-419')
  })
})

describe('a remark on a card', () => {
  it.each(remarks)('%s has its text, its remedy and its tone', (remark) => {
    const { text, remedy, tone } = remarkText(remark, cpe)
    expect([plain(text), plain(remedy), tone]).toEqual(promisedRemarks[remark])
  })

  it('says what it can of a card whose certificate is not read', () => {
    const bare: Card = { ...card, certificate: { kind: 'none' } }
    expect(remarkText('without-rpps', bare).text).toBe('Carte sans RPPS')
    expect(plain(remarkText('expired', bare).text)).toBe('Carte expirée le …')
  })
})

describe('the name of a card', () => {
  it('is its type and its holder, in capitals', () => {
    expect(plain(cardName(cardOf({ type: 'CPF', lastName: 'Lefèvre' })))).toBe('Carte CPF · LEFÈVRE')
  })

  it('is its label where it names nobody', () => {
    expect(plain(cardName(cardOf({ lastName: null })))).toBe('Carte CPS · CPS3v3-2800385266')
    expect(plain(cardName({ ...card, certificate: { kind: 'none' } }))).toBe('Carte · CPS3v3-2800385266')
  })

  it('is never broken before its dot', () => {
    expect(cardName(card)).toContain('\u00A0·')
  })
})

describe('« Tester ma carte »', () => {
  const read: CardState = { kind: 'card', card, remarks: [] }

  it('says how long the reading took', () => {
    expect(plain(testedText(read, 712))).toBe('Carte lue en 0,7 s.')
    expect(plain(testedText(read, 1960))).toBe('Carte lue en 2,0 s.')
    expect(plain(testedText(read, 12))).toBe('Carte lue en 12 ms.')
    expect(plain(testedText({ kind: 'several-cards', cards: [card, cpe] }, 1200))).toBe(
      '2 cartes lues en 1,2 s.',
    )
  })

  it('says what there is instead of a card', () => {
    expect(plain(testedText({ kind: 'empty-reader', reader }, 300))).toBe(
      'Aucune carte lue, en 0,3 s : Lecteur sans carte',
    )
  })
})

it('says when the workstation locks by itself', () => {
  expect(plain(cardTexts.removed.countdown(19))).toBe('Sans réponse, verrouillage dans 19 s')
})
