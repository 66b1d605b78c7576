import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JournalRowView } from '../../../electron/ipc/journal-views.ts'
import type { JsonObject } from '../../../electron/journal/json.ts'
import type { JournalKind } from '../../../electron/journal/kinds.ts'
import { factsOf } from './journal-facts.ts'
import { families, journalKinds, kindName, kindsOf } from './journal-kinds.ts'
import { ofPerson } from './journal-people.ts'
import { isKnownKind, sentenceOf } from './journal-sentences.ts'

const patricia = { id: 'p', code: '1', name: 'PATRICIA ADJOINTPHARM' }
const row = (kind: string, details: JsonObject = {}, more: Partial<JournalRowView> = {}): JournalRowView => ({
  seq: 12,
  at: '2026-03-12T13:32:05.000Z',
  workstation: 'Poste 1',
  kind,
  outcome: 'done',
  means: null,
  operator: patricia,
  module: null,
  reference: null,
  details,
  named: { t: 'TEST TITULAIRE', a: 'ANNE MARTIN' },
  hash: 'f'.repeat(64),
  ...more,
})
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/gu, ' ')
const said = (...asked: Parameters<typeof row>): string => plain(sentenceOf(row(...asked)))
const target = { id: 'a', code: '3' }
const produits = { module: { id: 'produits', label: 'Produits' } }

const isFamily = (name: string): name is keyof typeof families => name in families
const everyFamily = Object.keys(families).filter(isFamily)
/** What a damaged row may hold in place of a word. */
const anyValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
  fc.dictionary(fc.constantFrom('id', 'code', 'seq', 'hash'), fc.oneof(fc.string(), fc.integer())),
)

describe('the sentence of a row', () => {
  it.each<[JournalKind, JsonObject, Partial<JournalRowView>, string]>([
    [
      'identification.succeeded',
      { authMode: 'CARD', acr: 'eidas3' },
      { means: 'psc' },
      'Identification de PATRICIA ADJOINTPHARM (1) réussie par Pro Santé Connect, carte CPS.',
    ],
    [
      'identification.succeeded',
      {},
      { means: 'password' },
      'Identification de PATRICIA ADJOINTPHARM (1) réussie par code et mot de passe.',
    ],
    [
      'identification.refused',
      { reason: 'wrong-credentials' },
      { operator: null, means: 'password', outcome: 'refused', ...produits },
      'Identification refusée pour « Produits » : code opérateur ou mot de passe incorrect.',
    ],
    [
      'session.connected',
      { until: '2026-03-12T13:42:00.000Z' },
      {},
      "Session ouverte : PATRICIA ADJOINTPHARM (1), jusqu'à 14 h 42.",
    ],
    [
      'session.ended',
      { reason: 'expired' },
      {},
      'Session de PATRICIA ADJOINTPHARM (1) terminée : durée écoulée.',
    ],
    [
      'module.opened',
      { kind: 'program' },
      produits,
      'Module « Produits » ouvert par PATRICIA ADJOINTPHARM (1).',
    ],
    [
      'module.opened',
      { kind: 'program' },
      { module: { id: 'ancien', label: null } },
      'Module « ancien » ouvert par PATRICIA ADJOINTPHARM (1).',
    ],
    [
      'operator.created',
      { by: 'operator', target, role: 'preparateur' },
      {},
      'Opérateur créé par PATRICIA ADJOINTPHARM (1) : ANNE MARTIN (3), préparateur.',
    ],
    [
      'operator.created',
      { by: 'replacement', target, role: 'remplacant', firstDay: '2026-03-12', lastDay: '2026-03-14' },
      {},
      'Opérateur créé pour un remplacement, du 12/03/2026 au 14/03/2026 : ANNE MARTIN (3), accord de PATRICIA ADJOINTPHARM (1).',
    ],
    [
      'operator.changed',
      { by: 'operator', target, changed: ['role', 'dates'], role: 'adjoint', rights: [] },
      {},
      "Fiche d'ANNE MARTIN (3) modifiée par PATRICIA ADJOINTPHARM (1) : rôle, dates de présence.",
    ],
    [
      'operator.suspended',
      {
        by: 'command',
        target: { id: 'gone', code: '7' },
        osAccount: 'counter',
        authorisedBy: { id: 't', code: '0' },
      },
      { operator: null },
      "Suspension de l'opérateur « 7 » en ligne de commande par le compte « counter », avec l'accord de TEST TITULAIRE (0).",
    ],
    [
      'secret.set',
      { name: 'psc.clientSecret', osAccount: 'root', authorisedBy: null },
      { operator: null },
      'Secret « psc.clientSecret » mis dans le trousseau en ligne de commande par le compte « root », en administrateur.',
    ],
    [
      'journal.filtered',
      { target },
      {},
      "Lignes d'ANNE MARTIN (3) consultées par PATRICIA ADJOINTPHARM (1).",
    ],
    [
      'journal.exported',
      { by: 'operator', format: 'csv', rows: 1 },
      {},
      '1 ligne du journal exportée par PATRICIA ADJOINTPHARM (1).',
    ],
    [
      'journal.verified',
      { by: 'operator', verdict: 'removed', seq: 40 },
      {},
      'Journal vérifié par PATRICIA ADJOINTPHARM (1) : ligne retirée, ligne 40.',
    ],
    [
      'database.backed-up',
      { by: 'program', upTo: 9, hash: 'ab' },
      { operator: null },
      'Base sauvegardée, comme chaque jour.',
    ],
  ])('%s %j', (kind, details, more, expected) => {
    expect(said(kind, details, more)).toBe(expected)
  })

  it('leaves out the operator who stands beside it', () => {
    expect(plain(sentenceOf(row('module.opened', {}, produits), 'beside'))).toBe(
      'Module « Produits » ouvert.',
    )
  })

  it('is said of whatever a damaged row holds, of every kind and of those to come', () => {
    const kinds = [...Object.keys(journalKinds), 'toString', 'kind.to-come']
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.dictionary(
          fc.constantFrom('by', 'target', 'reason', 'until', 'changed', 'role', 'rows', 'x'),
          anyValue,
        ),
        (kind, details) => {
          const damaged = row(kind, details, { at: 'yesterday', means: 'x', outcome: 'y' })
          for (const text of [sentenceOf(damaged), ...factsOf(damaged).map(({ value }) => value)]) {
            expect(text).not.toMatch(/undefined|\[object|NaN/u)
          }
          expect(sentenceOf(damaged)).toMatch(/\.$/u)
        },
      ),
    )
  })

  it('never says a word of the program in English', () => {
    const english = /\b(?:done|refused|operator|connected|locked|opened|psc|module\.|session\.)\b/u
    for (const kind of Object.keys(journalKinds)) expect(sentenceOf(row(kind))).not.toMatch(english)
  })
})

