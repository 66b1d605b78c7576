import { constants, createHash, publicDecrypt, X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pkcs11js from 'pkcs11js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeCard, type IssuedCard } from '../../../e2e/support/card/pki.ts'
import {
  startSimulation,
  type Content,
  type Control,
  type Fault,
  type Simulation,
} from '../../../e2e/support/card/simulated-cryptolib.ts'
import { load } from './loaded.ts'

const generalError = 0x5
const deviceError = 0x30
const notSupported = 0x54
const keyTypeInconsistent = 0x63
const slotInvalid = 0x3
const pinIncorrect = 0xa0
const pinLocked = 0xa4
const sessionInvalid = 0xb3
const notPresent = 0xe0
const notRecognised = 0xe1
const alreadyLoggedIn = 0x100
const pinNotInitialised = 0x102

let patricia: IssuedCard
let olivier: IssuedCard
let contactless: IssuedCard
let folder = ''
let simulation: Simulation
let module: pkcs11js.PKCS11

beforeAll(async () => {
  patricia = await makeCard('pharmacist')
  olivier = await makeCard('adeli-nurse')
  contactless = await makeCard('contactless')
  folder = await mkdtemp(join(tmpdir(), 'comptoir-cryptolib-'))
  simulation = await startSimulation(folder, [patricia, olivier, contactless])
  module = new pkcs11js.PKCS11()
  module.load(simulation.modulePath)
})

afterEach(() => {
  errorOf(() => module.C_Finalize())
  simulation.set({ readers: [] })
})

afterAll(async () => {
  module.close()
  await rm(folder, { recursive: true, force: true })
})

/** What one reader holds. */
function hold(content: Content, more: Omit<Control, 'readers'> = {}): void {
  simulation.set({ readers: [{ name: 'Reader 0', content }], ...more })
}

/** Patricia's card, and what goes wrong. */
const failing = (fault: Fault): void => hold({ card: patricia }, { faults: [fault] })

const login = (session: Buffer, pin: string): number | null =>
  errorOf(() => module.C_Login(session, pkcs11js.CKU_USER, pin))

function errorOf(call: () => unknown): number | null {
  try {
    call()
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error.code
    throw error
  }
}

function slot(index = 0): Buffer {
  const id = module.C_GetSlotList(false)[index]
  if (id === undefined) throw new Error(`no slot ${index}`)
  return id
}

const open = (id = slot()): Buffer => module.C_OpenSession(id, pkcs11js.CKF_SERIAL_SESSION)
const flags = (): number => module.C_GetTokenInfo(slot()).flags & 0x70000
const ids = (present: boolean): number[] => module.C_GetSlotList(present).map((id) => id.readUInt8(0))

function find(session: Buffer, template: pkcs11js.Template = []): Buffer[] {
  module.C_FindObjectsInit(session, template)
  const found = module.C_FindObjects(session, 50)
  module.C_FindObjectsFinal(session)
  return found
}

function certificateObject(session: Buffer): Buffer {
  const [found] = find(session, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
    { type: pkcs11js.CKA_ID, value: Buffer.from('43505320', 'hex') },
  ])
  if (found === undefined) throw new Error('no authentication certificate')
  return found
}

function valueOf(session: Buffer, object: Buffer): unknown {
  return module.C_GetAttributeValue(session, object, [{ type: pkcs11js.CKA_VALUE }])[0]?.value
}

