import { isDeepStrictEqual } from 'node:util'
import type { Settings } from '../settings/schema.ts'

/** What a change of comptoir.json did: names of keys such as `session.idleLockMinutes`, never a value. */
export type SettingsChange = {
  /** They hold from now on. */
  readonly applied: readonly string[]
  /** They differ from what runs, and will hold at the next start. */
  readonly pending: readonly string[]
}

/** The settings of this run, which follow comptoir.json where a program that runs can. */
export type LiveSettings = {
  /**
   * The settings that hold, always as they are now: each section is read again by whoever must follow it, and never
   * kept. A section that was kept stays as it was.
   */
  readonly settings: Settings
  /** Takes the settings that comptoir.json has now; what waits for the next start stays as it was read at this one. */
  readonly replace: (next: Settings) => SettingsChange
  /** Calls `listener` after each change that applied something. */
  readonly onChange: (listener: (change: SettingsChange) => void) => void
}

/** Read once: what was built from them (the database, the road to Pro Santé Connect, the card process) stays. */
function atStart({ storage, network, psc, updates, card: { enabled, modulePath } }: Settings) {
  return { storage, network, psc, updates, card: { enabled, modulePath } }
}

/** The settings of `initial`, and how they are replaced. */
export function createLiveSettings(initial: Settings): LiveSettings {
  const kept = atStart(initial)
  const listeners: ((change: SettingsChange) => void)[] = []
  let current = initial

  const settings: Settings = {
    get pharmacy() {
      return current.pharmacy
    },
    get workstation() {
      return current.workstation
    },
    get support() {
      return current.support
    },
    get storage() {
      return current.storage
    },
    get network() {
      return current.network
    },
    get psc() {
      return current.psc
    },
    get card() {
      return current.card
    },
    get identification() {
      return current.identification
    },
    get session() {
      return current.session
    },
    get journal() {
      return current.journal
    },
    get updates() {
      return current.updates
    },
    get modules() {
      return current.modules
    },
  }

  return {
    settings,
    replace: (next) => {
      const held: Settings = { ...next, ...kept, card: { ...next.card, ...kept.card } }
      const change = { applied: differences(current, held), pending: differences(kept, atStart(next)) }
      current = held
      if (change.applied.length > 0) for (const listener of listeners) listener(change)
      return change
    },
    onChange: (listener) => listeners.push(listener),
  }
}

/** The names of the keys whose values differ: `modules`, `session.maxHours`; `psc` where one has none. */
function differences(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((section) => {
    // What an editor reads, and nobody else.
    if (section === '$schema') return []
    const [one, other] = [was.get(section), is.get(section)]
    if (isDeepStrictEqual(one, other)) return []
    if (!isSection(one) || !isSection(other)) return [section]
    return differences(one, other).map((key) => `${section}.${key}`)
  })
}

function isSection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
