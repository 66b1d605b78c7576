import { describe, expect, it } from 'vitest'
import type { Attempt, Attempts } from '../identification/attempt.ts'
import type { PasswordIdentification } from '../identification/identification.ts'
import type { Purpose } from '../identification/purpose.ts'
import { Refusal } from '../ipc/result.ts'
import type { Module } from '../modules/module.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { createUnlocking } from './unlocking.ts'

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}

/** Patricia's session is locked; her password is right, and its verification ends with `verified`. */
function locked() {
  const session = createOperatorSession({
    clock: { now: () => new Date(), monotonic: () => 0 },
    journal: { appendEventually: () => undefined },
    maxHours: () => 4,
  })
  session.admit(patricia, { kind: 'password' })
  session.lock('idle')
  let verified: (() => void) | null = null
  const identify: PasswordIdentification['identify'] = async (_code, _password, { allows }) => {
    await new Promise<void>((resolve) => {
      verified = resolve
    })
    const refused = allows(patricia)
    if (refused !== null) throw refused.refusal('AAA-AAA')
    return patricia
  }
  let attempt: Attempt = { kind: 'none' }
  const attempts: Pick<Attempts, 'current' | 'begin' | 'startPsc' | 'cancel'> = {
    current: () => attempt,
    begin: (purpose) => {
      attempt = { kind: 'identifying', id: 1, purpose, step: { kind: 'ask', failure: null } }
    },
    startPsc: () => undefined,
    cancel: () => {
      attempt = { kind: 'none' }
    },
  }
  const unlocking = createUnlocking({ session, attempts, identification: { identify } })
  return { session, attempts, unlocking, verify: () => verified?.() }
}

describe('a password typed at the lock', () => {
  it('unlocks', async () => {
    const { session, unlocking, verify } = locked()
    const unlocked = unlocking.unlock('motdepasse')
    verify()
    await unlocked
    expect(session.connected()?.operator).toBe(patricia)
  })

  it('unlocks nothing where the system has locked while it was verified', async () => {
    const { session, unlocking, verify } = locked()
    const unlocked = unlocking.unlock('motdepasse')
    unlocking.lock('system-lock')
    verify()
    await expect(unlocked).rejects.toThrow(Refusal)
    expect(session.state().session.kind).toBe('locked')
  })
})

describe('an identification of the connected operator', () => {
  const module: Module = {
    id: 'dmp',
    label: 'DMP',
    access: 'psc',
    session: false,
    launch: { kind: 'browser', url: 'https://dmp.fr' },
  }
  const renewing: Purpose = { kind: 'renew', operator: patricia }
  const raising: Purpose = { kind: 'step-up', module, operator: patricia }

  /** Patricia is connected, and `purpose` is under way. */
  function underWay(purpose: Purpose) {
    const counter = locked()
    counter.session.admit(patricia, { kind: 'password' })
    counter.attempts.begin(purpose)
    return counter
  }

  it.each([renewing, raising])('is given up with their session: $kind', (purpose) => {
    // Her browser or her telephone would let her in again behind her back.
    for (const leave of ['lock', 'end'] as const) {
      const { session, attempts } = underWay(purpose)
      if (leave === 'lock') session.lock('card-removed')
      else session.end('countdown')
      expect(attempts.current().kind).toBe('none')
    }
  })

  it('goes on where only the level, or the end of the session, comes to be another', () => {
    const { session, attempts } = underWay(raising)
    session.operatorChanged({ ...patricia, lastName: 'AUTREMENT' }, 'changed')
    expect(attempts.current().kind).toBe('identifying')
  })

  it.each<Purpose>([{ kind: 'open-module', module }, { kind: 'switch' }])(
    'or of anybody else goes on: $kind',
    (purpose) => {
      const { session, attempts } = underWay(purpose)
      session.lock('card-removed')
      expect(attempts.current().kind).toBe('identifying')
    },
  )
})
