import type { JournalEvent } from '../../journal/kinds.ts'
import type { Operator } from '../../operators/operator.ts'
import { createOperatorSession } from '../../session/operator-session.ts'
import type { Evidence } from '../../session/session.ts'
import type { SessionClaim } from '../../settings/schema.ts'
import { openEndpoint, type Endpoint } from '../endpoint.ts'
import { createExchange } from '../exchange.ts'
import { createOpening, type Opening } from '../opening.ts'
import { createSigner } from '../signer.ts'

export function operator(code: string, more: Partial<Operator> = {}): Operator {
  const names = { firstName: 'Patricia', lastName: 'Adjointpharm', role: 'adjoint' } as const
  const dates = { suspended: false, firstDay: null, lastDay: null, rights: [] }
  return {
    id: `id-${code}`,
    code,
    ...names,
    rpps: { kind: 'rpps', digits: '99700261797' },
    ...dates,
    ...more,
  }
}
export const patricia = operator('1')
export const paul = operator('2', {
  firstName: 'Paul',
  lastName: 'Preparateur',
  role: 'preparateur',
  rpps: null,
})

/** What Pro Santé Connect says of somebody with a card, for four hours. */
export function byCard(more: Partial<Extract<Evidence, { kind: 'psc' }>> = {}): Evidence {
  const told = { inBrowser: true, acr: 'eidas2', acrFrom: 'psc', endsAt: 4 * 3_600_000 } as const
  return { kind: 'psc', credential: 'card', ...told, ...more }
}

export const everything: readonly SessionClaim[] = ['code', 'name', 'role', 'rpps', 'means', 'acr']

const atOnce = (): Promise<void> => Promise.resolve()

/** What an append waits for, until it is let through. */
export function gate(): { passed: () => Promise<void>; open: () => void } {
  let open: (() => void) | null = null
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed: () => passed, open: () => open?.() }
}

/** A counter with its sessions, its journal in memory, and what tells modules; both clocks stand still until moved. */
export function workplace() {
  const start = new Date('2026-03-02T07:00:00.000Z').getTime()
  let elapsed = 0
  let journalAnswers: () => Promise<void> = atOnce
  const rows: JournalEvent[] = []
  const faults: unknown[] = []
  const clock = { now: () => new Date(start + elapsed), monotonic: () => elapsed }
  const journal = {
    append: async (row: JournalEvent) => {
      await journalAnswers()
      rows.push(row)
    },
    appendEventually: (row: JournalEvent) => void rows.push(row),
  }
  const session = createOperatorSession({
    clock,
    journal: { appendEventually: () => undefined },
    maxHours: () => 4,
  })
  const signer = createSigner({ issuer: () => Promise.resolve('comptoir:poste'), now: clock.now })
  const exchange = createExchange({ clock, journal })
  const openings: Opening[] = []
  const endpoints: Endpoint[] = []
  session.onChange(() => {
    for (const opening of openings) opening.update()
  })
  return {
    clock,
    journal,
    session,
    signer,
    exchange,
    rows,
    /** What failed although nobody was refused. */
    faults,
    pass: (ms: number): void => {
      elapsed += ms
    },
    /** From now on an append waits for this. */
    journalWaitsFor: (answer: () => Promise<void>): void => {
      journalAnswers = answer
    },
    open: (
      id = 'stock',
      more: { access?: 'none' | 'operator' | 'psc'; granted?: readonly SessionClaim[] } = {},
    ): Opening => {
      const { access = 'operator', granted = everything } = more
      const held = session.connected()
      if (held === null) throw new Error('nobody is connected')
      const of = { module: { id, access }, granted, operator: held.operator }
      const opening = createOpening({ ...of, session, journal, signer })
      openings.push(opening)
      return opening
    },
    listen: async (): Promise<Endpoint> => {
      const endpoint = await openEndpoint({ exchange, signer, failed: (cause) => faults.push(cause) })
      endpoints.push(endpoint)
      return endpoint
    },
    stop: async (): Promise<void> => {
      for (const opening of openings) opening.end('closed')
      session.end('program-closed')
      await Promise.all(endpoints.map(({ close }) => close()))
    },
  }
}
export type Workplace = ReturnType<typeof workplace>

/** Exchanges as a program does. */
export async function exchangeAt(url: string, ticket: string, module?: string): Promise<Response> {
  const body = JSON.stringify({ ticket, ...(module === undefined ? {} : { module }) })
  return fetch(`${url}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}
