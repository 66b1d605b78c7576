import type { PKCS11 } from 'pkcs11js'
import type { Opened, SlotPoll, TokenReading } from './cryptolib-client.ts'
import { ckr, Pkcs11Error } from './pkcs11-error.ts'
import type { UnusableReason } from './states.ts'

/** The calls that Cryptolib is asked. C_Login is none of them: the card's code is never Comptoir's to ask. */
export type Pkcs11 = Pick<
  PKCS11,
  | 'load'
  | 'C_Initialize'
  | 'C_Finalize'
  | 'C_GetInfo'
  | 'C_GetSlotList'
  | 'C_GetSlotInfo'
  | 'C_GetTokenInfo'
  | 'C_OpenSession'
  | 'C_CloseSession'
  | 'C_GetSessionInfo'
  | 'C_FindObjectsInit'
  | 'C_FindObjects'
  | 'C_FindObjectsFinal'
  | 'C_GetAttributeValue'
>

/** PKCS#11 v2.40, pkcs11t.h. */
const ckfOsLockingOk = 0x2
const ckfSerialSession = 0x4
const ckfTokenPresent = 0x1
const ckoCertificate = 1
const cka = { class: 0x0, label: 0x3, value: 0x11, id: 0x102 } as const

/** What the card's authentication certificate is called, and how its CKA_ID ends (cryptolib-cps.md §3). */
const authenticationLabel = "Certificat d'Authentification CPS"
const authenticationIdEnd = 0x20

/** A card has two certificates; who has more than this shows something else. */
const maxCertificates = 64

/** `certificate`: undefined until it is read, null where the card has none. */
type Session = { readonly handle: Buffer; certificate: Buffer | null | undefined }

export type Cryptolib = {
  /** Loads and initialises the library at `path`, once its file has been looked at: a load's error carries no code. */
  readonly open: (path: string) => Opened
  /**
   * The slots, whether each holds a card that Cryptolib knows, and whether the session on it has outlived its card.
   * Costs no APDU, except for the first call after an insertion, which binds the card.
   */
  readonly poll: () => SlotPoll[]
  /**
   * The token in a slot and its authentication certificate, without the card's code. The certificate is kept with the
   * session: the same card gives it once, unless `whole`. Throws `Pkcs11Error`, with the code of
   * CKR_SESSION_HANDLE_INVALID when the card was pulled or swapped in between.
   */
  readonly read: (slot: string, whole: boolean) => TokenReading
  /** C_Finalize and C_Initialize: what brings Cryptolib back after PC/SC was (cryptolib-measured.md §7). */
  readonly reinitialise: () => void
  readonly finalise: () => void
}

