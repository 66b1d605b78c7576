import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cut, huge, instead, members, page } from '../../../e2e/psc-simulator/answers.ts'
import type { CibaFault, Tampering } from '../../../e2e/psc-simulator/simulator.ts'
import { nobodyGotIn, says, type Attack } from './testing/row.ts'
import { openSite, type Site } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite({ confidential: true, timeoutSeconds: 4 })
})
afterEach(() => site.stop())

const patricia = '899700261797'
const rejected = 'OAUTH_INVALID_RESPONSE'
const json = (body: string, status = 400): Tampering =>
  instead({ status, headers: { 'content-type': 'application/json' }, body })
const refusal = (error: string): Tampering => json(JSON.stringify({ error }))
const set = (values: object): Tampering =>
  members((real) => Object.fromEntries(Object.entries({ ...real, ...values })))

/** Approves as soon as the phone rings. */
async function approves(site: Site): Promise<void> {
  await expect.poll(() => site.simulator.phone.pending().length).toBe(1)
  await site.simulator.phone.approve(patricia)
}

const asking =
  (tampering: Tampering): Attack['play'] =>
  ({ simulator }) =>
    simulator.tamper('ciba', tampering)
const approvedWith =
  (tamper: (site: Site) => void): Attack['play'] =>
  async (site) => {
    tamper(site)
    void approves(site)
  }
const withToken = (tampering: Tampering): Attack['play'] =>
  approvedWith(({ simulator }) => simulator.tamper('token', tampering))

const attacks: readonly Attack[] = [
  {
    what: 'is refused on the phone',
    play: (site) => {
      void expect
        .poll(() => site.simulator.phone.pending().length)
        .toBe(1)
        .then(() => site.simulator.phone.refuse(patricia))
    },
    shown: says.abandoned,
    journalled: ['abandoned', 'access_denied'],
  },
  {
    what: 'nobody answers',
    play: (site) => {
      void expect
        .poll(() => site.simulator.phone.pending().length)
        .toBe(1)
        .then(() => site.pass(4000))
    },
    shown: says.phoneLate,
    journalled: ['phone-time-out', ''],
  },
  {
    what: 'expires early',
    play: ({ simulator }) => simulator.phone.setFault({ kind: 'expires-early' }),
    shown: says.phoneLate,
    journalled: ['phone-time-out', 'expired_token'],
  },
  {
    what: 'is for somebody PSC does not know',
    play: asking(refusal('unknown_user_id')),
    shown: says.phoneUnknown,
    journalled: ['unknown-user', 'unknown_user_id'],
  },
  {
    what: 'has a number that PSC does not take',
    play: asking(refusal('invalid_binding_message')),
    shown: says.error('invalid_binding_message'),
    journalled: ['provider-error', 'invalid_binding_message'],
  },
  {
    what: 'is made by a client that may not',
    play: asking(refusal('unauthorized_client')),
    shown: says.credential('unauthorized_client'),
    journalled: ['credential', 'unauthorized_client'],
  },
  {
    what: 'is answered by a page',
    play: asking(page(400)),
    shown: says.unreachable,
    journalled: ['unreachable', 'OAUTH_RESPONSE_IS_NOT_JSON'],
  },
  {
    what: 'is cut',
    play: asking(cut),
    shown: says.unreachable,
    journalled: ['unreachable', 'cut'],
  },
  {
    what: 'is answered by 64 MB',
    play: asking(huge(64 * 1024 * 1024)),
    shown: says.invalid,
    journalled: ['invalid-response', 'too-large'],
  },
  {
    what: 'has no identifier of request',
    play: asking(set({ auth_req_id: undefined })),
    shown: says.invalid,
    journalled: ['invalid-response', rejected],
  },
  {
    what: 'is answered with an ID token by another key',
    play: approvedWith(({ simulator }) => simulator.tamperIdToken((claims) => claims, { key: 'other' })),
    shown: says.invalid,
    journalled: ['invalid-response', rejected],
  },
  {
    what: 'is answered with an ID token for another client',
    play: approvedWith(({ simulator }) => simulator.tamperIdToken((claims) => ({ ...claims, aud: 'autre' }))),
    shown: says.invalid,
    journalled: ['invalid-response', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
  },
  {
    what: 'is answered without ID token',
    play: withToken(set({ id_token: undefined })),
    shown: says.invalid,
    journalled: ['invalid-response', 'id_token'],
  },
  {
    what: 'is answered with a level too low',
    play: approvedWith(({ simulator }) => simulator.tamperIdToken((claims) => ({ ...claims, acr: 'loa-1' }))),
    shown: says.level('loa-1'),
    journalled: ['level-too-low', 'loa-1'],
  },
]

describe('a request to the phone that', () => {
  it.each(attacks)('$what lets nobody in', async ({ play, shown, journalled }) => {
    await play(site)
    await site.pressPhone('1')
    await site.settled()
    await nobodyGotIn(site, shown, journalled, 'ciba')
  })

  it('is answered by another person changes nothing', async () => {
    const fault: CibaFault = { kind: 'another-person', identity: 'titulaire' }
    site.simulator.phone.setFault(fault)
    void approves(site)
    await site.pressPhone('1')
    await site.settled()
    expect(site.shown()?.code).toBe('psc-other-rpps')
    expect(site.connected()).toBeNull()
    expect(await site.rows()).toMatchObject([
      { kind: 'identification.refused', details: { flow: 'ciba', reason: 'other-rpps' } },
    ])
  })

  it('is left while it waits lets nobody in, whenever it is approved', async () => {
    await site.pressPhone('1')
    await expect.poll(() => site.simulator.phone.pending().length).toBe(1)
    await site.cancel()
    await site.simulator.phone.approve(patricia)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect([site.step(), site.connected()]).toEqual(['none', null])
    expect(await site.rows()).toMatchObject([
      { kind: 'identification.failed', details: { flow: 'ciba', reason: 'cancelled' } },
    ])
  })

  it.each(['', '9', '77', 'personne', '9970026179'])(
    'is made of « %s » leaves as nobody’s',
    async (typed) => {
      await site.pressPhone(typed)
      expect(site.shown()?.code).toBe('psc-not-by-phone')
      expect(site.simulator.phone.pending()).toEqual([])
      const rows = JSON.stringify(await site.rows())
      if (typed.length > 2) expect(rows).not.toContain(typed)
    },
  )

  it('is a fourth within ten minutes is not sent', async () => {
    for (let times = 0; times < 3; times += 1) {
      await site.pressPhone('1')
      await expect.poll(() => site.simulator.phone.pending().length).toBe(times + 1)
      await site.cancel()
    }
    await site.pressPhone('1')
    expect(site.shown()?.code).toBe('psc-too-many-pushes')
    expect(site.simulator.phone.pending()).toHaveLength(3)
    expect((await site.rows()).at(-1)).toMatchObject({
      kind: 'identification.refused',
      details: { flow: 'ciba', reason: 'throttled' },
    })
  })
})
