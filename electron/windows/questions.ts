import type { Clock } from '../clock.ts'
import type { Attempt } from '../identification/attempt.ts'
import type { ViewOf } from '../ipc/views.ts'
import type { CardRemovedQuestion } from '../session/card-removed.ts'
import type { Question } from '../session/stay-connected.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { identificationView, type IdentificationPlace } from './identification-view.ts'
import { holdsBrowser } from '../session/session.ts'
import { meansView, operatorView } from './views.ts'
import type { BrowserWindow } from 'electron'

/** The identification window: created hidden, shown at each attempt, emptied when it is hidden. */
export function createIdentification(
  windows: AppWindows,
  near: BrowserWindow,
  place: IdentificationPlace,
  attempt: () => Attempt,
  cancel: () => void,
): AppWindow<'identification'> {
  const identification = windows.create({
    role: 'identification',
    title: texts.identification.title(null),
    width: place.psc === null ? 560 : 820,
    // Two links beside Pro Santé Connect, one where it is off, and under them why somebody was refused.
    height: place.psc === null ? 432 : 464,
    near,
    view: () => identificationView(attempt(), place),
    options: { parent: near, minimizable: false, maximizable: false, fullscreenable: false },
  })
  identification.window.on('close', (event) => {
    event.preventDefault()
    cancel()
  })
  return identification
}

/** « Rester connecté ? »: above everything, near the window that was left. */
export function createStayConnectedWindow(
  windows: AppWindows,
  near: BrowserWindow,
  view: () => ViewOf<'stay-connected'>,
  closed: () => void,
): AppWindow<'stay-connected'> {
  const stay = windows.create({
    role: 'stay-connected',
    title: texts.stayConnected.title,
    width: 480,
    height: 372,
    near,
    view,
    options: { alwaysOnTop: true, minimizable: false, maximizable: false, fullscreenable: false },
  })
  stay.window.on('close', (event) => {
    event.preventDefault()
    closed()
  })
  return stay
}

/** What the window asks: of a pulled card first, since it may be somebody who has gone. */
export type Asked =
  | { readonly kind: 'card-removed'; readonly question: CardRemovedQuestion }
  | { readonly kind: 'module-left'; readonly question: Question }

/** Of the content, in device-independent pixels: Pro Santé Connect takes a line, leaving it takes a button. */
export function stayConnectedHeight(asked: Asked): number {
  if (asked.kind === 'card-removed') return 332
  if (asked.question.mayLeavePsc) return 468
  return holdsBrowser(asked.question.held) ? 404 : 372
}

/** The question as its window shows it. */
export function stayConnectedView(
  asked: Asked | null,
  { clock, seconds, stillOpen }: { clock: Clock; seconds: number; stillOpen: readonly string[] },
): ViewOf<'stay-connected'> {
  if (asked === null) return { question: null }
  const left = (deadline: number): number => Math.max(0, (deadline - clock.monotonic()) / 1000)
  if (asked.kind === 'card-removed') {
    const { id, held, deadline } = asked.question
    const countdown = { secondsLeft: left(deadline), secondsInAll: seconds }
    return { question: { kind: 'card-removed', id, operator: operatorView(held.operator), ...countdown } }
  }
  const { id, held, deadline, mayLeavePsc } = asked.question
  return {
    question: {
      kind: 'module-left',
      id,
      operator: operatorView(held.operator),
      means: meansView(held.means),
      endsPsc: holdsBrowser(held),
      mayLeavePsc,
      left: [...asked.question.left],
      stillOpen: [...stillOpen],
      secondsLeft: deadline === null ? null : left(deadline),
      secondsInAll: seconds,
    },
  }
}
