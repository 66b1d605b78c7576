import { screen, type BrowserWindow } from 'electron'
import type { Clock } from '../clock.ts'
import type { Attempt, Attempts, Step } from '../identification/attempt.ts'
import type { CardAtCounter } from '../identification/card-at-counter.ts'
import type { Purpose } from '../identification/purpose.ts'
import type { PscSnapshot } from '../psc/state.ts'
import type { CardRemoved } from '../session/card-removed.ts'
import type { Idle } from '../session/idle.ts'
import type { StayConnected } from '../session/stay-connected.ts'
import type { Settings } from '../settings/schema.ts'
import { usablePsc } from '../settings/psc.ts'
import type { RecentList } from './recent-operators.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import { attentionTo, hasKeyboard } from '../windows/attention.ts'
import { createFitting, neededSize } from '../windows/identification-size.ts'
import { mayBeSeenByPatients } from '../windows/placement.ts'
import {
  createIdentification,
  createStayConnectedWindow,
  stayConnectedHeight,
  stayConnectedView,
  type Asked,
} from '../windows/questions.ts'
import { texts } from '../../renderer/ui/texts.ts'

/**
 * The two windows that ask: who is there, and « Rester connecté ? » (a module left, a card pulled, nobody here).
 * Made once, hidden, and shown when they ask.
 */
export type Asking = {
  /** Creates them before they are wanted. */
  readonly prepare: () => void
  /** Shows the attempt as it is now, or hides its window. */
  readonly showAttempt: () => void
  /** The card or Pro Santé Connect has changed: the window that asks who is there shows them too. */
  readonly refresh: () => void
  /** The window that asks who is there comes before whatever program is in front. */
  readonly bringForward: () => void
  /** A finger, or keys. */
  readonly usesTouch: (uses: boolean) => void
  /** Shows the question as it is now, or hides its window. */
  readonly showQuestion: () => void
  /** The window of « Rester connecté ? » was closed, or crashed. */
  readonly closed: () => void
  /** Whether somebody is busy with the window of « Rester connecté ? ». */
  readonly attended: () => boolean
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
  idle: () => Pick<Idle, 'question' | 'answer'>
  card: CardAtCounter
  recent: () => Pick<RecentList, 'offered'>
  psc: () => PscSnapshot
  stillOpen: () => string[]
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
  idle,
  card,
  recent,
  psc,
  stillOpen,
}: Parts): Asking {
  let identification: AppWindow<'identification'> | null = null
  let stayConnected: AppWindow<'stay-connected'> | null = null
  let attended: (() => boolean) | null = null

  /** What the person uses, and what the window is laid out for: a key changes it at the next opening only. */
  let usesTouch = false
  let touch = false
  let fit: ReturnType<typeof createFitting> | null = null

  const seenByPatients = (): boolean => {
    const { patientDisplay } = settings.workstation
    return identification === null || mayBeSeenByPatients(identification.window, patientDisplay)
  }
  const place = {
    clock,
    psc: usablePsc(settings),
    pscState: () => psc().state,
    card,
    recent: (purpose: Purpose) => (seenByPatients() ? [] : recent().offered(purpose)),
    touch: () => touch,
  }
  /** No name stays in a window that is moved to the patients' screen, nor where that screen comes to be. */
  const followScreens = (window: BrowserWindow): void => {
    let seen = seenByPatients()
    const look = (): void => {
      if (window.isDestroyed() || seen === seenByPatients()) return
      seen = !seen
      refresh()
    }
    window.on('move', look)
    screen.on('display-added', look)
    screen.on('display-removed', look)
    screen.on('display-metrics-changed', look)
  }
  const refresh = (): void => {
    if (attempts().current().kind === 'none') return
    const asking = identificationWindow()
    fit?.(neededSize(asking.view()))
    asking.push()
  }

  const identificationWindow = (): AppWindow<'identification'> => {
    if (identification === null || identification.window.isDestroyed()) {
      const { current, cancel } = attempts()
      identification = createIdentification(windows, launcher.window, place, current, cancel)
      fit = createFitting(identification.window)
      followScreens(identification.window)
    }
    return identification
  }
  const asked = (): Asked | null => {
    const removed = cardRemoved().question()
    if (removed !== null) return { kind: 'card-removed', question: removed }
    const nobodyHere = idle().question()
    if (nobodyHere !== null) return { kind: 'idle', question: nobodyHere }
    const left = stay().question()
    return left === null ? null : { kind: 'module-left', question: left }
  }
  const closed = (): void => {
    switch (asked()?.kind) {
      case 'card-removed':
        return cardRemoved().answer('window-closed')
      case 'idle':
        return idle().answer('leave')
      case 'module-left':
        return stay().answer('window-closed')
      case undefined:
        return undefined
    }
  }
  const stayConnectedWindow = (): AppWindow<'stay-connected'> => {
    if (stayConnected === null || stayConnected.window.isDestroyed()) {
      stayConnected = createStayConnectedWindow(
        windows,
        launcher.window,
        () => {
          const seconds = settings.session.stayConnectedSeconds
          return stayConnectedView(asked(), { clock, seconds, stillOpen: stillOpen() })
        },
        closed,
      )
      attended = attentionTo(stayConnected.window)
    }
    return stayConnected
  }
  /** Nothing is taken from under the hands of somebody who types elsewhere. */
  const mannerOf = ({ kind, question }: Asked): 'focused' | 'unfocused' => {
    if (kind === 'idle') return hasKeyboard(windows) ? 'focused' : 'unfocused'
    return question.deadline === null ? 'unfocused' : 'focused'
  }

  /** What the browser came back with is verified, most often, before this has any use. */
  let checking: NodeJS.Timeout | undefined
  const showStep = (): void => {
    const asking = identificationWindow()
    const step = stepOf(attempts().current())
    if (step !== null) fit?.(neededSize(asking.view()))
    asking.push()
    if (step === null) {
      touch = usesTouch
      asking.hide()
      // The browser may stand before it.
      launcher.window.moveTop()
      launcher.window.focus()
      return
    }
    asking.setTitle(texts.identification.title(asking.view().module))
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
    refresh,
    bringForward: () => {
      // What belongs to a minimized window is not seen either.
      if (launcher.window.isMinimized()) launcher.window.restore()
      if (attempts().current().kind === 'none') return
      identificationWindow().window.moveTop()
      identificationWindow().reveal('focused')
    },
    usesTouch: (uses) => {
      usesTouch = uses
      // What somebody is in the middle of stays as it is under their fingers.
      if (touch === uses || (!uses && attempts().current().kind !== 'none')) return
      touch = uses
      refresh()
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
      asking.reveal(mannerOf(question))
    },
    closed,
    attended: () => attended?.() ?? false,
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
