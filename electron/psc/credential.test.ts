import { generateKeyPairSync } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { makeCredentials } from '../../e2e/psc-simulator/credentials.ts'
import { simulatedAuthority } from '../../e2e/psc-simulator/tls/authority.ts'
import { toP12 } from '../../e2e/psc-simulator/tls/p12.ts'
import { KeychainError, type KeychainFault } from '../../native/keychain/secrets.ts'
import { readAuthorities, readCredential } from './credential.ts'
import { credentialOf, held, reading, type Held } from './testing/credentials.ts'

const authority = await simulatedAuthority()
const own = authority.client('trusted')
const simulated = await makeCredentials()

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const pkcs8 = (key = rsa) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey

const absent = () => Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }))
const locked = () => Promise.reject(new KeychainError('locked'))
const fileOf = (content: string) => () => Promise.resolve(Buffer.from(content))

const impeded = (impediment: string, detail: string | null) => ({ kind: 'impeded', impediment, detail })

/** The same workstation, but for a file. */
function but(place: Held, path: string, content: string | Buffer): Held {
  return { ...place, files: { ...place.files, [path]: content } }
}

describe('a secret', () => {
  const place = held(simulated.client_secret_basic)

  it.each([
    ['s3cr\u00E9t', 's3cr\u00E9t'],
    ['\uFEFFs3cret\r\n', 's3cret'],
    ['\u200B s3 cret\u00A0\t\u202C', 's3 cret'],
  ])('is what was pasted, without what cannot be seen around it: %j', async (secret, expected) => {
    expect(await reading({ ...place, secrets: { 'psc.clientSecret': secret } })).toEqual({
      kind: 'ready',
      credential: { kind: 'secret', method: 'client_secret_basic', secret: expected },
    })
  })

  it.each([{}, { 'psc.clientSecret': '' }, { 'psc.clientSecret': ' \r\n\uFEFF' }])(
    'is missing from %o',
    async (secrets) => {
      expect(await reading({ ...place, secrets })).toEqual(impeded('secret-missing', 'psc.clientSecret'))
    },
  )

  it.each<[KeychainFault, string]>([
    ['no-keychain', 'no-keychain'],
    ['locked', 'keychain-locked'],
    ['failed', 'keychain-failed'],
  ])('is not there when the keychain is %s', async (fault, impediment) => {
    const secret = () => Promise.reject(new KeychainError(fault))
    expect(await readCredential(place.settings, { secret, file: absent }, new Date())).toEqual(
      impeded(impediment, null),
    )
  })
})

describe('a signing key', () => {
  const place = held(simulated.private_key_jwt)
  const encrypted = held(simulated.private_key_jwt, 'encrypted-pem')

  it.each<[string, Held, object]>([
    ['RSA, in PKCS #8', place, { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' } }],
    [
      'RSA, in PKCS #1',
      but(place, '/etc/cle.pem', rsa.export({ type: 'pkcs1', format: 'pem' })),
      { name: 'RSASSA-PKCS1-v1_5' },
    ],
    ['of P-256', but(place, '/etc/cle.pem', pkcs8(curve('P-256'))), { name: 'ECDSA', namedCurve: 'P-256' }],
    ['encrypted, in PKCS #8', encrypted, { name: 'RSASSA-PKCS1-v1_5' }],
    [
      'encrypted, as OpenSSL used to',
      {
        ...but(
          place,
          '/etc/cle.pem',
          rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'motdepasse' }),
        ),
        secrets: { 'psc.keyPassphrase': 'motdepasse' },
      },
      { name: 'RSASSA-PKCS1-v1_5' },
    ],
  ])('may be %s', async (_what, workstation, algorithm) => {
    const outcome = await reading(workstation)
    expect(outcome).toMatchObject({
      kind: 'ready',
      credential: { kind: 'private-key', key: { algorithm, extractable: false, usages: ['sign'] } },
    })
  })

  it.each<[string, Held, object]>([
    ['absent', { ...place, files: {} }, impeded('file-missing', 'cle.pem')],
    ['not set', { ...place, settings: { ...place.settings, keyFile: null } }, impeded('file-missing', null)],
    ['empty', but(place, '/etc/cle.pem', ''), impeded('file-invalid', 'cle.pem')],
    ['a text', but(place, '/etc/cle.pem', 'la clé'), impeded('file-invalid', 'cle.pem')],
    [
      'in DER',
      but(place, '/etc/cle.pem', rsa.export({ type: 'pkcs8', format: 'der' })),
      impeded('file-invalid', 'cle.pem'),
    ],
    ['a certificate', but(place, '/etc/cle.pem', own.cert), impeded('file-invalid', 'cle.pem')],
    [
      'too weak',
      but(place, '/etc/cle.pem', pkcs8(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)),
      impeded('file-invalid', 'cle.pem'),
    ],
    ['of P-384', but(place, '/etc/cle.pem', pkcs8(curve('P-384'))), impeded('file-invalid', 'cle.pem')],
    [
      'of Ed25519',
      but(place, '/etc/cle.pem', pkcs8(generateKeyPairSync('ed25519').privateKey)),
      impeded('file-invalid', 'cle.pem'),
    ],
    [
      'locked, and its passphrase not in the keychain',
      { ...encrypted, secrets: {} },
      impeded('secret-missing', 'psc.keyPassphrase'),
    ],
    [
      'locked by another passphrase',
      { ...encrypted, secrets: { 'psc.keyPassphrase': 'une autre' } },
      impeded('passphrase-wrong', 'cle.pem'),
    ],
  ])('is told of when it is %s', async (_what, workstation, expected) => {
    expect(await reading(workstation)).toEqual(expected)
  })

  it('that is not locked asks nothing of the keychain', async () => {
    const read = { secret: locked, file: fileOf(pkcs8()) }
    expect(await readCredential(place.settings, read, new Date())).toMatchObject({
      kind: 'ready',
    })
  })

  it.each([
    ['EACCES', 'file-unreadable'],
    ['EISDIR', 'file-unreadable'],
    ['ENOTDIR', 'file-missing'],
  ])('whose file answers %s is %s', async (code, impediment) => {
    const file = () => Promise.reject(Object.assign(new Error(), { code }))
    const settings = { ...place.settings, keyFile: 'C:\\ProgramData\\Comptoir\\cle.pem' }
    expect(await readCredential(settings, { secret: async () => null, file }, new Date())).toEqual(
      impeded(impediment, 'cle.pem'),
    )
  })
})

