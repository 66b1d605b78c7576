import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { claimsOf, grantedTo } from './claims.ts'
import type { Opening, SessionEvent } from './opening.ts'
import { byCard, everything, gate, patricia, paul, workplace, type Workplace } from './testing/workplace.ts'

let place: Workplace
beforeEach(() => {
  place = workplace()
  place.session.admit(patricia, { kind: 'password' })
})
afterEach(() => place.stop())

const heldBy = (evidence: Parameters<Workplace['session']['admit']>[1], operator = patricia) => {
  place.session.admit(operator, evidence)
  const held = place.session.connected()
  if (held === null) throw new Error('nobody')
  return held
}

describe('what a module is granted', () => {
  it('is nothing, all, or what the settings name', () => {
    expect(grantedTo({ session: false })).toBeNull()
    expect(grantedTo({ session: true })).toEqual(everything)
    expect(grantedTo({ session: { claims: ['code'] } })).toEqual(['code'])
  })

  it('is all that it is told, besides when the session began and ends', () => {
    const times = { since: '2026-03-02T07:00:00.000Z', until: '2026-03-02T11:00:00.000Z' }
    const held = heldBy(byCard())
    expect(claimsOf(held, everything)).toEqual({
      ...times,
      code: '1',
      given_name: 'Patricia',
      family_name: 'Adjointpharm',
      role: 'adjoint',
      rpps: '99700261797',
      means: 'psc-card',
      acr: 'eidas2',
    })
    expect(claimsOf(held, ['role'])).toEqual({ ...times, role: 'adjoint' })
    expect(Object.keys(claimsOf(heldBy({ kind: 'password' }, paul), everything))).not.toContain('rpps')
  })

  it.each([
    [{ kind: 'password' }, 'password', undefined],
    [byCard({ credential: 'e-cps' }), 'psc-e-cps', 'eidas2'],
    [byCard({ credential: 'unknown' }), 'psc', 'eidas2'],
    [byCard({ acrFrom: 'broker' }), 'psc-card', undefined],
    [byCard({ acr: null }), 'psc-card', undefined],
  ] as const)('tells a level only by Pro Santé Connect’s own word: %o', (evidence, means, acr) => {
    const { means: told, acr: level } = claimsOf(heldBy(evidence), everything)
    expect([told, level]).toEqual([means, acr])
  })

  it('tells no level once Pro Santé Connect has been left', () => {
    heldBy(byCard())
    place.session.leavePsc('operator')
    const held = place.session.connected()
    const claims = held === null ? null : claimsOf(held, everything)
    expect(claims).toMatchObject({ means: 'after-psc' })
    expect(claims).not.toHaveProperty('acr')
  })
})

describe('the token', () => {
  it('is signed for this module, about this operator, until the session’s end, by a key that never leaves', async () => {
    const token = (await place.open('stock', { granted: ['code'] }).give()) ?? ''
    const keys = await place.signer.keys()
    expect(keys.keys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ])
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      audience: 'stock',
      issuer: 'comptoir:poste',
      currentDate: new Date('2026-03-02T07:00:01Z'),
    })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: keys.keys[0]?.kid })
    expect(payload).toEqual({
      code: '1',
      since: '2026-03-02T07:00:00.000Z',
      until: '2026-03-02T11:00:00.000Z',
      iss: 'comptoir:poste',
      aud: 'stock',
      sub: 'id-1',
      iat: Date.parse('2026-03-02T07:00:00Z') / 1000,
      exp: Date.parse('2026-03-02T11:00:00Z') / 1000,
      jti: expect.stringMatching(/^[\da-f-]{36}$/u),
    })
  })

  it('is another one of another run’s key', async () => {
    const other = workplace()
    const token = (await place.open().give()) ?? ''
    await expect(jwtVerify(token, createLocalJWKSet(await other.signer.keys()))).rejects.toThrow()
    await other.stop()
  })

  it('is journalled before it is given, once for a session', async () => {
    const opening = place.open()
    const answered = gate()
    place.journalWaitsFor(answered.passed)
    let given = false
    const first = opening.give().then(() => (given = true))
    await new Promise(setImmediate)
    expect([given, place.rows]).toEqual([false, []])
    answered.open()
    await first
    await opening.give()
    expect(place.rows).toEqual([
      {
        kind: 'module.session-given',
        outcome: 'done',
        module: 'stock',
        operator: { id: 'id-1', code: '1' },
        means: 'password',
        details: {},
      },
    ])
    place.pass(1)
    place.session.end('disconnect')
    place.session.admit(patricia, { kind: 'password' })
    await opening.give()
    expect(place.rows).toHaveLength(2)
  })

  it('is journalled once, although the row of the session before fails meanwhile', async () => {
    const opening = place.open()
    const answered = gate()
    place.journalWaitsFor(() => answered.passed().then(() => Promise.reject(new Error('disk'))))
    const before = opening.give()
    place.session.end('disconnect')
    place.pass(1)
    place.session.admit(patricia, { kind: 'password' })
    place.journalWaitsFor(() => Promise.resolve())
    await opening.give()
    answered.open()
    await expect(before).rejects.toThrow('disk')
    await opening.give()
    expect(place.rows).toHaveLength(1)
  })

  it('is not given when the journal fails, nor to whom left while it was written', async () => {
    const opening = place.open()
    place.journalWaitsFor(() => Promise.reject(new Error('disk')))
    await expect(opening.give()).rejects.toThrow('disk')
    const answered = gate()
    place.journalWaitsFor(answered.passed)
    const given = opening.give()
    place.session.lock('switch')
    answered.open()
    expect(await given).toBeNull()
  })
})

