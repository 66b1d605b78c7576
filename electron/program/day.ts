import type { Notice } from '../ipc/views.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { OpenModules } from '../modules/open-modules.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { heldSessions, holdsBrowser, holdsPsc } from '../session/session.ts'
import { dayTexts } from '../../renderer/ui/texts/day.ts'

/** « Fermer la journée »: whoever is at the counter may; it gives access to nothing. */
export type Day = {
  /** Whether Pro Santé Connect would be ended in the browser too. */
  readonly endsPsc: () => boolean
  /**
   * Closes the modules' pages, asking first about unsaved work, then ends every session held here. Resolves to false, and
   * ends nobody's session, where somebody keeps a page.
   */
  readonly close: () => Promise<boolean>
  /** A card was pulled, a program has ended: what remains to be done is said anew. */
  readonly refresh: () => void
}

type Parts = {
  session: Pick<OperatorSession, 'state' | 'connected' | 'endAll'>
  journal: Pick<Journal, 'appendEventually'>
  openModules: Pick<OpenModules, 'all'>
  closePages: () => Promise<boolean>
  /** Ends Pro Santé Connect, also in the browser where its session is. */
  leavePsc: (inBrowser: boolean) => void
  /** Gives up whatever is under way to let somebody in. */
  giveUpComing: () => void
  isInserted: (rpps: Rpps) => boolean
  notice: () => Notice | null
  notify: (notice: Notice) => void
}

export function createDay(parts: Parts): Day {
  const { session, journal, openModules, isInserted } = parts
  /** What was said of the last day closed, and whose cards may have been left in the reader. */
  let told: Notice | null = null
  let cards: readonly Rpps[] = []

  const tell = (): void => {
    const programs = openModules.all().map(({ module }) => module.label)
    const cardLeft = cards.some(isInserted)
    const todo = [
      ...(cardLeft ? [dayTexts.cardLeftRemedy] : []),
      ...(programs.length > 0 ? [dayTexts.programsLeft(programs)] : []),
    ]
    told = {
      tone: cardLeft ? 'watch' : 'info',
      text: cardLeft ? dayTexts.cardLeft : dayTexts.closed,
      remedy: todo.length > 0 ? todo.join(' ') : null,
      reference: null,
    }
    parts.notify(told)
  }

  return {
    endsPsc: () => heldSessions(session.state()).some(holdsBrowser),
    close: async () => {
      const pages = openModules.all().filter(({ module }) => module.launch.kind !== 'program').length
      if (!(await parts.closePages())) return false
      const held = heldSessions(session.state())
      const closer = session.connected()?.operator ?? null
      if (held.some(holdsPsc)) parts.leavePsc(held.some(holdsBrowser))
      session.endAll('day-closed')
      parts.giveUpComing()
      journal.appendEventually({
        kind: 'day.closed',
        outcome: 'done',
        operator: closer === null ? null : referenceOf(closer),
        details: { sessions: held.length, pages },
      })
      cards = held.map(({ operator }) => operator.rpps).filter((rpps) => rpps !== null)
      tell()
      return true
    },
    refresh: () => {
      if (told !== null && parts.notice() === told) tell()
    },
  }
}
