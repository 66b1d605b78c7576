import { StrictMode, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Numbered } from '../../electron/ipc/contract.ts'
import type { Result } from '../../electron/ipc/result.ts'
import type { ViewOf, WindowRole } from '../../electron/ipc/views.ts'
import { bridgeOf } from './bridge.ts'
import { Failure } from './Failure.tsx'
import './base.css'
import './controls.css'

type ViewBridge<R extends WindowRole> = {
  getView(): Promise<Result<Numbered<R>>>
  onView(listener: (numbered: Numbered<R>) => void): () => void
  drawn(args: { number: number }): Promise<unknown>
}

/**
 * Draws the page of a window: its view is asked for once, then each one pushed is drawn at once, and a pushed one always
 * wins over the first answer. Main is told of each view once it is on the page, with its listeners, so that a window
 * is shown only with what it is shown for.
 */
export async function mount<R extends WindowRole>(
  role: R,
  draw: (view: ViewOf<R>) => ReactNode,
): Promise<void> {
  const place = document.querySelector('#root')
  if (place === null) return
  const root = createRoot(place)
  const bridge: ViewBridge<R> = bridgeOf(role)
  const put = (page: ReactNode): void => flushSync(() => root.render(<StrictMode>{page}</StrictMode>))
  let pushed = false
  const show = ({ number, view }: Numbered<R>): void => {
    put(draw(view))
    // Laid out now, often before the window is shown, and not in its first frame.
    place.getBoundingClientRect()
    void bridge.drawn({ number })
  }
  bridge.onView((numbered) => {
    pushed = true
    show(numbered)
  })
  const [answer] = await Promise.all([bridge.getView(), letters()])
  if (pushed) return
  if (answer.ok) return show(answer.value)
  put(
    <main className="dialog-body">
      <Failure error={answer.error} />
    </main>,
  )
}

/** The letters of every page: without them, it would first be drawn without its words. */
async function letters(): Promise<void> {
  await document.fonts.load("1em 'Inter Variable'").catch(() => undefined)
}
