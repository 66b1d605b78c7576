import { toCallError } from '../ipc/call-error.ts'
import { Refusal, type CallError } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Operator } from '../operators/operator.ts'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import type { PscFlow, PscTrace } from '../psc/trace.ts'
import type { AttemptControl, AttemptParts, Identifying, PscParts, Step } from './attempt.ts'
import { cancelled, type Refused } from './identification.ts'
import { proofOf, type Asserted, type Goal, type PscTry } from './pro-sante-connect.ts'
import { expectedOperator, moduleOf } from './purpose.ts'

/** The tries of one attempt after another, whatever their road, and what is made of their answers. */
export type Tries = {
  /** Begins a try, and gives up the one under way. */
  readonly begin: (tried: PscTry, goal: Goal) => UnderWay
  /** What the try under way identifies somebody for. */
  readonly goal: () => Goal
  /** Whether nothing has taken its place: another is not listened to any more. */
  readonly isLatest: (latest: UnderWay | null) => boolean
  /** Runs what nobody waits for an answer of: it ends on the window, whatever happens. */
  readonly run: (id: number, underWay: UnderWay, work: () => Promise<void>) => void
  /** Journals that it was given up. */
  readonly drop: (underWay: UnderWay) => void
  /**
   * Lets in whom the answer identifies, or asks what is to be asked. `rpps`: the only person who was asked; null where
   * anybody may answer. Rejects with a `Refusal` that the journal has, or with `StorageError`.
   */
  readonly receive: (
    attempt: Identifying,
    underWay: UnderWay,
    answer: PscAnswer | { readonly kind: 'cancelled' },
    rpps: Rpps | null,
  ) => Promise<void>
  /** Waits in this step for the person: what PSC asserted is not kept for whoever comes next. */
  readonly hold: (attempt: Identifying, step: AssertedStep) => void
  /** « Associer ce RPPS »; `fresh`: it was asserted within this attempt. */
  readonly askWhose: (attempt: Identifying, asserted: Asserted, fresh: boolean) => void
  /** What a window is told of a failure that no call of it waits for; the technical log has it too. */
  readonly told: (cause: unknown, reference: string) => CallError
  /**
   * A card was refused, or could not let in whom Pro Santé Connect asserted: the attempt goes back to its beginning,
   * unless it has gone on meanwhile.
   */
  readonly failHeld: (attempt: Identifying & { step: AssertedStep }, cause: unknown) => void
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
  readonly goal: Goal
  /** What it has learnt; null before. */
  trace: PscTrace | null
  /** Gives up what it waits for. */
  stop: () => void
}

const newcomerSeconds = 600

/** Where an attempt stands with what Pro Santé Connect has asserted. */
export type AssertedStep = Extract<Step, { asserted: Asserted }>

/** `psc` throws a `Refusal` where Pro Santé Connect is off. */
export function createTries(
  { clock, session, log }: Pick<AttemptParts, 'clock' | 'session' | 'log'>,
  psc: () => PscParts,
  control: AttemptControl,
): Tries {
  let latest: UnderWay | null = null
  /** Ends what waits for the person once they are identified. */
  let expiry: NodeJS.Timeout | undefined

  const told = (cause: unknown, reference: string): CallError => {
    const error = toCallError(cause, reference)
    log({ channel: 'pro-sante-connect', code: error.code, reference: error.reference, cause })
    return error
  }
  /** Goes back to the beginning of the attempt, where the window tells of it. */
  const fail = (id: number, cause: unknown, reference: string): void => {
    const now = control.current()
    // What was held for the person goes with the failure; a later attempt keeps its own.
    if (now.kind === 'identifying' && now.id === id) clearTimeout(expiry)
    control.move(id, { kind: 'ask', failure: told(cause, reference) })
  }

  /** A try ends in the journal whatever ended it: a `Refusal` alone is there already. */
  const journalEnd = (cause: unknown, tried: PscTry, trace: PscTrace | null): void => {
    if (cause instanceof Refusal) return
    const failure = failed('internal', cause instanceof Error ? cause.name : '')
    psc().identification.failed(trace === null ? failure : { ...failure, trace }, tried)
  }

  /** Journals that what was asserted led nobody in. */
  const ended = (attempt: Identifying, asserted: Asserted, reason: 'expired' | 'cancelled'): Refusal => {
    const { reference, trace } = asserted
    const tried = { reference, flow: trace.flow, module: moduleIdOf(attempt) }
    return psc().identification.failed({ ...failed(reason), trace }, tried)
  }

  const hold = (attempt: Identifying, step: AssertedStep): void => {
    clearTimeout(expiry)
    expiry = setTimeout(
      () => {
        fail(attempt.id, ended(attempt, step.asserted, 'expired'), step.asserted.reference)
      },
      secondsFor(step.kind, psc()) * 1000,
    )
    control.move(attempt.id, step)
  }

  const askWhose: Tries['askWhose'] = (attempt, asserted, fresh) => {
    psc().identification.unknown(asserted, moduleIdOf(attempt))
    const newcomer = fresh && expectedOperator(attempt.purpose) === null
    hold(attempt, { kind: 'association', asserted, newcomer })
  }

  const drop = ({ tried }: UnderWay): void => {
    psc().identification.failed(failed('cancelled'), tried)
  }

  const receive: Tries['receive'] = async (attempt, underWay, answer, rpps) => {
    const { identification: byPsc } = psc()
    const { tried, began, goal } = underWay
    if (answer.kind === 'cancelled' || latest !== underWay) return drop(underWay)
    if (answer.kind === 'failed') throw byPsc.failed(answer, tried)
    const asserted: Asserted = { ...answer.authentication, reference: tried.reference }
    underWay.trace = asserted.trace
    session.check()
    const awaited = control.expectationOf(attempt, 'browser', 'phone', 'checking')
    // While it is judged, another may take its place, on the same steps.
    const allows = (operator: Operator): Refused | null =>
      latest === underWay ? awaited.allows(operator) : cancelled
    const expectation = { ...awaited, rpps, allows }
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
        return askWhose(attempt, asserted, true)
      case 'newcomer': {
        const proposed = await psc().newcomers.propose(asserted.identity)
        if (latest === underWay) hold(attempt, { kind: 'newcomer', asserted, proposed })
        return
      }
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
    begin: (tried, goal) => {
      leave()
      return (latest = { tried, began: clock.monotonic(), goal, trace: null, stop: nothing })
    },
    goal: () => latest?.goal ?? 'session',
    isLatest: (underWay) => latest === underWay,
    run: (id, underWay, work) => {
      work().catch((error: unknown) => {
        const { tried, trace } = underWay
        journalEnd(error, tried, trace)
        if (latest === underWay) fail(id, error, tried.reference)
      })
    },
    drop,
    receive,
    hold,
    askWhose,
    told,
    failHeld: ({ id, purpose, step: { asserted } }, cause) => {
      const { reference, trace } = asserted
      const now = control.current()
      if (now.kind !== 'identifying' || !('asserted' in now.step) || now.step.asserted !== asserted) return
      journalEnd(cause, { reference, flow: trace.flow, module: moduleOf(purpose)?.id ?? null }, trace)
      fail(id, cause, reference)
    },
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

/** As long as the browser is waited for; longer for a form, and for somebody who is to be fetched. */
function secondsFor(kind: Step['kind'], { timeoutSeconds }: PscParts): number {
  const newcomer = kind === 'newcomer' || kind === 'newcomer-authorise'
  return newcomer ? Math.max(newcomerSeconds, timeoutSeconds) : timeoutSeconds
}

function nothing(): void {}
