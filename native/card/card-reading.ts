import type { TokenReading } from './cryptolib-client.ts'
import type { CardHolder } from './holder.ts'
import { ckr, Pkcs11Error } from './pkcs11-error.ts'
import type { Asking, ReaderEntry } from './reader-table.ts'
import type { Card } from './states.ts'
import { cardOf } from './token.ts'
import { patienceMs, verdictOn } from './verdict.ts'

/** A transient answer is asked again after this. In milliseconds. */
const againMs = 150

type ReadsCertificate = (der: Uint8Array) => CardHolder

type Parts = {
  read: (slot: string, whole: boolean) => Promise<TokenReading>
  /** Loads what reads a certificate; called when there is a card to read. */
  loadCertificates: () => Promise<ReadsCertificate>
  /** Whether Cryptolib has any slot. */
  hasSlots: () => boolean
  /** Only a Cryptolib initialised again would answer. */
  reinitialise: () => void
  /** It has answered. */
  recovered: () => void
  /** In milliseconds; does not follow the wall clock. */
  monotonic: () => number
}

type Answer =
  | { readonly kind: 'read'; readonly reading: TokenReading }
  | { readonly kind: 'failed'; readonly code: number | null }

/** Reads the card of one reader, once, and notes in its entry what that comes to. */
export function createCardReading(parts: Parts): (entry: ReaderEntry, asking: Asking) => Promise<void> {
  const { read, loadCertificates, hasSlots, reinitialise, recovered, monotonic } = parts
  const certificates = (): Promise<ReadsCertificate | null> => loadCertificates().catch(() => null)

  const answerOf = async (slot: string | null, whole: boolean): Promise<Answer> => {
    // Without a slot there is no question. Without any, Cryptolib has lost PC/SC.
    if (slot === null) return { kind: 'failed', code: hasSlots() ? ckr.tokenNotPresent : ckr.deviceError }
    try {
      return { kind: 'read', reading: await read(slot, whole) }
    } catch (error) {
      return { kind: 'failed', code: error instanceof Pkcs11Error ? error.code : null }
    }
  }

  const elapsed = (asking: Asking): number => {
    asking.since ??= monotonic()
    return monotonic() - asking.since
  }

  const takeFailure = (entry: ReaderEntry, asking: Asking, code: number | null): void => {
    asking.repeated = asking.code === code ? asking.repeated + 1 : 1
    asking.code = code
    const verdict = verdictOn(code, {
      status: entry.status.kind,
      before: entry.token.kind,
      elapsed: elapsed(asking),
      repeated: asking.repeated,
    })
    if (verdict.reinitialise) reinitialise()
    if (verdict.kind === 'again') {
      asking.dueAt = monotonic() + againMs
      return
    }
    entry.asking = null
    entry.token = { kind: verdict.token }
  }

  return async (entry, asking) => {
    // Their code is loaded while Cryptolib reads the card that there probably is.
    const early = entry.status.kind === 'present' || entry.present ? certificates() : null
    const answer = await answerOf(entry.slot, asking.whole)
    const card =
      answer.kind === 'read' ? toCard(entry.name, answer.reading, await (early ?? certificates())) : null
    // A card has come or left meanwhile, or everything is to be read anew.
    if (entry.asking !== asking) return
    if (answer.kind === 'failed') return takeFailure(entry, asking, answer.code)
    if (card === null) return
    recovered()
    // A card pulled while it is read may lose its objects without an error (measured): it is asked again.
    const bare = answer.reading.certificate === null && card.certificate.kind === 'unreadable'
    if (bare && elapsed(asking) < patienceMs) {
      asking.dueAt = monotonic() + againMs
      return
    }
    entry.present = true
    entry.asking = null
    entry.token = { kind: 'read', card: believed(entry, card) }
  }
}

/** A CPS4 says LOCKED right after a good login (cryptolib-measured.md §2): its tries are three again. */
export function believed({ usedWithCode }: Pick<ReaderEntry, 'usedWithCode'>, card: Card): Card {
  return usedWithCode && card.triesLeft === 0 ? { ...card, triesLeft: 3 } : card
}

function toCard(reader: string, reading: TokenReading, readsCertificate: ReadsCertificate | null): Card {
  return cardOf(reader, reading, (der) => {
    if (readsCertificate === null) throw new Error('what reads a certificate does not load')
    return readsCertificate(der)
  })
}
