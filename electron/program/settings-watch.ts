import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Edition } from '../settings/edition.ts'
import { findSettingsLater, judgeSettings, type FoundFile, type SettingsFault } from '../settings/read.ts'
import type { LiveSettings, SettingsChange } from './live-settings.ts'

/** What became of comptoir.json while Comptoir runs. */
export type SettingsNews =
  | ({ readonly kind: 'changed' } & SettingsChange)
  /** What holds stays. */
  | { readonly kind: 'faulty'; readonly faults: readonly SettingsFault[] }
  /** It is no longer there; what holds stays. */
  | { readonly kind: 'gone' }
  /** After `faulty` or `gone`: it says again what holds. */
  | { readonly kind: 'mended' }

export type SettingsWatch = { readonly stop: () => void }

type Parts = {
  file: string
  edition: Edition
  live: Pick<LiveSettings, 'replace'>
  told: (news: SettingsNews) => void
  /** Milliseconds: those of `usualPace` but in tests. */
  pace?: Pace
}

/** `settle`: an editor writes in several steps; `confirm`: what is wrong is read again; `poll`: where nothing is told. */
type Pace = { readonly settle: number; readonly confirm: number; readonly poll: number }
const usualPace: Pace = { settle: 200, confirm: 1000, poll: 30_000 }

/**
 * Follows comptoir.json for as long as the program runs: a change that is right is handed to `live`, and each thing that
 * became of it is told once. The folder is watched, since editors replace the file; a folder that cannot be (none yet, a
 * network's) is looked at now and then. What is wrong is told only once it has stopped changing: it may be half written.
 */
export function watchSettings({ file, edition, live, told, pace = usualPace }: Parts): SettingsWatch {
  const stopped = new AbortController()
  let watcher: FSWatcher | null = null
  let settling: NodeJS.Timeout | undefined
  /** What the last poll saw. */
  let seen: string | null = null
  /** What was last read, and told if it had to be. */
  let held: FoundFile | null = null
  /** Whether it is told that the file is faulty, or gone. */
  let amiss = false
  let reading: Promise<void> | null = null
  let again = false

  const read = async (): Promise<void> => {
    const found = await findSettingsLater(file)
    if (held !== null && isSame(found, held)) return
    if (found.kind === 'absent') {
      // It was not there either as the program started.
      if (held === null) held = found
      else if (await lasts(found)) settle(found, { kind: 'gone' })
      return
    }
    const outcome = judgeSettings(found, { edition })
    if (outcome.kind === 'faulty') {
      if (await lasts(found)) settle(found, { kind: 'faulty', faults: outcome.faults })
      return
    }
    const change = live.replace(outcome.settings)
    const isChange = change.applied.length > 0 || change.pending.length > 0
    if (isChange) settle(found, { kind: 'changed', ...change })
    else if (amiss) settle(found, { kind: 'mended' })
    else held = found
  }

  const settle = (found: FoundFile, news: SettingsNews): void => {
    held = found
    amiss = news.kind === 'faulty' || news.kind === 'gone'
    told(news)
  }

  /** Whether the file is still so after a while; otherwise it is read once more. */
  const lasts = async (found: FoundFile): Promise<boolean> => {
    await sleep(pace.confirm, undefined, { signal: stopped.signal, ref: false })
    const same = isSame(found, await findSettingsLater(file))
    if (!same) again = true
    return same && !stopped.signal.aborted
  }

  /** One reading at a time; what comes meanwhile makes another one. */
  const look = (): void => {
    if (reading !== null) {
      again = true
      return
    }
    reading = read()
      // Only by `stop`.
      .catch(() => undefined)
      .finally(() => {
        reading = null
        if (!again || stopped.signal.aborted) return
        again = false
        look()
      })
  }

  const soon = (): void => {
    clearTimeout(settling)
    settling = setTimeout(look, pace.settle)
    settling.unref()
  }

  const listen = (): void => {
    if (watcher !== null) return
    const name = basename(file).toLowerCase()
    try {
      watcher = watch(dirname(file), { persistent: false }, (_event, changed) => {
        // Null where the system does not tell which.
        if (changed === null || changed.toLowerCase() === name) soon()
      })
      watcher.on('error', deafen)
    } catch {
      deafen()
    }
  }
  const deafen = (): void => {
    watcher?.close()
    watcher = null
  }

  const poll = async (): Promise<void> => {
    const now = await stampOf(file)
    if (now === seen || stopped.signal.aborted) return
    seen = now
    // What was watched may be a folder that is no more.
    deafen()
    listen()
    look()
  }

  listen()
  // It may have changed since the program read it.
  soon()
  const polling = setInterval(() => void poll(), pace.poll)
  polling.unref()
  return {
    stop: () => {
      stopped.abort()
      deafen()
      clearTimeout(settling)
      clearInterval(polling)
    },
  }
}

/** What changes with a file, at the cost of no reading. */
async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(file)
    return [mtimeMs, ctimeMs, size, ino].join(' ')
  } catch {
    return 'absent'
  }
}

function isSame(one: FoundFile, other: FoundFile): boolean {
  if (one.kind === 'bytes') return other.kind === 'bytes' && one.bytes.equals(other.bytes)
  if (one.kind === 'absent') return other.kind === 'absent'
  return other.kind === 'unreadable' && one.code === other.code
}
