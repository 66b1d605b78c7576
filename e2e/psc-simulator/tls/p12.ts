import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes, X509Certificate } from 'node:crypto'
import * as der from '../../support/card/der.ts'
import type { Identified } from './authority.ts'

const iterations = 2048
const pkcs7Data = '1.2.840.113549.1.7.1'
const sha256 = der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.nothing)

/**
 * A key and its certificate as IGC-Santé hands them out: PKCS#12 (RFC 7292), with the algorithms that OpenSSL 3 and
 * BoringSSL both read (PBES2 with AES-256-CBC; RFC 8018 §6.2).
 */
export function toP12({ key, cert }: Identified, password: string): Buffer {
  const certificate = new X509Certificate(cert).raw
  const keyBag = bag('1.2.840.113549.1.12.10.1.2', shrouded(contentOfPem(key), password), certificate)
  const certificateBag = bag(
    '1.2.840.113549.1.12.10.1.3',
    der.sequence(der.oid('1.2.840.113549.1.9.22.1'), der.element(0xa0, der.octetString(certificate))),
    certificate,
  )
  const safe = der.sequence(data(der.sequence(certificateBag)), data(der.sequence(keyBag)))
  const salt = randomBytes(16)
  const mac = createHmac('sha256', macKey(password, salt)).update(safe).digest()
  return der.sequence(
    der.integer(3),
    data(safe),
    der.sequence(der.sequence(sha256, der.octetString(mac)), der.octetString(salt), der.integer(iterations)),
  )
}

function data(content: Buffer): Buffer {
  return der.sequence(der.oid(pkcs7Data), der.element(0xa0, der.octetString(content)))
}

/** A SafeBag; the same `localKeyId` pairs a key and its certificate (RFC 7292 §4.2). */
function bag(kind: string, value: Buffer, certificate: Buffer): Buffer {
  const localKeyId = createHash('sha1').update(certificate).digest()
  return der.sequence(
    der.oid(kind),
    der.element(0xa0, value),
    der.setOf(der.sequence(der.oid('1.2.840.113549.1.9.21'), der.setOf(der.octetString(localKeyId)))),
  )
}

/** PKCS8ShroudedKeyBag: EncryptedPrivateKeyInfo (RFC 5958 §3). */
function shrouded(pkcs8: Buffer, password: string): Buffer {
  const salt = randomBytes(16)
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(password, salt, iterations, 32, 'sha256'), vector)
  const derivation = der.sequence(
    der.oid('1.2.840.113549.1.5.12'),
    der.sequence(
      der.octetString(salt),
      der.integer(iterations),
      der.sequence(der.oid('1.2.840.113549.2.9'), der.nothing),
    ),
  )
  const encryption = der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octetString(vector))
  return der.sequence(
    der.sequence(der.oid('1.2.840.113549.1.5.13'), der.sequence(derivation, encryption)),
    der.octetString(cipher.update(pkcs8), cipher.final()),
  )
}

/** RFC 7292 appendix B.2 with SHA-256, whose blocks are of 64 octets; one round gives the 32 that are wanted. */
function macKey(password: string, salt: Buffer): Buffer {
  const unicode = Buffer.from(`${password}\0`, 'utf16le').swap16()
  const purpose = Buffer.alloc(64, 3)
  let key = Buffer.concat([purpose, toBlocks(salt), toBlocks(unicode)])
  for (let round = 0; round < iterations; round += 1) key = createHash('sha256').update(key).digest()
  return key
}

function toBlocks(value: Buffer): Buffer {
  return Buffer.alloc(Math.ceil(value.length / 64) * 64, value)
}

function contentOfPem(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64')
}
