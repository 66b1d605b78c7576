import type { Notice } from '../ipc/views.ts'
import type { Operator } from '../operators/operator.ts'
import type { PscLogout, SessionTokens } from '../psc/logout.ts'
import { texts } from '../../renderer/ui/texts.ts'

/** The end of what Pro Santé Connect opened for the operator who is connected. */
export type PscLeaving = {
  /** Keeps what ends this operator's session at Pro Santé Connect, for as long as they stay connected. */
  readonly keep: (operator: Pick<Operator, 'id'>, tokens: SessionTokens) => void
  /** Forgets it unless this operator is connected: tokens do not outlive a lock or a logout. */
  readonly forgetUnless: (connected: Pick<Operator, 'id'> | null) => void
  /** Ends the session at Pro Santé Connect. Nobody waits for it: says so when it may remain. */
  readonly end: () => void
}

type Parts = {
  /** Rejects when Pro Santé Connect cannot be asked. */
  logout: PscLogout
  notice: () => Notice | null
  notify: (notice: Notice | null) => void
}

/** A browser that is not back after that may have stayed on a page of its own; it is listened for longer. */
const returnMs = 30_000

const mayRemain: Notice = {
  tone: 'watch',
  text: texts.psc.mayRemain,
  remedy: texts.psc.mayRemainRemedy,
  reference: null,
}

export function createPscLeaving({ logout, notice, notify }: Parts): PscLeaving {
  let kept: { readonly operatorId: string; readonly tokens: SessionTokens } | null = null
  let late: NodeJS.Timeout | undefined

  const leave = async (tokens: SessionTokens | null): Promise<void> => {
    const left = await logout(tokens)
    if (left.kind === 'impossible') notify(mayRemain)
    // Somebody may have identified in that browser meanwhile.
    if (left.kind !== 'out' || kept !== null) return
    late = setTimeout(() => notify(mayRemain), returnMs)
    await left.returned
    clearTimeout(late)
    if (notice() === mayRemain) notify(null)
  }

  return {
    keep: (operator, { idToken, refreshToken, trace }) => {
      kept = { operatorId: operator.id, tokens: { idToken, refreshToken, trace } }
      // The browser is theirs now, whoever's it was.
      clearTimeout(late)
    },
    forgetUnless: (connected) => {
      if (kept !== null && kept.operatorId !== connected?.id) kept = null
    },
    end: () => {
      const tokens = kept?.tokens ?? null
      kept = null
      clearTimeout(late)
      leave(tokens).catch(() => notify(mayRemain))
    },
  }
}
