import { afterEach, describe, expect, it } from 'vitest'
import { members } from '../../../e2e/psc-simulator/answers.ts'
import { nobodyGotIn, plays, says, type Attack } from './testing/row.ts'
import { openSite, type Site, type SiteOptions } from './testing/site.ts'

let site: Site
afterEach(() => site.stop())

type Place = Omit<Attack, 'play'> & { readonly options: SiteOptions }

const untrusted = (
  what: string,
  tls: 'unknown-authority' | 'expired' | 'other-name',
  code: string,
): Place => ({
  what,
  options: { simulator: { tls } },
  shown: says.untrusted(code),
  journalled: ['untrusted', code],
})

const places: readonly Place[] = [
  untrusted('of an unknown authority', 'unknown-authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  untrusted('whose certificate has expired', 'expired', 'CERT_HAS_EXPIRED'),
  untrusted('whose certificate is another’s', 'other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  {
    what: 'that does not know this client’s secret',
    options: { confidential: true, secret: 'devine' },
    shown: says.credential('invalid_client'),
    journalled: ['credential', 'invalid_client'],
  },
  {
    what: 'whose clock says 20 minutes less than this workstation’s',
    options: { aheadMinutes: 20 },
    shown: says.clock(20),
    journalled: ['clock', '20'],
  },
  {
    what: 'whose clock says 20 minutes more than this workstation’s',
    options: { aheadMinutes: -20 },
    shown: says.clock(20),
    journalled: ['clock', '-20'],
  },
]

describe('a provider', () => {
  it.each(places)('$what lets nobody in', async ({ options, ...expected }) => {
    site = await openSite(options)
    await plays(site, { ...expected, play: () => undefined })
  })

  it.each([4, -4])('whose clock differs by %i minutes keeps nobody out', async (aheadMinutes) => {
    site = await openSite({ aheadMinutes })
    await site.visit(await site.press())
    await site.settled()
    expect(site.connected()).toBe('1')
  })

  it('whose keys have changed is asked for them, and keeps nobody out', async () => {
    site = await openSite()
    for (let times = 0; times < 3; times += 1) {
      await site.visit(await site.press())
      await site.settled()
      expect(site.connected()).toBe('1')
      await site.simulator.rotateKeys()
    }
  })

  it('over https that sends one to plain http is not followed', async () => {
    site = await openSite({ simulator: { tls: 'trusted' } })
    site.simulator.tamper(
      'discovery',
      members((real) => ({ ...real, token_endpoint: 'http://localhost:1/token' })),
    )
    expect(await site.press()).toBe('')
    await nobodyGotIn(site, says.misconfigured, ['other-issuer', 'token_endpoint'])
  })
})
