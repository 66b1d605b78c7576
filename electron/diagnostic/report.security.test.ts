import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardOf, holderOf, present } from '../../native/card/testing/snapshots.ts'
import type { Remark } from '../../native/card/states.ts'
import { healthySite } from '../program/testing/diagnostic-site.ts'
import { settingsSchema } from '../settings/schema.ts'
import { diagnose } from './diagnose.ts'
import { reportJson, reportText } from './report.ts'
import type { DiagnosticSite } from './site.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
/** Long enough never to be a word of the report. */
const secret = fc.string({ unit: fc.constantFrom(...letters.split('')), minLength: 14, maxLength: 20 })
const eleven = fc.string({ unit: fc.constantFrom(...digits), minLength: 11, maxLength: 11 })
const remarks = fc.subarray<Remark>(['blocked', 'expired', 'last-try', 'test', 'without-rpps'])

type Hidden = {
  readonly user: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly home: string
  readonly cardNumber: string
  readonly clientId: string
  readonly variable: string
  readonly module: string
}
const hidden: fc.Arbitrary<Hidden> = fc.record({
  user: secret,
  password: secret,
  firstName: secret,
  lastName: secret,
  home: secret,
  cardNumber: fc.string({ unit: fc.constantFrom(...digits.slice(1)), minLength: 10, maxLength: 10 }),
  clientId: secret,
  variable: secret,
  module: secret,
})

/** A workstation that holds all of it, in every place where it may be. */
function siteHolding(it: Hidden, rpps: string, told: Remark[], settled: boolean): DiagnosticSite {
  const home = `/home/${it.home}`
  const proxy = `http://${it.user}:${it.password}@proxy:3128`
  const settings = settingsSchema.parse({
    network: { proxy: settled ? proxy : null },
    psc: {
      discoveryUrl: 'https://auth.exemple.fr/d',
      issuer: 'https://auth.exemple.fr',
      clientId: it.clientId,
      clientAuthentication: 'client_secret_basic',
    },
    modules: [
      {
        id: 'm',
        label: it.module,
        access: 'none',
        launch: { kind: 'browser', url: `https://exemple.fr/${it.module}` },
      },
    ],
  })
  const holder = holderOf({
    firstName: it.firstName,
    lastName: it.lastName,
    nationalId: { kind: 'rpps', digits: rpps },
    cardNumber: it.cardNumber,
  })
  const card = cardOf({
    label: `CPS3v3-${it.cardNumber}`,
    serial: it.cardNumber,
    certificate: { kind: 'read', holder },
  })
  return healthySite({
    settings,
    machine: {
      platform: 'linux',
      env: { HTTPS_PROXY: proxy, TOKEN: it.variable, USER: it.home },
      home,
      remote: null,
    },
    settingsFile: () =>
      Promise.resolve({ path: `${home}/comptoir.json`, state: { kind: 'faulty', where: ['psc.issuer'] } }),
    card: () =>
      Promise.resolve({
        kind: 'seen',
        snapshot: {
          state: present(card, ...told),
          cryptolib: {
            path: `${home}/libcps.so`,
            bits: 64,
            libraryVersion: null,
            description: null,
            productVersion: null,
          },
          readers: ['ACR38'],
          events: true,
        },
      }),
    operatorOf: () =>
      Promise.resolve(settled ? { code: '1', firstName: it.firstName, lastName: it.lastName } : null),
    psc: () =>
      Promise.resolve({
        kind: 'on',
        host: 'auth.exemple.fr',
        impeded: settled ? null : { impediment: 'secret-missing', detail: 'psc.clientSecret' },
        discovery: { kind: 'unreachable', why: 'proxy', code: '407' },
        aheadMs: null,
      }),
    keychain: () => Promise.resolve({ kind: 'open', names: ['psc.clientSecret'] }),
  })
}

describe('a report', () => {
  it('holds no secret, and no name or RPPS unless it is asked to', async () => {
    await fc.assert(
      fc.asyncProperty(hidden, eleven, remarks, fc.boolean(), async (it, rpps, told, settled) => {
        const site = siteHolding(it, rpps, told, settled)
        const diagnosis = await diagnose(site)
        const { firstName, lastName, cardNumber, ...secrets } = it
        const [masked, named] = [false, true].map((shown) => {
          const form = { named: shown }
          return `${reportText(diagnosis, site, form)}${JSON.stringify(reportJson(diagnosis, site, form))}`
        })
        for (const word of [...Object.values(secrets), firstName, lastName, cardNumber, rpps]) {
          expect(masked?.toLowerCase()).not.toContain(word)
        }
        for (const word of Object.values(secrets)) expect(named?.toLowerCase()).not.toContain(word)
        expect(named).toContain(lastName)
        expect(named).toContain(rpps)
      }),
      { numRuns: 60 },
    )
  })

  it('tells nothing of a proxy whose password was written as it should not be', async () => {
    for (const HTTPS_PROXY of [
      'http://patricia:12/34@proxy:3128',
      'patricia:#1@proxy:3128',
      'patricia@x:1/2@proxy',
    ]) {
      const machine = { platform: 'linux', env: { HTTPS_PROXY }, home: '/home/comptoir', remote: null }
      const site = healthySite({ machine })
      const diagnosis = await diagnose(site)
      for (const named of [false, true]) {
        const report = reportText(diagnosis, site, { named })
        expect(report).not.toMatch(/patricia|proxy:|\bx:1/u)
      }
    }
  })

  it('is a line for each check, one for what to do, and says who it may be given to', async () => {
    const site = healthySite({ database: () => Promise.resolve({ kind: 'fault', fault: 'full' }) })
    const diagnosis = await diagnose(site)
    const lines = reportText(diagnosis, site, { named: false })
      .replaceAll(/[\u00A0\u202F]/gu, ' ')
      .split('\n')
    expect(lines[0]).toBe('Comptoir — diagnostic du poste')
    expect(lines[3]).toBe("Code d'assistance : C2-36")
    expect(lines[4]).toBe('Contrôles à corriger : n° 13.')
    expect(lines.filter((line) => /^\d+\. /u.test(line))).toHaveLength(19)
    expect(lines).toContain('13. Base de données (à corriger) : La base ne peut pas servir : disque plein.')
    expect(lines).toContain('   À faire : Libérez de la place sur le disque des données.')
    expect(lines.slice(-2)).toEqual(['Noms et RPPS masqués.', ''])
    expect(reportText(diagnosis, site, { named: true })).toMatch(/ne le donnez qu'à votre assistance\.\n$/u)
  })

  it('has these keys in JSON, and no other', async () => {
    const site = healthySite()
    const json = reportJson(await diagnose(site), site, { named: false })
    expect(Object.keys(json)).toEqual(['version', 'workstation', 'at', 'code', 'verdict', 'checks'])
    for (const check of json.checks)
      expect(Object.keys(check)).toEqual(['number', 'id', 'verdict', 'text', 'remedy'])
    expect(json).toMatchObject({
      version: '0.1.0',
      workstation: 'Comptoir 1',
      verdict: 'fine',
      code: 'C2-32',
    })
    expect(json.checks[6]).toEqual({
      number: 7,
      id: 'psc',
      verdict: 'fine',
      text: "Pro Santé Connect n'est pas activé sur ce poste.",
      remedy: null,
    })
  })
})
