import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  anyone,
  identified,
  openCounter,
  quickHash,
  type Counter,
} from '../identification/testing/counter.ts'
import type { Operator } from '../operators/operator.ts'
import { heldSessions } from '../session/session.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { lookAtHeld } from './held-operators.ts'

describe.each(engines)('what another program did, on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
  })
  afterEach(() => database.dispose())

  const look = () => lookAtHeld(place)
  const comeIn = (operator: Operator): void => place.session.admit(operator, { kind: 'password' })
  const comeInByPsc = async () => {
    const judged = await place.psc.judge(identified(), 0, anyone, 'session')
    if (judged.kind !== 'admitted') expect.unreachable()
    place.session.admit(judged.operator, {
      kind: 'psc',
      credential: 'card',
      inBrowser: true,
      acr: 'eidas3',
      acrFrom: 'psc',
      endsAt: 3_600_000,
    })
  }
  const reset = async ({ id }: Operator, provisional = true) => {
    const hash = await quickHash('lavande parasol tabouret')
    await place.storage.write((trx) => place.operators.setPasswordHash(trx, id, hash, provisional))
  }
  const heldBy = () => heldSessions(place.session.state()).map(({ operator }) => operator.code)
  const endings = async () => {
    const rows = await place.rows()
    return rows
      .filter(({ kind }) => kind === 'session.ended')
      .map(({ operatorCode, details }) => [operatorCode, details['reason']])
  }

  test('ends the sessions of who was suspended, has departed or was given a password, in front or not', async () => {
    comeIn(place.patricia)
    comeIn(place.kit)
    comeIn(place.titulaire)
    place.session.lock('idle')
    await place.suspend(place.patricia)
    await place.storage.write((trx) => place.operators.depart(trx, place.kit.id))
    await reset(place.titulaire)
    await look()
    expect(heldBy()).toEqual([])
    expect(await endings()).toEqual([
      ['9', 'password-reset'],
      ['1', 'suspended'],
      ['2', 'suspended'],
    ])
  })

  test('is known of a session that goes on: its role, its last day, its RPPS', async () => {
    await comeInByPsc()
    await place.giveRole(place.patricia, 'preparateur')
    await look()
    expect(place.session.connected()).toMatchObject({
      operator: { role: 'preparateur' },
      means: { kind: 'psc' },
    })
    await place.giveRpps(place.patricia, null)
    await look()
    expect(place.session.connected()).toMatchObject({ operator: { rpps: null }, means: { kind: 'psc-left' } })
    expect(await endings()).toEqual([])
  })

  test('changes nothing where there is nothing', async () => {
    comeIn(place.patricia)
    comeIn(place.kit)
    let changes = 0
    place.session.onChange(() => (changes += 1))
    await look()
    expect([heldBy(), changes]).toEqual([['2', '1'], 0])
  })

  test('throws out neither who came in by Pro Santé Connect nor who has replaced what they were given', async () => {
    await place.makeProvisional(place.patricia)
    await comeInByPsc()
    await reset(place.kit)
    await reset(place.kit, false)
    comeIn(place.kit)
    await look()
    expect(heldBy()).toEqual(['2', '1'])
  })

  test('says nothing of a session that began while it was read', async () => {
    comeIn(place.kit)
    await reset(place.kit)
    // The row is read, then Kit replaces the password and comes in, then the look goes on.
    const operators = {
      memberById: async (id: string) => {
        const member = await place.operators.memberById(id)
        await reset(place.kit, false)
        place.session.end('disconnect')
        comeIn(place.kit)
        return member
      },
    }
    await lookAtHeld({ session: place.session, operators })
    expect(heldBy()).toEqual(['2'])
  })

  test('is not known while the database cannot be read', async () => {
    comeIn(place.kit)
    const operators = { memberById: () => Promise.reject(new Error('away')) }
    await lookAtHeld({ session: place.session, operators })
    expect(heldBy()).toEqual(['2'])
  })
})