/** Cryptolib over pkcs11js: synchronous, and blocking for as long as a card or a reader is silent. */
export function createCryptolib(pkcs11: Pkcs11): Cryptolib {
  /** By slot id, in hexadecimal: an id is a CK_ULONG as the platform has it. */
  const sessions = new Map<string, Session>()

  const initialise = (): void => {
    try {
      pkcs11.C_Initialize({ flags: ckfOsLockingOk })
    } catch (error) {
      if (codeOf(error) !== ckr.cryptokiAlreadyInitialized) throw error
    }
  }

  const slotIds = (): Buffer[] => {
    try {
      return pkcs11.C_GetSlotList(false)
    } catch (error) {
      // pkcs11js asks for the count, then for the list: a reader plugged in between makes the list too long.
      if (codeOf(error) !== ckr.bufferTooSmall) throw error
      return pkcs11.C_GetSlotList(false)
    }
  }

  const close = (slot: string, session: Session): void => {
    sessions.delete(slot)
    try {
      pkcs11.C_CloseSession(session.handle)
    } catch {
      // Its card has left: the library has closed it.
    }
  }

  /** A session outlives neither the card's removal nor its reset, however short (cryptolib-measured.md §6). */
  const sessionOn = (slot: string): SlotPoll['session'] => {
    const session = sessions.get(slot)
    if (session === undefined) return 'none'
    try {
      pkcs11.C_GetSessionInfo(session.handle)
      return 'open'
    } catch {
      close(slot, session)
      return 'lost'
    }
  }

  const openOn = (slot: string): Session => {
    const open = sessionOn(slot) === 'open' ? sessions.get(slot) : undefined
    if (open !== undefined) return open
    const handle = pkcs11.C_OpenSession(Buffer.from(slot, 'hex'), ckfSerialSession)
    const session = { handle, certificate: undefined }
    sessions.set(slot, session)
    return session
  }

  const readIn = (slot: string, session: Session): TokenReading => {
    const { label, model, serialNumber, flags } = pkcs11.C_GetTokenInfo(Buffer.from(slot, 'hex'))
    session.certificate ??= authenticationCertificate(pkcs11, session.handle)
    // The session is older than all that was read: it lives only if one and the same card said it all.
    if (sessionOn(slot) !== 'open') throw new Pkcs11Error(ckr.sessionHandleInvalid, 'the card has left')
    return {
      label: trimmed(label),
      model: trimmed(model),
      serial: trimmed(serialNumber),
      flags,
      certificate: session.certificate === null ? null : Uint8Array.from(session.certificate),
    }
  }

  const pollOf = (id: Buffer): SlotPoll[] => {
    const slot = id.toString('hex')
    try {
      const { slotDescription, flags } = pkcs11.C_GetSlotInfo(id)
      const present = (flags & ckfTokenPresent) !== 0
      return [{ slot, name: trimmed(slotDescription), present, session: sessionOn(slot) }]
    } catch (error) {
      // The reader has just been unplugged.
      if (codeOf(error) === ckr.slotIdInvalid) return []
      throw error
    }
  }

  return {
    open: (path) => {
      try {
        pkcs11.load(path)
      } catch (error) {
        return { kind: 'unusable', reason: loadFailure(error) }
      }
      try {
        initialise()
        const { libraryVersion, libraryDescription } = pkcs11.C_GetInfo()
        return {
          kind: 'open',
          libraryVersion: `${libraryVersion.major}.${libraryVersion.minor}`,
          description: trimmed(libraryDescription),
        }
      } catch {
        return { kind: 'unusable', reason: 'not-initialised' }
      }
    },
    poll: () => asPkcs11Error(() => slotIds().flatMap(pollOf)),
    read: (slot, whole) =>
      asPkcs11Error(() => {
        const open = sessions.get(slot)
        if (whole && open !== undefined) close(slot, open)
        const session = openOn(slot)
        try {
          return readIn(slot, session)
        } catch (error) {
          // A search that has not ended would make the next one fail: the next reading has a session of its own.
          close(slot, session)
          throw error
        }
      }),
    reinitialise: () =>
      asPkcs11Error(() => {
        sessions.clear()
        try {
          pkcs11.C_Finalize()
        } catch (error) {
          // What was not initialised, or has lost its mind, is initialised all the same.
          if (codeOf(error) === null) throw error
        }
        initialise()
      }),
    finalise: () => {
      sessions.clear()
      asPkcs11Error(() => pkcs11.C_Finalize())
    },
  }
}

/** Null where there is none on the card. */
function authenticationCertificate(pkcs11: Pkcs11, session: Buffer): Buffer | null {
  pkcs11.C_FindObjectsInit(session, [{ type: cka.class, value: ckoCertificate }])
  const objects = pkcs11.C_FindObjects(session, maxCertificates)
  pkcs11.C_FindObjectsFinal(session)

  const text = (object: Buffer): string => trimmed(attribute(pkcs11, session, object, cka.label).toString())
  const isAuthentication = (object: Buffer): boolean =>
    attribute(pkcs11, session, object, cka.id).at(-1) === authenticationIdEnd
  const found =
    objects.find((object) => text(object) === authenticationLabel) ??
    objects.find(isAuthentication) ??
    (objects.length === 1 ? objects.at(0) : undefined)
  if (found === undefined) return null

  const value = attribute(pkcs11, session, found, cka.value)
  // A card pulled while it is read: CKR_OK and nothing (cryptolib-measured.md §6).
  if (value.length === 0) throw new Pkcs11Error(null, 'empty CKA_VALUE')
  return value
}

/** An attribute that an object has not is empty. */
function attribute(pkcs11: Pkcs11, session: Buffer, object: Buffer, type: number): Buffer {
  try {
    const value: unknown = pkcs11.C_GetAttributeValue(session, object, [{ type }]).at(0)?.value
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0)
  } catch (error) {
    if (codeOf(error) === ckr.attributeTypeInvalid) return Buffer.alloc(0)
    throw error
  }
}

/** Padded with blanks by the standard, with NULs by Cryptolib (cryptolib-measured.md §9): all are left out. */
function trimmed(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '').trim()
}

/** The text is the loader's own, in its words: only what pkcs11js asked for can be told from it. */
function loadFailure(error: unknown): UnusableReason {
  const text = error instanceof Error ? error.message : ''
  // Windows' loader names no symbol: error 127 is ERROR_PROC_NOT_FOUND.
  return /C_GetFunctionList|CKR_|Win32 error 127/u.test(text) ? 'not-pkcs11' : 'not-loaded'
}

function codeOf(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null
}

function asPkcs11Error<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    if (error instanceof Pkcs11Error) throw error
    throw new Pkcs11Error(codeOf(error), error instanceof Error ? error.message : String(error))
  }
}
