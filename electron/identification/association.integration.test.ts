import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PscIdentity } from '../psc/claims.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import type { Claim } from './association.ts'
import { cancelled, type Expectation } from './identification.ts'
import {
  anyone,
  identified,
  kitsRpps,
  newRpps,
  openCounter,
  quickHash,
  refusalOf,
  right,
  type Counter,
} from './testing/counter.ts'

/** What PSC says of Kit, as Comptoir knows him, with an RPPS of his own. */
const kits: Partial<PscIdentity> = {
  rpps: kitsRpps,
  firstName: 'KIT',
  lastName: 'DOC0042788',
  professions: ['preparateur'],
}
const titulairesWord = { code: '9', password: right }

const asserted = (identity: Partial<PscIdentity> = {}) => identified({ identity: { ...kits, ...identity } })

describe.each(engines)('« Associer ce RPPS » on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
  })
  afterEach(() => database.dispose())

  const claim = (identity: Partial<PscIdentity> = {}, expectation: Expectation = anyone): Promise<Claim> =>
    place.association.claim(asserted(identity), '2', right, expectation)
  const confirm = async (
    authoriser: { code: string; password: string } | null = null,
    given: Partial<Claim> = {},
    expectation: Expectation = anyone,
  ) => {
    const { operator = place.kit } = given
    const passwordHash = (await place.operators.passwordHashOf(operator.id)) ?? ''
    const claimed = { operator, passwordHash, namesDiffer: false, authorisation: false, ...given }
    return place.association.confirm(asserted(), claimed, authoriser, expectation)
  }
  const kitHas = async () => (await place.operators.byId(place.kit.id))?.rpps ?? null
  const kinds = async () => (await place.rows()).map(({ kind }) => kind)
  /** Nothing is given: the call is refused as `code`, and the only row says why. */
  const refusedWith = async (call: Promise<unknown>, code: string, row: object) => {
    const refusal = await refusalOf(call)
    expect(refusal.code).toBe(code)
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', reference: refusal.reference, ...row },
    ])
    expect(await kitHas()).toBeNull()
  }

  describe('a claim', () => {
    it('is the operator’s whose password is given, and changes nothing yet', async () => {
      const passwordHash = await place.operators.passwordHashOf(place.kit.id)
      const claimed = { operator: place.kit, passwordHash, namesDiffer: false, authorisation: false }
      expect(await claim()).toEqual(claimed)
      expect([await place.rows(), await kitHas()]).toEqual([[], null])
    })

    it('by a wrong password is refused, and counted', async () => {
      const wrong = place.association.claim(asserted(), '2', 'faux', anyone)
      await refusedWith(wrong, 'wrong-credentials', {
        operatorCode: '2',
        details: { reason: 'wrong-credentials' },
      })
      await place.fail('2', 4)
      expect(await place.throttle.verdict('2')).toMatchObject({ kind: 'wait' })
    })

    it('by somebody who has another RPPS is refused', async () => {
      await place.giveRpps(place.kit, newRpps)
      const refusal = await refusalOf(claim())
      expect(refusal).toMatchObject({ code: 'operator-has-other-rpps', parameters: { operator: '2' } })
      expect(await place.rows()).toMatchObject([
        { operatorCode: '2', reference: refusal.reference, details: { reason: 'other-rpps' } },
      ])
    })

    it('by somebody suspended is refused', async () => {
      await place.suspend(place.kit)
      await refusedWith(claim(), 'suspended', { operatorCode: '2', details: { reason: 'suspended' } })
    })

    it('by another than the one who is awaited is refused', async () => {
      const awaited = { ...anyone, operator: place.patricia }
      await refusedWith(claim({}, awaited), 'other-operator-expected', {
        details: { reason: 'other-operator' },
      })
    })

    it('is worth nothing once its password was given by somebody else, with or without another’s word', async () => {
      const claimed = await claim()
      const hash = await quickHash('un mot de passe provisoire')
      await place.storage.write((trx) => place.operators.setPasswordHash(trx, place.kit.id, hash, true))
      const row = { operatorCode: '2', means: 'psc', details: { reason: 'wrong-credentials' } }
      await refusedWith(confirm(null, claimed), 'wrong-credentials', row)
      expect((await refusalOf(confirm(titulairesWord, claimed))).code).toBe('wrong-credentials')
      expect(await kitHas()).toBeNull()
    })

    it.each<[string, Partial<PscIdentity>, Partial<Claim>]>([
      ['the same names', {}, { namesDiffer: false, authorisation: false }],
      ['the same names, accents apart', { firstName: 'KÏT' }, { namesDiffer: false, authorisation: false }],
      ['another last name', { lastName: 'ADJOINTPHARM' }, { namesDiffer: true, authorisation: false }],
      ['another first name', { firstName: 'TEST' }, { namesDiffer: true, authorisation: false }],
      [
        'two other names',
        { firstName: 'TEST', lastName: 'TEST' },
        { namesDiffer: true, authorisation: true },
      ],
      ['no names', { firstName: '', lastName: '' }, { namesDiffer: true, authorisation: true }],
      ['another profession', { professions: ['pharmacien'] }, { namesDiffer: false, authorisation: true }],
      ['no profession', { professions: [] }, { namesDiffer: false, authorisation: false }],
    ])('with %s says what it takes to confirm it', async (_, identity, expected) => {
      expect(await claim(identity)).toMatchObject(expected)
    })
  })

  describe('a claim confirmed', () => {
    it('gives the RPPS and lets its operator in, each with its row', async () => {
      expect(await confirm()).toEqual({ ...place.kit, rpps: kitsRpps })
      expect(await place.operators.byRpps(kitsRpps)).toMatchObject({ id: place.kit.id })
      const rows = await place.rows()
      const kit = { operatorId: place.kit.id, operatorCode: '2', means: 'psc', outcome: 'done' }
      const details = { acr: 'eidas3', authMode: 'CARD', confirmedBy: 'password' }
      expect(rows).toMatchObject([
        { kind: 'operator.rpps-linked', ...kit, details: { rpps: kitsRpps.digits, authorisedBy: null } },
        { kind: 'identification.succeeded', ...kit, details },
        { kind: 'session.connected', ...kit },
      ])
      expect(new Set(rows.map(({ reference }) => reference)).size).toBe(1)
    })

    it('connects directly the next time', async () => {
      await confirm()
      const judgement = await place.psc.judge(asserted(), 0, anyone, 'session')
      expect(judgement).toMatchObject({ kind: 'admitted', operator: { code: '2' } })
    })

    it('is undone as a whole when its rows cannot be written', async () => {
      place.breakAdmissions(new Error('no row'))
      await expect(confirm()).rejects.toThrow('no row')
      await expect(confirm(titulairesWord)).rejects.toThrow('no row')
      expect([await kitHas(), await place.rows()]).toEqual([null, []])
    })

    it('is refused with StorageError when the database refuses', async () => {
      await place.storage.write((trx) => trx.schema.dropTable('journal').execute())
      await expect(confirm()).rejects.toMatchObject({ name: 'StorageError' })
      expect(await kitHas()).toBeNull()
    })

    it('is refused once somebody else has the RPPS', async () => {
      await place.giveRpps(place.patricia, kitsRpps)
      const row = { operatorCode: '2', details: { reason: 'rpps-of-another' } }
      await refusedWith(confirm(), 'rpps-of-another', row)
    })

    it('is refused once its operator has another RPPS', async () => {
      await place.giveRpps(place.kit, newRpps)
      expect(await refusalOf(confirm())).toMatchObject({ code: 'operator-has-other-rpps' })
      expect(await kitHas()).toEqual(newRpps)
      expect(await kinds()).toEqual(['identification.refused'])
    })

    it('is refused once its operator is suspended', async () => {
      await place.suspend(place.kit)
      await refusedWith(confirm(), 'suspended', { details: { reason: 'suspended' } })
    })

    it('is refused once its attempt is over', async () => {
      const over = { ...anyone, allows: () => cancelled }
      await refusedWith(confirm(null, {}, over), 'attempt-over', { details: { reason: 'cancelled' } })
    })

    it('by two operators at once gives one RPPS to one of them', async () => {
      await place.giveRpps(place.patricia, null)
      const answers = await Promise.allSettled([
        confirm(),
        confirm(titulairesWord, { operator: place.patricia, authorisation: true }),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'rpps-of-another' },
      })
      const linked = (await kinds()).filter((kind) => kind === 'operator.rpps-linked')
      expect(linked).toHaveLength(1)
    })
  })

  describe('a claim that wants an authorised person', () => {
    const wanted = { namesDiffer: true, authorisation: true }

    it('is refused without one', async () => {
      expect(await refusalOf(confirm(null, wanted))).toMatchObject({ code: 'authorisation-needed' })
      expect([await kitHas(), await place.rows()]).toEqual([null, []])
    })

    it('is confirmed by the titulaire’s password, who is journalled', async () => {
      await confirm(titulairesWord, wanted)
      expect(await kitHas()).toEqual(kitsRpps)
      const rows = await place.rows()
      expect(rows.map(({ kind, operatorCode }) => [kind, operatorCode])).toEqual([
        ['operator.rpps-linked', '2'],
        ['identification.succeeded', '2'],
        ['session.connected', '2'],
      ])
      expect(rows[0]?.details).toEqual({
        rpps: kitsRpps.digits,
        authorisedBy: { id: place.titulaire.id, code: '9' },
      })
    })

    it('is not confirmed by anybody else, nor by its own operator', async () => {
      for (const code of ['1', '2']) {
        const refusal = await refusalOf(confirm({ code, password: right }, wanted))
        expect(refusal.code).toBe('authorisation-needed')
        expect((await place.rows()).at(-1)).toMatchObject({
          operatorCode: code,
          reference: refusal.reference,
          details: { reason: 'not-authorised' },
        })
      }
      expect(await kitHas()).toBeNull()
    })

    it('is not confirmed by a wrong password of the titulaire', async () => {
      const wrong = confirm({ code: '9', password: 'faux' }, wanted)
      await refusedWith(wrong, 'wrong-credentials', { operatorCode: '9' })
    })

    it('is not confirmed by a titulaire who is suspended', async () => {
      await place.suspend(place.titulaire)
      await refusedWith(confirm(titulairesWord, wanted), 'suspended', { operatorCode: '9' })
    })

    it('is refused once somebody else has the RPPS, whoever authorises it', async () => {
      await place.giveRpps(place.patricia, kitsRpps)
      const row = { operatorCode: '2', details: { reason: 'rpps-of-another' } }
      await refusedWith(confirm(titulairesWord, wanted), 'rpps-of-another', row)
      expect(await place.operators.byRpps(kitsRpps)).toMatchObject({ id: place.patricia.id })
    })

    it('is wanted too where the role has changed since the claim', async () => {
      await place.giveRole(place.kit, 'adjoint')
      expect(await refusalOf(confirm())).toMatchObject({ code: 'authorisation-needed' })
    })
  })
})
