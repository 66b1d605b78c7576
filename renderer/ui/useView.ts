import { useEffect, useLayoutEffect, useState } from 'react'
import type { Numbered } from '../../electron/ipc/contract.ts'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import type { ViewOf, WindowRole } from '../../electron/ipc/views.ts'
import { bridgeOf } from './bridge.ts'

type ViewBridge<R extends WindowRole> = {
  getView(): Promise<Result<Numbered<R>>>
  onView(listener: (numbered: Numbered<R>) => void): () => void
  drawn(args: { number: number }): Promise<unknown>
}

export type Viewed<R extends WindowRole> = { view: ViewOf<R> | null; failure: CallError | null }

/**
 * What this window has to show: asked for once, then followed. A pushed view always wins over the first answer.
 * Main is told of each view once it is on the page, so that a window is shown only with what it is shown for.
 */
export function useView<R extends WindowRole>(role: R): Viewed<R> {
  const [shown, setShown] = useState<Numbered<R> | null>(null)
  const [failure, setFailure] = useState<CallError | null>(null)
  useEffect(() => {
    const bridge: ViewBridge<R> = bridgeOf(role)
    let settled = false
    const stop = bridge.onView((numbered) => {
      settled = true
      setShown(numbered)
    })
    const ask = async (): Promise<void> => {
      const answer = await bridge.getView()
      if (settled) return
      if (answer.ok) setShown(answer.value)
      else setFailure(answer.error)
    }
    void ask()
    return () => {
      settled = true
      stop()
    }
  }, [role])
  const number = shown?.number
  useLayoutEffect(() => {
    const bridge: ViewBridge<R> = bridgeOf(role)
    if (number !== undefined) void bridge.drawn({ number })
  }, [role, number])
  return { view: shown?.view ?? null, failure }
}
