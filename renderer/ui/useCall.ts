import { useCallback, useRef, useState } from 'react'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import { sentence } from './texts.ts'

export type Calls = {
  /** Whether an answer is awaited. */
  readonly busy: boolean
  /** What the last call was refused for, until the next one. */
  readonly failure: CallError | null
  /** Makes a call. Returns its error, or null. */
  readonly run: (call: () => Promise<Result<unknown>>) => Promise<CallError | null>
  readonly clear: () => void
}

/**
 * Calls to the main process, with the last error kept for the page to show. `free`: each is made at once, so that
 * nothing under way keeps anyone from locking or disconnecting. `single`, for what is typed and sent: none is made
 * while another is awaited.
 */
export function useCall(mode: 'free' | 'single' = 'free'): Calls {
  const [state, setState] = useState<{ busy: boolean; failure: CallError | null }>(idle)
  const pending = useRef(0)
  const run = useCallback(
    async (call: () => Promise<Result<unknown>>): Promise<CallError | null> => {
      if (mode === 'single' && pending.current > 0) return null
      pending.current += 1
      setState({ busy: true, failure: null })
      const failure = await errorOf(call)
      pending.current -= 1
      setState((now) => ({ busy: pending.current > 0, failure: failure ?? now.failure }))
      return failure
    },
    [mode],
  )
  const clear = useCallback(() => setState((now) => ({ ...now, failure: null })), [])
  return { ...state, run, clear }
}

const idle = { busy: false, failure: null }

/** A rejected promise means that main did not even answer; the page says so rather than staying mute. */
async function errorOf(call: () => Promise<Result<unknown>>): Promise<CallError | null> {
  try {
    const answer = await call()
    return answer.ok ? null : answer.error
  } catch {
    const { text, remedy } = sentence('internal')
    return {
      code: 'internal',
      message: text,
      reference: '',
      retryable: true,
      ...(remedy === undefined ? {} : { remedy }),
    }
  }
}
