import { beforeEach, describe, expect, it } from 'vitest'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import { identified, kitsRpps, newRpps, quiet, until } from './testing/counter.ts'
import { openRoad, pscModule, type Road } from './testing/road.ts'
import type { Purpose } from './purpose.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (more: Parameters<typeof identified>[0] = {}): PscAnswer => ({
  kind: 'identified',
  authentication: identified({ ...more, trace: { flow: 'ciba' } }),
})
const ask = async (typed: string, purpose: Purpose = { kind: 'connect' }): Promise<void> => {
  place.attempts.begin(purpose)
  const before = place.pocket.calls.length
  await place.attempts.startPhone(place.id(), typed)
  await until(() => place.pocket.calls.length > before)
}
const kinds = async () => (await place.rows()).map(({ kind }) => kind)

describe('another person than the one who was asked', () => {
  it.each([
    ['of the team', '1', kitsRpps],
    ['whom nobody knows', '1', newRpps],
    ['of the team, instead of somebody whom nobody knows', newRpps.digits, kitsRpps],
  ])('changes nothing (%s)', async (_, typed, rpps) => {
    await place.giveRpps(place.kit, kitsRpps)
    await ask(typed)
    place.pocket.last().answer(by({ identity: { rpps } }))
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'psc-other-rpps' })
    expect(place.failure()?.message).not.toContain('undefined')
    expect(place.session.connected()).toBeNull()
    expect(await place.rows()).toMatchObject([
      {
        kind: 'identification.refused',
        reference: place.failure()?.reference,
        details: { reason: 'other-rpps', flow: 'ciba' },
      },
    ])
    // No browser has their session.
    await place.goOut()
    expect(place.web.logouts).toEqual([])
  })

  it('changes nothing in a step-up, nor does somebody without RPPS', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    place.session.admit(place.patricia, { kind: 'password' })
    const before = place.session.state()
    for (const rpps of [kitsRpps, newRpps, null]) {
      place.pass(600_000)
      await ask('', { kind: 'step-up', module: pscModule, operator: place.patricia })
      place.pocket.last().answer(by({ identity: { rpps }, returnedAt: place.clock.monotonic() }))
      await place.at('ask')
      expect(place.session.state()).toBe(before)
    }
  })
})

describe('a phone that was given up', () => {
  it.each([0, 1, 2, 4, 8])(
    'for the browser while its answer is judged lets nobody in (%i)',
    async (turns) => {
      await ask('1')
      place.pocket.last().answer(by())
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      place.attempts.startPsc(place.id())
      await quiet()
      expect([place.stepKind(), place.session.connected()]).toEqual(['browser', null])
      const [row, ...others] = await place.rows()
      expect(others).toEqual([])
      expect(row).toMatchObject({ details: { flow: 'ciba', reason: 'cancelled' } })
    },
  )

  it.each<[string, () => PscAnswer]>([
    ['an identity', () => by()],
    ['a stale identity', () => by({ age: 600 })],
    ['a failure', () => failed('unreachable')],
  ])('lets nobody in by what comes afterwards: %s', async (_, answer) => {
    place.pocket.deafen()
    await ask('1')
    place.attempts.cancel()
    const { sent, answer: comeBackWith, cancelled } = place.pocket.last()
    expect(cancelled()).toBe(true)
    sent(120)
    comeBackWith(answer())
    await quiet()
    expect(place.attempts.current()).toEqual({ kind: 'none' })
    expect(place.session.connected()).toBeNull()
    expect(await kinds()).toEqual(['identification.failed'])
  })

  it('lets nobody in when the answer comes in the same turn, before or after', async () => {
    for (const order of ['before', 'after'] as const) {
      place.pass(600_000)
      await ask('1')
      const { answer } = place.pocket.last()
      if (order === 'before') answer(by({ returnedAt: place.clock.monotonic() }))
      place.attempts.cancel()
      if (order === 'after') answer(by({ returnedAt: place.clock.monotonic() }))
      await quiet()
      expect([place.stepKind(), place.session.connected()]).toEqual(['none', null])
    }
    expect(await kinds()).toEqual(['identification.failed', 'identification.failed'])
  })

  it('lets nobody in while the answer is judged', async () => {
    await ask('1')
    place.pocket.last().answer(by())
    await Promise.resolve()
    place.attempts.cancel()
    await quiet()
    expect(place.session.connected()).toBeNull()
    expect(await kinds()).not.toContain('session.connected')
  })

  it('says nothing to the attempt that took its place', async () => {
    place.pocket.deafen()
    await ask('1')
    const first = place.pocket.last()
    place.pass(600_000)
    await ask('1', { kind: 'switch' })
    first.sent(10)
    first.answer(by())
    await quiet()
    expect(place.attempt()).toMatchObject({
      purpose: { kind: 'switch' },
      step: { kind: 'phone', seconds: 180 },
    })
    expect(place.session.connected()).toBeNull()
  })

  it('before it could be asked never rings, and the journal has it', async () => {
    const bring = place.pocket.holdBack()
    place.attempts.begin({ kind: 'connect' })
    await place.attempts.startPhone(place.id(), '1')
    expect(place.stepKind()).toBe('phone')
    place.attempts.cancel()
    bring()
    await quiet()
    expect(place.pocket.calls).toEqual([])
    expect(await kinds()).toEqual(['identification.failed'])
  })

  it('while its request was being counted never rings', async () => {
    place.attempts.begin({ kind: 'connect' })
    const started = place.attempts.startPhone(place.id(), '1')
    place.attempts.cancel()
    await expect(started).rejects.toMatchObject({ code: 'attempt-over' })
    expect(place.pocket.calls).toEqual([])
  })
})

it('is not asked from a step that has gone further', async () => {
  await ask('1')
  place.pocket.last().answer(by({ age: 600 }))
  await place.at('wrong-person')
  await expect(place.attempts.startPhone(place.id(), '1')).rejects.toMatchObject({ code: 'attempt-over' })
  await expect(place.attempts.startPhone(place.id() + 1, '1')).rejects.toMatchObject({ code: 'attempt-over' })
})

it('is not asked where it is not offered', async () => {
  const { attempts, id, stepKind } = await openRoad({ byPhone: false })
  attempts.begin({ kind: 'connect' })
  await expect(attempts.startPhone(id(), '1')).rejects.toMatchObject({ code: 'refused' })
  expect(stepKind()).toBe('ask')
})
