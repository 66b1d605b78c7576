import { Refusal } from '../ipc/result.ts'
import type { Operator } from '../operators/operator.ts'
import type { BrowserLogin } from '../psc/browser.ts'
import { failed } from '../psc/failure.ts'
import type { AttemptControl, Identifying, PscParts } from './attempt.ts'
import type { Asserted, Goal } from './pro-sante-connect.ts'
import { moduleIdOf, newTry, type Tries, type UnderWay } from './psc-tries.ts'

/** The browser's outings of one attempt after another. */
export type Outings = {
  /** Sends the browser out. Somebody who was just refused leaves it first: it would only bring them back. */
  readonly start: (attempt: Identifying, goal: Goal) => void
  /** Sends it out again, without waiting any longer for the end of its session. */
  readonly restart: (attempt: Identifying) => void
  /** « Non, ce n'est pas moi »: ends this person's session in the browser, then starts again. */
  readonly deny: (attempt: Identifying, asserted: Asserted, operator: Operator | null) => void
  readonly reopen: (attempt: Identifying & { step: { kind: 'browser' } }) => Promise<void>
  /** The address that the browser was sent to, once it is known. */
  readonly link: () => string | null
  /** The attempt is over: the next one knows nothing of its browser. */
  readonly forget: () => void
}

/** What an attempt has done by the browser so far. */
type Way = {
  /** Where the browser was sent last. */
  outing: { readonly underWay: UnderWay; readonly login: BrowserLogin } | null
  /** How often « Non, ce n'est pas moi » was answered. */
  denials: number
  /** The ID token of a session that the browser must leave before it is sent out again. */
  toLeave: string | null
  goal: Goal
}

/** `psc` throws a `Refusal` where Pro Santé Connect is off. */
export function createOutings(psc: () => PscParts, control: AttemptControl, tries: Tries): Outings {
  let way = newWay()

  /** Whether the browser is still awaited from this outing. */
  const isOut = (underWay: UnderWay): boolean => {
    const now = control.current()
    return tries.isLatest(underWay) && now.kind === 'identifying' && now.step.kind === 'browser'
  }

  const goOut = (attempt: Identifying): void => {
    const { id } = attempt
    const { browser, timeoutSeconds, identification: byPsc } = psc()
    const underWay = tries.begin(newTry(attempt, 'code'), way.goal)
    const deadline = underWay.began + timeoutSeconds * 1000
    way.outing = null
    control.move(id, { kind: 'browser', deadline, failure: null })
    tries.run(id, underWay, async () => {
      const { login: sendOut } = await browser(underWay.tried)
      if (!tries.isLatest(underWay)) return tries.drop(underWay)
      const login = sendOut({
        opened: (shown) => {
          if (shown || !isOut(underWay)) return
          const failure = tries.told(
            byPsc.failed(failed('browser-not-opened'), underWay.tried),
            underWay.tried.reference,
          )
          control.move(id, { kind: 'browser', deadline, failure })
        },
        back: () => {
          if (tries.isLatest(underWay)) control.move(id, { kind: 'checking' })
        },
      })
      underWay.stop = login.cancel
      way.outing = { underWay, login }
      const answer = await login.answer
      try {
        await tries.receive(attempt, underWay, answer, null)
      } catch (error) {
        // Refused, they would come back by themselves: the browser leaves them before it is sent out again.
        if (error instanceof Refusal && tries.isLatest(underWay)) way.toLeave = sessionIn(answer)
        throw error
      }
    })
  }

  /** Ends the browser's session, then sends it out again: at its return, or when the person says so. */
  const leaveThenGoOut = (attempt: Identifying, idToken: string): void => {
    const { browser } = psc()
    const underWay = tries.begin(newTry(attempt, 'code'), way.goal)
    way.outing = null
    way.toLeave = null
    const restart = way.denials > 1 ? 'by-hand' : 'by-itself'
    control.move(attempt.id, { kind: 'leaving', restart })
    tries.run(attempt.id, underWay, async () => {
      const logout = await (await browser(underWay.tried)).logout(idToken)
      if (logout.kind === 'impossible') {
        if (tries.isLatest(underWay)) control.move(attempt.id, { kind: 'leaving', restart: 'by-hand' })
        return
      }
      if (!tries.isLatest(underWay)) return logout.close()
      underWay.stop = logout.close
      if (restart === 'by-hand') return
      await logout.returned
      if (tries.isLatest(underWay)) goOut(attempt)
    })
  }

  return {
    start: (attempt, goal) => {
      way.goal = goal
      if (way.toLeave === null) goOut(attempt)
      else leaveThenGoOut(attempt, way.toLeave)
    },
    restart: goOut,
    deny: (attempt, asserted, operator) => {
      psc().identification.denied(asserted, operator, moduleIdOf(attempt))
      way.denials += 1
      leaveThenGoOut(attempt, asserted.idToken)
    },
    reopen: async (attempt) => {
      const { outing } = way
      if (outing === null) return
      const { underWay, login } = outing
      if (!(await login.reopen())) {
        throw psc().identification.failed(failed('browser-not-opened'), underWay.tried)
      }
      if (isOut(underWay)) control.move(attempt.id, { ...attempt.step, failure: null })
    },
    link: () => way.outing?.login.link() ?? null,
    forget: () => {
      way = newWay()
    },
  }
}

function newWay(): Way {
  return { outing: null, denials: 0, toLeave: null, goal: 'session' }
}

/** The ID token of the session that the browser is left with, where the answer has one. */
function sessionIn(answer: Awaited<BrowserLogin['answer']>): string | null {
  if (answer.kind === 'cancelled') return null
  return answer.kind === 'identified' ? answer.authentication.idToken : (answer.idToken ?? null)
}
