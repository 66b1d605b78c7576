import { generateKeyPair, webcrypto, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { signIn } from '../../e2e/psc-simulator/agent.ts'
import { startSimulator, type Endpoint, type SimulatorOptions } from '../../e2e/psc-simulator/simulator.ts'
import { createPscClient } from './client.ts'
import type { PscAnswer } from './authentication.ts'
import type { ClientCredential } from './credential.ts'
import {
  clock as machine,
  failure,
  failureAfterIdToken,
  identified,
  identify,
  patricia,
  providerOf,
  redirectUri,
  type Workstation,
} from './testing/provider.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const minute = 60_000

/** A simulator that counts what is asked of it, and a workstation whose clocks go as they are told. */
async function open(options: SimulatorOptions = {}, workstation: Workstation = {}) {
  const simulator = await startSimulator(options)
  stops.push(simulator.stop)
  const counted = { discovery: 0, jwks: 0, token: 0 }
  for (const endpoint of ['discovery', 'jwks', 'token'] as const satisfies Endpoint[]) {
    simulator.tamper(endpoint, {
      answer: (real) => {
        counted[endpoint] += 1
        return real
      },
    })
  }
  let gone = 0
  let ahead = 0
  const clock = {
    now: () => new Date(Date.now() + ahead),
    monotonic: () => machine.monotonic() + gone,
  }
  const provider = providerOf(simulator, { clock, ...workstation })
  const client = createPscClient(provider)
  return {
    simulator,
    provider,
    client,
    counted,
    login: (): Promise<PscAnswer> => identify(client, { ...patricia, ca: simulator.ca }),
    /** Time goes by, on the monotonic clock alone. */
    wait: (ms: number): void => {
      gone += ms
    },
    /** Puts the workstation's clock that far ahead of the time, in minutes. */
    setClock: (minutes: number): void => {
      ahead = minutes * minute
    },
  }
}

describe('what a provider publishes', () => {
  it.each<[SimulatorOptions, number, number]>([
    [{}, 60, 60],
    [{ cacheControl: { discovery: 'max-age=1200', jwks: 'max-age=7200' } }, 20, 120],
    [{ cacheControl: { discovery: 'no-store', jwks: 'no-cache' } }, 5, 5],
  ])('with %o is used again for %i and %i min', async (options, discovery, jwks) => {
    const { login, wait, counted } = await open(options)
    identified(await login())
    identified(await login())
    expect(counted).toEqual({ discovery: 1, jwks: 1, token: 2 })
    const [first, second] = [Math.min(discovery, jwks), Math.max(discovery, jwks)]
    wait((first - 1) * minute)
    identified(await login())
    expect(counted).toMatchObject({ discovery: 1, jwks: 1 })
    wait(2 * minute)
    identified(await login())
    const afterFirst = { discovery: discovery === first ? 2 : 1, jwks: jwks === first ? 2 : 1 }
    expect(counted).toMatchObject(afterFirst)
    if (first === second) return
    wait((second - first) * minute)
    identified(await login())
    expect(counted.jwks).toBe(2)
  })

  it('is asked for again after a failure, keys too', async () => {
    const { client, login, simulator, counted } = await open()
    identified(await login())
    expect(await identify(client, { ...patricia, answer: 'cancel' })).toMatchObject({ reason: 'abandoned' })
    identified(await login())
    expect(counted).toMatchObject({ discovery: 2, jwks: 2 })
    simulator.tamper('userinfo', { answer: (real) => ({ ...real, status: 401 }) })
    expect(await login()).toMatchObject({ reason: 'invalid-response' })
    simulator.tamper('userinfo', null)
    identified(await login())
    expect(counted).toMatchObject({ discovery: 3, jwks: 3 })
  })

  it.each([true, false])(
    'may change its key at any moment (the former one kept: %s)',
    async (keepsFormer) => {
      const { simulator, login, counted } = await open()
      identified(await login())
      for (let times = 2; times < 5; times += 1) {
        await simulator.rotateKeys({ keepsFormer })
        identified(await login())
        expect(counted).toMatchObject({ discovery: 1, jwks: times })
        identified(await login())
        expect(counted.jwks).toBe(times)
      }
    },
  )

  it('may change its key while the browser is out', async () => {
    const { client, simulator, login } = await open()
    identified(await login())
    const asked = await client.authorizationRequest(redirectUri)
    if (asked.kind === 'failed') throw new Error(asked.reason)
    const back = new URL(await signIn(asked.request.url, patricia))
    await simulator.rotateKeys()
    identified(await asked.request.complete(back))
  })
})

describe('a workstation whose clock is wrong', () => {
  it.each([-4.9, -3, 3, 4.9])('by %d min keeps nobody out', async (minutes) => {
    const { setClock, login, provider } = await open()
    setClock(minutes)
    identified(await login())
    expect(provider.wrongClock()).toBeNull()
  })

  it.each([
    [-5.1, '-5'],
    [5.1, '5'],
    [-90, '-90'],
    [60 * 24 * 365, '525600'],
  ])('by %d min is told so before the browser goes out', async (minutes, told) => {
    const { setClock, client, login } = await open()
    setClock(minutes)
    expect(await client.authorizationRequest(redirectUri)).toEqual(failure('clock', told))
    // Put right, it serves at once.
    setClock(0)
    identified(await login())
  })

  it('is told so at the browser’s return when it has been set meanwhile', async () => {
    const { setClock, client, login } = await open()
    const asked = await client.authorizationRequest(redirectUri)
    if (asked.kind === 'failed') throw new Error(asked.reason)
    const back = new URL(await signIn(asked.request.url, patricia))
    setClock(20)
    expect(await asked.request.complete(back)).toEqual(failureAfterIdToken('clock', '20'))
    setClock(0)
    identified(await login())
  })

  it('is told so rather than the ID token that does not fit it', async () => {
    const { setClock, client, simulator } = await open()
    const asked = await client.authorizationRequest(redirectUri)
    if (asked.kind === 'failed') throw new Error(asked.reason)
    const back = new URL(await signIn(asked.request.url, patricia))
    // What the ID token is compared with is this machine's real clock: the provider goes back instead.
    simulator.tamperIdToken((claims) => ({ ...claims, exp: Number(claims['iat']) - 3600 }))
    setClock(70)
    expect(await asked.request.complete(back)).toEqual(failure('clock', '70'))
    setClock(0)
    expect(await identify(client)).toEqual(failure('invalid-response', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'))
  })

  it('still reaches the end of the session', async () => {
    const { setClock, client } = await open()
    setClock(60)
    const parameters = { idToken: null, postLogoutRedirectUri: null, state: 'sortie' }
    expect(await client.endSessionUrl(parameters)).toMatch(/\/logout\?/)
  })

  it('is told so rather than that its assertion is refused', async () => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const { setClock, client } = await open(
      {},
      { settings: { clientId: 'comptoir-jwt' }, credential: await privateKeyJwt(privateKey) },
    )
    expect(await identify(client)).toEqual(failure('credential', 'invalid_client'))
    const asked = await client.authorizationRequest(redirectUri)
    if (asked.kind === 'failed') throw new Error(asked.reason)
    setClock(-10)
    const back = new URL(await signIn(asked.request.url, patricia))
    expect(await asked.request.complete(back)).toEqual(failure('clock', '-10'))
  })
})

async function privateKeyJwt(key: KeyObject): Promise<ClientCredential> {
  const content = key.export({ type: 'pkcs8', format: 'der' })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return {
    kind: 'private-key',
    key: await webcrypto.subtle.importKey('pkcs8', content, algorithm, false, ['sign']),
  }
}
