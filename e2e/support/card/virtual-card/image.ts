import * as der from '../der.ts'
import type { IssuedCard } from '../pki.ts'
import { masterId, type DedicatedFile, type ElementaryFile } from './files.ts'
import { hex } from './hex.ts'
import {
  certificates,
  codes,
  objectDirectory,
  privateKeys,
  tokenInfo,
  type CertificateEntry,
} from './pkcs15.ts'

/** What a card holds that can be read without its code. */
export type CardContent = Pick<IssuedCard, 'label' | 'number' | 'contactless' | 'certificates'>

/** The reference of the card's code in commands. */
export const pinReference = 1

/** ANS as the issuer of cards (cryptolib-cps.md §2). */
const issuer = '8025000001'
const rootAid = '8025000001ff0100'
/**
 * The applications of a CPx card. Each interface has its own: Cryptolib keeps files on the disk by the card's number
 * and their paths (cryptolib-measured.md §8).
 */
const interfaces = {
  contact: { id: '0001', aid: 'e828bd080f8025000001ff0010' },
  contactless: { id: '0002', aid: 'e828bd080f8025000001ff0020' },
}

/** EF(ATR) (ISO/IEC 7816-4 §12.2.2), without which OpenSC takes no IAS ECC card. */
const capabilities = Buffer.concat([
  hex('80'),
  // Card service data: applications selected by name, EF(DIR) and EF(ATR) present, read by READ BINARY.
  der.element(0x43, hex('b8')),
  der.element(0x46, hex('04b0ecc1')),
  der.element(0x47, hex('940180')),
  der.element(0x4f, hex(rootAid)),
  // The longest commands and answers: 260 bytes.
  der.element(0xe0, ...Array<Buffer>(4).fill(der.integer(260))),
  der.element(0x78, der.element(0x06, hex('2b8122f87802'))),
  der.element(0x82, hex('9000')),
])

/**
 * The files of a CPx card, as the drivers of Cryptolib and of OpenSC look for them (cryptolib-measured.md §9). What
 * needs the code is not on it, but for the keys' names.
 */
export function imageOf(card: CardContent): DedicatedFile {
  const { id, aid } = interfaces[card.contactless ? 'contactless' : 'contact']
  const path = (file = ''): Buffer => hex(`${masterId}${id}${file}`)
  const serial = hex(card.number)
  const entries = card.certificates.map((certificate, index) => ({
    ...entryOf(certificate),
    path: path(certificateId(index)),
  }))
  const directory = objectDirectory({
    ...(card.contactless ? {} : { codes: path('7001') }),
    keys: path('7002'),
    certificates: path('7004'),
  })
  const application: DedicatedFile = {
    kind: 'df',
    id,
    aids: [aid],
    files: [
      file('5031', directory),
      file('5032', tokenInfo({ label: card.label, serial, manufacturer: 'Comptoir, card of tests' })),
      file('7001', codes({ label: 'PIN', reference: pinReference, path: path() })),
      file('7002', privateKeys(entries, path())),
      file('7004', certificates(entries)),
      ...card.certificates.map((certificate, index) => file(certificateId(index), certificate.der)),
    ],
  }
  return {
    kind: 'df',
    id: masterId,
    aids: [rootAid],
    files: [
      file('2f00', applications(Object.values(interfaces))),
      file('2f01', capabilities),
      file('d003', der.element(0x5a, hex(issuer), serial), 0x1c),
      // The last update of the card: when it began, when it ended.
      file('d010', hex('ec12 8107 20260105093000 8207 20260105093100')),
      application,
    ],
  }
}

function entryOf({
  label,
  keyLabel,
  id,
}: CardContent['certificates'][number]): Omit<CertificateEntry, 'path'> {
  return keyLabel === 'CPS_PRIV_SIG'
    ? { label, keyLabel, id, keyReference: 0x81, usage: 'non-repudiation' }
    : { label, keyLabel, id, keyReference: 0x82, usage: 'sign' }
}

/** EF(DIR) (ISO/IEC 7816-4 §12.2.1): which application is where. */
function applications(all: readonly { readonly id: string; readonly aid: string }[]): Buffer {
  return Buffer.concat(
    all.map(({ id, aid }) =>
      der.element(0x61, der.element(0x4f, hex(aid)), der.element(0x51, hex(`${masterId}${id}`))),
    ),
  )
}

function certificateId(index: number): string {
  return `a00${index + 1}`
}

function file(id: string, content: Uint8Array, shortId?: number): ElementaryFile {
  return { kind: 'ef', id, content: Buffer.from(content), ...(shortId === undefined ? {} : { shortId }) }
}