const facts = (...asked: Parameters<typeof row>): Record<string, string> =>
  Object.fromEntries(factsOf(row(...asked)).map(({ name, value }) => [name, plain(value)]))

describe('the facts of a row', () => {
  it('say all that it holds, in words', () => {
    expect(
      facts(
        'identification.succeeded',
        {
          flow: 'code',
          host: 'auth.esw.esante.gouv.fr',
          acr: 'eidas3',
          acrFrom: 'psc',
          authMode: 'MOBILE',
          authTime: '2026-03-12T13:32:00.000Z',
          nationalId: '899700261797',
          confirmedBy: 'card',
          toCome: { a: 1 },
          notSaid: null,
        },
        { means: 'psc', reference: '7K2-49R' },
      ),
    ).toEqual({
      'Date et heure': 'jeudi 12 mars 2026 à 14:32:05',
      'En temps universel': '2026-03-12T13:32:05.000Z',
      Événement: 'Identification réussie',
      Résultat: 'Fait',
      Opérateur: 'PATRICIA ADJOINTPHARM (1)',
      Moyen: 'Pro Santé Connect',
      Façon: 'Dans le navigateur',
      Service: 'auth.esw.esante.gouv.fr',
      Niveau: 'eidas3',
      'Niveau donné par': 'Pro Santé Connect',
      Avec: "L'application e-CPS",
      'Identifié par le service le': '12/03/2026 14:32:00',
      'Identifiant national': '899700261797',
      'Confirmé par': 'carte dans le lecteur',
      toCome: '{"a":1}',
      Poste: 'Poste 1',
      Référence: '7K2-49R',
    })
  })

  it('give each « reason » and « by » the words of its kind', () => {
    expect(facts('session.locked', { reason: 'idle' })['Raison']).toBe('sans activité')
    expect(facts('journal.extracted', { reason: 'contrôle ARS' })['Raison']).toBe('contrôle ARS')
    expect(facts('module.left', { by: 'nobody' })['Par']).toBe("personne n'étant connecté")
    expect(facts('operator.unblocked', { by: 'psc' })['Par']).toBe(
      'une identification avec Pro Santé Connect',
    )
  })
})

describe('the kinds of the filter', () => {
  it('are each in one family, and have a sentence', () => {
    const listed = everyFamily.flatMap(kindsOf)
    expect(listed.toSorted()).toEqual(Object.keys(journalKinds).toSorted())
    for (const kind of listed) expect(isKnownKind(kind)).toBe(true)
    expect(kindName('kind.to-come')).toBe('kind.to-come')
  })
})

it('elides before a vowel', () => {
  const names = ['ÉLODIE', 'YVES', 'YASMINE', 'HUGO', 'OSCAR'].map((name) => ofPerson({ name, code: '1' }))
  expect(names).toEqual(["d'ÉLODIE (1)", "d'YVES (1)", 'de YASMINE (1)', 'de HUGO (1)', "d'OSCAR (1)"])
})
