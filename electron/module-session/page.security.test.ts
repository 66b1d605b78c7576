import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Opening } from './opening.ts'
import { answerPage, type PageRequest } from './page.ts'
import { patricia, paul, workplace, type Workplace } from './testing/workplace.ts'

const origins = ['https://stock.fr', 'https://images.stock.fr']
const page = 'https://stock.fr/accueil'

let place: Workplace
let opening: Opening
beforeEach(() => {
  place = workplace()
  place.session.admit(patricia, { kind: 'password' })
  opening = place.open()
})
afterEach(() => place.stop())

type Asked = { path?: string; method?: string; origin?: string; referrer?: string; of?: Opening | null }

function ask({
  path = '',
  method = 'GET',
  origin,
  referrer = page,
  of = opening,
}: Asked = {}): Promise<Response> {
  const request: PageRequest = {
    url: `comptoir-session://session/${path}`,
    method,
    headers: new Headers(origin === undefined ? {} : { origin }),
    referrer,
  }
  const { signer } = place
  return answerPage({ opening: of, signer, origins, failed: (cause) => place.faults.push(cause) }, request)
}
const readable = (answer: Response): string | null => answer.headers.get('access-control-allow-origin')
const stateOf = async (answer: Response): Promise<[string, boolean]> => {
  const told = z.object({ state: z.string(), token: z.string().nullable() })
  const { state, token } = told.parse(await answer.json())
  return [state, token !== null]
}

describe('the page of a module', () => {
  it('is told who is connected, journalled first', async () => {
    const answer = await ask()
    expect([answer.status, readable(answer)]).toEqual([200, 'https://stock.fr'])
    expect(await stateOf(answer)).toEqual(['connected', true])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(place.rows.map(({ kind }) => kind)).toEqual(['module.session-given'])
  })

  it('is told nothing of anybody once its operator is away', async () => {
    place.session.lock('switch')
    expect(await stateOf(await ask())).toEqual(['locked', false])
    place.session.admit(paul, { kind: 'password' })
    expect(await stateOf(await ask())).toEqual(['changed', false])
    place.session.operatorChanged({ ...patricia, suspended: true }, 'changed')
    expect(await stateOf(await ask())).toEqual(['ended', false])
    opening.end('closed')
    expect(await stateOf(await ask())).toEqual(['ended', false])
    expect(place.rows).toEqual([])
  })

  it('opened in nobody’s name is told so, whoever comes later', async () => {
    expect(await stateOf(await ask({ of: null }))).toEqual(['nobody', false])
    expect((await ask({ of: null, path: 'events' })).status).toBe(409)
  })

  it('hears what happens, until it is left', async () => {
    const answer = await ask({ path: 'events' })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    place.session.lock('switch')
    opening.end('closed')
    expect(await answer.text()).toBe('event: locked\ndata: {}\n\nevent: ended\ndata: {"reason":"closed"}\n\n')
    expect(opening.followers()).toBe(0)
  })

  it('has four streams at most, and a stream that it drops is dropped', async () => {
    const open = await Promise.all(Array.from({ length: 4 }, () => ask({ path: 'events' })))
    expect((await ask({ path: 'events' })).status).toBe(429)
    for (const { body } of open) await body?.cancel()
    expect(opening.followers()).toBe(0)
  })

  it('is told nothing when the journal fails', async () => {
    place.journalWaitsFor(() => Promise.reject(new Error('disk')))
    const answer = await ask()
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'unavailable' }])
    expect(place.faults).toHaveLength(1)
    expect(await (await ask({ path: 'events' })).text()).toBe('')
  })
})

describe('a page that is not the module’s', () => {
  it.each([
    { origin: 'https://autre.fr' },
    { origin: 'https://stock.fr.autre.fr' },
    { origin: 'http://stock.fr' },
    { origin: 'null' },
    { origin: '' },
    { referrer: 'https://autre.fr/' },
    { referrer: page, origin: 'https://autre.fr' },
  ])('%o is refused, and may not read why', async (asked) => {
    const answer = await ask(asked)
    expect([answer.status, readable(answer)]).toEqual([403, null])
    expect(place.rows).toEqual([])
  })

  it('which says nothing of itself may read nothing where CORS is looked at', async () => {
    expect(readable(await ask({ referrer: '' }))).toBeNull()
    expect(readable(await ask({ referrer: 'about:client' }))).toBeNull()
  })
})

describe('a request of a page', () => {
  it.each(['POST', 'PUT', 'OPTIONS', 'HEAD'])('is not a %s', async (method) => {
    expect((await ask({ method })).status).toBe(405)
  })

  it.each(['?x', 'session', 'events/', 'events?a=1', '../events', '%65vents', 'jwks.json#'])(
    'is not for « %s »',
    async (path) => expect((await ask({ path })).status).toBe(404),
  )

  it('may be for the public key', async () => {
    expect(await (await ask({ path: 'jwks.json' })).json()).toEqual(await place.signer.keys())
  })
})
