import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OperatorRow } from '../../electron/ipc/operator-views.ts'
import type { CallError } from '../../electron/ipc/result.ts'
import { bridgeOf } from '../ui/bridge.ts'
import type { ShownOperators } from './shown.ts'

/** Rows are asked for by pages, as they come into sight. */
export const pageSize = 100

export type Team = {
  /** How many there are; null until it is known. */
  readonly total: number | null
  /** The row at a place of the list, or null until it is there. */
  readonly rowAt: (index: number) => OperatorRow | null
  /** Asks for the rows from `first` to `last` that are not there yet. */
  readonly see: (first: number, last: number) => void
  readonly failure: CallError | null
  readonly retry: () => void
  /** Which question the rows answer: another one, and the list begins at its top again. */
  readonly answers: Question | null
}

type Question = {
  readonly search: string
  readonly shown: ShownOperators
  readonly version: number
  readonly tries: number
}
/** What is asked since the question, or the team, changed. */
type Batch = { readonly question: Question; readonly asked: Set<number>; over: boolean }
type Known = {
  readonly batch: Batch | null
  readonly total: number | null
  readonly pages: ReadonlyMap<number, readonly OperatorRow[]>
}

/**
 * The operators that a search finds, page by page. What was found before stays until the answer is there, so that
 * nothing flashes while one types. `version`: another one means that the team has changed.
 */
export function useTeam(search: string, shown: ShownOperators, version: number): Team {
  const [known, setKnown] = useState<Known>({ batch: null, total: null, pages: new Map() })
  const [failure, setFailure] = useState<CallError | null>(null)
  const [tries, setTries] = useState(0)
  const question = useMemo<Question>(
    () => ({ search, shown, version, tries }),
    [search, shown, version, tries],
  )
  const current = useRef<Batch | null>(null)
  const seen = useRef({ first: 0, last: 0 })

  const see = useCallback((first: number, last: number): void => {
    seen.current = { first, last }
    const batch = current.current
    if (batch === null) return
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
      if (!batch.asked.has(page)) void ask(batch, page)
    }
    async function ask(asking: Batch, page: number): Promise<void> {
      asking.asked.add(page)
      const range = { offset: page * pageSize, limit: pageSize }
      const { search, shown } = asking.question
      const answer = await bridgeOf('operators').listOperators({ search, shown, ...range })
      if (asking.over) return
      if (!answer.ok) {
        asking.asked.delete(page)
        return setFailure(answer.error)
      }
      const { total, operators } = answer.value
      setFailure(null)
      setKnown((before) => {
        const pages = new Map(before.batch === asking ? before.pages : [])
        return { batch: asking, total, pages: pages.set(page, operators) }
      })
    }
  }, [])

  useEffect(() => {
    const before = current.current?.question
    if (before?.search !== question.search || before.shown !== question.shown) {
      seen.current = { first: 0, last: 0 }
    }
    const batch: Batch = { question, asked: new Set(), over: false }
    current.current = batch
    see(seen.current.first, seen.current.last)
    return () => {
      batch.over = true
    }
  }, [question, see])

  return {
    total: known.total,
    rowAt: (index) => known.pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null,
    see,
    failure,
    retry: () => setTries((count) => count + 1),
    answers: known.batch?.question ?? null,
  }
}
