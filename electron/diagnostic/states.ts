import type { CardState, Remark } from '../../native/card/states.ts'
import { assertNever } from '../assert-never.ts'
import type { StorageFault } from '../storage/storage-error.ts'
import type { CardSight, DatabaseSight, DiagnosticSite, PscSight } from './site.ts'

/**
 * What the assistance code sums up. These lists only ever grow at their ends: a code that was read aloud last year
 * means the same today.
 */
export const cardSummaries = [
  'fine',
  'off',
  'looking',
  'cryptolib-missing',
  'cryptolib-32-bit-only',
  'cryptolib-unusable',
  'cryptolib-too-old',
  'restarting',
  'service-stopped',
  'no-reader',
  'remote-session',
  'empty-reader',
  'reader-busy',
  'mute',
  'vitale',
  'not-recognised',
  'several-cards',
  'blocked',
  'expired',
  'few-tries',
  'unreadable-certificate',
  /** A card of test, soon to end, without contact or without RPPS. */
  'remark',
] as const
export type CardSummary = (typeof cardSummaries)[number]

export const pscSummaries = [
  'available',
  'off',
  'not-asked',
  'slow',
  'clock-wrong',
  'other-issuer',
  'not-discovery',
  'unreachable',
  'unreachable-proxy',
  'unreachable-certificate',
  'unreachable-too-slow',
  'no-keychain',
  'keychain-locked',
  'keychain-failed',
  'secret-missing',
  'file-missing',
  'file-unreadable',
  'file-invalid',
  'passphrase-wrong',
  'key-mismatch',
  'certificate-expired',
] as const
export type PscSummary = (typeof pscSummaries)[number]

export const databaseSummaries = [
  'fine',
  /** Nothing in its place, or no folder for it. */
  'missing',
  'busy',
  /** Full, or not to be written. */
  'disk',
  'damaged',
  /** Of a newer Comptoir, or anything else. */
  'unusable',
] as const
export type DatabaseSummary = (typeof databaseSummaries)[number]

export type States = {
  readonly card: CardSummary
  readonly psc: PscSummary
  readonly database: DatabaseSummary
}

/** Beyond which the service is slow, as its pill says (psc/availability.ts). In milliseconds. */
export const slowMs = 2000
/** By how much a clock that is wrong keeps everybody out (psc/fetch.ts). In milliseconds. */
export const clockToleranceMs = 300_000

/** The three states of a site that was looked at: what has not answered yet is not waited for. */
export async function statesOf(site: Pick<DiagnosticSite, 'card' | 'psc' | 'database'>): Promise<States> {
  const [card, psc, database] = await Promise.all([
    known(site.card(), null),
    known(site.psc(), null),
    known(site.database(), null),
  ])
  return {
    card: card === null ? 'looking' : cardSummary(card),
    psc: psc === null ? 'not-asked' : pscSummary(psc),
    database: database === null ? 'unusable' : databaseSummary(database),
  }
}

/** What has been found by now. */
function known<T>(look: Promise<T>, otherwise: null): Promise<T | null> {
  const soon = new Promise<null>((resolve) => setTimeout(resolve, 0, otherwise))
  return Promise.race([look.catch(() => otherwise), soon])
}

export function cardSummary(sight: CardSight): CardSummary {
  switch (sight.kind) {
    case 'off':
      return 'off'
    case 'failed':
      return 'restarting'
    case 'seen':
      return ofState(sight.snapshot.state)
    default:
      return assertNever(sight)
  }
}

function ofState(state: CardState): CardSummary {
  switch (state.kind) {
    case 'searching':
    case 'reading':
      return 'looking'
    case 'card': {
      const [gravest] = state.remarks
      return gravest === undefined ? 'fine' : remarkSummaries[gravest]
    }
    case 'cryptolib-missing':
    case 'cryptolib-32-bit-only':
    case 'cryptolib-unusable':
    case 'cryptolib-too-old':
    case 'restarting':
    case 'service-stopped':
    case 'no-reader':
    case 'remote-session':
    case 'empty-reader':
    case 'reader-busy':
    case 'mute':
    case 'vitale':
    case 'not-recognised':
    case 'several-cards':
      return state.kind
    default:
      return assertNever(state)
  }
}

const remarkSummaries: Readonly<Record<Remark, CardSummary>> = {
  blocked: 'blocked',
  expired: 'expired',
  'last-try': 'few-tries',
  'two-tries': 'few-tries',
  'unreadable-certificate': 'unreadable-certificate',
  test: 'remark',
  expiring: 'remark',
  contactless: 'remark',
  'without-rpps': 'remark',
}

export function pscSummary(sight: PscSight): PscSummary {
  if (sight.kind === 'off') return 'off'
  const { impeded, discovery, aheadMs } = sight
  if (impeded !== null) return impeded.impediment
  switch (discovery.kind) {
    case 'unreachable':
      return discovery.why === 'other' ? 'unreachable' : `unreachable-${discovery.why}`
    case 'other-issuer':
    case 'not-discovery':
      return discovery.kind
    case 'answered':
      if (aheadMs !== null && Math.abs(aheadMs) >= clockToleranceMs) return 'clock-wrong'
      return discovery.tookMs > slowMs ? 'slow' : 'available'
    default:
      return assertNever(discovery)
  }
}

export function databaseSummary(sight: DatabaseSight): DatabaseSummary {
  switch (sight.kind) {
    case 'none':
      return 'missing'
    case 'fault':
      return faultSummaries[sight.fault]
    case 'open':
      return sight.damaged ? 'damaged' : 'fine'
    default:
      return assertNever(sight)
  }
}

const faultSummaries: Readonly<Record<StorageFault, DatabaseSummary>> = {
  busy: 'busy',
  'read-only': 'disk',
  full: 'disk',
  corrupt: 'damaged',
  'newer-schema': 'unusable',
  'missing-folder': 'missing',
  'missing-database': 'missing',
  unavailable: 'unusable',
}
