import { useCallback, useEffect, useRef, useState } from 'react'
import type { JournalFilter } from '../../electron/journal/filter.ts'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { sentence } from '../ui/texts.ts'
import { createPages, type Pages, pageSize } from './pages.ts'

/** The rows that a filter keeps, as they were when it was asked for. */
export type Listed = { readonly filter: JournalFilter; readonly upTo: number; readonly pages: Pages }

export type JournalList = {
  /** Null until the first answer. */
  readonly listed: Listed | null
  readonly busy: boolean
  readonly failure: CallError | null
  /** How many rows were written since. */
  readonly newer: number
  /** Lists what a filter keeps now; the last one asked for is the one shown. Resolves to it, or to null. */
  readonly list: (filter: JournalFilter) => Promise<Listed | null>
}

/** How often (ms) it is looked whether there are newer rows. */
const lookEvery = 4000

/** What « Journal » lists, frozen so that nothing moves under the eye while others work. */
export function useJournal(bridge: Bridge<'journal'>, first: JournalFilter): JournalList {
  const [listed, setListed] = useState<Listed | null>(null)
  const [failure, setFailure] = useState<CallError | null>(null)
  const [busy, setBusy] = useState(true)
  const [newest, setNewest] = useState(0)
  const [, setArrived] = useState(0)
  const asked = useRef(0)

  /** Asks, and shows the answer unless another list was asked for since. */
  const read = useCallback(
    async (filter: JournalFilter, turn: number): Promise<Listed | null> => {
      const answer = await answered(() => bridge.journalCount({ filter, upTo: null }))
      if (turn !== asked.current) return null
      setBusy(false)
      if (!answer.ok) {
        setFailure(answer.error)
        return null
      }
      const { total, upTo } = answer.value
      const pages = createPages({
        total,
        fetch: async (offset) => {
          const page = await answered(() => bridge.journalRows({ filter, upTo, offset, limit: pageSize }))
          if (page.ok) return page.value
          if (turn === asked.current) setFailure(page.error)
          return null
        },
        changed: () => setArrived((count) => count + 1),
      })
      const next = { filter, upTo, pages }
      setListed(next)
      setNewest(upTo)
      return next
    },
    [bridge],
  )
  const list = useCallback(
    (filter: JournalFilter): Promise<Listed | null> => {
      asked.current += 1
      setBusy(true)
      setFailure(null)
      return read(filter, asked.current)
    },
    [read],
  )
  useEffect(() => {
    const begin = async (): Promise<void> => {
      await read(first, asked.current)
    }
    void begin()
  }, [read, first])
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (document.hidden) return
      const answer = await answered(() => bridge.journalHead())
      if (answer.ok) setNewest(answer.value)
    }
    const timer = window.setInterval(() => void look(), lookEvery)
    const hear = (): void => void look()
    window.addEventListener('focus', hear)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('focus', hear)
    }
  }, [bridge])

  return { listed, busy, failure, newer: listed === null ? 0 : Math.max(0, newest - listed.upTo), list }
}

/** A rejected promise means that main did not even answer. */
export async function answered<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call()
  } catch {
    const { text } = sentence('internal')
    return { ok: false, error: { code: 'internal', message: text, reference: '', retryable: true } }
  }
}
