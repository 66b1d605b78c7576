import { expect, it } from 'vitest'
import type { NewcomerForm } from '../ipc/operator-views.ts'
import { identified, newRpps, right } from './testing/counter.ts'
import { openRoad, timeoutSeconds, type Road } from './testing/road.ts'

const names = { firstName: 'ANNE', lastName: 'REMPLACANTE' }
const anne = identified({ identity: { rpps: newRpps, ...names } })
const form: NewcomerForm = {
  code: '3',
  ...names,
  role: 'remplacant',
  firstDay: '2026-03-02',
  lastDay: '2026-03-02',
  password: 'tunnel moutarde girafe',
}

/** Sends the browser out for somebody without a code, who comes back as this. */
async function comeBackAs(road: Road, authentication = anne): Promise<void> {
  road.attempts.begin({ kind: 'connect' })
  await road.goOut('startNewcomer')
  road.web.lastLogin().answer({ kind: 'identified', authentication })
}

it('goes from the browser to the form, to who lets in, to the session', async () => {
  const road = await openRoad()
  await comeBackAs(road)
  await road.at('newcomer')
  expect(road.attempt().step).toMatchObject({ proposed: { code: '3', role: 'remplacant', ...names } })
  await road.attempts.describeNewcomer(road.id(), { ...form, code: 'anne' })
  expect(road.stepKind()).toBe('newcomer-authorise')
  road.attempts.correctNewcomer(road.id())
  expect(road.attempt().step).toMatchObject({ kind: 'newcomer', proposed: { code: 'ANNE' } })
  await road.attempts.describeNewcomer(road.id(), form)
  await expect(road.attempts.authoriseNewcomer(road.id(), '9', 'faux')).rejects.toMatchObject({
    code: 'wrong-credentials',
  })
  expect(road.session.connected()).toBeNull()
  await road.attempts.authoriseNewcomer(road.id(), '9', right)
  expect(road.session.connected()?.operator).toMatchObject({ code: '3', rpps: newRpps })
  expect(road.succeeded).toMatchObject([{ operator: { code: '3' }, idToken: 'id-token' }])
  expect(road.steps.at(-1)).toBe('none')
})

it('lets in who has a code after all', async () => {
  const road = await openRoad()
  await comeBackAs(road, identified())
  await road.at('none')
  expect(road.session.connected()?.operator).toEqual(road.patricia)
})

it('is offered to who pressed Pro Santé Connect first, without asking them again', async () => {
  const road = await openRoad()
  await road.begin()
  road.web.lastLogin().answer({ kind: 'identified', authentication: anne })
  await road.at('association')
  await road.attempts.startNewcomer(road.id())
  expect(road.attempt().step).toMatchObject({ kind: 'newcomer', asserted: { identity: anne.identity } })
  expect(road.web.logins).toHaveLength(1)
})

it('is not offered to whom the browser still had', async () => {
  const road = await openRoad()
  await road.begin()
  road.web.lastLogin().answer({ kind: 'identified', authentication: { ...anne, age: 600 } })
  await road.at('wrong-person')
  await road.attempts.answerWrongPerson(road.id(), 'yes')
  await expect(road.attempts.startNewcomer(road.id())).rejects.toMatchObject({ code: 'refused' })
  expect(road.stepKind()).toBe('association')
})

it('is refused where one operator is awaited', async () => {
  const road = await openRoad()
  road.attempts.begin({ kind: 'renew', operator: road.patricia })
  await expect(road.attempts.startNewcomer(road.id())).rejects.toMatchObject({ code: 'refused' })
  expect(road.web.logins).toEqual([])
})

it.each(['newcomer', 'newcomer-authorise'] as const)('leaves nothing once cancelled at %s', async (step) => {
  const road = await openRoad()
  await comeBackAs(road)
  await road.at('newcomer')
  if (step === 'newcomer-authorise') await road.attempts.describeNewcomer(road.id(), form)
  const id = road.id()
  road.attempts.cancel()
  await expect(road.attempts.authoriseNewcomer(id, '9', right)).rejects.toMatchObject({
    code: 'attempt-over',
  })
  expect(await road.operators.count()).toBe(3)
  expect(await road.rows()).toMatchObject([
    { kind: 'identification.failed', reference: expect.any(String), details: { reason: 'cancelled' } },
  ])
})

it('gives time to fill in the form and to fetch somebody, and no more', async () => {
  const road = await openRoad()
  await comeBackAs(road)
  await road.at('newcomer')
  road.pass(timeoutSeconds * 1000)
  await road.attempts.describeNewcomer(road.id(), form)
  road.pass(599_000)
  expect(road.stepKind()).toBe('newcomer-authorise')
  road.pass(1000)
  expect(road.failure()).toMatchObject({ code: 'psc-expired' })
  expect(await road.operators.count()).toBe(3)
})
