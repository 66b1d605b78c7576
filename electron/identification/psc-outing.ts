import { toCallError } from '../ipc/call-error.ts'
import { Refusal, type CallError } from '../ipc/result.ts'
import type { Operator } from '../operators/operator.ts'
import type { BrowserLogin, BrowserLogout, PscBrowser } from '../psc/browser.ts'
import type { Authentication, PscAnswer } from '../psc/client.ts'
import { failed } from '../psc/failure.ts'
import type { AttemptControl, AttemptParts, Identifying, PscParts, Step } from './attempt.ts'
import { proofOf } from './pro-sante-connect.ts'
import { moduleOf } from './purpose.ts'

/** The browser's outings of one attempt after another, and what each comes to. */
export type Outings = {
  /** Sends the browser out. Somebody who was just refused leaves it first: it would only bring them back. */
  readonly start: (attempt: Identifying, goal: Goal) => void
  /** Sends it out again, without waiting any longer for the end of its session. */
  readonly restart: (attempt: Identifying) => void
  /** « Non, ce n'est pas moi »: ends this person's session in the browser, then starts again. */
  readonly deny: (attempt: Identifying, authentication: Authentication, operator: Operator | null) => void
  readonly reopen: (attempt: Identifying & { step: { kind: 'browser' } }) => Promise<void>
  /** The address that the browser was sent to, once it is known. */
  readonly link: () => string | null
  /** Waits in this step for the person, as long as for the browser: what PSC asserted is not kept longer. */
  readonly hold: (attempt: Identifying, step: Step) => void
  /** « Associer ce RPPS » */
  readonly askWhose: (attempt: Identifying, authentication: Authentication) => void
  /** Goes back to the beginning of the attempt, where the window tells of a failure that no call of it waits for. */
  readonly fail: (id: number, cause: unknown) => void
  /** The attempt is over: whatever is under way is given up. */
  readonly leave: () => void
}

/** What somebody is identified for. */
export type Goal = 'session' | 'new-password'

/** The browser sent out once, to identify somebody or to end its session. */
type Outing = { login: BrowserLogin | null; logout: BrowserLogout | null }

/** What an attempt has done by Pro Santé Connect so far. */
type Way = {
  /** What is listened to; an earlier outing has nothing to say any more. */
  outing: Outing | null
  /** How often « Non, ce n'est pas moi » was answered. */
  denials: number
  /** The ID token of a session that the browser must leave before it is sent out again. */
  toLeave: string | null
  goal: Goal
  /** Ends what waits for the person once they are identified. */
  expiry: NodeJS.Timeout | undefined
}

