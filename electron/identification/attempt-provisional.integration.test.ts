import { expect, it } from 'vitest'
import { identified, right } from './testing/counter.ts'
import { openRoad, pscModule } from './testing/road.ts'
import type { Purpose } from './purpose.ts'

const chosen = 'tunnel moutarde girafe'
const module = { ...pscModule, access: 'operator' } as const

/** An attempt for this purpose, by Patricia's provisional password. */
async function withProvisional(purposeOf: (road: Awaited<ReturnType<typeof openRoad>>) => Purpose) {
  const road = await openRoad()
  await road.makeProvisional(road.patricia)
  road.attempts.begin(purposeOf(road))
  await road.attempts.submit(road.id(), '1', right)
  return road
}

it.each<[string, Parameters<typeof withProvisional>[0]]>([
  ['connect', () => ({ kind: 'connect' })],
  ['switch', () => ({ kind: 'switch' })],
  ['renew', ({ patricia }) => ({ kind: 'renew', operator: patricia })],
  ['open-module', () => ({ kind: 'open-module', module })],
  [
    'resume-module',
    ({ patricia }) => ({
      kind: 'resume-module',
      operator: patricia,
      open: { module, operator: patricia, bringForward: () => Promise.resolve(true), close: () => undefined },
    }),
  ],
])('asks for another password before it lets in (%s)', async (_, purposeOf) => {
  const road = await withProvisional(purposeOf)
  expect(road.stepKind()).toBe('provisional-password')
  expect([road.session.connected(), road.succeeded]).toEqual([null, []])
  await expect(road.attempts.setProvisionalPassword(road.id(), right)).rejects.toMatchObject({
    code: 'password-unchanged',
  })
  await expect(road.attempts.setProvisionalPassword(road.id(), 'faible')).rejects.toMatchObject({
    code: 'weak-password',
  })
  expect(road.stepKind()).toBe('provisional-password')
  await road.attempts.setProvisionalPassword(road.id(), chosen)
  expect(road.session.connected()?.operator).toEqual(road.patricia)
  expect(road.succeeded).toMatchObject([{ operator: road.patricia, idToken: null }])
  expect(road.stepKind()).toBe('none')
})

it('is as before once it is cancelled', async () => {
  const road = await withProvisional(() => ({ kind: 'connect' }))
  const id = road.id()
  road.attempts.cancel()
  await expect(road.attempts.setProvisionalPassword(id, chosen)).rejects.toMatchObject({
    code: 'attempt-over',
  })
  expect(await road.operators.isProvisional(road.patricia.id)).toBe(true)
  road.attempts.begin({ kind: 'connect' })
  await road.attempts.submit(road.id(), '1', right)
  expect(road.stepKind()).toBe('provisional-password')
})

it('is not kept for whoever comes next', async () => {
  const road = await withProvisional(() => ({ kind: 'connect' }))
  road.pass(5 * 60_000)
  expect(road.failure()).toMatchObject({ code: 'password-not-chosen' })
  await expect(road.attempts.setProvisionalPassword(road.id(), chosen)).rejects.toMatchObject({
    code: 'attempt-over',
  })
  expect(await road.operators.isProvisional(road.patricia.id)).toBe(true)
})

it('lets in nobody whom another attempt has replaced', async () => {
  const road = await withProvisional(() => ({ kind: 'connect' }))
  const choosing = road.attempts.setProvisionalPassword(road.id(), chosen)
  road.attempts.begin({ kind: 'connect' })
  await expect(choosing).rejects.toMatchObject({ code: 'attempt-over' })
  expect(road.session.connected()).toBeNull()
  expect(await road.operators.isProvisional(road.patricia.id)).toBe(true)
})

it('does not confirm who Pro Santé Connect says is here', async () => {
  const road = await openRoad()
  await road.makeProvisional(road.patricia)
  await road.begin()
  road.web.lastLogin().answer({ kind: 'identified', authentication: identified({ age: 600 }) })
  await road.at('wrong-person')
  await road.attempts.answerWrongPerson(road.id(), 'yes')
  await expect(road.attempts.confirmPerson(road.id(), right)).rejects.toMatchObject({
    code: 'provisional-password',
  })
  expect(road.stepKind()).toBe('wrong-person')
  expect(road.session.connected()).toBeNull()
})