describe('what it is', () => {
  test('says that it is Cryptolib 3.1, unless told', () => {
    module.C_Initialize()
    expect(module.C_GetInfo()).toMatchObject({
      manufacturerID: 'ANS'.padEnd(32),
      libraryDescription: 'CPS3 PKCS#11 LINUX'.padEnd(32),
      libraryVersion: { major: 3, minor: 1 },
    })
    simulation.set({ readers: [], libraryVersion: [3, 4] })
    expect(module.C_GetInfo().libraryVersion).toEqual({ major: 3, minor: 4 })
  })

  test('has a slot for each reader, named after it', () => {
    const long = `${'a'.repeat(40)}${'b'.repeat(40)}`
    simulation.set({
      readers: [
        { name: 'Reader 0', content: 'none' },
        { name: long, content: { card: patricia } },
      ],
    })
    module.C_Initialize()
    expect(ids(false)).toEqual([0, 1])
    expect(ids(true)).toEqual([1])
    expect(module.C_GetSlotInfo(slot(0)).slotDescription).toBe('Reader 0'.padEnd(64))
    const shown = `${'a'.repeat(30)}...${'b'.repeat(30)}`
    expect(module.C_GetSlotInfo(slot(1)).slotDescription).toBe(shown.padEnd(64))
  })

  test('has sixteen slots at most, each its reader’s for good', () => {
    const readers = Array.from({ length: 17 }, (_, index) => ({
      name: `Reader ${index}`,
      content: 'none' as const,
    }))
    simulation.set({ readers })
    module.C_Initialize()
    expect(ids(false)).toHaveLength(16)
    const [first] = module.C_GetSlotList(false)
    simulation.set({ readers: readers.slice(1, 3) })
    expect(ids(false)).toEqual([1, 2])
    expect(errorOf(() => module.C_GetSlotInfo(first ?? Buffer.alloc(8)))).toBe(slotInvalid)
    simulation.set({ readers: readers.slice(0, 2) })
    expect(ids(false)).toEqual([0, 1])
  })
})

describe('what it says of a reader', () => {
  test.each<[Content, number, number | null]>([
    ['none', 0x6, notPresent],
    ['mute', 0x6, notPresent],
    ['foreign', 0x6, notRecognised],
    ['vitale', 0x6, notRecognised],
    ['exclusive', 0x6, generalError],
  ])('%s', (content, slotFlags, error) => {
    hold(content)
    module.C_Initialize()
    expect(ids(true)).toEqual([])
    expect(module.C_GetSlotInfo(slot()).flags).toBe(slotFlags)
    expect(errorOf(() => module.C_GetTokenInfo(slot()))).toBe(error)
    expect(errorOf(() => open())).toBe(error)
  })

  test('its slot loses its flags with the first removal', () => {
    hold({ card: patricia })
    module.C_Initialize()
    expect(module.C_GetSlotInfo(slot()).flags).toBe(0x7)
    hold('none')
    expect(module.C_GetSlotInfo(slot()).flags).toBe(0x0)
    hold({ card: patricia })
    expect(module.C_GetSlotInfo(slot()).flags).toBe(0x1)
  })
})

describe('what it says of a card', () => {
  test('its label, model, serial and code', () => {
    hold({ card: patricia })
    module.C_Initialize()
    expect(module.C_GetTokenInfo(slot())).toMatchObject({
      label: 'CPS3v3-2800385266'.padEnd(32),
      model: 'IAS ECC\0'.padEnd(16),
      serialNumber: '28003852'.padEnd(16),
      flags: 0x40d,
      minPinLen: 4,
      maxPinLen: 8,
    })
  })

  test.each([
    [3, 0],
    [2, pkcs11js.CKF_USER_PIN_COUNT_LOW],
    [1, pkcs11js.CKF_USER_PIN_COUNT_LOW | pkcs11js.CKF_USER_PIN_FINAL_TRY],
    [0, pkcs11js.CKF_USER_PIN_LOCKED],
  ] as const)('%i tries left', (tries, expected) => {
    hold({ card: patricia, tries })
    module.C_Initialize()
    expect(flags()).toBe(expected)
  })

  test('without contact it has no code', () => {
    hold({ card: contactless })
    module.C_Initialize()
    expect(module.C_GetTokenInfo(slot())).toMatchObject({ label: 'CPS3v3_CL'.padEnd(32), flags: 0x401 })
    expect(errorOf(() => module.C_Login(open(), pkcs11js.CKU_USER, patricia.pin))).toBe(pinNotInitialised)
  })

  test.each([
    ['a\0b'.repeat(3), `${'a\0b'.repeat(3)}${' '.repeat(23)}`],
    ['\0'.repeat(32), '\0'.repeat(32)],
    ['x'.repeat(200), 'x'.repeat(32)],
  ])('a label of %j', (label, shown) => {
    hold({ card: patricia, label })
    module.C_Initialize()
    expect(module.C_GetTokenInfo(slot()).label).toBe(shown)
  })
})

