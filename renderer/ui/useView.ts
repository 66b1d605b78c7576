import { useEffect, useState } from 'react'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import type { ViewOf, WindowRole } from '../../electron/ipc/views.ts'
import { bridgeOf } from './bridge.ts'

type ViewBridge<R extends WindowRole> = {
  getView(): Promise<Result<ViewOf<R>>>
  onView(listener: (view: ViewOf<R>) => void): () => void
}

export type Viewed<R extends WindowRole> = { view: ViewOf<R> | null; failure: CallError | null }

/** What this window has to show: asked for once, then followed. A pushed view always wins over the first answer. */
export function useView<R extends WindowRole>(role: R): Viewed<R> {
  const [viewed, setViewed] = useState<Viewed<R>>({ view: null, failure: null })
  useEffect(() => {
    const bridge: ViewBridge<R> = bridgeOf(role)
    let settled = false
    const stop = bridge.onView((view) => {
      settled = true
      setViewed({ view, failure: null })
    })
    const ask = async (): Promise<void> => {
      const answer = await bridge.getView()
      if (settled) return
      setViewed(answer.ok ? { view: answer.value, failure: null } : { view: null, failure: answer.error })
    }
    void ask()
    return () => {
      settled = true
      stop()
    }
  }, [role])
  return viewed
}
