import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startSessionWithKeychain } from '../../native/keychain/testing/secret-service.ts'
import type { SecretName } from '../../native/keychain/secrets.ts'
import type { Method, Simulator } from '../psc-simulator/simulator.ts'
import { runCommand } from './keychain.ts'
import type { Workstation, WrittenSettings } from './test.ts'

type Given = {
  /** Of the session that holds the secrets. */
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
  /** What comptoir.json says of it. */
  readonly written: Pick<NonNullable<WrittenSettings['psc']>, 'clientId'> &
    Partial<NonNullable<WrittenSettings['psc']>>
}

/**
 * Gives a workstation what it proves with that it is a client of this simulator, as an installer does: files beside
 * comptoir.json, secrets typed into `comptoir secret set` in a session that has a real keychain.
 */
export async function giveCredential(
  workstation: Pick<Workstation, 'config' | 'dataDir'>,
  simulator: Simulator,
  method: Method,
): Promise<Given> {
  const { clientId, files, secrets, settings } = credentialOf(simulator, method)
  const folder = dirname(workstation.config)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const named = Object.fromEntries(Object.entries(settings).map(([key, name]) => [key, join(folder, name)]))
  const written = { clientId, clientAuthentication: method, ...named }
  if (secrets.length === 0) return { env: {}, stop: () => Promise.resolve(), written }
  const session = await startSessionWithKeychain()
  for (const [name, value] of secrets) {
    const { code, errors } = await runCommand(workstation, session.env, ['secret', 'set', name], {
      input: `${value}\n`,
    })
    if (code !== 0) throw new Error(errors.join(' '))
  }
  return { env: session.env, stop: session.stop, written }
}

type Credential = {
  readonly clientId: string
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly settings: Readonly<Partial<Record<'certificateFile' | 'keyFile' | 'p12File' | 'caFile', string>>>
  readonly secrets: readonly (readonly [SecretName, string])[]
}

function credentialOf({ credentials, ca, url }: Simulator, method: Method): Credential {
  const secure = url.startsWith('https:')
  const trusted = {
    files: secure ? { 'autorite.pem': ca } : {},
    settings: secure ? { caFile: 'autorite.pem' } : {},
  }
  const { clientId } = credentials[method]
  switch (method) {
    case 'none':
      return { clientId, ...trusted, secrets: [] }
    case 'client_secret_basic':
    case 'client_secret_post':
      return { clientId, ...trusted, secrets: [['psc.clientSecret', credentials[method].clientSecret]] }
    case 'private_key_jwt': {
      const { encryptedPem, passphrase } = credentials[method].key
      return {
        clientId,
        files: { ...trusted.files, 'client.key': encryptedPem },
        settings: { ...trusted.settings, keyFile: 'client.key' },
        secrets: [['psc.keyPassphrase', passphrase]],
      }
    }
    case 'tls_client_auth': {
      const { content, password } = credentials[method].p12
      return {
        clientId,
        files: { ...trusted.files, 'client.p12': content },
        settings: { ...trusted.settings, p12File: 'client.p12' },
        secrets: [['psc.p12Password', password]],
      }
    }
    default:
      return method satisfies never
  }
}
