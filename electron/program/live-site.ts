import { setTimeout as wait } from 'node:timers/promises'
import { assertNever } from '../assert-never.ts'
import { isSettled } from '../diagnostic/card-sight.ts'
import type { CardSight, DiscoverySight, PscSight } from '../diagnostic/site.ts'
import { slowMs } from '../diagnostic/states.ts'
import type { PscSnapshot } from '../psc/state.ts'
import type { CardSnapshot } from '../../native/card/states.ts'

/** A card that is being read is waited for: its process has an answer, or says so, within this. */
const readingMs = 6000
const againMs = 50

/** The card as its process shows it now, once there is something to say of it. */
export function liveCard(snapshot: () => CardSnapshot | null): () => Promise<CardSight> {
  return async () => {
    for (let waited = 0; ; waited += againMs) {
      const now = snapshot()
      if (now === null) return { kind: 'off' }
      if (isSettled(now) || waited >= readingMs) return { kind: 'seen', snapshot: now }
      await wait(againMs, undefined, { ref: false })
    }
  }
}

/** Pro Santé Connect as its pill shows it: nothing is asked of it. */
export function knownPsc({ state, host }: PscSnapshot): PscSight {
  const on = (discovery: DiscoverySight, aheadMs: number | null = null): PscSight => ({
    kind: 'on',
    host: host ?? '',
    impeded: null,
    discovery,
    aheadMs,
  })
  switch (state.kind) {
    case 'off':
      return { kind: 'off' }
    case 'impeded':
      return {
        kind: 'on',
        host: host ?? '',
        impeded: { impediment: state.impediment, detail: state.detail },
        discovery: { kind: 'unreachable', why: 'other', code: '' },
        aheadMs: null,
      }
    // Nothing is known against it.
    case 'unknown':
    case 'available':
      return on({ kind: 'answered', tookMs: 0 })
    case 'slow':
      return on({ kind: 'answered', tookMs: slowMs + 1 })
    case 'unavailable':
      return on({ kind: 'unreachable', why: 'other', code: '' })
    case 'clock-wrong':
      return on({ kind: 'answered', tookMs: 0 }, state.minutes * 60_000)
    default:
      return assertNever(state)
  }
}
