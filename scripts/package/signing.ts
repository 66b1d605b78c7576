import type { Configuration } from 'electron-builder'

/** What a certificate of Azure Trusted Signing is asked for by; its credentials are read by Azure's own library. */
const azure = {
  endpoint: 'AZURE_SIGNING_ENDPOINT',
  codeSigningAccountName: 'AZURE_SIGNING_ACCOUNT',
  certificateProfileName: 'AZURE_SIGNING_PROFILE',
  publisherName: 'AZURE_SIGNING_PUBLISHER',
} as const

export interface SigningRequest {
  readonly platform: 'win32' | 'darwin'
  /** Whether a package that is not signed is refused. */
  readonly signed: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The configuration of a package for Windows or macOS, with how it is signed. Files of certificates are named in
 * electron-builder's own variables (`WIN_CSC_LINK`, `CSC_LINK`).
 * @throws {TypeError} when only a part of what Azure wants is told
 */
export function signingConfiguration(
  config: Configuration,
  { platform, signed, env }: SigningRequest,
): Configuration {
  const asked = { ...config, forceCodeSigning: signed }
  if (platform === 'win32') {
    const azureSignOptions = azureOptions(env)
    return azureSignOptions === null ? asked : { ...asked, win: { ...config.win, azureSignOptions } }
  }
  // A processor of Apple's runs nothing without any signature, and a hardened runtime wants a team's.
  return signed
    ? asked
    : { ...asked, mac: { ...config.mac, identity: '-', hardenedRuntime: false, notarize: false } }
}

function azureOptions(env: SigningRequest['env']) {
  const missing = Object.values(azure).filter((name) => !env[name])
  if (missing.length === Object.keys(azure).length) return null
  if (missing.length > 0) throw new TypeError(`Azure Trusted Signing also wants ${missing.join(', ')}.`)
  const told = (name: keyof typeof azure): string => env[azure[name]] ?? ''
  return {
    endpoint: told('endpoint'),
    codeSigningAccountName: told('codeSigningAccountName'),
    certificateProfileName: told('certificateProfileName'),
    publisherName: told('publisherName'),
  }
}
