/** Makes the tokens that softhsm.ts asks for, in a process of its own: node softhsm-tokens.ts FILE */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pkcs11js from 'pkcs11js'
import type { TokensToMake } from './softhsm.ts'

type Token = TokensToMake['tokens'][number]
type Certificate = Token['certificates'][number]

const securityOfficerPin = '12345678'
const [, , wanted = ''] = process.argv
const { library, tokens }: TokensToMake = JSON.parse(readFileSync(wanted, 'utf8'))

const module = new pkcs11js.PKCS11()
module.load(library)
module.C_Initialize()
for (const token of tokens) make(token)
module.C_Finalize()

function make({ label, pin, privateKeyPkcs8, certificates }: Token): void {
  const slot = module
    .C_GetSlotList(true)
    .find((id) => (module.C_GetTokenInfo(id).flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0)
  if (slot === undefined) throw new Error('SoftHSM2 has no free slot.')
  // Blank padded, which pkcs11js leaves to its caller.
  module.C_InitToken(slot, securityOfficerPin, label.padEnd(32))
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
  module.C_Login(session, pkcs11js.CKU_SO, securityOfficerPin)
  module.C_InitPIN(session, pin)
  module.C_Logout(session)
  module.C_Login(session, pkcs11js.CKU_USER, pin)
  for (const certificate of certificates) {
    module.C_CreateObject(session, certificateObject(certificate))
    module.C_CreateObject(session, keyObject(certificate, Buffer.from(privateKeyPkcs8, 'hex')))
  }
  module.C_Logout(session)
  module.C_CloseSession(session)
}

/** Readable without the code (cryptolib-cps.md §3). */
function certificateObject({ label, id, der, subject }: Certificate): pkcs11js.Template {
  return [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
    { type: pkcs11js.CKA_CERTIFICATE_TYPE, value: pkcs11js.CKC_X_509 },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: false },
    { type: pkcs11js.CKA_LABEL, value: label },
    { type: pkcs11js.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: pkcs11js.CKA_SUBJECT, value: Buffer.from(subject, 'hex') },
    { type: pkcs11js.CKA_VALUE, value: Buffer.from(der, 'hex') },
  ]
}

function keyObject({ keyLabel, id }: Certificate, pkcs8: Buffer): pkcs11js.Template {
  const jwk = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
  const number = (digits: unknown) => Buffer.from(typeof digits === 'string' ? digits : '', 'base64url')
  return [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_RSA },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: false },
    { type: pkcs11js.CKA_SIGN, value: true },
    { type: pkcs11js.CKA_LABEL, value: keyLabel },
    { type: pkcs11js.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: pkcs11js.CKA_MODULUS, value: number(jwk['n']) },
    { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: number(jwk['e']) },
    { type: pkcs11js.CKA_PRIVATE_EXPONENT, value: number(jwk['d']) },
    { type: pkcs11js.CKA_PRIME_1, value: number(jwk['p']) },
    { type: pkcs11js.CKA_PRIME_2, value: number(jwk['q']) },
    { type: pkcs11js.CKA_EXPONENT_1, value: number(jwk['dp']) },
    { type: pkcs11js.CKA_EXPONENT_2, value: number(jwk['dq']) },
    { type: pkcs11js.CKA_COEFFICIENT, value: number(jwk['qi']) },
  ]
}
