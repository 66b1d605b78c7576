import { useEffect, useState } from 'react'
import type { Bridge } from '../../electron/ipc/contract.ts'

export type Score = { bits: number; enough: boolean; advice: string | null }
export type ScorePassword = Bridge<'first-run' | 'identification'>['scorePassword']

/** Long enough that a password is not scored at each key, short enough to seem live. */
const pause = 200

/** How hard the password is to guess, for somebody who knows `words`; null until it is known. */
export function useScore(
  password: string,
  words: readonly string[],
  scorePassword: ScorePassword,
): Score | null {
  const [score, setScore] = useState<Score | null>(null)
  const known = words.join('\n')
  useEffect(() => {
    let over = false
    const ask = async (): Promise<void> => {
      if (password === '') return setScore(null)
      const answer = await scorePassword({ password, words: known.split('\n') })
      if (!over && answer.ok) setScore(answer.value)
    }
    const timer = window.setTimeout(() => void ask(), pause)
    return () => {
      over = true
      window.clearTimeout(timer)
    }
  }, [password, known, scorePassword])
  // The last score stays while the next one is awaited: a bar that empties at each key would blink.
  return password === '' ? null : score
}
