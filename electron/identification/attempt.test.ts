import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '../ipc/result.ts'
import type { OpenModule } from '../modules/open-modules.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { settingsSchema } from '../settings/schema.ts'
import { createAttempts } from './attempt.ts'
import type { Expectation, PasswordIdentification } from './identification.ts'
import type { Purpose } from './purpose.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function operator(code: string, role: Operator['role']): Operator {
  const names = { firstName: 'Patricia', lastName: 'Adjointpharm', rpps: null }
  return {
    id: `id-${code}`,
    code,
    role,
    ...names,
    suspended: false,
    firstDay: null,
    lastDay: null,
    rights: [],
  }
}
const adjoint = operator('1', 'adjoint')
const preparateur = operator('2', 'preparateur')
const team = [adjoint, preparateur]

const [reserved] = settingsSchema.parse({
  modules: [
    {
      id: 'doc',
      label: 'Documentation',
      access: 'operator',
      roles: ['titulaire', 'adjoint'],
      launch: { kind: 'browser', url: 'https://doc.fr' },
    },
  ],
}).modules
if (reserved === undefined) throw new Error('no module')
const openReserved: OpenModule = {
  module: reserved,
  operator: preparateur,
  bringForward: () => Promise.resolve(true),
  close: () => undefined,
}

/**
 * The team, whose password is « juste »; `verifying` runs while the password is being verified. Attempts run one
 * after the other, as the real one says.
 */
function fakeIdentification(seen: Expectation[], verifying: () => void): PasswordIdentification {
  const verify = (code: string, password: string, { operator: expected, allows }: Expectation): Operator => {
    verifying()
    const found = team.find((candidate) => candidate.code === code)
    if (found === undefined || password !== 'juste') throw new Refusal('wrong-credentials', '7K2-49R')
    if (expected !== null && expected.id !== found.id) throw new Refusal('other-operator-expected', '7K2-49R')
    const refused = allows(found)
    if (refused !== null) throw refused.refusal('7K2-49R')
    return found
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    identify: (code, password, expectation) => {
      seen.push(expectation)
      const verified = last.then(() => verify(code, password, expectation))
      last = verified.catch(() => undefined)
      return verified
    },
    prove: () => Promise.reject(new Error('nobody proves anything here')),
  }
}

function workstation({ verifying = () => undefined }: { verifying?: () => void } = {}) {
  const clock = { now: () => new Date(), monotonic: () => Date.now() }
  const session = createOperatorSession({
    clock,
    journal: { appendEventually: () => undefined },
    maxHours: () => 4,
  })
  const seen: Expectation[] = []
  const changes: string[] = []
  const succeeded: [Purpose, Operator][] = []
  const attempts = createAttempts({
    clock,
    replaceProvisional: () => Promise.reject(new Error('nobody has a provisional password here')),
    psc: null,
    cardConfirms: () => false,
    copy: () => undefined,
    log: () => undefined,
    hashPassword: () => Promise.reject(new Error('nobody chooses a password here')),
    identification: fakeIdentification(seen, verifying),
    session,
    changed: (attempt) => changes.push(attempt.kind),
    succeeded: (purpose, who) => succeeded.push([purpose, who]),
  })
  const id = (): number => {
    const attempt = attempts.current()
    return attempt.kind === 'identifying' ? attempt.id : 0
  }
  return { attempts, session, seen, changes, succeeded, id }
}

const refusedAs = (code: string, parameters: object = {}) => expect.objectContaining({ code, parameters })

