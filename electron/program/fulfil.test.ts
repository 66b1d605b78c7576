import { afterEach, describe, expect, it } from 'vitest'
import type { Purpose } from '../identification/purpose.ts'
import type { Refusal } from '../ipc/result.ts'
import { builtInModules, type Module } from '../modules/module.ts'
import { createModules } from '../modules/modules.ts'
import { createOpenModules } from '../modules/open-modules.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { fulfil } from './fulfil.ts'

function operator(code: string, role: Operator['role']): Operator {
  const names = { firstName: 'Patricia', lastName: 'ADJOINTPHARM', rpps: null }
  return {
    id: `id-${code}`,
    code,
    role,
    ...names,
    suspended: false,
    firstDay: null,
    lastDay: null,
    rights: [],
  }
}
const titulaire = operator('0', 'titulaire')
const other = operator('9', 'titulaire')
const preparateur = operator('2', 'preparateur')

const stock: Module = {
  id: 'stock',
  label: 'Stock',
  access: 'operator',
  session: false,
  launch: { kind: 'browser', url: 'https://stock.fr/' },
}

let end = (): void => undefined
afterEach(() => end())

/** `catalogue`: what the settings have, which may change meanwhile. */
function counter(catalogue: Module[]) {
  const done: string[] = []
  const refusals: Refusal[] = []
  const asked: Module[] = []
  const journal = { append: () => Promise.resolve(), appendEventually: () => undefined }
  const session = createOperatorSession({
    clock: { now: () => new Date(), monotonic: () => 0 },
    journal,
    maxHours: () => 4,
  })
  end = () => session.endAll('program-closed')
  const openModules = createOpenModules(() => undefined)
  const modules = createModules({
    catalogue: () => catalogue,
    clock: { now: () => new Date(), monotonic: () => 0 },
    journal,
    session,
    openModules,
    identifyFor: (module) => asked.push(module),
    stepUp: 'psc-off',
    openSession: () => null,
    openPage: () => ({ show: () => undefined, close: () => undefined }),
    openBuiltIn: (page, { code }, closed) => {
      done.push(`${page} of ${code}`)
      return {
        show: () => undefined,
        close: () => {
          done.push(`${page} of ${code} closed`)
          closed()
        },
      }
    },
    openInBrowser: async (url) => void done.push(url),
    bringForward: () => Promise.resolve(true),
    left: () => undefined,
    failed: (refusal) => refusals.push(refusal),
  })
  /** Somebody comes in for the module that an identification was last asked for. */
  const comeIn = async (who: Operator): Promise<void> => {
    const module = asked.at(-1)
    if (module === undefined) throw new Error('nobody was asked for')
    const purpose: Purpose = { kind: 'open-module', module }
    session.admit(who, { kind: 'password' })
    await fulfil(purpose, { open: modules.open, failed: (refusal) => refusals.push(refusal) })
  }
  return { catalogue, modules, session, openModules, done, refusals, asked, comeIn }
}

describe('an identification for a module', () => {
  it('opens it', async () => {
    const { modules, done, comeIn } = counter([stock])
    await modules.open('stock')
    await comeIn(preparateur)
    expect(done).toEqual(['https://stock.fr/'])
  })

  it('asks for another operator where the module has been kept for a role meanwhile', async () => {
    const { catalogue, modules, done, asked, comeIn } = counter([stock])
    await modules.open('stock')
    catalogue.splice(0, 1, { ...stock, roles: ['titulaire'] })
    await comeIn(preparateur)
    expect([done, asked.at(-1)]).toEqual([[], catalogue[0]])
  })

  it('opens nothing where the module is no longer there, and says so', async () => {
    const { catalogue, modules, done, refusals, comeIn } = counter([stock])
    await modules.open('stock')
    catalogue.length = 0
    await comeIn(preparateur)
    expect([done, refusals.map(({ code }) => code)]).toEqual([[], ['module-unknown']])
  })

  it('gives one of Comptoir’s own pages the place of another operator’s', async () => {
    const { modules, session, openModules, done, comeIn } = counter([...builtInModules])
    session.admit(titulaire, { kind: 'password' })
    await modules.open('comptoir:journal')
    session.admit(preparateur, { kind: 'password' })
    await modules.open('comptoir:journal')
    await comeIn(other)
    expect(done).toEqual(['journal of 0', 'journal of 0 closed', 'journal of 9'])
    expect(openModules.all().map((open) => open.operator)).toEqual([other])
  })
})
