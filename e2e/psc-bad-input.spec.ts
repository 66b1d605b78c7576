import { readFileSync, writeFileSync } from 'node:fs'
import { huge, instead, members } from './psc-simulator/answers.ts'
import type { IdTokenClaims, Signature, Tampering } from './psc-simulator/simulator.ts'
import { leftPsc } from './support/by-psc.ts'
import { badgeOf, shownPage } from './support/counter.ts'
import { attemptAt, byCard, invalid, type Failure } from './support/psc-attempt.ts'
import { signInAs, test } from './support/psc.ts'
import { cameIn, stopped } from './support/story.ts'
import { expect, onlyOnLinux } from './support/test.ts'

type Change = (claims: IdTokenClaims) => IdTokenClaims

const same: Change = (claims) => claims
const own: Signature = { key: 'own' }
const notOurs = invalid('OAUTH_INVALID_RESPONSE invalid-response')
const otherClaim = invalid('OAUTH_JWT_CLAIM_COMPARISON_FAILED invalid-response')

/** What is wrong with an ID token. */
const badIdTokens: readonly (readonly [
  name: string,
  change: Change,
  signature: Signature,
  failure: Failure,
])[] = [
  ['signed by another', same, { key: 'other' }, notOurs],
  ['not signed', same, { key: 'own', alg: 'none' }, notOurs],
  ['signed with the public key as a secret', same, { key: 'own', alg: 'HS256' }, notOurs],
  ['of another request', (claims) => ({ ...claims, nonce: 'un-autre' }), own, otherClaim],
  ['of no request', ({ nonce: _gone, ...claims }) => claims, own, notOurs],
  ['for another program', (claims) => ({ ...claims, aud: 'un-autre' }), own, otherClaim],
  ['of another provider', (claims) => ({ ...claims, iss: 'https://ailleurs.invalid' }), own, otherClaim],
  // Within the tolerance for a workstation's wrong clock: the provider's own clock tells.
  [
    'expired a minute ago',
    (claims) => ({ ...claims, exp: Number(claims['iat']) - 60 }),
    own,
    invalid('exp invalid-response'),
  ],
  [
    'expired an hour ago',
    (claims) => ({ ...claims, exp: Number(claims['iat']) - 3600 }),
    own,
    invalid('OAUTH_JWT_TIMESTAMP_CHECK_FAILED invalid-response'),
  ],
  ['of nobody', ({ sub: _gone, ...claims }) => claims, own, notOurs],
]

const json = { 'content-type': 'application/json' }
const notAUserinfo = invalid('ordonnances OAUTH_INVALID_RESPONSE invalid-response')

/** What is wrong with a userinfo, told to operator « 1 » who asks for « Ordonnances ». */
const badUserinfos: readonly (readonly [name: string, tampering: Tampering, failure: Failure])[] = [
  [
    "somebody else's",
    members((real) => ({ ...real, sub: 'une-autre' })),
    invalid('ordonnances OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED invalid-response'),
  ],
  ["nobody's", members(({ sub: _gone, ...real }) => real), notAUserinfo],
  [
    "two persons'",
    members((real) => ({
      ...real,
      otherIds: [{ identifiant: '899700218896', origine: 'RPPS', qualite: 1 }],
    })),
    invalid('ordonnances identifiers invalid-response'),
  ],
  ['an array', instead({ headers: json, body: '[]' }), notAUserinfo],
  ['64 MB long', huge(64 * 1024 * 1024), invalid('ordonnances too-large invalid-response')],
  [
    'refused in a way of its own',
    instead({
      status: 401,
      headers: { 'www-authenticate': 'Bearer error=invalid_token, error_description="' },
    }),
    invalid('ordonnances OAUTH_RESPONSE_IS_NOT_CONFORM invalid-response'),
  ],
  // The last: who it is being known, the browser leaves them before it asks again.
  [
    'without an identifier',
    members(({ SubjectNameID: _id, preferred_username: _name, otherIds: _others, ...real }) => real),
    {
      sentence: "Pro Santé Connect n'a donné aucun identifiant.",
      remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
      line: 'identification.failed nobody ordonnances no-identifier',
    },
  ],
]

test.describe('What Pro Santé Connect says is not valid @psc @login', () => {
  test('in its ID token: nobody comes in before it is', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    for (const [index, [name, change, signature, failure]] of badIdTokens.entries()) {
      await test.step(name, async () => {
        site.simulator.tamperIdToken(change, signature)
        await press()
        const tab = await browser.next()
        // Once is enough: the browser remembers.
        if (index === 0) await signInAs(tab, 'adjointe')
        await fails(failure)
      })
    }
    site.simulator.tamperIdToken(same, own)
    site.simulator.endAllSessions()
    await press()
    await signInAs(await browser.next(), 'adjointe')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    const failures = badIdTokens.map(([, , , { line }]) => line)
    expect(await end()).toEqual([...failures, ...byCard, 'session.ended 1 program-closed', stopped])
  })

  test('in its userinfo: operator « 1 » stays connected by their code until it is', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'operator 1')
    const growth = growthOf(program.app.process().pid)
    for (const [index, [name, tampering, failure]] of badUserinfos.entries()) {
      await test.step(name, async () => {
        site.simulator.tamper('userinfo', tampering)
        await press()
        const tab = await browser.next()
        if (index === 0) await signInAs(tab, 'adjointe')
        await fails(failure)
      })
    }
    // Of the 64 MB, next to nothing was kept, even for an instant.
    expect(growth()).toBeLessThan(40)
    site.simulator.tamper('userinfo', null)
    await press()
    await leftPsc(await browser.next())
    await signInAs(await browser.next(), 'adjointe')
    await shownPage(program, /\/ordonnances$/u)
    await expect(launcher.getByText('Pro Santé Connect · carte CPS')).toBeVisible()
    expect(await end()).toEqual([
      ...cameIn,
      ...badUserinfos.map(([, , { line }]) => line),
      'identification.succeeded 1 ordonnances eidas1 CARD freshness',
      'session.renewed 1',
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
      stopped,
    ])
  })

  test('below the level that the settings ask for: it is said, one comes in at that level', async ({
    psc,
    workstation,
  }) => {
    const site = await psc({ settings: { acrValues: 'eidas2' } })
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    const failure: Failure = {
      sentence: "Pro Santé Connect n'a pas garanti le niveau demandé (eidas1).",
      remedy: 'Recommencez avec votre carte ou votre e-CPS, ou appelez votre assistance.',
      line: 'identification.failed nobody eidas1 level-too-low',
    }
    await press()
    await signInAs(await browser.next(), 'adjointe', 'MOBILE')
    await fails(failure)
    await press()
    await leftPsc(await browser.next())
    await signInAs(await browser.next(), 'eidas3')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await end()).toEqual([
      failure.line,
      'identification.succeeded 1 eidas3 CARD freshness',
      'session.connected 1',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

/** Watches the memory of a process from now on: by how many megabytes it has grown, at the most and for however short. */
function growthOf(pid: number | undefined): () => number {
  onlyOnLinux('/proc')
  const read = (name: string): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'mu').exec(status)?.[1]) / 1024
  }
  // Its peak is set to what it takes now (proc(5)).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = read('VmRSS')
  return () => read('VmHWM') - before
}
