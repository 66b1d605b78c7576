/** Asks a PKCS#11 library and listens to PC/SC, for asking.ts: node asking-program.ts LIBRARY */
import { CardDisposition, CardMode, Client, ReaderStatus, type Reader } from 'pcsc-mini'
import pkcs11js from 'pkcs11js'
import type { Answers, Question, ReaderSeen, SlotSeen, TokenSeen } from './asking.ts'

const [, , library = ''] = process.argv
const module = new pkcs11js.PKCS11()
const readers = new Map<string, ReaderSeen>()
/** pcsc-mini 0.1.3 ends the process when a client is collected whose service has gone (measured): all are kept. */
const clients: Client[] = []

module.load(library)
module.C_Initialize()
listen()
process.on('message', (question: Question) => process.send?.(answer(question)))
process.once('disconnect', () => process.exit())
process.send?.('ready')

function answer(question: Question): Answers[Question['kind']] {
  switch (question.kind) {
    case 'slots':
      return module.C_GetSlotList(false).map(slotSeen)
    case 'login':
      return login(question.name, question.pin)
    case 'reinitialise':
      module.C_Finalize()
      module.C_Initialize()
      return null
    case 'readers':
      return Object.fromEntries(readers)
    default:
      return question
  }
}

function slotSeen(slot: Buffer): SlotSeen {
  try {
    return { name: trimmed(module.C_GetSlotInfo(slot).slotDescription), token: tokenSeen(slot) }
  } catch (error) {
    return { name: '', token: { refused: codeOf(error) } }
  }
}

function tokenSeen(slot: Buffer): SlotSeen['token'] {
  try {
    const { label, serialNumber, flags } = module.C_GetTokenInfo(slot)
    const token = { label: trimmed(label), serial: trimmed(serialNumber), triesLeft: triesLeft(flags) }
    return { ...token, certificate: certificateIn(slot) }
  } catch (error) {
    return { refused: codeOf(error) }
  }
}

/** cryptolib-cps.md §2. */
function triesLeft(flags: number): TokenSeen['triesLeft'] {
  if ((flags & pkcs11js.CKF_USER_PIN_LOCKED) !== 0) return 0
  if ((flags & pkcs11js.CKF_USER_PIN_FINAL_TRY) !== 0) return 1
  return (flags & pkcs11js.CKF_USER_PIN_COUNT_LOW) === 0 ? 3 : 2
}

function certificateIn(slot: Buffer): string {
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION)
  try {
    module.C_FindObjectsInit(session, [
      { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
      { type: pkcs11js.CKA_LABEL, value: "Certificat d'Authentification CPS" },
    ])
    const [certificate] = module.C_FindObjects(session, 1)
    module.C_FindObjectsFinal(session)
    if (certificate === undefined) return ''
    const [attribute] = module.C_GetAttributeValue(session, certificate, [{ type: pkcs11js.CKA_VALUE }])
    const value: unknown = attribute?.value
    return Buffer.isBuffer(value) ? value.toString('hex') : ''
  } finally {
    module.C_CloseSession(session)
  }
}

function login(name: string, pin: string): number | null {
  const slot = module
    .C_GetSlotList(true)
    .find((id) => trimmed(module.C_GetSlotInfo(id).slotDescription) === name)
  if (slot === undefined) throw new Error(`no card in ${name}`)
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION)
  try {
    module.C_Login(session, pkcs11js.CKU_USER, pin)
    return null
  } catch (error) {
    return codeOf(error)
  } finally {
    module.C_CloseSession(session)
  }
}

/** PC/SC, again and again: pcsc-mini tells once that the service has gone. */
function listen(): void {
  const client = new Client()
  clients.push(client)
  client.on('error', () => {
    readers.clear()
    setTimeout(listen, 100)
  })
  client.on('reader', (reader) => {
    reader.on('change', (status) => {
      if (status.has(ReaderStatus.MUTE)) readers.set(reader.name(), 'mute')
      else if (status.has(ReaderStatus.PRESENT)) void askAtr(reader)
      else readers.set(reader.name(), 'empty')
    })
    reader.on('disconnect', () => readers.delete(reader.name()))
  })
  try {
    client.start()
  } catch {
    setTimeout(listen, 100)
  }
}

/** The event's own ATR is another's bytes (pcsc-mini 0.1.3, measured): the card is asked. */
async function askAtr(reader: Reader): Promise<void> {
  const card = await reader.connect(CardMode.SHARED).catch(() => undefined)
  // It has left meanwhile, or somebody is using it: another change is to come.
  if (card === undefined) return
  const { atr } = await card.state()
  readers.set(reader.name(), Buffer.from(atr).toString('hex'))
  await card.disconnect(CardDisposition.LEAVE)
}

/** Padded with blanks or NULs. */
function trimmed(text: string): string {
  return text.replaceAll('\0', ' ').trim()
}

function codeOf(error: unknown): number {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error.code
  throw error
}
