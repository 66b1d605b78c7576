import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { CallError, Result } from '../../electron/ipc/result.ts'

type Answer<T> = {
  readonly value: T | null
  readonly failure: CallError | null
  readonly retry: () => void
}

type Answered<T> = Omit<Answer<T>, 'retry'> & { readonly question: { version: number | string } }

/**
 * What a call answers, asked again whenever `version` is another one. What was answered stays until the next answer is
 * there, so that nothing flashes.
 */
export function useAnswer<T>(version: number | string, call: () => Promise<Result<T>>): Answer<T> {
  const [tries, setTries] = useState(0)
  const question = useMemo(() => ({ version, tries }), [version, tries])
  const [answer, setAnswer] = useState<Answered<T>>({ question, value: null, failure: null })
  const ask = useEffectEvent(call)
  useEffect(() => {
    let over = false
    const read = async (): Promise<void> => {
      const result = await ask()
      if (over) return
      setAnswer(
        result.ok
          ? { question, value: result.value, failure: null }
          : { question, value: null, failure: result.error },
      )
    }
    void read()
    return () => {
      over = true
    }
  }, [question])
  const retry = useCallback(() => setTries((count) => count + 1), [])
  return { value: answer.value, failure: answer.failure, retry }
}
