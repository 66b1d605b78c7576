import { describe, expect, it } from 'vitest'
import * as der from '../../e2e/support/card/der.ts'
import type { Name } from '../../e2e/support/card/certificates.ts'
import { authorityOf, makeCard } from '../../e2e/support/card/pki.ts'
import { profiles } from '../../e2e/support/card/profiles.ts'
import { readHolder } from './certificate.ts'
import type { CardHolder } from './holder.ts'
import { productionAuthorities } from './issuers.ts'
import { certificate, validity } from './testing/certificates.ts'

const arc = '1.2.250.1.71.1.2'
const named = (subject: Name) => certificate({ subject })
const extended = (oid: string, value: Buffer) => readHolder(certificate({ extensions: [{ oid, value }] }))
const issuedBy = (commonName: string, id: string) =>
  readHolder(certificate({ issuer: [{ commonName }], subject: [{ commonName: id }] }))

describe('the holder of a card', () => {
  it('is read from the certificate of a CPS', async () => {
    const { certificateDer } = await makeCard('pharmacist', { validity })
    expect(readHolder(certificateDer)).toEqual<CardHolder>({
      nationalId: { kind: 'rpps', digits: '99700261797' },
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
      title: 'Pharmacien',
      type: 'CPS',
      cardNumber: '2800385266',
      test: true,
      profession: 'Pharmacien',
      validFrom: '2024-01-01T00:00:00.000Z',
      validUntil: '2027-01-01T00:00:00.000Z',
      issuer: { name: 'TEST AC IGC-SANTE FORT PERSONNES', chain: 'test' },
    })
  })

  it('has a national id that is no RPPS', async () => {
    expect(readHolder((await makeCard('adeli-nurse')).certificateDer)).toMatchObject({
      nationalId: { kind: 'other', value: '00B6087510' },
      firstName: 'OLIVIER',
      lastName: 'INFIRMCS ADELI8751',
      profession: 'Infirmier',
    })
  })

  it('is a future professional, who has no profession yet', async () => {
    expect(readHolder((await makeCard('student')).certificateDer)).toMatchObject({
      nationalId: { kind: 'rpps', digits: '99700075122' },
      title: 'Etudiant Pharmacien',
      type: 'CPF',
      profession: null,
    })
  })

  it('is a practice’s employee, by the pseudonym', async () => {
    expect(readHolder((await makeCard('employee')).certificateDer)).toMatchObject({
      nationalId: { kind: 'other', value: '10B608876500/CPET0001' },
      firstName: null,
      lastName: 'ASSISTINFIRM',
      type: 'CPE',
      profession: null,
      issuer: { chain: 'test' },
    })
  })

  it('is somebody authorised by an organisation', async () => {
    expect(readHolder((await makeCard('authorised')).certificateDer)).toMatchObject({
      nationalId: { kind: 'other', value: '500000000029751/CPAT0001' },
      lastName: 'AUTORISE',
      type: 'CPA',
    })
  })

  it.each<[string, CardHolder['nationalId']]>([
    ['899700261797', { kind: 'rpps', digits: '99700261797' }],
    ['99700261797', { kind: 'other', value: '99700261797' }],
    ['8997002617970', { kind: 'other', value: '8997002617970' }],
    ['699700261797/CPET0001', { kind: 'other', value: '699700261797/CPET0001' }],
    ['8 99700261797', { kind: 'other', value: '8 99700261797' }],
    [' 899700261797\u0000', { kind: 'rpps', digits: '99700261797' }],
    ['\u0000', null],
  ])('has the national id of %j', (commonName, nationalId) => {
    expect(readHolder(named([{ commonName }])).nationalId).toEqual(nationalId)
  })

  it('has no national id where two are given', () => {
    const two = named([{ commonName: '899700261797' }, { commonName: '899700075122' }])
    expect(readHolder(two).nationalId).toBeNull()
  })

  it('has the national id that is given twice alike', () => {
    const twice = named([{ commonName: '899700261797' }, { commonName: '899700261797' }])
    expect(readHolder(twice).nationalId).toEqual({ kind: 'rpps', digits: '99700261797' })
  })

  it('is nobody where the certificate names none', () => {
    expect(readHolder(named([]))).toMatchObject({
      nationalId: null,
      firstName: null,
      lastName: null,
      title: null,
      type: null,
    })
  })

  it('keeps the accents of names', () => {
    expect(readHolder(named([{ givenName: 'ZOÉ', surname: 'L’HÉNORET-ŒUF' }]))).toMatchObject({
      firstName: 'ZOÉ',
      lastName: 'L’HÉNORET-ŒUF',
    })
  })
})

