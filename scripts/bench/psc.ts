import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ElectronApplication, Page } from '@playwright/test'
import { signIn } from '../../e2e/psc-simulator/agent.ts'
import type { Simulator } from '../../e2e/psc-simulator/simulator.ts'
import type { Program } from '../../e2e/support/program.ts'

/** One login by Pro Santé Connect without the time that the browser has, in milliseconds. */
export type PscLogin = { readonly comptoir: number; readonly raw: number }

/** When a browser was sent out, when it came back, and when the login was over. */
type Moments = {
  readonly asked: number
  readonly out: number
  readonly back: number
  readonly done: number
}

/** The last of the registered ones: Comptoir takes the first that is free. */
const redirectUri = 'http://localhost:43112/psc/retour'

/**
 * Logs in by Pro Santé Connect several times, each beside a client that makes the same requests and nothing else. In
 * the first, both know nothing of the provider yet.
 */
export async function measurePscLogins(
  program: Program,
  simulator: Simulator,
  times: number,
): Promise<PscLogin[]> {
  const rawClient = createRawClient(simulator.discoveryUrl)
  const measures: PscLogin[] = []
  const launcher = await program.window('launcher')
  const handed = await recordAddresses(program.app)
  for (let time = 0; time < times; time += 1) {
    const comptoir = ownTime(await loginOf(program, launcher, handed))
    measures.push({ comptoir, raw: ownTime(await rawClient()) })
    await launcher.getByRole('button', { name: 'Déconnecter' }).click()
    await launcher.getByRole('button', { name: "S'identifier" }).waitFor()
  }
  return measures
}

function ownTime({ asked, out, back, done }: Moments): number {
  return out - asked + (done - back)
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

type Handed = Awaited<ReturnType<typeof recordAddresses>>

async function loginOf(program: Program, launcher: Page, handed: Handed): Promise<Moments> {
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  const identification = await program.window('identification')
  const connected = await momentConnected(program.app)
  const asked = await identification.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'comptoir')
    const { value } = await bridge.getView()
    const from = performance.timeOrigin + performance.now()
    await bridge.startPsc({ attempt: value.view.attempt })
    return from
  })
  const { url, out } = await handed.evaluate(({ next }) => next())
  const callback = await signIn(url, { identity: 'adjointe' })
  const back = now()
  await (await fetch(callback)).text()
  await program.gone('identification')
  return { asked, out, back, done: await connected.evaluate(({ at }) => at) }
}

/** Keeps the addresses from the system's browser, with when each was handed over. */
function recordAddresses(app: ElectronApplication) {
  return app.evaluateHandle(({ shell }) => {
    const waiting: { url: string; out: number }[] = []
    let arrived: (() => void) | null = null
    shell.openExternal = (url) => {
      waiting.push({ url, out: performance.timeOrigin + performance.now() })
      arrived?.()
      return Promise.resolve()
    }
    return {
      next: async () => {
        for (let first = waiting.shift(); ; first = waiting.shift()) {
          // Logouts come the same way.
          if (first !== undefined && new URL(first.url).searchParams.has('code_challenge')) return first
          if (first === undefined) await new Promise<void>((resolve) => (arrived = resolve))
        }
      },
    }
  })
}

/** What will hold the instant at which the launcher is told that somebody is connected. */
function momentConnected(app: ElectronApplication) {
  return app.evaluateHandle(({ BrowserWindow }) => {
    const moment = { at: Number.NaN }
    const launcher = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('/launcher/'),
    )?.webContents
    if (launcher === undefined) throw new Error('no launcher')
    const send = launcher.send.bind(launcher)
    launcher.send = (channel: string, ...args: unknown[]) => {
      if (JSON.stringify(args).includes('"kind":"connected"')) {
        moment.at = performance.timeOrigin + performance.now()
        launcher.send = send
      }
      send(channel, ...args)
    }
    return moment
  })
}

/** A client that makes the requests of a login, and checks nothing of their answers. */
function createRawClient(discoveryUrl: string): () => Promise<Moments> {
  let known: Record<string, string> | null = null
  return async () => {
    const asked = now()
    const cold = known === null
    known ??= await jsonOf(discoveryUrl)
    const verifier = randomBytes(32).toString('base64url')
    const server = createServer()
    server.listen(Number(new URL(redirectUri).port), '127.0.0.1')
    await once(server, 'listening')
    const url = new URL(known['authorization_endpoint'] ?? '')
    url.search = new URLSearchParams({
      client_id: 'comptoir',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      state: randomBytes(32).toString('base64url'),
      nonce: randomBytes(32).toString('base64url'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()
    const out = now()
    const callback = await signIn(url.href, { identity: 'adjointe' })
    const back = now()
    const arrival = once(server, 'request')
    const visit = fetch(callback)
    const [request, response] = await arrival
    response.end()
    const code = new URL(request.url, redirectUri).searchParams.get('code') ?? ''
    const { access_token: accessToken } = await jsonOf(known['token_endpoint'] ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'comptoir',
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      }),
    })
    if (cold) await jsonOf(known['jwks_uri'] ?? '')
    await jsonOf(known['userinfo_endpoint'] ?? '', { headers: { Authorization: `Bearer ${accessToken}` } })
    const done = now()
    await (await visit).text()
    server.close()
    server.closeAllConnections()
    return { asked, out, back, done }
  }
}

async function jsonOf(url: string, options: RequestInit = {}): Promise<Record<string, string>> {
  const response = await fetch(url, options)
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`)
  const answer: Record<string, string> = await response.json()
  return answer
}
