import { onTestFinished } from 'vitest'
import {
  startSimulator,
  type Answer,
  type Simulator,
  type SimulatorOptions,
} from '../../../e2e/psc-simulator/simulator.ts'
import { createPscPhone, type PhoneLogin } from '../ciba.ts'
import { createProvider } from '../provider.ts'
import { createFetch } from '../fetch.ts'
import { clock as machine, settingsOf } from './provider.ts'

export const patricia = { kind: 'rpps', digits: '99700261797' } as const
/** How the simulator knows her. */
export const patriciasId = '899700261797'

type Options = SimulatorOptions & { readonly channel?: 'MOBILE' | 'CARD'; readonly timeoutSeconds?: number }

export type PhonePlace = Awaited<ReturnType<typeof openPhone>>

/** A workstation with a credential of its own, and a simulator that is polled twenty times a second. */
export async function openPhone({ channel = 'MOBILE', timeoutSeconds = 60, ...options }: Options = {}) {
  const simulator: Simulator = await startSimulator({ cibaInterval: 0.05, ...options })
  onTestFinished(simulator.stop)
  let ahead = 0
  const clock = { now: () => new Date(), monotonic: () => machine.monotonic() + ahead }
  const { clientId, clientSecret: secret } = simulator.credentials.client_secret_post
  const credential = { kind: 'secret', method: 'client_secret_post', secret } as const
  const network = { proxy: null, authorities: null, identity: null }
  const fetch = createFetch({ timeoutMs: 5000, maxBytes: 1024 * 1024 }, clock, network)
  const provider = createProvider(settingsOf(simulator, { clientId }), credential, clock, fetch)
  const phone = createPscPhone(provider, { channel, timeoutSeconds })
  /** The token endpoint's answers so far: an OAuth error's code, or `tokens`. */
  const polls: string[] = []
  const note = (answer: Answer): Answer => {
    const body: unknown = JSON.parse(answer.body)
    const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
    polls.push(typeof error === 'string' ? error : 'tokens')
    return answer
  }
  simulator.tamper('token', { answer: note })
  const sent: number[] = []
  return {
    simulator,
    clock,
    polls,
    note,
    /** For how many seconds each request was said to be awaited. */
    sent,
    ask: (rpps: typeof patricia | { kind: 'rpps'; digits: string } = patricia): PhoneLogin =>
      phone.login({ rpps, number: '07' }, (seconds) => sent.push(seconds)),
    /** Time goes by on the workstation's monotonic clock. */
    later: (seconds: number): void => {
      ahead += seconds * 1000
    },
  }
}