describe('the private extensions', () => {
  it.each<[number, CardHolder['type']]>([
    [0, 'CPS'],
    [1, 'CPF'],
    [2, 'CPE'],
    [3, 'CPA'],
    // Unknown: by the issuer, then.
    [4, 'CPS'],
  ])('tell the type of card: %i is %s', (code, type) => {
    expect(extended(`${arc}.2`, der.integer(code)).type).toBe(type)
  })

  it.each<[string, string, CardHolder['type']]>([
    ['AC IGC-SANTE FORT PERSONNES', '899700261797', 'CPS'],
    ['TEST AC IGC-SANTE FORT PERSONNES', '00B6087510', 'CPS'],
    ['AC IGC-SANTE STANDARD PERSONNES', '500000000029751/CPAT0001', 'CPA'],
    ['AC IGC-SANTE ELEMENTAIRE PERSONNES', '10B608876500/CPET0001', 'CPE'],
    ['another', '10B608876500/CPET0001', 'CPE'],
    ['another', '899700261797', null],
  ])('are done without where they are missing: %s issues %s to a %s', (issuer, id, type) => {
    expect(issuedBy(issuer, id).type).toBe(type)
  })

  it('are done without by the name of who works for a structure', () => {
    const subject = [{ commonName: '500000000029751/CPAT0001', surname: 'AUTORISE' }]
    expect(readHolder(certificate({ issuer: [{ commonName: 'another' }], subject })).type).toBe('CPA')
  })

  it.each<[string, Buffer, string | null]>([
    ['its number', der.printableString('8025000001/2800636234'), '2800636234'],
    ['its number in UTF-8', der.utf8String('8025000001/2800636234'), '2800636234'],
    ['no prefix', der.printableString('2800636234'), null],
    ['no number', der.printableString('8025000001/'), null],
    ['something else', der.integer(2_800_636), null],
  ])('tell the card’s number: %s', (_, value, number) => {
    expect(extended(`${arc}.3`, value).cardNumber).toBe(number)
  })

  it.each<[string, Buffer, boolean]>([
    ['a real card', der.octetString(Buffer.from([0x00])), false],
    ['a test card', der.octetString(Buffer.from([0x80])), true],
    ['a test module', der.octetString(Buffer.from([0x82])), true],
    ['nothing', der.octetString(Buffer.alloc(0)), false],
    ['a number', der.integer(0x80), false],
  ])('tell the test series: %s', (_, value, test) => {
    expect(extended(`${arc}.5`, value).test).toBe(test)
  })

  it('are not needed to tell the test series, which the issuer’s name tells', () => {
    const issuer = authorityOf(profiles.pharmacist, 'test')
    const value = der.octetString(Buffer.from([0x00]))
    const extensions = [{ oid: `${arc}.5`, value }]
    expect(readHolder(certificate({ issuer })).test).toBe(true)
    expect(readHolder(certificate({ issuer, extensions })).test).toBe(true)
  })

  it.each<[string, Buffer, string | null]>([
    ['a pharmacist', der.integer(21), 'Pharmacien'],
    ['a number that is not known', der.integer(9_999), '9999'],
    ['a number far too great', der.integer(Buffer.alloc(9, 1)), null],
    ['a number of four octets', der.integer(Buffer.from([1, 0, 0, 21])), null],
    ['a negative one', Buffer.from([0x02, 0x01, 0xff]), null],
    ['a number of no octet', Buffer.from([0x02, 0x00]), null],
    ['a text', der.printableString('21'), null],
    ['nothing', Buffer.alloc(0), null],
    ['a value cut short', Buffer.from([0x02, 0x04, 0x15]), null],
    ['half a letter of a BMPString', Buffer.from([0x1e, 0x01, 0x00]), null],
  ])('tell the profession: %s', (_, value, profession) => {
    expect(extended(`${arc}.7`, value).profession).toBe(profession)
  })
})

describe('who issued a card', () => {
  const fort = productionAuthorities.find(({ name }) => name === profiles.pharmacist.authority)
  const known = Buffer.from(fort?.keyIdentifier ?? '', 'hex')

  it('is the production IGC-Santé by its name and its key', async () => {
    const card = await makeCard('pharmacist', { series: 'real', authorityKeyIdentifier: known })
    expect(readHolder(card.certificateDer)).toMatchObject({
      test: false,
      issuer: { name: 'AC IGC-SANTE FORT PERSONNES', chain: 'production' },
    })
  })

  it('is unknown where the name is production’s and the key another', async () => {
    const card = await makeCard('pharmacist', { series: 'real' })
    expect(readHolder(card.certificateDer).issuer.chain).toBe('unknown')
  })

  it('is unknown where the key cannot be read', () => {
    const extensions = [{ oid: '2.5.29.35', value: Buffer.from([0x30, 0x05]) }]
    expect(readHolder(certificate({ extensions })).issuer.chain).toBe('unknown')
  })

  it.each([
    ['no key', []],
    ['a key named by its serial number', [der.element(0x82, Buffer.from([1]))]],
  ])('is known by name where the certificate tells %s', (_, members) => {
    const extensions = [{ oid: '2.5.29.35', value: der.sequence(...members) }]
    expect(readHolder(certificate({ extensions })).issuer.chain).toBe('production')
  })

  it('is named by all that it says without a common name', () => {
    const issuer = [{ country: 'FR' }, { organizationalUnit: 'IGC' }, { organizationalUnit: 'SANTE' }]
    expect(readHolder(certificate({ issuer })).issuer).toEqual({ name: 'FR, IGC, SANTE', chain: 'unknown' })
  })
})