/** `psc` throws a `Refusal` where Pro Santé Connect is off. */
export function createOutings(
  { clock, session, log }: Pick<AttemptParts, 'clock' | 'session' | 'log'>,
  psc: () => PscParts,
  control: AttemptControl,
): Outings {
  let way = newWay()

  /** What a window is told of a failure that no call of it waits for; the technical log has it too. */
  const told = (cause: unknown): CallError => {
    const error = toCallError(cause)
    log({ channel: 'pro-sante-connect', code: error.code, reference: error.reference, cause })
    return error
  }
  const fail = (id: number, cause: unknown): void => {
    const now = control.current()
    // What was held for the person goes with the failure; a later attempt keeps its own.
    if (now.kind === 'identifying' && now.id === id) clearTimeout(way.expiry)
    control.move(id, { kind: 'ask', failure: told(cause) })
  }

  /** Whether the browser is still awaited from this outing. */
  const isOut = (outing: Outing | null): boolean => {
    const now = control.current()
    return way.outing === outing && now.kind === 'identifying' && now.step.kind === 'browser'
  }

  /** Replaces the outing under way, which is given up. */
  const begin = (): Outing => {
    end(way.outing)
    return (way.outing = { login: null, logout: null })
  }

  /** Runs what nobody waits for an answer of: it ends on the window, whatever happens. */
  const run = (id: number, outing: Outing, work: (browser: PscBrowser) => Promise<void>): void => {
    psc()
      .browser()
      .then(work)
      .catch((error: unknown) => {
        if (way.outing === outing) fail(id, error)
      })
  }

  const goOut = (attempt: Identifying): void => {
    const { id } = attempt
    const { timeoutSeconds, identification: byPsc } = psc()
    const outing = begin()
    const began = clock.monotonic()
    const deadline = began + timeoutSeconds * 1000
    control.move(id, { kind: 'browser', deadline, failure: null })
    run(id, outing, async (browser) => {
      if (way.outing !== outing) return
      outing.login = browser.login({
        opened: (shown) => {
          if (shown || !isOut(outing)) return
          const failure = told(byPsc.failed(failed('browser-not-opened'), moduleIdOf(attempt)))
          control.move(id, { kind: 'browser', deadline, failure })
        },
        back: () => {
          if (way.outing === outing) control.move(id, { kind: 'checking' })
        },
      })
      const answer = await outing.login.answer
      if (answer.kind === 'cancelled') byPsc.failed(failed('cancelled'), moduleIdOf(attempt))
      else if (way.outing === outing) await receive(attempt, outing, answer, began)
    })
  }

  const receive = async (attempt: Identifying, outing: Outing, answer: PscAnswer, began: number) => {
    const { id } = attempt
    const { identification: byPsc } = psc()
    if (answer.kind === 'failed') {
      way.toLeave = answer.idToken ?? null
      return fail(id, byPsc.failed(answer, moduleIdOf(attempt)))
    }
    const { authentication } = answer
    session.check()
    const judgement = await byPsc
      .judge(authentication, began, control.expectationOf(attempt, 'browser', 'checking'), way.goal)
      .catch((error: unknown) => {
        // Refused, they would come back by themselves: the browser leaves them before it is sent out again.
        if (error instanceof Refusal && way.outing === outing) way.toLeave = authentication.idToken
        throw error
      })
    if (judgement.kind === 'admitted') {
      const { evidence } = proofOf(authentication, 'freshness')
      return control.admit(attempt, judgement.operator, evidence, authentication)
    }
    if (way.outing !== outing) return
    switch (judgement.kind) {
      case 'confirm':
        return hold(attempt, {
          kind: 'wrong-person',
          authentication,
          operator: judgement.operator,
          password: false,
        })
      case 'associate':
        return askWhose(attempt, authentication)
      case 'new-password':
        return hold(attempt, { kind: 'new-password', authentication, operator: judgement.operator })
      default:
        return judgement
    }
  }

  const hold = (attempt: Identifying, step: Step): void => {
    const { timeoutSeconds, identification: byPsc } = psc()
    clearTimeout(way.expiry)
    way.expiry = setTimeout(() => {
      fail(attempt.id, byPsc.failed(failed('expired'), moduleIdOf(attempt)))
    }, timeoutSeconds * 1000)
    control.move(attempt.id, step)
  }

  const askWhose = (attempt: Identifying, authentication: Authentication): void => {
    const reference = psc().identification.unknown(moduleIdOf(attempt))
    hold(attempt, { kind: 'association', authentication, reference })
  }

  /** Ends the browser's session, then sends it out again: at its return, or when the person says so. */
  const leaveThenGoOut = (attempt: Identifying, idToken: string): void => {
    const outing = begin()
    way.toLeave = null
    clearTimeout(way.expiry)
    const restart = way.denials > 1 ? 'by-hand' : 'by-itself'
    control.move(attempt.id, { kind: 'leaving', restart })
    run(attempt.id, outing, async (browser) => {
      const logout = await browser.logout(idToken)
      if (way.outing !== outing) return close(logout)
      outing.logout = logout
      if (logout.kind === 'impossible') {
        return control.move(attempt.id, { kind: 'leaving', restart: 'by-hand' })
      }
      if (restart === 'by-hand') return
      await logout.returned
      if (way.outing === outing) goOut(attempt)
    })
  }

  return {
    start: (attempt, goal) => {
      way.goal = goal
      if (way.toLeave === null) goOut(attempt)
      else leaveThenGoOut(attempt, way.toLeave)
    },
    restart: goOut,
    deny: (attempt, { idToken }, operator) => {
      psc().identification.denied(operator, moduleIdOf(attempt))
      way.denials += 1
      leaveThenGoOut(attempt, idToken)
    },
    reopen: async (attempt) => {
      const { outing } = way
      const shown = (await outing?.login?.reopen()) ?? true
      if (!shown) throw psc().identification.failed(failed('browser-not-opened'), moduleIdOf(attempt))
      if (isOut(outing)) control.move(attempt.id, { ...attempt.step, failure: null })
    },
    link: () => way.outing?.login?.link() ?? null,
    hold,
    askWhose,
    fail,
    leave: () => {
      clearTimeout(way.expiry)
      end(way.outing)
      way = newWay()
    },
  }
}

function moduleIdOf({ purpose }: Identifying): string | null {
  return moduleOf(purpose)?.id ?? null
}

function newWay(): Way {
  return { outing: null, denials: 0, toLeave: null, goal: 'session', expiry: undefined }
}

function end(outing: Outing | null): void {
  outing?.login?.cancel()
  close(outing?.logout ?? null)
}

function close(logout: BrowserLogout | null): void {
  if (logout?.kind === 'out') logout.close()
}