describe('what is on a card', () => {
  test('without its code, two certificates and no key', () => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    expect(find(session)).toHaveLength(2)
    expect(find(session, [{ type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY }])).toEqual([])
    expect(valueOf(session, certificateObject(session))).toEqual(patricia.certificateDer)
  })

  test.each([
    ['empty', 0],
    ['truncated', 0.5],
    ['absurd', 1],
  ] as const)('a certificate that is %s', (certificate, share) => {
    hold({ card: patricia, certificate })
    module.C_Initialize()
    const session = open()
    const read = valueOf(session, certificateObject(session))
    expect(read).toHaveLength(Math.floor(patricia.certificateDer.length * share))
    expect(read).not.toEqual(patricia.certificateDer)
  })

  test('its authentication key signs a DigestInfo, and nothing else', () => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    module.C_Login(session, pkcs11js.CKU_USER, patricia.pin)
    const [key = Buffer.alloc(8)] = find(session, [
      { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
      { type: pkcs11js.CKA_LABEL, value: 'CPS_PRIV_AUT' },
    ])
    const sha256 = { mechanism: pkcs11js.CKM_SHA256_RSA_PKCS }
    expect(errorOf(() => module.C_SignInit(session, sha256, key))).toBe(keyTypeInconsistent)
    const digestInfo = Buffer.concat([
      Buffer.from('3031300d060960864801650304020105000420', 'hex'),
      createHash('sha256').update('text').digest(),
    ])
    module.C_SignInit(session, { mechanism: pkcs11js.CKM_RSA_PKCS }, key)
    const signature = module.C_Sign(session, digestInfo, Buffer.alloc(256))
    const { publicKey } = new X509Certificate(patricia.certificateDer)
    expect(publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature)).toEqual(
      digestInfo,
    )
  })
})

describe('the code of a card', () => {
  const low = pkcs11js.CKF_USER_PIN_COUNT_LOW

  test('three wrong ones block it', () => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    expect(login(session, '123')).toBe(pinIncorrect)
    expect(flags()).toBe(0)
    for (const left of [low, low | pkcs11js.CKF_USER_PIN_FINAL_TRY, pkcs11js.CKF_USER_PIN_LOCKED]) {
      expect(login(session, '0000')).toBe(pinIncorrect)
      expect(flags()).toBe(left)
    }
    expect(login(session, patricia.pin)).toBe(pinLocked)
  })

  test('the right one gives all tries back, and none is tried then', () => {
    hold({ card: patricia, tries: 1 })
    module.C_Initialize()
    const session = open()
    expect(login(session, patricia.pin)).toBeNull()
    expect(flags()).toBe(0)
    expect(login(session, '0000')).toBe(alreadyLoggedIn)
    expect(flags()).toBe(0)
    expect(find(session)).toHaveLength(4)
  })
})

describe('a card that is pulled', () => {
  test.each<[string, (session: Buffer) => unknown]>([
    ['C_GetSessionInfo', (session) => module.C_GetSessionInfo(session)],
    ['C_FindObjectsInit', (session) => module.C_FindObjectsInit(session, [])],
    ['C_Login', (session) => module.C_Login(session, pkcs11js.CKU_USER, patricia.pin)],
  ])('%s says so, once it is back as well', (_name, call) => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    expect(module.C_GetSessionInfo(session).slotID).toEqual(slot())
    hold('none')
    expect(errorOf(() => call(session))).toBe(sessionInvalid)
    hold({ card: patricia })
    expect(errorOf(() => call(session))).toBe(sessionInvalid)
    expect(module.C_GetSessionInfo(open()).state).toBe(0)
  })

  test.each<[string, () => void]>([
    ['by another', () => undefined],
    ['by itself', () => hold('none')],
  ])('and replaced between two calls %s', (name, before) => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    before()
    hold({ card: name === 'by itself' ? patricia : olivier })
    expect(errorOf(() => module.C_GetSessionInfo(session))).toBe(sessionInvalid)
  })

  test('stays where only its tries are told anew', () => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    hold({ card: patricia, tries: 2 })
    expect(module.C_GetSessionInfo(session).slotID).toEqual(slot())
  })

  test.each([false, true])('is not missed by who reads its certificate; in the disk cache: %s', (cached) => {
    hold({ card: patricia })
    module.C_Initialize()
    const session = open()
    const object = certificateObject(session)
    hold('none', { cached })
    expect(valueOf(session, object)).toEqual(cached ? patricia.certificateDer : Buffer.alloc(0))
    expect(errorOf(() => module.C_GetSessionInfo(session))).toBe(sessionInvalid)
    expect(errorOf(() => valueOf(session, object))).toBe(sessionInvalid)
  })
})

