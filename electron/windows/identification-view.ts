import type { CardAtCounter } from '../identification/card-at-counter.ts'
import type { Clock } from '../clock.ts'
import { assertNever } from '../assert-never.ts'
import type { Attempt, Identifying, Step } from '../identification/attempt.ts'
import { expectedOperator, moduleOf, rolesOf, takesPassword } from '../identification/purpose.ts'
import type { Purpose } from '../identification/purpose.ts'
import type { IdentificationStep, RecentOperator, ViewOf } from '../ipc/views.ts'
import { displayName, localDay } from '../operators/operator.ts'
import { nameOf } from '../psc/claims.ts'
import type { Authentication } from '../psc/authentication.ts'
import type { PscState } from '../psc/state.ts'
import { cibaChannelOf, type PscSettings } from '../settings/psc.ts'
import { operatorView } from './views.ts'

/** What the identification window is drawn from, besides the attempt. `psc`: null where it is off. */
export type IdentificationPlace = {
  readonly clock: Clock
  readonly psc: PscSettings | null
  readonly pscState: () => PscState
  readonly card: Pick<CardAtCounter, 'snapshot' | 'codeFor' | 'hintFor'>
  /** Whom to offer, where the window stands now. */
  readonly recent: (purpose: Purpose) => RecentOperator[]
  /** Laid out for fingers. */
  readonly touch: () => boolean
}

/** The attempt as its window shows it. */
export function identificationView(attempt: Attempt, place: IdentificationPlace): ViewOf<'identification'> {
  if (attempt.kind === 'none') {
    const step = {
      kind: 'ask',
      password: true,
      psc: false,
      phone: null,
      forgotten: false,
      newcomer: 'no',
      codeFromCard: null,
      recent: [],
      failure: null,
    } satisfies IdentificationStep
    return {
      attempt: 0,
      module: null,
      expected: null,
      roles: [],
      touch: place.touch(),
      card: place.card.snapshot(),
      psc: place.pscState(),
      step,
    }
  }
  const expected = expectedOperator(attempt.purpose)
  return {
    attempt: attempt.id,
    module: moduleOf(attempt.purpose)?.label ?? null,
    expected: expected === null ? null : operatorView(expected),
    roles: [...rolesOf(attempt.purpose)],
    touch: place.touch(),
    card: place.card.snapshot(),
    psc: place.pscState(),
    step: stepView(attempt, attempt.step, place),
  }
}

function stepView(
  { purpose }: Identifying,
  step: Step,
  { clock, psc, card, recent }: IdentificationPlace,
): IdentificationStep {
  switch (step.kind) {
    case 'ask': {
      const password = takesPassword(purpose)
      const expected = expectedOperator(purpose)
      return {
        kind: 'ask',
        password,
        psc: psc !== null,
        phone: psc === null || expected?.rpps === null ? null : cibaChannelOf(psc),
        forgotten: password && psc !== null,
        newcomer: expected !== null ? 'no' : psc === null ? 'titulaire' : 'psc',
        codeFromCard: password ? card.codeFor(expected) : null,
        recent: recent(purpose),
        failure: step.failure,
      }
    }
    case 'browser': {
      const rpps = expectedOperator(purpose)?.rpps ?? null
      return {
        kind: 'browser',
        secondsLeft: Math.max(0, (step.deadline - clock.monotonic()) / 1000),
        secondsInAll: psc?.timeoutSeconds ?? 0,
        certificate: rpps === null ? null : `8${rpps.digits}`,
        serviceName: psc?.serviceName ?? '',
        phone: psc === null || rpps === null ? null : cibaChannelOf(psc),
        failure: step.failure,
      }
    }
    case 'phone':
      return {
        kind: 'phone',
        number: step.number,
        channel: psc?.ciba.channel ?? 'MOBILE',
        secondsLeft: Math.max(0, (step.deadline - clock.monotonic()) / 1000),
        secondsInAll: step.seconds,
        serviceName: psc?.serviceName ?? '',
      }
    case 'checking':
      return { kind: 'checking' }
    case 'wrong-person':
      return {
        kind: 'wrong-person',
        ...personView(step.asserted),
        password: step.password,
        card: cardHint(card, step.asserted),
      }
    case 'leaving':
      return { kind: 'leaving', restart: step.restart }
    case 'association': {
      const { reference } = step.asserted
      const code = expectedOperator(purpose)?.code ?? null
      return {
        kind: 'association',
        ...personView(step.asserted),
        reference,
        code,
        newcomer: step.newcomer,
      }
    }
    case 'association-confirm': {
      const { operator, namesDiffer, authorisation } = step.claim
      const { name, rpps } = personView(step.asserted)
      return {
        kind: 'association-confirm',
        rpps,
        operator: operatorView(operator),
        differing: namesDiffer ? { psc: name, comptoir: displayName(operator) } : null,
        authorisation,
      }
    }
    case 'new-password':
      return { kind: 'new-password', operator: operatorView(step.operator) }
    case 'provisional-password':
      return { kind: 'provisional-password', operator: operatorView(step.proved.operator) }
    case 'newcomer': {
      const { firstName, lastName } = step.asserted.identity
      return {
        kind: 'newcomer',
        ...personView(step.asserted),
        nameless: firstName.trim() === '' || lastName.trim() === '',
        proposed: step.proposed,
        today: localDay(clock.now()),
      }
    }
    case 'newcomer-authorise': {
      const { firstName, lastName, role, firstDay, lastDay } = step.newcomer.proposed
      return {
        kind: 'newcomer-authorise',
        ...personView(step.asserted),
        name: displayName({ firstName, lastName }),
        code: step.newcomer.code,
        role,
        firstDay,
        lastDay,
      }
    }
    default:
      return assertNever(step)
  }
}

/** What a card in the reader could still do for « Oui, continuer ». */
function cardHint(
  card: IdentificationPlace['card'],
  { identity: { rpps } }: Authentication,
): 'off' | ReturnType<CardAtCounter['hintFor']> {
  return card.snapshot() === null || rpps === null ? 'off' : card.hintFor(rpps)
}

function personView({ identity }: Authentication): { name: string | null; rpps: string } {
  return { name: nameOf(identity), rpps: identity.rpps?.digits ?? '' }
}
