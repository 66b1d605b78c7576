import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { RecentOperator } from '../../electron/ipc/views.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { matchesOf, nextOf } from './recent-choice.ts'

type Fields = {
  code: RefObject<HTMLInputElement | null>
  password: RefObject<HTMLInputElement | null>
}

/** What the list of recent operators shows, and what it does. */
export type RecentChoice = {
  readonly recent: readonly RecentOperator[]
  /** Those whose code begins as what was typed, or whom the list put there: of the field itself, no copy is kept. */
  readonly matching: readonly string[]
  /** Who was reached by an arrow, to be said. */
  readonly reached: RecentOperator | null
  /** The id of what tells how it is used. */
  readonly help: string
  /** Fills in the code, and goes on to the password. */
  readonly choose: (code: string) => void
  /** An arrow in the code fills in the next one; whether the key was that. */
  readonly hearKey: (event: KeyboardEvent) => boolean
  /** The code was typed in. */
  readonly typed: () => void
}

/**
 * The recent operators over the code, whose field keeps the focus. `given`: the code that a card has put there; `filled`
 * is told when the list puts one.
 */
export function useRecentOperators(
  recent: readonly RecentOperator[],
  { code, password }: Fields,
  { given, filled }: { given: string | null; filled: () => void },
): RecentChoice {
  const help = useId()
  const [found, setFound] = useState<readonly string[]>([])
  const [reached, setReached] = useState<RecentOperator | null>(null)

  const fill = (wanted: string): void => {
    if (code.current === null) return
    put(code.current, wanted)
    setFound([wanted])
    filled()
  }
  const choose = (wanted: string): void => {
    fill(wanted)
    setReached(null)
    password.current?.focus()
  }

  useKeydown((event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return
    const rank = /^Digit(?<rank>[1-9])$/u.exec(event.code)?.groups?.['rank']
    const wanted = rank === undefined ? undefined : recent[Number(rank) - 1]
    if (wanted === undefined) return
    event.preventDefault()
    choose(wanted.code)
  })

  const hearKey = (event: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return false
    const next = nextOf(recent, code.current?.value ?? '', step)
    if (next === null) return false
    event.preventDefault()
    fill(next.code)
    setReached(next)
    return true
  }
  const typed = (): void => {
    setFound(matchesOf(recent, code.current?.value ?? ''))
    setReached(null)
  }

  const matching = given === null ? found : matchesOf(recent, given)
  return { recent, matching, reached, help, choose, hearKey, typed }
}

function put(field: HTMLInputElement, value: string): void {
  field.value = value
}
