import { expect, test } from 'vitest'
import type { Purpose } from '../identification/purpose.ts'
import type { Operator } from '../operators/operator.ts'
import { freshSession, locked, nobody, type SessionState } from '../session/session.ts'
import { builtInModules } from '../modules/module.ts'
import { createRecentList, mostOffered } from './recent-operators.ts'

const now = new Date('2027-03-01T10:00:00.000Z')

function operator(code: string, more: Partial<Operator> = {}): Operator {
  return {
    id: `id-${code}`,
    code,
    firstName: 'PATRICIA',
    lastName: 'ADJOINTPHARM',
    role: 'preparateur',
    rpps: null,
    suspended: false,
    firstDay: null,
    lastDay: null,
    rights: [],
    ...more,
  }
}

/** What is offered of these, in the order that they last came in. */
async function offered(
  recent: readonly Operator[],
  {
    purpose = { kind: 'switch' },
    state = nobody,
    shown = true,
  }: { purpose?: Purpose; state?: SessionState; shown?: boolean } = {},
) {
  const list = createRecentList({
    recent: { read: async () => [...recent] },
    shown: () => shown,
    clock: { now: () => now },
    session: { state: () => state },
    changed: () => undefined,
  })
  await list.refresh()
  return list.offered(purpose)
}

const codes = async (...asked: Parameters<typeof offered>): Promise<string> =>
  (await offered(...asked)).map(({ code }) => code).join(' ')

function heldBy(held: Operator): SessionState {
  return locked(
    { ...nobody, session: { kind: 'connected', held: freshSession(held, { kind: 'password' }, 4, now, 0) } },
    'switch',
  )
}

test('nothing of a name goes to the window but the first name and an initial', async () => {
  const rpps = { kind: 'rpps', digits: '99700261797' } as const
  const told = await offered([
    operator('1', { rpps, role: 'titulaire' }),
    operator('12', { lastName: 'Abc' }),
  ])
  expect(told).toEqual([
    { code: '1', name: 'Patricia A.' },
    { code: '12', name: 'Patricia A.' },
  ])
})

test('nobody is offered where one person is awaited, by Pro Santé Connect, or where the settings hide it', async () => {
  const one = operator('1')
  const module = { id: 'dmp', label: 'DMP', access: 'psc', session: false } as const
  const dmp = { ...module, launch: { kind: 'browser', url: 'https://exemple.fr' } } as const
  const open = { module: dmp, operator: one, bringForward: async () => true, close: () => undefined }
  const purposes: Purpose[] = [
    { kind: 'renew', operator: one },
    { kind: 'unlock', operator: one },
    { kind: 'step-up', module: dmp, operator: one },
    { kind: 'open-module', module: dmp },
    { kind: 'resume-module', operator: one, open },
  ]
  for (const purpose of purposes) expect(await codes([one, operator('2')], { purpose })).toBe('')
  expect(await codes([one], { shown: false })).toBe('')
})

test('neither who is left, nor who may not work, nor whom the module would refuse', async () => {
  const [left, gone, over, soon, there] = [
    operator('1'),
    operator('2', { suspended: true }),
    operator('3', { lastDay: '2027-02-28' }),
    operator('4', { firstDay: '2027-03-02' }),
    operator('5', { rights: ['read-journal'] }),
  ]
  const all = [left, gone, over, soon, there, operator('6')]
  expect(await codes(all, { state: heldBy(left) })).toBe('5 6')
  const journal = builtInModules.find(({ id }) => id === 'comptoir:journal')
  if (journal === undefined) throw new Error('no journal')
  expect(await codes(all, { purpose: { kind: 'open-module', module: journal } })).toBe('5')
})

test('six at most, the last who came in first', async () => {
  const many = Array.from({ length: 9 }, (_, index) => operator(String(index)))
  expect(await codes(many)).toBe('0 1 2 3 4 5')
  expect(mostOffered).toBe(6)
})

test('a database that does not answer leaves them as they were', async () => {
  let broken = false
  const list = createRecentList({
    recent: { read: async () => (broken ? Promise.reject(new Error('busy')) : [operator('1')]) },
    shown: () => true,
    clock: { now: () => now },
    session: { state: () => nobody },
    changed: () => undefined,
  })
  await list.refresh()
  broken = true
  await list.refresh()
  expect(list.offered({ kind: 'connect' })).toHaveLength(1)
})
