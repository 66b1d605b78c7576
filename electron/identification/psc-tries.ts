import { toCallError } from '../ipc/call-error.ts'
import type { CallError, Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import type { PscFlow } from '../psc/trace.ts'
import type { AttemptControl, AttemptParts, Identifying, PscParts, Step } from './attempt.ts'
import { proofOf, type Asserted, type PscTry } from './pro-sante-connect.ts'
import { moduleOf } from './purpose.ts'

/** The tries of one attempt after another, whatever their road, and what is made of their answers. */
export type Tries = {
  /** Begins a try, and gives up the one under way. */
  readonly begin: (tried: PscTry) => UnderWay
  /** Whether nothing has taken its place: another is not listened to any more. */
  readonly isLatest: (latest: UnderWay | null) => boolean
  /** Runs what nobody waits for an answer of: it ends on the window, whatever happens. */
  readonly run: (id: number, underWay: UnderWay, work: () => Promise<void>) => void
  /** Journals that it was given up. */
  readonly drop: (underWay: UnderWay) => void
  /**
   * Lets in whom the answer identifies, or asks what is to be asked. Rejects with a `Refusal` that the journal has, or
   * with `StorageError`.
   */
  readonly receive: (
    attempt: Identifying,
    underWay: UnderWay,
    answer: PscAnswer | { readonly kind: 'cancelled' },
    wanted: Wanted,
  ) => Promise<void>
  /** Waits in this step for the person, as long as for the browser: what PSC asserted is not kept longer. */
  readonly hold: (attempt: Identifying, step: AssertedStep) => void
  /** « Associer ce RPPS » */
  readonly askWhose: (attempt: Identifying, asserted: Asserted) => void
  /** What a window is told of a failure that no call of it waits for; the technical log has it too. */
  readonly told: (cause: unknown) => CallError
  /** Goes back to the beginning of the attempt, where the window tells of it. */
  readonly fail: (id: number, cause: unknown) => void
  /** The attempt is over: whatever is under way is given up. */
  readonly leave: () => void
  /** The same, by the person: what Pro Santé Connect had asserted led nobody in. */
  readonly giveUp: () => void
}

/** A try that is listened to. */
export type UnderWay = {
  readonly tried: PscTry
  /** When it began, on the monotonic clock in milliseconds. */
  readonly began: number
  /** Gives up what it waits for. */
  stop: () => void
}

/** What somebody is identified for. */
export type Goal = 'session' | 'new-password'

/** `rpps`: the only person who was asked; null where anybody may answer. */
export type Wanted = { readonly goal: Goal; readonly rpps: Rpps | null }

/** Where an attempt stands with what Pro Santé Connect has asserted. */
type AssertedStep = Extract<Step, { asserted: Asserted }>

/** `psc` throws a `Refusal` where Pro Santé Connect is off. */
export function createTries(
  { clock, session, log }: Pick<AttemptParts, 'clock' | 'session' | 'log'>,
  psc: () => PscParts,
  control: AttemptControl,
): Tries {
  let latest: UnderWay | null = null
  /** Ends what waits for the person once they are identified. */
  let expiry: NodeJS.Timeout | undefined

  const told = (cause: unknown): CallError => {
    const error = toCallError(cause)
    log({ channel: 'pro-sante-connect', code: error.code, reference: error.reference, cause })
    return error
  }
  const fail = (id: number, cause: unknown): void => {
    const now = control.current()
    // What was held for the person goes with the failure; a later attempt keeps its own.
    if (now.kind === 'identifying' && now.id === id) clearTimeout(expiry)
    control.move(id, { kind: 'ask', failure: told(cause) })
  }

  /** Journals that what was asserted led nobody in. */
  const ended = (attempt: Identifying, asserted: Asserted, reason: 'expired' | 'cancelled'): Refusal => {
    const { reference, trace } = asserted
    const tried = { reference, flow: trace.flow, module: moduleIdOf(attempt) }
    return psc().identification.failed({ ...failed(reason), trace }, tried)
  }

  const hold = (attempt: Identifying, step: AssertedStep): void => {
    clearTimeout(expiry)
    expiry = setTimeout(() => {
      fail(attempt.id, ended(attempt, step.asserted, 'expired'))
    }, psc().timeoutSeconds * 1000)
    control.move(attempt.id, step)
  }

  const askWhose = (attempt: Identifying, asserted: Asserted): void => {
    psc().identification.unknown(asserted, moduleIdOf(attempt))
    hold(attempt, { kind: 'association', asserted })
  }

  const drop = ({ tried }: UnderWay): void => {
    psc().identification.failed(failed('cancelled'), tried)
  }

  const receive: Tries['receive'] = async (attempt, underWay, answer, { goal, rpps }) => {
    const { identification: byPsc } = psc()
    const { tried, began } = underWay
    if (answer.kind === 'cancelled' || latest !== underWay) return drop(underWay)
    if (answer.kind === 'failed') throw byPsc.failed(answer, tried)
    const asserted: Asserted = { ...answer.authentication, reference: tried.reference }
    session.check()
    const expectation = { ...control.expectationOf(attempt, 'browser', 'phone', 'checking'), rpps }
    const judgement = await byPsc.judge(asserted, began, expectation, goal)
    if (judgement.kind === 'admitted') {
      const { evidence } = proofOf(asserted, 'freshness')
      return control.admit(attempt, judgement.operator, evidence, asserted)
    }
    if (latest !== underWay) {
      ended(attempt, asserted, 'cancelled')
      return
    }
    switch (judgement.kind) {
      case 'confirm': {
        const { operator } = judgement
        return hold(attempt, { kind: 'wrong-person', asserted, operator, password: false })
      }
      case 'associate':
        return askWhose(attempt, asserted)
      case 'new-password':
        return hold(attempt, { kind: 'new-password', asserted, operator: judgement.operator })
      default:
        return judgement
    }
  }

  const leave = (): void => {
    clearTimeout(expiry)
    latest?.stop()
    latest = null
  }

  return {
    begin: (tried) => {
      leave()
      return (latest = { tried, began: clock.monotonic(), stop: nothing })
    },
    isLatest: (underWay) => latest === underWay,
    run: (id, underWay, work) => {
      work().catch((error: unknown) => {
        if (latest === underWay) fail(id, error)
      })
    },
    drop,
    receive,
    hold,
    askWhose,
    told,
    fail,
    leave,
    giveUp: () => {
      const now = control.current()
      if (now.kind === 'identifying' && 'asserted' in now.step) ended(now, now.step.asserted, 'cancelled')
      leave()
    },
  }
}

/** A try that begins now. */
export function newTry(attempt: Identifying, flow: PscFlow): PscTry {
  return { reference: newReference(), flow, module: moduleIdOf(attempt) }
}

/** The module that an attempt leads to, by its id in the settings. */
export function moduleIdOf({ purpose }: Identifying): string | null {
  return moduleOf(purpose)?.id ?? null
}

function nothing(): void {}
