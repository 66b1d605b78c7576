import { describe, expect, it } from 'vitest'
import { trustOf, usablePsc, type PscSettings } from './psc.ts'
import { settingsSchema, type Settings } from './schema.ts'

function settings(psc: object | null): Settings {
  const given = {
    discoveryUrl: 'https://psc.test/.well-known/openid-configuration',
    issuer: 'https://psc.test',
    clientId: 'comptoir',
  }
  return settingsSchema.parse(psc === null ? {} : { psc: { ...given, ...psc } })
}

function given(psc: object): PscSettings {
  const { psc: found } = settings(psc)
  if (found === undefined) throw new Error('no psc')
  return found
}

describe('Pro Santé Connect on a workstation', () => {
  it.each([
    {},
    { clientAuthentication: 'client_secret_basic' },
    { clientAuthentication: 'client_secret_post' },
    { clientAuthentication: 'private_key_jwt', keyFile: '/etc/comptoir/cle.pem' },
    { clientAuthentication: 'tls_client_auth', p12File: 'C:\\ProgramData\\Comptoir\\psc.p12' },
  ])('is on when it is configured: %o', (psc) => {
    const configured = settings(psc)
    expect(usablePsc(configured)).toEqual(configured.psc)
  })

  it('is off where it is not configured', () => {
    expect(usablePsc(settings(null))).toBeNull()
  })
})

describe('what the provider says of the authentication', () => {
  it.each([
    ['a broker', {}, false, false],
    ['the direct road', { clientAuthentication: 'client_secret_post' }, true, true],
    ['a broker that hands auth_time on', { authTimeIsFromPsc: true }, true, false],
    ['a broker that hands acr on', { acrIsFromPsc: true }, false, true],
    [
      'the direct road, told not to be trusted',
      { clientAuthentication: 'client_secret_post', authTimeIsFromPsc: false, acrIsFromPsc: false },
      false,
      false,
    ],
  ])('by %s', (_, psc, authTimeIsFromPsc, acrIsFromPsc) => {
    expect(trustOf(given(psc))).toEqual({ authTimeIsFromPsc, acrIsFromPsc })
  })
})
