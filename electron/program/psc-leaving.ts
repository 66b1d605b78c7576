import type { Notice } from '../ipc/views.ts'
import type { Operator } from '../operators/operator.ts'
import type { Authentication } from '../psc/authentication.ts'
import type { PscLogout, SessionTokens } from '../psc/logout.ts'
import type { PscFlow } from '../psc/trace.ts'
import { texts } from '../../renderer/ui/texts.ts'

/** The end of what Pro Santé Connect opened for the operator who is connected. */
export type PscLeaving = {
  /** Keeps what ends this operator's session at Pro Santé Connect, for as long as they stay connected. */
  readonly keep: (
    operator: Pick<Operator, 'id'>,
    authentication: SessionTokens & Pick<Authentication, 'trace'>,
  ) => void
  /** Forgets it unless this operator is connected: tokens do not outlive a lock or a logout. */
  readonly forgetUnless: (connected: Pick<Operator, 'id'> | null) => void
  /** Ends the session at Pro Santé Connect. Nobody waits for it: says so when it may remain in the browser. */
  readonly end: (inBrowser: boolean) => void
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
  let kept: {
    readonly operatorId: string
    readonly flow: PscFlow
    readonly tokens: SessionTokens
  } | null = null
  let late: NodeJS.Timeout | undefined

  const leave = async (tokens: SessionTokens | null, inBrowser: boolean): Promise<void> => {
    const left = await logout(tokens, inBrowser)
    if (left.kind === 'impossible') notify(mayRemain)
    // Somebody may have identified in that browser meanwhile.
    if (left.kind !== 'out' || kept !== null) return
    clearTimeout(late)
    const mine = setTimeout(() => notify(mayRemain), returnMs)
    late = mine
    await left.returned
    clearTimeout(mine)
    if (notice() === mayRemain) notify(null)
  }

  return {
    keep: (operator, { idToken, refreshToken, trace: { flow } }) => {
      // What the browser was given is still there to be ended, though its operator comes in again by phone.
      if (flow === 'ciba' && kept?.operatorId === operator.id && kept.flow === 'code') return
      kept = { operatorId: operator.id, flow, tokens: { idToken, refreshToken } }
      // The browser is theirs now, whoever's it was.
      clearTimeout(late)
    },
    forgetUnless: (connected) => {
      if (kept !== null && kept.operatorId !== connected?.id) kept = null
    },
    end: (inBrowser) => {
      const tokens = kept?.tokens ?? null
      kept = null
      clearTimeout(late)
      if (tokens === null && !inBrowser) return
      leave(tokens, inBrowser).catch(() => inBrowser && notify(mayRemain))
    },
  }
}
