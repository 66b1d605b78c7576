import { beforeEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../ipc/result.ts'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed, type PscFailureReason } from '../psc/failure.ts'
import type { PscTrace } from '../psc/trace.ts'
import { StorageError } from '../storage/storage-error.ts'
import {
  identified,
  kitsRpps,
  newRpps,
  patriciasRpps,
  quiet,
  refusalOf,
  right,
  traceOf,
  until,
} from './testing/counter.ts'
import { openRoad, pscModule, timeoutSeconds, type Road } from './testing/road.ts'
import type { Purpose } from './purpose.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

type Said = Parameters<typeof identified>[0]
const authTime = '2026-03-02T06:59:40.000Z'
const patricias = (more: Said = {}) => identified({ ...more, trace: { authTime } })
const kits = (more: Said = {}) =>
  patricias({
    identity: { rpps: kitsRpps, firstName: 'KIT', lastName: 'DOC0042788', professions: ['preparateur'] },
    ...more,
  })
const learnt: PscTrace = {
  flow: 'code',
  host: 'psc.test',
  acr: 'eidas3',
  acrFrom: 'psc',
  authMode: 'CARD',
  authTime,
  nationalId: '899700261797',
}
const learntOfKit: PscTrace = { ...learnt, nationalId: '899700427885' }
const stale = { age: 600 }
const forModule: Purpose = { kind: 'open-module', module: pscModule }

const comesBackWith = (answer: PscAnswer) => place.web.lastLogin().answer(answer)
const comesBackAs = (authentication: ReturnType<typeof identified>) =>
  comesBackWith({ kind: 'identified', authentication })
const yes = () => place.attempts.answerWrongPerson(place.id(), 'yes')
const expire = () => place.pass(timeoutSeconds * 1000)

/** Somebody comes back, and the attempt stands there. */
const standsAt = {
  question: async () => {
    await place.begin()
    comesBackAs(patricias(stale))
    await place.at('wrong-person')
  },
  password: async () => {
    await standsAt.question()
    await yes()
  },
  association: async () => {
    await place.begin()
    comesBackAs(kits())
    await place.at('association')
  },
  confirmation: async () => {
    await standsAt.association()
    await place.attempts.associate(place.id(), '2', right)
  },
  newPassword: async () => {
    place.attempts.begin({ kind: 'connect' })
    await place.goOut('forgottenPassword')
    comesBackAs(patricias())
    await place.at('new-password')
  },
}

/**
 * The only story of a try that the journal has, in the words of its rows: all of the try's rows bear its reference and
 * all that it learnt, and nothing else of it is written anywhere.
 */
async function story(trace: PscTrace): Promise<{ words: string[]; reference: string }> {
  const rows = await place.rows()
  const ofTry = rows.filter(({ details }) => 'flow' in details)
  const [reference, ...others] = new Set(ofTry.map((row) => row.reference))
  expect(others).toEqual([])
  expect(reference).toMatch(/^\w{3}-\w{3}$/u)
  for (const { means, details } of ofTry) {
    const { reason: _reason, detail: _detail, confirmedBy: _confirmedBy, ...rest } = details
    expect([means, rest]).toEqual(['psc', trace])
  }
  const written = JSON.stringify(rows)
  for (const secret of [
    'PATRICIA',
    'ADJOINTPHARM',
    'KIT',
    'DOC0',
    'pharmacien',
    'preparateur',
    '-token',
    right,
  ]) {
    expect(written).not.toContain(secret)
  }
  const words = rows
    .filter((row) => row.reference === reference)
    .map(({ kind, details: { reason, confirmedBy } }) =>
      [kind, reason, confirmedBy].filter((word) => typeof word === 'string').join(' '),
    )
  return { words, reference: reference ?? '' }
}

describe('a try that lets its operator in is one story', () => {
  it.each<[string, () => Promise<void>, PscTrace, string[]]>([
    [
      'by its freshness',
      async () => {
        await place.begin()
        comesBackAs(patricias())
      },
      learnt,
      ['identification.succeeded freshness', 'session.connected'],
    ],
    [
      'by a password at the question',
      async () => {
        await standsAt.password()
        await place.attempts.confirmPerson(place.id(), right)
      },
      learnt,
      ['identification.succeeded password', 'session.connected'],
    ],
    [
      'by a password after a wrong one, which is another story',
      async () => {
        await standsAt.password()
        await refusalOf(place.attempts.confirmPerson(place.id(), 'faux'))
        await place.attempts.confirmPerson(place.id(), right)
      },
      learnt,
      ['identification.succeeded password', 'session.connected'],
    ],
    [
      'by the card in the reader',
      async () => {
        await standsAt.question()
        place.cards.add(patriciasRpps.digits)
        await yes()
      },
      learnt,
      ['identification.succeeded card', 'session.connected'],
    ],
    [
      'by a card inserted then',
      async () => {
        await standsAt.password()
        place.cards.add(patriciasRpps.digits)
        place.attempts.cardInserted()
      },
      learnt,
      ['identification.succeeded card', 'session.connected'],
    ],
    [
      'by an association',
      async () => {
        await standsAt.confirmation()
        await place.attempts.confirmAssociation(place.id(), null)
      },
      learntOfKit,
      [
        'identification.refused unknown-rpps',
        'operator.rpps-linked',
        'identification.succeeded password',
        'session.connected',
      ],
    ],
    [
      'with another password',
      async () => {
        await standsAt.newPassword()
        await place.attempts.setForgottenPassword(place.id(), 'tunnel moutarde girafe')
      },
      learnt,
      ['operator.password-changed', 'identification.succeeded freshness', 'session.connected'],
    ],
    [
      'and unblocks their code',
      async () => {
        await place.fail('1', 10)
        await place.begin()
        comesBackAs(patricias())
      },
      learnt,
      ['operator.unblocked', 'identification.succeeded freshness', 'session.connected'],
    ],
  ])('%s', async (_, play, trace, words) => {
    await play()
    await place.at('none')
    expect((await story(trace)).words).toEqual(words)
    expect(place.succeeded).toHaveLength(1)
  })
})

describe('a try that is refused is one story, told by its reference', () => {
  it.each<[string, ErrorCode, () => Promise<void>, PscTrace]>([
    [
      'without-rpps',
      'psc-without-rpps',
      async () => {
        await place.begin()
        comesBackAs(patricias({ identity: { rpps: null } }))
      },
      { ...learnt, nationalId: 'psi-1' },
    ],
    [
      'too-old',
      'psc-too-old',
      async () => {
        await place.begin()
        comesBackAs(patricias({ age: 4 * 3600 }))
      },
      learnt,
    ],
    [
      'other-rpps',
      'psc-other-rpps',
      async () => {
        place.session.admit(place.titulaire, { kind: 'password' })
        await place.begin({ kind: 'step-up', module: pscModule, operator: place.titulaire })
        comesBackAs(patricias())
      },
      learnt,
    ],
    [
      'suspended',
      'suspended',
      async () => {
        await place.suspend(place.patricia)
        await place.begin()
        comesBackAs(patricias())
      },
      learnt,
    ],
    [
      'role',
      'role-not-allowed',
      async () => {
        await place.giveRpps(place.kit, kitsRpps)
        await place.begin(forModule)
        comesBackAs(kits())
      },
      learntOfKit,
    ],
    [
      'unknown-rpps',
      'rpps-unknown',
      async () => {
        place.attempts.begin({ kind: 'connect' })
        await place.goOut('forgottenPassword')
        comesBackAs(kits())
      },
      learntOfKit,
    ],
    [
      'not-fresh',
      'psc-not-fresh',
      async () => {
        place.attempts.begin({ kind: 'connect' })
        await place.goOut('forgottenPassword')
        comesBackAs(patricias(stale))
      },
      learnt,
    ],
    [
      'suspended',
      'suspended',
      async () => {
        await standsAt.password()
        await place.suspend(place.patricia)
        place.cards.add(patriciasRpps.digits)
        place.attempts.cardInserted()
      },
      learnt,
    ],
  ])('%s (%s)', async (reason, code, play, trace) => {
    await play()
    await place.at('ask')
    const { words, reference } = await story(trace)
    expect(words).toEqual([`identification.refused ${reason}`])
    expect(place.failure()).toMatchObject({ code, reference })
    expect(place.logged).toEqual([reference])
  })

  it('when it is cancelled while the journal is written', async () => {
    await place.begin()
    comesBackAs(patricias())
    place.web.lastLogin().events.back()
    await Promise.resolve()
    place.attempts.cancel()
    await quiet()
    await until(() => place.attempts.current().kind === 'none')
    expect((await story(learnt)).words).toEqual(['identification.refused cancelled'])
  })
})

describe('a refusal at a question is told by the reference of its try, which goes on', () => {
  it.each<[string, () => Promise<unknown>, PscTrace, string[]]>([
    [
      'by the card of somebody suspended meanwhile',
      async () => {
        await standsAt.question()
        await place.suspend(place.patricia)
        place.cards.add(patriciasRpps.digits)
        await yes()
      },
      learnt,
      ['identification.refused suspended'],
    ],
    [
      'an RPPS that was given to somebody else meanwhile',
      async () => {
        await standsAt.confirmation()
        await place.giveRpps(place.titulaire, kitsRpps)
        await place.attempts.confirmAssociation(place.id(), null)
      },
      learntOfKit,
      ['identification.refused unknown-rpps', 'identification.refused rpps-of-another'],
    ],
    [
      'another RPPS given to the claimant meanwhile',
      async () => {
        await standsAt.confirmation()
        await place.giveRpps(place.kit, newRpps)
        await place.attempts.confirmAssociation(place.id(), null)
      },
      learntOfKit,
      ['identification.refused unknown-rpps', 'identification.refused other-rpps'],
    ],
    [
      'an association that wants an authorised person by now',
      async () => {
        await standsAt.confirmation()
        await place.giveRole(place.kit, 'titulaire')
        await place.attempts.confirmAssociation(place.id(), null)
      },
      learntOfKit,
      ['identification.refused unknown-rpps', 'identification.refused not-authorised'],
    ],
    [
      'somebody suspended as they choose their password',
      async () => {
        await standsAt.newPassword()
        await place.suspend(place.patricia)
        await place.attempts.setForgottenPassword(place.id(), 'tunnel moutarde girafe')
      },
      learnt,
      ['identification.refused suspended'],
    ],
  ])('%s', async (_, play, trace, words) => {
    const refusal = await refusalOf(play())
    expect(await story(trace)).toEqual({ words, reference: refusal.reference })
    place.attempts.cancel()
    expect((await story(trace)).words).toEqual([...words, 'identification.failed cancelled'])
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
  })
})

/** What each failure is told as. */
const failures: Record<PscFailureReason, ErrorCode> = {
  unreachable: 'psc-unavailable',
  untrusted: 'psc-untrusted',
  clock: 'psc-clock',
  credential: 'psc-credential',
  'other-issuer': 'psc-misconfigured',
  'ports-taken': 'psc-ports-taken',
  'browser-not-opened': 'psc-browser-not-opened',
  'time-out': 'psc-timeout',
  'phone-time-out': 'psc-phone-timeout',
  'unknown-user': 'psc-unknown-user',
  cancelled: 'psc-abandoned',
  expired: 'psc-expired',
  abandoned: 'psc-abandoned',
  internal: 'internal',
  'provider-error': 'psc-error',
  'invalid-response': 'psc-invalid',
  'level-too-low': 'psc-level-too-low',
  'no-identifier': 'psc-no-identifier',
}
const isReason = (name: string): name is PscFailureReason => name in failures

describe('a try that fails is one story, told by its reference', () => {
  it.each(Object.keys(failures).filter(isReason))('%s', async (reason) => {
    await place.begin()
    comesBackWith(failed(reason, 'mot'))
    await place.at('ask')
    const { words, reference } = await story(traceOf('code'))
    expect(words).toEqual([`identification.failed ${reason}`])
    expect(place.failure()).toMatchObject({ code: failures[reason], reference })
    expect(await place.rows()).toMatchObject([{ outcome: 'failed', details: { detail: 'mot' } }])
  })

  it.each([
    ['its database', new StorageError('full'), 'storage-full', 'StorageError'],
    ['a fault of its own', new URIError('http://secret'), 'internal', 'URIError'],
  ])('by %s, once somebody was identified', async (_, error, code, detail) => {
    await place.begin()
    place.breakAdmissions(error)
    comesBackAs(patricias())
    await place.at('ask')
    const { words, reference } = await story(learnt)
    expect(words).toEqual(['identification.failed internal'])
    expect(place.failure()).toMatchObject({ code, reference })
    expect(await place.rows()).toMatchObject([{ details: { detail } }])
    expect(JSON.stringify(await place.rows())).not.toContain('secret')
    expect(place.session.connected()).toBeNull()
  })

  it('with what it had learnt by then', async () => {
    await place.begin()
    const trace = { ...learnt, acr: 'loa-9', authMode: null, nationalId: null }
    comesBackWith({ ...failed('level-too-low', 'loa-9'), trace, idToken: 'id-token' })
    await place.at('ask')
    expect(await story(trace)).toEqual({
      words: ['identification.failed level-too-low'],
      reference: place.failure()?.reference,
    })
    expect(place.failure()?.message).toContain('loa-9')
  })

  it('after a browser that did not open, which is told by it too', async () => {
    await place.begin()
    place.web.lastLogin().events.opened(false)
    const told = place.failure()?.reference
    comesBackWith(failed('time-out'))
    await place.at('ask')
    expect(await story(traceOf('code'))).toEqual({
      words: ['identification.failed browser-not-opened', 'identification.failed time-out'],
      reference: told,
    })
    expect(place.failure()?.reference).toBe(told)
  })
})

describe('a try of which somebody says that they are not that person is one story', () => {
  it('whose next one has a reference of its own', async () => {
    await standsAt.question()
    await place.attempts.answerWrongPerson(place.id(), 'no')
    const { words, reference } = await story(learnt)
    expect(words).toEqual(['identification.denied'])
    await until(() => place.web.logouts.length === 1)
    place.web.lastLogout().comeBack()
    await until(() => place.web.logins.length === 2)
    comesBackWith(failed('abandoned'))
    await place.at('ask')
    expect(place.failure()?.reference).not.toBe(reference)
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.denied', reference },
      { kind: 'identification.failed', reference: place.failure()?.reference },
    ])
  })
})

