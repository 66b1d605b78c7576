import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Check } from '../diagnostic/check.ts'
import type { CheckId, Finding } from '../diagnostic/finding.ts'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import type { Readiness } from '../ipc/diagnostic-views.ts'
import { localDay } from '../operators/operator.ts'

/** What each check found. */
export type Findings = ReadonlyMap<CheckId, Finding>

/** What may be a task of the workstation, what keeps most people from working first. */
const urgency = [
  'database',
  'disk',
  'journal',
  'backup',
  'settings',
  'clock',
  'keychain',
  'proxy',
  'psc',
  'loopback-ports',
  'browser',
  'cryptolib',
  'smart-card-service',
  'readers',
] as const satisfies readonly CheckId[]
type Task = (typeof urgency)[number]

/** Merely to be watched, it is a task all the same: it gets worse, or lets nobody in by a card. */
const worthWatching: ReadonlySet<Task> = new Set([
  'database',
  'disk',
  'journal',
  'backup',
  'clock',
  'readers',
])

/**
 * The one thing to do before working, what is to be corrected first. What is merely not used here is no task, nor is
 * what a card says of its holder: they read it on its pill.
 */
export function readinessOf(findings: Findings): Readiness {
  const tasks = urgency.flatMap((check) => {
    const finding = findings.get(check)
    if (finding === undefined || finding.verdict === 'fine') return []
    if (finding.verdict === 'watch' && !worthWatching.has(check)) return []
    return [{ check, verdict: finding.verdict, text: finding.text, remedy: finding.remedy }]
  })
  const first = tasks.find(({ verdict }) => verdict === 'mend') ?? tasks[0]
  return first === undefined ? { kind: 'ready' } : { kind: 'to-do', ...first, others: tasks.length - 1 }
}

/** The launcher's line about the workstation. */
export type ReadinessLine = {
  /** Null until it is looked at for the first time. */
  readonly readiness: () => Readiness | null
  /** Looks some seconds from now, then at the first connection of each day. */
  readonly start: () => void
  readonly stop: () => void
  /** The card or Pro Santé Connect may have changed: what is known of them is looked at again. */
  readonly stateChanged: () => void
  /** The daily backup was made, or could not be: tried within the hour, as what is to be done is looked at again. */
  readonly backedUp: () => void
  /** comptoir.json was changed, mended or broken. */
  readonly settingsChanged: () => void
  /** Somebody may have done what was to be done. */
  readonly lookAgain: () => void
}

type Parts = {
  clock: Clock
  session: { isConnected: () => boolean; onChange: (listener: () => void) => void }
  /**
   * The workstation as it is known: nothing is asked of Pro Santé Connect nor of a card that was not asked by the
   * program itself.
   */
  site: () => Promise<DiagnosticSite>
  /** In one word each, what the card and Pro Santé Connect now say: as long as it is the same, nothing has changed. */
  state: () => { card: string; psc: string }
  changed: () => void
}

/** Long after the launcher is painted, and after the first answer of Pro Santé Connect (psc/availability.ts). */
const firstMs = 8000
/** Whoever has just connected is opening a module: that comes first. */
const afterConnectionMs = 4000
/** A card on its way through its states, a service that answers at its second try: neither is news. */
const settlingMs = 2500

/** What a change of the one or of the other can change. */
const followers: Record<'card' | 'psc' | 'backup', readonly Task[]> = {
  // Before the day's is made, which is an hour after the computer woke at the latest, an old one is no news.
  backup: ['backup', 'disk'],
  card: ['cryptolib', 'smart-card-service', 'readers'],
  psc: ['psc', 'clock'],
}

export function createReadiness({ clock, session, site, state, changed }: Parts): ReadinessLine {
  const findings = new Map<CheckId, Finding>()
  let known: Readiness | null = null
  let seen: ReturnType<typeof state> | null = null
  let lookedOn: string | null = null
  /** A reader was here: one that is not there where people work without is no news. */
  let hadReader = false
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let settling: NodeJS.Timeout | undefined
  let stopped = false

  /** Makes these checks one after the other, so that nothing is felt, and tells what that changes. */
  const look = async (ids: readonly Task[]): Promise<void> => {
    const { signal } = ending
    seen = state()
    // Loaded at the first look.
    const { checks } = await import('../diagnostic/checks.ts')
    await nextTurn()
    const here = await site()
    for (const check of checks) {
      if (signal.aborted) return
      if (!ids.some((id) => id === check.id)) continue
      const finding = await inTime(check, here, signal)
      if (check.id === 'readers') hadReader ||= finding !== null && (await hasReader(here))
      const unmissed = check.id === 'readers' && !hadReader
      if (finding === null || unmissed) findings.delete(check.id)
      else findings.set(check.id, finding)
      await nextTurn()
    }
    const next = readinessOf(findings)
    if (signal.aborted || JSON.stringify(next) === JSON.stringify(known)) return
    known = next
    changed()
  }

  const lookAgainWith = (ids: readonly Task[]): void => {
    const standing = urgency.filter((id) => (findings.get(id)?.verdict ?? 'fine') !== 'fine')
    const due = [...ids, ...standing]
    if (!stopped && due.length > 0) void look(due)
  }

  const lookAtAll = (): void => {
    lookedOn = localDay(clock.now())
    void look(urgency.filter((task) => task !== 'backup'))
  }

  session.onChange(() => {
    const due = lookedOn !== null && lookedOn !== localDay(clock.now())
    if (stopped || !due || !session.isConnected()) return
    lookedOn = localDay(clock.now())
    clearTimeout(timer)
    timer = setTimeout(lookAtAll, afterConnectionMs)
  })

  return {
    readiness: () => known,
    start: () => {
      timer = setTimeout(lookAtAll, firstMs)
    },
    stop: () => {
      stopped = true
      ending.abort()
      clearTimeout(timer)
      clearTimeout(settling)
    },
    stateChanged: () => {
      if (stopped || seen === null) return
      clearTimeout(settling)
      settling = setTimeout(() => {
        const [was, is] = [seen, state()]
        const due = (['card', 'psc'] as const).filter((which) => was?.[which] !== is[which])
        if (due.length > 0) void look(due.flatMap((which) => followers[which]))
      }, settlingMs)
    },
    backedUp: () => lookAgainWith(followers.backup),
    settingsChanged: () => lookAgainWith(seen === null ? [] : ['settings']),
    lookAgain: () => lookAgainWith([]),
  }
}

async function hasReader({ card }: DiagnosticSite): Promise<boolean> {
  const sight = await card()
  return sight.kind === 'seen' && sight.snapshot.readers.length > 0
}

/** What a check finds. Null where it fails or does not answer: no task, « Diagnostic du poste » tells of it. */
async function inTime(check: Check, site: DiagnosticSite, signal: AbortSignal): Promise<Finding | null> {
  const givingUp = new AbortController()
  const giveUp = (): void => givingUp.abort()
  signal.addEventListener('abort', giveUp)
  const late = setTimeout(giveUp, check.timeoutMs)
  try {
    const over = new Promise<null>((resolve) => {
      givingUp.signal.addEventListener('abort', () => resolve(null))
    })
    return await Promise.race([check.look(site, givingUp.signal), over])
  } catch {
    return null
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', giveUp)
    giveUp()
  }
}
