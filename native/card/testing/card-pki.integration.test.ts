import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { endingIn, makeCard } from '../../../e2e/support/card/pki.ts'
import type { ProfileName } from '../../../e2e/support/card/profiles.ts'

/** Node's reader (OpenSSL) shows a multi-valued RDN on one line, and no private extension. */
async function read(profile: ProfileName): Promise<X509Certificate> {
  return new X509Certificate((await makeCard(profile)).certificateDer)
}

/** The attributes of an RDN, whatever their order. */
const attributes = (rdn: string): string[] => rdn.split(' + ').toSorted()

/** Extension 1.2.250.1.71.1.2.5 with this octet. */
const category = (octet: string): Buffer => Buffer.from(`06082a817a014701020504030401${octet}`, 'hex')

test.each<[ProfileName, string[], string]>([
  [
    'pharmacist',
    ['C=FR', 'title=Pharmacien', 'GN=PATRICIA + CN=899700261797 + SN=ADJOINTPHARM'],
    'TEST AC IGC-SANTE FORT PERSONNES',
  ],
  [
    'adeli-nurse',
    ['C=FR', 'title=Infirmier', 'GN=OLIVIER + CN=00B6087510 + SN=INFIRMCS ADELI8751'],
    'TEST AC IGC-SANTE FORT PERSONNES',
  ],
  [
    'employee',
    [
      'C=FR',
      'ST=Paris (75)',
      'O=CABINET INFIRMIER',
      'OU=00B608876500',
      'title=Carte de service de santé ou social',
      'pseudonym=ASSISTINFIRM + CN=10B608876500/CPET0001',
    ],
    'TEST AC IGC-SANTE ELEMENTAIRE PERSONNES',
  ],
  [
    'authorised',
    [
      'C=FR',
      'O=TEST',
      'L=Paris (75)',
      'OU=500000000029751',
      'GN=PATRICE + SN=AUTORISE + CN=500000000029751/CPAT0001',
    ],
    'TEST AC IGC-SANTE STANDARD PERSONNES',
  ],
])('a card of profile %s names its holder and its authority', async (profile, subject, authority) => {
  const certificate = await read(profile)
  expect(certificate.subject.split('\n').map(attributes)).toEqual(subject.map(attributes))
  expect(certificate.issuer).toBe(
    ['C=FR', 'O=ASIP-SANTE', 'OU=0002 187512751', 'OU=IGC-SANTE TEST', `CN=${authority}`].join('\n'),
  )
})

test('a card of the real series says so in its authority and its category', async () => {
  const { certificateDer } = await makeCard('pharmacist', { series: 'real' })
  const { certificateDer: testDer } = await makeCard('pharmacist')
  expect(new X509Certificate(certificateDer).issuer).toMatch(/OU=IGC-SANTE\nCN=AC IGC-SANTE FORT PERSONNES$/u)
  expect(certificateDer.includes(category('00'))).toBe(true)
  expect(testDer.includes(category('80'))).toBe(true)
})

test('a card ends when it is told to', async () => {
  const soon = await makeCard('pharmacist', { validity: endingIn(30) })
  const left = Date.parse(new X509Certificate(soon.certificateDer).validTo) - Date.now()
  expect(Math.ceil(left / 86_400_000)).toBe(30)
  const over = await makeCard('pharmacist', { validity: endingIn(-1) })
  expect(Date.parse(new X509Certificate(over.certificateDer).validTo)).toBeLessThan(Date.now())
})

test('a card has one certificate for each use, and their key', async () => {
  const { certificates, privateKeyPkcs8 } = await makeCard('pharmacist')
  const key = createPrivateKey({ key: privateKeyPkcs8, format: 'der', type: 'pkcs8' })
  const found = certificates.map(({ label, id, der }) => {
    const certificate = new X509Certificate(der)
    expect(certificate.checkPrivateKey(key)).toBe(true)
    return [label, id.toString('hex'), certificate.keyUsage]
  })
  expect(found).toEqual([
    ["Certificat d'Authentification CPS", '43505320', ['1.3.6.1.5.5.7.3.2']],
    ['Certificat de Signature CPS', '43505310', ['1.3.6.1.5.5.7.3.4']],
  ])
})

test('without contact a card names nobody', async () => {
  expect((await read('contactless')).subject).toBe('C=FR\nCN=2800385266')
})

test('the same card issued twice is the same to the octet', async () => {
  expect(await makeCard('student')).toEqual(await makeCard('student'))
})
