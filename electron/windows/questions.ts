import type { Clock } from '../clock.ts'
import type { Attempt } from '../identification/attempt.ts'
import { expectedOperator, moduleOf, rolesOf } from '../identification/attempt.ts'
import type { ViewOf } from '../ipc/views.ts'
import type { Question } from '../session/stay-connected.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { operatorView } from './views.ts'
import type { BrowserWindow } from 'electron'

/** The identification window: created hidden, shown at each attempt, emptied when it is hidden. */
export function createIdentification(
  windows: AppWindows,
  near: BrowserWindow,
  attempt: () => Attempt,
  cancel: () => void,
): AppWindow<'identification'> {
  const identification = windows.create({
    role: 'identification',
    title: texts.identification.title(null),
    width: 560,
    height: 432,
    near,
    view: () => identificationView(attempt()),
    options: { parent: near, minimizable: false, maximizable: false, fullscreenable: false },
  })
  identification.window.on('close', (event) => {
    event.preventDefault()
    cancel()
  })
  return identification
}

function identificationView(attempt: Attempt): ViewOf<'identification'> {
  if (attempt.kind === 'none') return { attempt: 0, module: null, expected: null, roles: [], psc: 'off' }
  const expected = expectedOperator(attempt.purpose)
  return {
    attempt: attempt.id,
    module: moduleOf(attempt.purpose)?.label ?? null,
    expected: expected === null ? null : operatorView(expected),
    roles: [...rolesOf(attempt.purpose)],
    psc: 'off',
  }
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

/** The question as its window shows it. */
export function stayConnectedView(
  question: Question | null,
  { clock, seconds, stillOpen }: { clock: Clock; seconds: number; stillOpen: readonly string[] },
): ViewOf<'stay-connected'> {
  if (question === null) return { question: null }
  const { id, held, left, deadline } = question
  return {
    question: {
      id,
      operator: operatorView(held.operator),
      means: held.means,
      left: [...left],
      stillOpen: [...stillOpen],
      secondsLeft: deadline === null ? null : Math.max(0, (deadline - clock.monotonic()) / 1000),
      secondsInAll: seconds,
    },
  }
}
