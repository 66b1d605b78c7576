import { useCallback, useRef, useState } from 'react'
import type { ValueOf } from '../../../electron/ipc/contract.ts'
import type { Result } from '../../../electron/ipc/result.ts'
import { type Calls, useCall } from '../useCall.ts'

type CardTest = ValueOf<'testCard'>

export type CardTesting = Pick<Calls, 'busy' | 'failure'> & {
  /** What the last test came to. */
  readonly tested: CardTest | null
  readonly start: () => void
  /** Waits no longer: what comes afterwards is not shown. */
  readonly stop: () => void
}

/** « Tester ma carte », one at a time. */
export function useCardTest(testCard: () => Promise<Result<CardTest>>): CardTesting {
  const calls = useCall()
  const { run, clear } = calls
  const [state, setState] = useState<
    { kind: 'idle' } | { kind: 'running' } | { kind: 'done'; test: CardTest }
  >({ kind: 'idle' })
  const last = useRef(0)

  const start = useCallback((): void => {
    last.current += 1
    const mine = last.current
    setState({ kind: 'running' })
    void run(async () => {
      const answer = await testCard()
      if (last.current !== mine) return { ok: true, value: undefined }
      setState(answer.ok ? { kind: 'done', test: answer.value } : { kind: 'idle' })
      return answer
    })
  }, [run, testCard])

  const stop = useCallback((): void => {
    last.current += 1
    clear()
    setState({ kind: 'idle' })
  }, [clear])

  return {
    busy: state.kind === 'running',
    failure: calls.failure,
    tested: state.kind === 'done' ? state.test : null,
    start,
    stop,
  }
}
