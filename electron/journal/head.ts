import { setTimeout as sleep } from 'node:timers/promises'
import type { KeptItem } from '../../native/keychain/secrets.ts'
import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { Place } from './chain.ts'
import { isSamePlace, lastCheckpoint } from './checkpoint.ts'
import type { KeptHead } from './verdict.ts'

/** A kill loses sight of the rows of the last seconds at most: the database has them. On Linux each time costs a process. */
const keepAfterMs = 10_000
/** A keychain that is absent or closed is not asked again before. */
const leaveAloneMs = 60_000

/** Keeps the journal's last place outside the database, so that rows cut from the end are missed. Never throws. */
export type HeadKeeper = {
  /** The row was committed: it is kept a few seconds later, with what was noted meanwhile. */
  readonly note: (place: Place) => void
  readonly read: () => Promise<KeptHead>
  /** Keeps what was noted last, waiting at most `deadlineMs`. */
  readonly flush: (deadlineMs: number) => Promise<void>
}

type Parts = {
  /** Opens the keychain's item, at its first use. */
  readonly item: () => Promise<KeptItem>
  readonly storage: Storage
  readonly clock: Clock
}

/**
 * What is kept never goes back, and is never replaced by the head of a journal that it does not belong to: a cut end
 * stays known, however many rows are written after it.
 */
export function createHeadKeeper({ item, storage, clock }: Parts): HeadKeeper {
  let noted: Place | null = null
  /** From then on nobody else writes: Comptoir runs once for each account. */
  let mine = false
  let leftAloneUntil = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const later = (): void => {
    if (timer !== null || noted === null) return
    const waitMs = Math.max(keepAfterMs, leftAloneUntil - clock.monotonic())
    timer = setTimeout(() => {
      timer = null
      writing = keep().then(later)
    }, waitMs)
    timer.unref()
  }

  const keep = async (): Promise<void> => {
    const place = noted
    if (place === null || clock.monotonic() < leftAloneUntil) return
    noted = null
    try {
      const opened = await item()
      if (!mine && !(await mayReplace(storage, await opened.read(), place))) return
      await opened.write(textOf(place))
      mine = true
    } catch {
      leftAloneUntil = clock.monotonic() + leaveAloneMs
      noted ??= place
    }
  }

  return {
    note: (place) => {
      noted = place
      later()
    },
    read: async () => {
      try {
        return await readHead(await item())
      } catch {
        return { kind: 'no-keychain' }
      }
    },
    flush: async (deadlineMs) => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      const deadline = new AbortController()
      const over = sleep(deadlineMs, undefined, { signal: deadline.signal }).catch(() => undefined)
      await Promise.race([writing.then(keep), over])
      deadline.abort()
    },
  }
}

/** What the item keeps. Never rejects. */
export async function readHead(item: KeptItem): Promise<KeptHead> {
  try {
    const place = placeIn(await item.read())
    return place === null ? { kind: 'none' } : { kind: 'kept', ...place }
  } catch {
    return { kind: 'no-keychain' }
  }
}

/**
 * Makes `place` the kept head, whatever was kept: another journal took the place of the one that it told of. Resolves
 * to whether the keychain took it; never rejects.
 */
export async function resetHead(item: KeptItem, place: Place): Promise<boolean> {
  try {
    await item.write(textOf(place))
    return true
  } catch {
    return false
  }
}

async function mayReplace(storage: Storage, text: string | null, place: Place): Promise<boolean> {
  const kept = placeIn(text)
  return kept === null || (kept.seq < place.seq && (await isOf(storage, kept)))
}

/** Whether the journal holds that row, or let go of it. */
async function isOf(storage: Storage, place: Place): Promise<boolean> {
  const row = await storage.read((db) =>
    db.selectFrom('journal').select(['seq', 'hash']).where('seq', '=', place.seq).executeTakeFirst(),
  )
  if (row !== undefined) return isSamePlace(row, place)
  const checkpoint = await storage.read(lastCheckpoint)
  return checkpoint !== undefined && (place.seq < checkpoint.seq || isSamePlace(place, checkpoint))
}

const textOf = ({ seq, hash }: Place): string => `${seq}:${hash}`

function placeIn(text: string | null): Place | null {
  const found = /^(?<seq>[1-9]\d{0,14}):(?<hash>[0-9a-f]{64})$/u.exec(text ?? '')?.groups
  const { seq, hash } = found ?? {}
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash }
}
