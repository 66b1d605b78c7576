import { describe, expect, it } from 'vitest'
import { publishedConfiguration } from './configuration.ts'
import { signingConfiguration } from './signing.ts'

const published = await publishedConfiguration()
const azure = {
  AZURE_SIGNING_ENDPOINT: 'https://weu.codesigning.example',
  AZURE_SIGNING_ACCOUNT: 'comptoir',
  AZURE_SIGNING_PROFILE: 'public',
  AZURE_SIGNING_PUBLISHER: 'Comptoir',
}

describe('a version', () => {
  it.each(['win32', 'darwin'] as const)('is never made without a signature on %s', (platform) => {
    const config = signingConfiguration(published, { platform, signed: true, env: {} })
    expect(config).toEqual({ ...published, forceCodeSigning: true })
    expect(config.mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(config.mac).not.toHaveProperty('identity')
  })

  it('is signed by Azure where all of its account is told', () => {
    const config = signingConfiguration(published, { platform: 'win32', signed: true, env: azure })
    expect(config.win).toEqual({
      ...published.win,
      azureSignOptions: {
        endpoint: 'https://weu.codesigning.example',
        codeSigningAccountName: 'comptoir',
        certificateProfileName: 'public',
        publisherName: 'Comptoir',
      },
    })
  })

  it('is not signed by chance where a part is missing: an empty variable is one', () => {
    const env = { ...azure, AZURE_SIGNING_PROFILE: '' }
    expect(() => signingConfiguration(published, { platform: 'win32', signed: true, env })).toThrow(
      'AZURE_SIGNING_PROFILE',
    )
  })
})

describe('a trial', () => {
  it('on macOS has the signature of nobody, which no Mac of others opens by itself', () => {
    const { mac } = signingConfiguration(published, { platform: 'darwin', signed: false, env: {} })
    expect(mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false })
  })
})
