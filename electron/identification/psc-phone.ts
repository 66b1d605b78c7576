import { randomInt } from 'node:crypto'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Clock } from '../clock.ts'
import type { Operator } from '../operators/operator.ts'
import type { AttemptControl, Identifying, PscParts } from './attempt.ts'
import type { Asserted, Goal } from './pro-sante-connect.ts'
import { moduleIdOf, newTry, type Tries } from './psc-tries.ts'
import { expectedOperator } from './purpose.ts'

/** What an attempt asks by CIBA: on the operator's phone, or with their card without a browser. */
export type PhoneCalls = {
  /**
   * Asks the operator whom the attempt awaits, else the one of this code or RPPS. Rejects with a `Refusal` that the
   * journal has, or with `StorageError`: then nobody is asked.
   */
  readonly start: (attempt: Identifying, typed: string, goal: Goal) => Promise<void>
  /** « Non, ce n'est pas moi »: no browser has a session to leave, the attempt asks again. */
  readonly deny: (attempt: Identifying, asserted: Asserted, operator: Operator | null) => void
}

/** `psc` throws a `Refusal` where Pro Santé Connect is off. */
export function createPhoneCalls(
  clock: Clock,
  psc: () => PscParts,
  control: AttemptControl,
  tries: Tries,
): PhoneCalls {
  /** The attempt whose request is being counted: pressed twice, the button asks once. */
  let counting: number | null = null

  return {
    start: async (attempt, typed, goal) => {
      const { id, purpose } = attempt
      const { phone, timeoutSeconds } = psc()
      if (phone === null) throw new Refusal('refused', newReference())
      if (counting === id) return
      counting = id
      const tried = newTry(attempt, 'ciba')
      const rpps = await phone.requests.allow(expectedOperator(purpose) ?? typed, tried).finally(() => {
        counting = null
      })
      const asking = control.at(id, 'ask', 'browser')
      const underWay = tries.begin(tried, goal)
      const number = randomInt(100).toString().padStart(2, '0')
      const wait = (seconds: number): void =>
        control.move(id, { kind: 'phone', number, seconds, deadline: clock.monotonic() + seconds * 1000 })
      wait(timeoutSeconds)
      tries.run(id, underWay, async () => {
        const { login: call } = await phone.open(tried)
        if (!tries.isLatest(underWay)) return tries.drop(underWay)
        const login = call({ rpps, number }, (seconds) => {
          if (tries.isLatest(underWay)) wait(seconds)
        })
        underWay.stop = login.cancel
        await tries.receive(asking, underWay, await login.answer, rpps)
      })
    },
    deny: (attempt, asserted, operator) => {
      psc().identification.denied(asserted, operator, moduleIdOf(attempt))
      tries.leave()
      control.move(attempt.id, { kind: 'ask', failure: null })
    },
  }
}