describe('an attempt', () => {
  it('lets its operator in, is over, and says what it was for', async () => {
    const { attempts, session, changes, succeeded, id } = workstation()
    attempts.begin({ kind: 'connect' })
    await attempts.submit(id(), '1', 'juste')
    expect(session.connected()?.operator).toBe(adjoint)
    expect(attempts.current()).toEqual({ kind: 'none' })
    expect(changes).toEqual(['identifying', 'none'])
    expect(succeeded).toEqual([[{ kind: 'connect' }, adjoint]])
  })

  it('replaces the one under way, whose answer comes too late', async () => {
    const { attempts, session, seen, id } = workstation()
    attempts.begin({ kind: 'connect' })
    const former = id()
    attempts.begin({ kind: 'open-module', module: reserved })
    expect(id()).not.toBe(former)
    await expect(attempts.submit(former, '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
    expect([session.connected(), seen]).toEqual([null, []])
    expect(attempts.current()).toMatchObject({ id: id(), purpose: { kind: 'open-module' } })
  })

  it('cannot be answered before it begins, once cancelled, nor a second time', async () => {
    const { attempts, id } = workstation()
    await expect(attempts.submit(0, '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
    attempts.begin({ kind: 'connect' })
    const first = id()
    attempts.cancel()
    await expect(attempts.submit(first, '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
    attempts.begin({ kind: 'connect' })
    const second = id()
    await attempts.submit(second, '1', 'juste')
    await expect(attempts.submit(second, '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
  })

  it('that is cancelled when there is none changes nothing', () => {
    const { attempts, changes } = workstation()
    attempts.cancel()
    expect(changes).toEqual([])
  })
})

describe('a failed attempt', () => {
  it.each(['connected', 'locked'] as const)('leaves the %s session as it was, and goes on', async (kind) => {
    const { attempts, session, succeeded, id } = workstation()
    session.admit(adjoint, { kind: 'password' })
    if (kind === 'locked') session.lock('switch')
    const before = session.state()
    attempts.begin({ kind: 'switch' })
    const answer = attempts.submit(id(), '2', 'faux')
    await expect(answer).rejects.toEqual(refusedAs('wrong-credentials'))
    expect(session.state()).toBe(before)
    expect([attempts.current().kind, succeeded]).toEqual(['identifying', []])
    await attempts.submit(id(), '2', 'juste')
    expect(session.connected()?.operator).toBe(preparateur)
  })

  it('is one that is cancelled while the password is being verified: nobody comes in', async () => {
    const place = workstation({ verifying: () => place.attempts.cancel() })
    const { attempts, session, succeeded, id } = place
    attempts.begin({ kind: 'connect' })
    await expect(attempts.submit(id(), '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
    expect([session.state().session.kind, succeeded]).toEqual(['none', []])
  })

  it('is one that is replaced while the password is being verified: the new one goes on', async () => {
    const place = workstation({ verifying: () => place.attempts.begin({ kind: 'switch' }) })
    const { attempts, session, id } = place
    attempts.begin({ kind: 'connect' })
    await expect(attempts.submit(id(), '1', 'juste')).rejects.toEqual(refusedAs('attempt-over'))
    expect(session.connected()).toBeNull()
    expect(attempts.current()).toMatchObject({ purpose: { kind: 'switch' } })
  })

  it('is one made twice at the same time: the second comes too late', async () => {
    const { attempts, succeeded, id } = workstation()
    attempts.begin({ kind: 'connect' })
    const answers = [attempts.submit(id(), '1', 'juste'), attempts.submit(id(), '1', 'juste')]
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(succeeded).toHaveLength(1)
  })
})

describe('an attempt to open a reserved module', () => {
  it('refuses another role, with what for', async () => {
    const { attempts, session, seen, id } = workstation()
    attempts.begin({ kind: 'open-module', module: reserved })
    await expect(attempts.submit(id(), '2', 'juste')).rejects.toEqual(
      refusedAs('role-not-allowed', {
        module: 'Documentation',
        operator: 'PATRICIA ADJOINTPHARM',
      }),
    )
    expect(session.connected()).toBeNull()
    expect(seen).toEqual([expect.objectContaining({ operator: null, module: 'doc' })])
    expect(seen[0]?.allows(preparateur)?.reason).toBe('role')
  })

  it('lets in whoever has one of its roles', async () => {
    const { attempts, session, id } = workstation()
    attempts.begin({ kind: 'open-module', module: reserved })
    await attempts.submit(id(), '1', 'juste')
    expect(session.connected()?.operator).toBe(adjoint)
  })
})

describe('an attempt that awaits one operator', () => {
  const purposes: readonly Purpose[] = [
    { kind: 'renew', operator: adjoint },
    { kind: 'resume-module', open: { ...openReserved, operator: adjoint }, operator: adjoint },
  ]

  it.each(purposes)('refuses any other ($kind)', async (purpose) => {
    const { attempts, session, id } = workstation()
    session.admit(adjoint, { kind: 'password' })
    const before = session.state()
    attempts.begin(purpose)
    const answer = attempts.submit(id(), '2', 'juste')
    await expect(answer).rejects.toEqual(refusedAs('other-operator-expected'))
    expect(session.state()).toBe(before)
    await attempts.submit(id(), '1', 'juste')
    expect(session.connected()?.operator).toBe(adjoint)
  })

  it('whose role no longer allows the module does not let them back to it', async () => {
    const { attempts, session, id } = workstation()
    attempts.begin({ kind: 'resume-module', open: openReserved, operator: preparateur })
    await expect(attempts.submit(id(), '2', 'juste')).rejects.toMatchObject({ code: 'role-not-allowed' })
    expect(session.connected()).toBeNull()
  })
})

describe('where Pro Santé Connect is off', () => {
  it.each(['startPsc', 'forgottenPassword'] as const)('%s is refused, and nothing moves', (call) => {
    const { attempts, changes, id } = workstation()
    attempts.begin({ kind: 'connect' })
    expect(() => attempts[call](id())).toThrow(refusedAs('psc-off'))
    expect(attempts.current()).toMatchObject({ step: { kind: 'ask', failure: null } })
    expect(changes).toEqual(['identifying'])
  })
})
