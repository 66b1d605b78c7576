import type { AdapterFactory } from 'oidc-provider'
import { machineSeconds, type SimulatedClock } from '../clock.ts'
import type { Identity } from '../identities.ts'
import { createPolls, type CibaFault } from './polls.ts'

/** PSC's own parameter: on which of the person's means they are asked (psc.md §7). */
export type Channel = 'CARD' | 'MOBILE'

/** What a phone shows, or the workstation's component for the card. */
export type PendingRequest = {
  readonly id: string
  readonly service: string
  readonly identity: Identity
  readonly channel: Channel
  /** The digits to compare with those on the screen. */
  readonly bindingMessage: string
}

export type Decision = 'approved' | 'refused'

/** Everybody's phones: what they ask, and what is answered. */
export type Phone = {
  /** Those that nobody has answered and that have not expired, the oldest first. */
  readonly pending: () => readonly PendingRequest[]
  /** @throws {Error} when nothing of that id is pending */
  readonly answer: (id: string, decision: Decision) => Promise<void>
  readonly ring: (
    request: PendingRequest,
    expiresIn: number,
    decide: (decision: Decision) => Promise<void>,
  ) => void
  readonly fault: () => CibaFault | null
  readonly setFault: (fault: CibaFault | null) => void
  /** Seconds between two polls, as clients are told; null: they are not told. */
  readonly interval: number | null
  /** Sees the polls pass where requests are kept. */
  readonly watchPolls: (adapter: AdapterFactory) => AdapterFactory
}

type Ringing = {
  readonly request: PendingRequest
  readonly until: number
  readonly decide: (decision: Decision) => Promise<void>
}

/** What a client waits that is told nothing, in seconds (CIBA Core §7.3). */
const untoldInterval = 5

export function createPhone(clock: SimulatedClock, interval: number | null): Phone {
  const ringing = new Map<string, Ringing>()
  const polls = createPolls((interval ?? untoldInterval) * 1000)
  let fault: CibaFault | null = null
  const now = () => machineSeconds() + clock.offset()
  const pending = () => [...ringing.values()].filter(({ until }) => now() < until)
  return {
    interval,
    pending: () => pending().map(({ request }) => request),
    answer: async (id, decision) => {
      const asked = pending().find(({ request }) => request.id === id)
      if (asked === undefined) throw new Error('This request is not pending.')
      ringing.delete(id)
      await asked.decide(decision)
    },
    ring: (request, expiresIn, decide) => {
      ringing.set(request.id, { request, until: now() + expiresIn, decide })
    },
    fault: () => fault,
    setFault: (next) => {
      fault = next
    },
    watchPolls: (adapter) => (model) => {
      const kept = adapter(model)
      if (model !== 'BackchannelAuthenticationRequest') return kept
      return {
        ...kept,
        find: async (id) => {
          const row = await kept.find(id)
          if (row !== undefined) polls.note(id, fault)
          return row
        },
      }
    },
  }
}