describe('events', () => {
  test('are not waited for', () => {
    module.C_Initialize()
    expect(errorOf(() => module.C_WaitForSlotEvent(0))).toBe(notSupported)
  })

  test('tell a swap twice, and nothing of a foreign card', () => {
    const next = () => module.C_WaitForSlotEvent(pkcs11js.CKF_DONT_BLOCK)?.readUInt8(0) ?? null
    hold('none')
    module.C_Initialize()
    hold({ card: patricia })
    expect([next(), next()]).toEqual([0, null])
    hold({ card: olivier })
    expect([next(), next(), next()]).toEqual([0, 0, null])
    hold('none')
    expect([next(), next()]).toEqual([0, null])
    hold('foreign')
    expect(next()).toBeNull()
  })
})

describe('PC/SC', () => {
  test('stopped and started again, it is lost until initialised again', () => {
    hold({ card: patricia })
    module.C_Initialize()
    const id = slot()
    const session = open(id)
    hold({ card: patricia }, { service: 'down' })
    hold({ card: patricia })
    expect(ids(false)).toEqual([])
    expect(errorOf(() => module.C_GetSlotInfo(id))).toBe(slotInvalid)
    expect(errorOf(() => module.C_GetTokenInfo(id))).toBe(deviceError)
    expect(errorOf(() => module.C_GetSessionInfo(session))).toBe(sessionInvalid)
    module.C_Finalize()
    module.C_Initialize()
    expect(ids(true)).toEqual([0])
  })

  test('absent at first, it is found when it comes', () => {
    hold({ card: patricia }, { service: 'down' })
    module.C_Initialize()
    expect(ids(false)).toEqual([])
    hold({ card: patricia })
    expect(ids(true)).toEqual([0])
  })
})

describe('faults', () => {
  test('an error so many times, then none', () => {
    failing({ in: 'C_GetTokenInfo', kind: 'rv', code: notPresent, times: 2 })
    module.C_Initialize()
    const read = () => errorOf(() => module.C_GetTokenInfo(slot()))
    expect([read(), read(), read()]).toEqual([notPresent, notPresent, null])
  })

  test('a vendor’s own error', () => {
    failing({ in: 'C_GetSlotList', kind: 'rv', code: 0x80000001 })
    module.C_Initialize()
    expect(errorOf(() => ids(true))).toBe(0x80000001)
  })

  test('a certificate that is empty once', () => {
    failing({ in: 'C_GetAttributeValue', kind: 'empty', times: 1 })
    module.C_Initialize()
    const session = open()
    const object = certificateObject(session)
    expect(valueOf(session, object)).toEqual(Buffer.alloc(0))
    expect(valueOf(session, object)).toEqual(patricia.certificateDer)
  })

  test('a call that takes its time', () => {
    failing({ in: 'C_GetSlotList', kind: 'delay', milliseconds: 300 })
    module.C_Initialize()
    const before = performance.now()
    expect(ids(true)).toEqual([0])
    expect(performance.now() - before).toBeGreaterThanOrEqual(300)
  })

  test('a crash, once whatever process it is in', async () => {
    failing({ in: 'C_GetSlotList', kind: 'segv', times: 1 })
    expect(await load(simulation.modulePath)).toEqual({ kind: 'crashed', signal: 'SIGSEGV' })
    expect(await load(simulation.modulePath)).toEqual({ kind: 'exited', code: 0, said: '1 slots' })
  })

  test('a call that never returns', async () => {
    failing({ in: 'C_Initialize', kind: 'hang' })
    expect(await load(simulation.modulePath)).toEqual({ kind: 'hung' })
  })
})

test('tells which functions were called, when asked to', () => {
  hold({ card: patricia })
  module.C_Initialize()
  hold({ card: patricia }, { traced: true })
  module.C_GetTokenInfo(slot())
  expect(simulation.calls()).toEqual(['C_GetSlotList', 'C_GetTokenInfo'])
  expect(simulation.calls()).toEqual([])
})

test('refuses a card that it was not started with', async () => {
  const other = await makeCard('employee')
  expect(() => hold({ card: other })).toThrow('CPS3v3-2800811368')
})
