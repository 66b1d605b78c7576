import { describe, expect, it } from 'vitest'
import { settingsSchema } from './schema.ts'

const launches = {
  program: { kind: 'program', command: '/bin/true' },
  window: { kind: 'window', url: 'https://stock.fr' },
  browser: { kind: 'browser', url: 'https://stock.fr' },
} as const

/** The faults of a module with this `session`, by their place in it. */
function faultsOf(session: unknown, kind: keyof typeof launches = 'program'): [string, string][] {
  const module = { id: 'stock', label: 'Stock', access: 'operator', session, launch: launches[kind] }
  const parsed = settingsSchema.safeParse({ modules: [module] })
  return (parsed.error?.issues ?? []).map(({ path, message }) => [path.slice(2).join('.'), message])
}

describe('the session of a module', () => {
  it.each(['program', 'window'] as const)('is given to a %s whole or in part', (kind) => {
    for (const session of [
      true,
      false,
      { claims: ['code'] },
      { claims: ['name', 'role', 'rpps', 'means', 'acr'] },
    ]) {
      expect(faultsOf(session, kind)).toEqual([])
    }
  })

  it.each(['oui', 1, null, {}, { claims: [] }, { claims: ['iban'] }, { claims: ['code'], more: 1 }])(
    'is not %j',
    (session) => {
      const [[where, message] = ['', ''], ...others] = faultsOf(session)
      expect([where.split('.')[0], others]).toEqual(['session', []])
      expect(message).not.toBe('')
    },
  )

  it('is never given to the system’s browser', () => {
    for (const session of [true, { claims: ['code'] }]) {
      expect(faultsOf(session, 'browser')).toEqual([
        ['session', 'attendu : false, car Comptoir ne peut rien donner à une page du navigateur du système'],
      ])
    }
    expect(faultsOf(false, 'browser')).toEqual([])
  })
})
