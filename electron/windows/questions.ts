import type { Clock } from '../clock.ts'
import type { Attempt } from '../identification/attempt.ts'
import type { ViewOf } from '../ipc/views.ts'
import { displayName } from '../operators/operator.ts'
import type { CardRemovedQuestion } from '../session/card-removed.ts'
import { graceSeconds, type IdleQuestion } from '../session/idle.ts'
import type { Question } from '../session/stay-connected.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { usualSize } from './identification-size.ts'
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
    ...usualSize(place.psc !== null),
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

/**
 * What the window asks, one question at a time: of a pulled card first, since it may be somebody who has gone; then of
 * nobody being there; then of a module that was left.
 */
export type Asked =
  | { readonly kind: 'card-removed'; readonly question: CardRemovedQuestion }
  | { readonly kind: 'idle'; readonly question: IdleQuestion }
  | { readonly kind: 'module-left'; readonly question: Question }

/** A name that is longer takes a second line. */
const oneLine = 32
const lineHeight = 22

/** Of the content, in device-independent pixels. */
export function stayConnectedHeight(asked: Asked): number {
  const long = displayName(asked.question.held.operator).length > oneLine
  return heightOf(asked) + (long ? lineHeight : 0)
}

/** With a short name: Pro Santé Connect takes a line, leaving it takes a button. */
function heightOf(asked: Asked): number {
  if (asked.kind === 'card-removed') return 332
  if (asked.kind === 'idle') return 370
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
  if (asked.kind === 'idle') {
    const { id, held, minutes, deadline } = asked.question
    const countdown = { secondsLeft: left(deadline), secondsInAll: graceSeconds }
    const operator = operatorView(held.operator)
    return { question: { kind: 'idle', id, operator, idleMinutes: minutes, ...countdown } }
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
