import { afterEach, describe, expect, it } from 'vitest'
import { signIn } from '../../e2e/psc-simulator/agent.ts'
import type { IdentityId } from '../../e2e/psc-simulator/identities.ts'
import { startSimulator, type Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { createPscBrowser, type PscBrowser } from './browser.ts'
import { createPscClient } from './client.ts'
import { freePorts, isFree } from './testing/ports.ts'
import { providerOf } from './testing/provider.ts'
import { pages, registeredOn } from './testing/registered.ts'
import { startLogin, whoIs, type Started } from './testing/system-browser.ts'

// Several programs on one machine, as in several Windows sessions of one server: one port list for all of them.

let simulator: Simulator
afterEach(() => simulator.stop())

type Machine = { readonly ports: readonly number[]; readonly program: () => PscBrowser }

async function machine(count: number): Promise<Machine> {
  const ports = await freePorts(count)
  const registered = registeredOn(ports)
  simulator = await startSimulator(registered)
  return {
    ports,
    program: () =>
      createPscBrowser({
        client: createPscClient(providerOf(simulator)),
        registered,
        timeoutSeconds: 20,
        pages,
        openExternal: () => Promise.resolve(),
      }),
  }
}

/** Each with an identification whose browser is out. */
async function outFrom({ program }: Machine, count: number): Promise<Started[]> {
  const logins = Array.from({ length: count }, () => startLogin(program()))
  await Promise.all(logins.map((login) => login.out))
  return logins
}

/** Where the browser of a session would come back to, once this person has identified there. */
function callbackOf(login: Started | undefined, identity: IdentityId): Promise<string> {
  return signIn(login?.link() ?? '', { identity })
}

/** The same callback, on the port of the other. */
function swapped(callback: string, other: string): string {
  const address = new URL(callback)
  address.port = new URL(other).port
  return address.href
}

const people = ['adjointe', 'titulaire', 'preparateur'] as const
const who = async (login: Started | undefined) => (login === undefined ? '' : whoIs(await login.answer))

describe('programs that share a machine', () => {
  it('have a port each, and each its own person', async () => {
    const shared = await machine(3)
    const logins = await outFrom(shared, 3)
    const callbacks = await Promise.all(people.map((person, index) => callbackOf(logins[index], person)))
    expect(new Set(callbacks.map((callback) => Number(new URL(callback).port)))).toEqual(
      new Set(shared.ports),
    )
    const answers = await Promise.all(
      callbacks.toReversed().map(async (callback) => (await fetch(callback)).status),
    )
    expect(answers).toEqual([200, 200, 200])
    expect(await Promise.all(logins.map(who))).toEqual(['ADJOINTPHARM', 'TITULAIRE', 'PREPARATEUR'])
    expect(await Promise.all(shared.ports.map(isFree))).toEqual([true, true, true])
  })

  it('take nothing of one another: a return that is brought to the other is refused, and ends nothing', async () => {
    const [first, second] = await outFrom(await machine(2), 2)
    const [hers, theirs] = [await callbackOf(first, 'adjointe'), await callbackOf(second, 'titulaire')]
    for (const stray of [swapped(hers, theirs), swapped(theirs, hers)]) {
      const answer = await fetch(stray)
      expect([answer.status, (await answer.text()).includes(pages.refused[0])]).toEqual([400, true])
    }
    await Promise.all([fetch(theirs), fetch(hers)])
    expect([await who(first), await who(second)]).toEqual(['ADJOINTPHARM', 'TITULAIRE'])
    // Nobody is there any more: it can be brought nowhere a second time.
    await expect(fetch(hers)).rejects.toThrow('fetch failed')
  })

  it('cannot redeem the code that another was given: only who asked has the verifier', async () => {
    const [first, second] = await outFrom(await machine(2), 2)
    const hers = new URL(await callbackOf(first, 'adjointe'))
    const stolen = new URL(new URL(second?.link() ?? '').searchParams.get('redirect_uri') ?? '')
    const state = new URL(second?.link() ?? '').searchParams.get('state') ?? ''
    stolen.search = new URLSearchParams({ ...Object.fromEntries(hers.searchParams), state }).toString()
    expect((await fetch(stolen)).status).toBe(200)
    expect(await who(second)).toBe('provider-error')
    first?.cancel()
    expect(await who(first)).toBe('cancelled')
  })

  it('wait for nobody: the one for whom no port is left says so, and has one as soon as one is given back', async () => {
    const shared = await machine(2)
    const [first, second] = await outFrom(shared, 2)
    const third = shared.program()
    const refused = await startLogin(third).answer
    expect(refused).toMatchObject({ reason: 'ports-taken', detail: shared.ports.join(', ') })
    first?.cancel()
    await who(first)
    const again = startLogin(third)
    await again.out
    await fetch(await callbackOf(again, 'titulaire'))
    expect(await who(again)).toBe('TITULAIRE')
    await fetch(await callbackOf(second, 'adjointe'))
    expect(await who(second)).toBe('ADJOINTPHARM')
  })

  it('end their own session only: the return from a logout is heard by whoever asked for it', async () => {
    const shared = await machine(2)
    const [first, second] = [shared.program(), shared.program()]
    const outs = [await first.logout(null), await second.logout(null)]
    const [mine, other] = outs
    if (mine?.kind !== 'out' || other?.kind !== 'out') throw new Error('The browser was not sent out.')
    let heard = 0
    void mine.returned.then(() => (heard += 1))
    void other.returned.then(() => (heard += 1))
    for (const port of shared.ports) await fetch(`http://localhost:${port}/psc/deconnexion?state=autre`)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(heard).toBe(0)
    mine.close()
    other.close()
    expect(await Promise.all(shared.ports.map(isFree))).toEqual([true, true])
  })
})
