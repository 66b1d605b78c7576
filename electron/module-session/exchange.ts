import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type SessionRefusal } from '../journal/kinds.ts'
import type { Opening } from './opening.ts'
import { digestOf, newSecret } from './secret.ts'

/** What a program exchanges its ticket for. `stream`: the secret by which it follows what happens next. */
export type Given = {
  readonly kind: 'given'
  readonly token: string
  readonly stream: string
  readonly module: string
}
export type Exchanged = Given | { readonly kind: 'refused'; readonly reason: SessionRefusal }

/** The tickets of the programs that are open, and what they were exchanged for. */
export type Exchange = {
  /** A new ticket for the program that is about to be started. */
  readonly ticketFor: (opening: Opening) => string
  /**
   * Exchanges a ticket, once. `module`: the id by which whoever asks calls itself, if it says. Rejects with
   * `StorageError` when the journal does not answer, and then the ticket can be used again.
   */
  readonly redeem: (ticket: string, module: string | null) => Promise<Exchanged>
  /** What a stream token was given for; null when it is none. */
  readonly behind: (stream: string) => Opening | null
  /** A request that is none was refused. */
  readonly malformed: () => void
  /** The program has ended: its ticket and its stream token are unknown from now on. */
  readonly forget: (opening: Opening) => void
}

/** A program that has not asked by then does not need it. */
export const ticketLifeMs = 120_000
/** Of one reason for one opening, or of what nobody knows, the journal hears once in this time: never a flood. */
const journalEveryMs = 60_000

type Ticket = {
  readonly opening: Opening
  readonly issuedAt: number
  state: 'fresh' | 'used' | 'revoked'
  /** The digest of the stream token it gave. */
  stream: string | null
}

type Parts = { clock: Clock; journal: Pick<Journal, 'appendEventually'> }

export function createExchange({ clock, journal }: Parts): Exchange {
  const tickets = new Map<string, Ticket>()
  const streams = new Map<string, Opening>()
  const journalled = new Map<Opening | null, Map<SessionRefusal, number>>()

  const refuse = (reason: SessionRefusal, opening: Opening | null = null): Exchanged => {
    const heard = journalled.get(opening) ?? new Map<SessionRefusal, number>()
    const last = heard.get(reason)
    if (last === undefined || clock.monotonic() - last >= journalEveryMs) {
      journalled.set(opening, heard.set(reason, clock.monotonic()))
      journal.appendEventually({
        kind: 'module.session-refused',
        outcome: 'refused',
        module: opening?.module.id ?? null,
        operator: opening === null ? null : referenceOf(opening.operator),
        details: { reason },
      })
    }
    return { kind: 'refused', reason }
  }

  /**
   * Whoever shows a ticket again, or another module's, has it from somebody: either may be the thief. Nobody keeps what
   * it gave (as RFC 6749 §4.1.2 does for an authorization code); the module is to be opened again.
   */
  const revoke = (ticket: Ticket): void => {
    ticket.state = 'revoked'
    if (ticket.stream !== null) streams.delete(ticket.stream)
    ticket.opening.end('revoked')
  }

  /** A ticket that gave nothing is as it was, unless it was shown again meanwhile. */
  const given = async (ticket: Ticket): Promise<string | null> => {
    let token: string | null = null
    try {
      token = await ticket.opening.give()
    } finally {
      if (token === null && ticket.state === 'used') ticket.state = 'fresh'
    }
    return token
  }

  return {
    ticketFor: (opening) => {
      const secret = newSecret()
      tickets.set(digestOf(secret), {
        opening,
        issuedAt: clock.monotonic(),
        state: 'fresh',
        stream: null,
      })
      return secret
    },
    redeem: async (secret, module) => {
      const digest = digestOf(secret)
      const ticket = tickets.get(digest)
      if (ticket === undefined) return refuse('unknown-ticket')
      const { opening } = ticket
      if (ticket.state !== 'fresh') {
        revoke(ticket)
        return refuse('used-ticket', opening)
      }
      if (module !== null && module !== opening.module.id) {
        revoke(ticket)
        return refuse('other-module', opening)
      }
      if (clock.monotonic() - ticket.issuedAt >= ticketLifeMs) return refuse('expired-ticket', opening)
      // Nothing was given: the ticket still is good when its operator comes back in time.
      if (!isInItsSession(opening)) return refuse('operator-gone', opening)
      // Before anything is waited for: of two at once, one is the second.
      ticket.state = 'used'
      const token = await given(ticket)
      // While that was waited for, its program has ended, or it was shown again.
      if (!tickets.has(digest)) return refuse('unknown-ticket')
      if (isRevoked(ticket)) return refuse('used-ticket', opening)
      if (token === null) return refuse('operator-gone', opening)
      const stream = newSecret()
      ticket.stream = digestOf(stream)
      streams.set(ticket.stream, opening)
      return { kind: 'given', token, stream, module: opening.module.id }
    },
    behind: (stream) => streams.get(digestOf(stream)) ?? null,
    malformed: () => void refuse('malformed'),
    forget: (opening) => {
      for (const [digest, ticket] of tickets) if (ticket.opening === opening) tickets.delete(digest)
      for (const [digest, other] of streams) if (other === opening) streams.delete(digest)
      journalled.delete(opening)
    },
  }
}

/** Whether its operator is connected, in the session it was opened in: another one of theirs is not it. */
function isInItsSession({ standing, since }: Opening): boolean {
  const now = standing()
  return now.kind === 'here' && now.held.since.getTime() === since?.getTime()
}

/** A function, for the compiler: it does not know what others did while an answer was waited for. */
function isRevoked({ state }: Ticket): boolean {
  return state === 'revoked'
}
