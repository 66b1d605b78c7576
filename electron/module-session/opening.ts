import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { HeldSession } from '../session/session.ts'
import type { ModuleSettings, SessionClaim } from '../settings/schema.ts'
import { claimsOf } from './claims.ts'
import type { Signer } from './signer.ts'
import { standingOf, type Standing } from './standing.ts'

/** What a module hears of the operator who opened it; never who came in front of them. */
export type SessionEvent =
  | { readonly name: 'connected' | 'resumed'; readonly data: { readonly token: string } }
  | { readonly name: 'locked' | 'changed'; readonly data: Readonly<Record<string, never>> }
  | { readonly name: 'ended'; readonly data: { readonly reason: 'session' | Over } }

/** Nothing follows: its ticket was used twice; the module has been left or Comptoir closes. */
export type Over = 'revoked' | 'closed'

/** Hears what happens. Null: nothing more is told, what is to follow is to be asked for again. */
export type Follower = (event: SessionEvent | null) => void

/** A module that was opened with `session`, in the name of an operator, and not left. */
export type Opening = {
  readonly module: TellableModule
  readonly operator: Operator
  /** When the session that it was opened in began; null when that was over already. */
  readonly since: Date | null
  readonly standing: () => Standing
  /**
   * A token about its operator; null while they are not the one connected. The first one in a session is journalled
   * before it is given. Rejects with `StorageError`, and then nothing is given.
   */
  readonly give: () => Promise<string | null>
  /** Tells the follower how things stand, then each change. Returns what ends it. */
  readonly follow: (follower: Follower) => () => void
  readonly followers: () => number
  /** The session has changed. */
  readonly update: () => void
  /** Tells its followers that it is over, and nothing from then on. */
  readonly end: (reason: Over) => void
}

export type TellableModule = Pick<ModuleSettings, 'id' | 'access'>

type Parts = {
  module: TellableModule
  granted: readonly SessionClaim[]
  operator: Operator
  session: Pick<OperatorSession, 'state'>
  journal: Pick<Journal, 'append'>
  signer: Pick<Signer, 'sign'>
}

export function createOpening(parts: Parts): Opening {
  const { module, granted, operator, session, journal, signer } = parts
  const followers = new Map<Follower, () => void>()
  let over: Over | null = null
  let recorded: { since: Date; row: Promise<void> } | null = null

  const standing = (): Standing => standingOf(module, operator, session.state())
  const atFirst = standing()

  /** Once for a session: whoever comes back to a module that was told who they are has it told again. */
  const record = ({ means, since }: HeldSession): Promise<void> => {
    if (recorded?.since.getTime() === since.getTime()) return recorded.row
    const row = journal.append({
      kind: 'module.session-given',
      outcome: 'done',
      module: module.id,
      operator: referenceOf(operator),
      means: means.kind === 'password' ? 'password' : 'psc',
      details: {},
    })
    recorded = { since, row }
    row.catch(() => {
      if (recorded?.row === row) recorded = null
    })
    return row
  }

  const give = async (): Promise<string | null> => {
    const first = standing()
    if (first.kind !== 'here' || over !== null) return null
    await record(first.held)
    const held = sameSession(first.held, standing())
    if (held === null) return null
    const token = await signer.sign(module.id, operator.id, claimsOf(held, granted))
    return sameSession(held, standing()) === null || over !== null ? null : token
  }

  const follow = (follower: Follower): (() => void) => {
    let told: string | null = null
    let away = false
    let turns = 0
    const tellHere = async (turn: number): Promise<void> => {
      const token = await give().catch(() => undefined)
      // Something else has happened meanwhile, and was told or is about to be.
      if (token === null || turn !== turns || !followers.has(follower)) return
      if (token === undefined) return follower(null)
      follower({ name: away ? 'resumed' : 'connected', data: { token } })
      away = false
    }
    const update = (): void => {
      const now = standing()
      const next = now.kind === 'here' ? JSON.stringify(claimsOf(now.held, granted)) : now.kind
      if (next === told) return
      told = next
      turns += 1
      if (now.kind === 'here') return void tellHere(turns)
      // What is taken away is told at once, whatever the database says.
      away = true
      follower(awayEvent(now.kind))
    }
    if (over !== null) {
      follower({ name: 'ended', data: { reason: over } })
      return () => undefined
    }
    followers.set(follower, update)
    update()
    return () => followers.delete(follower)
  }

  return {
    module,
    operator,
    since: atFirst.kind === 'here' ? atFirst.held.since : null,
    standing,
    give,
    follow,
    followers: () => followers.size,
    update: () => {
      for (const update of followers.values()) update()
    },
    end: (reason) => {
      if (over !== null) return
      over = reason
      const hearing = [...followers.keys()]
      followers.clear()
      for (const follower of hearing) follower({ name: 'ended', data: { reason } })
    },
  }
}

/** The session as it now is, while it is the one that was journalled and its operator is in front. */
function sameSession(held: HeldSession, now: Standing): HeldSession | null {
  return now.kind === 'here' && now.held.since.getTime() === held.since.getTime() ? now.held : null
}

function awayEvent(kind: 'locked' | 'changed' | 'ended'): SessionEvent {
  return kind === 'ended' ? { name: kind, data: { reason: 'session' } } : { name: kind, data: {} }
}
