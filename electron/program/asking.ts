import type { Clock } from '../clock.ts'
import type { Attempt, Attempts, Step } from '../identification/attempt.ts'
import type { CardAtCounter } from '../identification/card-at-counter.ts'
import type { PscSnapshot } from '../psc/state.ts'
import type { CardRemoved } from '../session/card-removed.ts'
import type { StayConnected } from '../session/stay-connected.ts'
import type { Settings } from '../settings/schema.ts'
import { usablePsc } from '../settings/psc.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import {
  createIdentification,
  createStayConnectedWindow,
  stayConnectedHeight,
  stayConnectedView,
  type Asked,
} from '../windows/questions.ts'
import { texts } from '../../renderer/ui/texts.ts'

/**
 * The two windows that ask: who is there, and « Rester connecté ? » (a module left, or a card pulled). Made once,
 * hidden, and shown when they ask.
 */
export type Asking = {
  /** Creates them before they are wanted. */
  readonly prepare: () => void
  /** Shows the attempt as it is now, or hides its window. */
  readonly showAttempt: () => void
  /** The card or Pro Santé Connect has changed: the window that asks who is there shows them too. */
  readonly refresh: () => void
  /** Shows the question as it is now, or hides its window. */
  readonly showQuestion: () => void
  /** The window of « Rester connecté ? » was closed, or crashed. */
  readonly closed: () => void
  /** Whoever has just left, or is coming, needs the launcher and what it asks: no veil stays over them. */
  readonly raise: () => void
}

type Parts = {
  settings: Settings
  clock: Clock
  windows: AppWindows
  launcher: AppWindow<'launcher'>
  /** Asked when a window is drawn: both are made after this. */
  attempts: () => Pick<Attempts, 'current' | 'cancel'>
  stay: () => Pick<StayConnected, 'question' | 'answer'>
  cardRemoved: () => Pick<CardRemoved, 'question' | 'answer'>
  card: CardAtCounter
  psc: () => PscSnapshot
  stillOpen: () => string[]
}

/** What is filled in less often is higher than what is typed all day. Of the page, in device-independent pixels. */
const formHeights: Partial<Record<Step['kind'], number>> = {
  newcomer: 640,
  'newcomer-authorise': 500,
  'new-password': 540,
  'provisional-password': 540,
}

/** A window that would come and go within this time is not brought to the front. */
const quickMs = 150

export function createAsking({
  settings,
  clock,
  windows,
  launcher,
  attempts,
  stay,
  cardRemoved,
  card,
  psc,
  stillOpen,
}: Parts): Asking {
  const { stayConnectedSeconds: seconds } = settings.session
  const place = { clock, psc: usablePsc(settings), pscState: () => psc().state, card }
  let identification: AppWindow<'identification'> | null = null
  let stayConnected: AppWindow<'stay-connected'> | null = null

  const identificationWindow = (): AppWindow<'identification'> => {
    if (identification === null || identification.window.isDestroyed()) {
      const { current, cancel } = attempts()
      identification = createIdentification(windows, launcher.window, place, current, cancel)
    }
    return identification
  }
  const asked = (): Asked | null => {
    const removed = cardRemoved().question()
    if (removed !== null) return { kind: 'card-removed', question: removed }
    const left = stay().question()
    return left === null ? null : { kind: 'module-left', question: left }
  }
  const closed = (): void => {
    if (cardRemoved().question() === null) stay().answer('window-closed')
    else cardRemoved().answer('window-closed')
  }
  const stayConnectedWindow = (): AppWindow<'stay-connected'> => {
    if (stayConnected === null || stayConnected.window.isDestroyed()) {
      stayConnected = createStayConnectedWindow(
        windows,
        launcher.window,
        () => stayConnectedView(asked(), { clock, seconds, stillOpen: stillOpen() }),
        closed,
      )
    }
    return stayConnected
  }

  /** What the browser came back with is verified, most often, before this has any use. */
  let checking: NodeJS.Timeout | undefined
  /** The height that the person left it at, while a longer form has it. */
  let usualHeight: number | null = null
  const fit = ({ window }: AppWindow<'identification'>, step: Step['kind'] | null): void => {
    const [width = 0, height = 0] = window.getContentSize()
    const needed = step === null ? undefined : formHeights[step]
    if (needed !== undefined) {
      usualHeight ??= height
      window.setContentSize(width, Math.max(usualHeight, needed))
    } else if (usualHeight !== null) {
      window.setContentSize(width, usualHeight)
      usualHeight = null
    }
  }
  const showStep = (): void => {
    const asking = identificationWindow()
    const step = stepOf(attempts().current())
    asking.push()
    fit(asking, step)
    if (step === null) {
      asking.hide()
      // The browser may stand before it.
      launcher.window.moveTop()
      launcher.window.focus()
      return
    }
    asking.window.setTitle(texts.identification.title(asking.view().module))
    // While the browser is out it stands in front; once it is back, ours is wanted again.
    if ((step === 'browser' || step === 'leaving') && asking.window.isVisible()) return
    asking.window.moveTop()
    asking.reveal('focused')
  }

  return {
    prepare: () => {
      identificationWindow()
      stayConnectedWindow()
    },
    showAttempt: () => {
      clearTimeout(checking)
      const step = stepOf(attempts().current())
      if (step === 'checking') checking = setTimeout(showStep, quickMs)
      else showStep()
    },
    refresh: () => {
      if (attempts().current().kind !== 'none') identificationWindow().push()
    },
    showQuestion: () => {
      const asking = stayConnectedWindow()
      const question = asked()
      asking.push()
      if (question === null) {
        asking.hide()
        return launcher.push()
      }
      asking.window.setContentSize(asking.window.getContentSize()[0] ?? 0, stayConnectedHeight(question))
      asking.reveal(question.question.deadline === null ? 'unfocused' : 'focused')
    },
    closed,
    raise: () => {
      launcher.window.moveTop()
      if (attempts().current().kind === 'none') return
      identificationWindow().window.moveTop()
      identificationWindow().window.focus()
    },
  }
}

function stepOf(attempt: Attempt): Step['kind'] | null {
  return attempt.kind === 'none' ? null : attempt.step.kind
}