describe('a module that follows', () => {
  it('hears that its operator went and came back, and never who came meanwhile', async () => {
    const { settle, heard } = hearing(place.open())
    await settle('connected 1 password')
    place.session.lock('switch')
    expect(heard).toEqual(['locked'])
    place.session.admit(paul, { kind: 'password' })
    expect(heard).toEqual(['locked', 'changed'])
    place.session.lock('idle')
    place.session.end('disconnect')
    place.session.admit(paul, { kind: 'password' })
    expect(heard).toEqual(['locked', 'changed'])
    place.session.admit(patricia, { kind: 'password' })
    await settle('locked', 'changed', 'resumed 1 password')
    place.session.end('disconnect')
    place.session.admit(paul, { kind: 'password' })
    expect(heard).toEqual(['ended session'])
    place.session.admit(patricia, { kind: 'password' })
    await settle('ended session', 'resumed 1 password')
  })

  it('hears the end of a session that was put aside', async () => {
    const { settle } = hearing(place.open())
    await settle('connected 1 password')
    place.session.admit(paul, { kind: 'password' })
    place.session.operatorChanged({ ...patricia, suspended: true }, 'changed')
    await settle('changed', 'ended session')
  })

  it('hears what its token says change', async () => {
    const { settle } = hearing(place.open())
    await settle('connected 1 password')
    place.session.admit(patricia, byCard())
    await settle('connected 1 psc-card')
    place.session.leavePsc('operator')
    await settle('connected 1 after-psc')
  })

  it('that asks for Pro Santé Connect hears its end', async () => {
    place.session.admit(patricia, byCard())
    const { settle, opening } = hearing(place.open('dmp', { access: 'psc' }))
    await settle('connected 1 psc-card')
    place.session.leavePsc('operator')
    await settle('ended session')
    expect(await opening.give()).toBeNull()
  })

  it('hears what is taken away at once, whatever the journal does, and no token then', async () => {
    const answered = gate()
    place.journalWaitsFor(answered.passed)
    const { heard, settle } = hearing(place.open())
    place.session.lock('switch')
    expect(heard).toEqual(['locked'])
    answered.open()
    place.session.admit(patricia, { kind: 'password' })
    await settle('locked', 'resumed 1 password')
  })

  it('is to ask again when the journal fails', async () => {
    place.journalWaitsFor(() => Promise.reject(new Error('disk')))
    await hearing(place.open()).settle('nothing more')
  })

  it('hears nothing after its end, nor after it stopped', async () => {
    const first = hearing(place.open())
    const second = hearing(first.opening)
    await first.settle('connected 1 password')
    await second.settle('connected 1 password')
    second.stop()
    expect(first.opening.followers()).toBe(1)
    first.opening.end('closed')
    first.opening.end('revoked')
    place.session.lock('switch')
    place.session.admit(patricia, { kind: 'password' })
    await first.settle('ended closed')
    expect([second.heard, await first.opening.give()]).toEqual([[], null])
    await hearing(first.opening).settle('ended closed')
  })
})

/** An event: its name, whose token it bore and by what means, or why it is the last one. */
function line(event: SessionEvent | null): string {
  if (event === null) return 'nothing more'
  if (!('token' in event.data)) return [event.name, ...Object.values(event.data)].join(' ')
  const { code, means } = decodeJwt(event.data.token)
  return `${event.name} ${String(code)} ${String(means)}`
}

/** The names heard, and whose token each bore. */
function hearing(opening: Opening) {
  const heard: string[] = []
  const stop = opening.follow((event: SessionEvent | null) => heard.push(line(event)))
  const settle = async (...expected: string[]): Promise<void> => {
    await expect.poll(() => heard).toEqual(expected)
    heard.length = 0
  }
  return { heard, stop, settle, opening }
}