describe('a certificate and its key', () => {
  const pem = held(simulated.tls_client_auth)
  const p12 = held(simulated.tls_client_auth, 'p12')
  const expired = authority.client('expired')
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10)

  it.each<[string, Held]>([
    ['PEM', pem],
    ['encrypted PEM', held(simulated.tls_client_auth, 'encrypted-pem')],
    ['PEM, followed by its authority', but(pem, '/etc/certificat.pem', `${own.cert}${authority.ca}`)],
    ['PKCS #12', p12],
    ['PKCS #12, of an empty password', { ...but(p12, '/etc/comptoir.p12', toP12(own, '')), secrets: {} }],
  ])('may be in %s', async (_what, workstation) => {
    expect(await reading(workstation)).toMatchObject({ kind: 'ready', credential: { kind: 'tls' } })
  })

  it.each<[string, Held, object]>([
    [
      'not a certificate',
      but(pem, '/etc/certificat.pem', own.key),
      impeded('file-invalid', 'certificat.pem'),
    ],
    [
      'followed by what is none',
      but(
        pem,
        '/etc/certificat.pem',
        `${own.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      ),
      impeded('file-invalid', 'certificat.pem'),
    ],
    ['of another key', but(pem, '/etc/cle.pem', pkcs8()), impeded('key-mismatch', 'cle.pem/certificat.pem')],
    ['over', but(pem, '/etc/certificat.pem', expired.cert), impeded('certificate-expired', yesterday)],
    [
      'over, in PKCS #12',
      but(p12, '/etc/comptoir.p12', toP12(expired, p12.secrets['psc.p12Password'] ?? '')),
      impeded('certificate-expired', yesterday),
    ],
    ['absent', { ...p12, files: {} }, impeded('file-missing', 'comptoir.p12')],
    ['not PKCS #12', but(p12, '/etc/comptoir.p12', own.cert), impeded('file-invalid', 'comptoir.p12')],
    ['empty', but(p12, '/etc/comptoir.p12', ''), impeded('file-invalid', 'comptoir.p12')],
    ['without its password', { ...p12, secrets: {} }, impeded('secret-missing', 'psc.p12Password')],
    [
      'under another password',
      { ...p12, secrets: { 'psc.p12Password': 'un autre' } },
      impeded('passphrase-wrong', 'comptoir.p12'),
    ],
  ])('are told of when they are %s', async (_what, workstation, expected) => {
    expect(await reading(workstation)).toEqual(expected)
  })
})

describe('what is locked', () => {
  it.each(['encrypted-pem', 'p12'] as const)('is opened while the program goes on: %s', async (shape) => {
    let others = 0
    setImmediate(() => (others += 1))
    expect(await reading(held(simulated.tls_client_auth, shape))).toMatchObject({ kind: 'ready' })
    expect(others).toBe(1)
  })

  it('is opened once for all, where it is a key in PEM', async () => {
    const credential = await credentialOf(simulated.tls_client_auth, 'encrypted-pem')
    if (credential.kind !== 'tls') throw new Error(credential.kind)
    expect(Object.keys(credential.identity)).toEqual(['cert', 'key'])
    expect(() => createSecureContext(credential.identity)).not.toThrow()
  })
})

describe('the authorities', () => {
  it('are none without a file', async () => {
    expect(await readAuthorities(null, absent)).toEqual({ kind: 'ready', authorities: null })
  })

  it('are all those of the file, whatever stands between', async () => {
    const content = `\uFEFFAC de test\r\n${authority.ca.replaceAll('\n', '\r\n')}et\n${authority.ca}`
    const outcome = await readAuthorities('/etc/ca.pem', fileOf(content))
    expect(outcome).toMatchObject({ kind: 'ready' })
    expect(JSON.stringify(outcome).match(/BEGIN/gu)).toHaveLength(2)
  })

  it.each([
    [null, 'file-missing'],
    ['', 'file-invalid'],
    [own.key, 'file-invalid'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'file-invalid'],
  ])('are not in %j', async (content, impediment) => {
    expect(await readAuthorities('/etc/ca.pem', content === null ? absent : fileOf(content))).toEqual(
      impeded(impediment, 'ca.pem'),
    )
  })
})