/** Where a try can be left, what it has learnt by then, and what the journal already says of it. */
const places: [string, () => Promise<void>, PscTrace, string[]][] = [
  ['at « Est-ce bien vous ? »', standsAt.question, learnt, []],
  ['at its password', standsAt.password, learnt, []],
  ['at « Associer ce RPPS »', standsAt.association, learntOfKit, ['identification.refused unknown-rpps']],
  ['at its confirmation', standsAt.confirmation, learntOfKit, ['identification.refused unknown-rpps']],
  ['at the new password', standsAt.newPassword, learnt, []],
]
const whileOut: (typeof places)[number] = [
  'while the browser is out',
  () => place.begin(),
  traceOf('code'),
  [],
]

describe('a try that somebody leaves', () => {
  it.each([whileOut, ...places])('%s is one story, cancelled', async (_, stand, trace, before) => {
    await stand()
    place.attempts.cancel()
    await quiet()
    expect((await story(trace)).words).toEqual([...before, 'identification.failed cancelled'])
  })

  it.each([whileOut, ...places])(
    '%s for another attempt is one story, cancelled',
    async (_, stand, trace, before) => {
      await stand()
      place.attempts.begin({ kind: 'switch' })
      await quiet()
      expect((await story(trace)).words).toEqual([...before, 'identification.failed cancelled'])
      expire()
      expect(place.attempt()).toMatchObject({ purpose: { kind: 'switch' }, step: { kind: 'ask' } })
      expect((await story(trace)).words).toHaveLength(before.length + 1)
    },
  )

  it.each(places)('%s without a word is one story, expired', async (_, stand, trace, before) => {
    await stand()
    expire()
    await place.at('ask')
    expect(await story(trace)).toEqual({
      words: [...before, 'identification.failed expired'],
      reference: place.failure()?.reference,
    })
    place.attempts.cancel()
    expect((await story(trace)).words).toHaveLength(before.length + 1)
  })
})
