import { copyFile, mkdir } from 'node:fs/promises'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.ts'
import type { IssuedCard } from './pki.ts'
import { makeTokens, tokenLabel } from './softhsm.ts'

/** A card that the simulated Cryptolib knows, inserted. */
export type InsertedCard = {
  readonly card: IssuedCard
  /** Tries left of three for its code: three unless told. */
  readonly tries?: 0 | 1 | 2 | 3
  /** What the token says instead of the card's label; only 32 octets of it, as its structure holds. */
  readonly label?: string
  readonly model?: string
  /** What reading a certificate gives. */
  readonly certificate?: 'whole' | 'empty' | 'truncated' | 'absurd'
}

/** What Cryptolib makes of a reader's content: to it, `mute` is as `none`, and `vitale` as any `foreign` card. */
export type Content = 'none' | 'mute' | 'foreign' | 'vitale' | 'exclusive' | InsertedCard

export type SimulatedReader = { readonly name: string; readonly content: Content }

/** The functions of the module that may go wrong. */
export type FaultyFunction =
  | 'C_Initialize'
  | 'C_Finalize'
  | 'C_GetInfo'
  | 'C_GetSlotList'
  | 'C_GetSlotInfo'
  | 'C_GetTokenInfo'
  | 'C_OpenSession'
  | 'C_CloseSession'
  | 'C_CloseAllSessions'
  | 'C_GetSessionInfo'
  | 'C_Login'
  | 'C_FindObjectsInit'
  | 'C_GetAttributeValue'
  | 'C_SignInit'
  | 'C_Sign'
  | 'C_WaitForSlotEvent'

/**
 * What goes wrong in a function: only the first `times` calls since it was set, in whatever processes they come, or
 * all of them. What a caller asks twice, how long and then what, counts as one call.
 */
export type Fault = { readonly in: FaultyFunction; readonly times?: number } & (
  | { readonly kind: 'rv'; readonly code: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'segv' }
  | { readonly kind: 'hang' }
  /** A certificate is read as of no octets, as from a card pulled meanwhile: of C_GetAttributeValue only. */
  | { readonly kind: 'empty' }
)

/** All that the simulated Cryptolib is told. */
export type Control = {
  /** Sixteen at most have a slot, as with the genuine one. */
  readonly readers: readonly SimulatedReader[]
  /** Whether PC/SC runs: yes unless told. A module that has seen it stop is of no use until it is initialised again. */
  readonly service?: 'up' | 'down'
  /** Of C_GetInfo: 3.1 unless told. */
  readonly libraryVersion?: readonly [major: number, minor: number]
  /** Whether certificates are in the vendor's disk cache: a pulled card's are then still read once. */
  readonly cached?: boolean
  readonly faults?: readonly Fault[]
  /** Whether calls are written down, for `calls`. */
  readonly traced?: boolean
}

/** A Cryptolib of a test's own. */
export type Simulation = {
  /** Its library, to be loaded as Cryptolib is. */
  readonly modulePath: string
  /** Tells it all anew: processes that have it loaded see this at their next call. */
  readonly set: (control: Control) => void
  /** The functions that were called while calls were `traced`, in order; then they are forgotten. */
  readonly calls: () => string[]
}

const sources = ['cps-sim.c', 'cps-sim-control.c', 'cps-sim.h'] as const

/**
 * Makes a simulated Cryptolib that knows these cards, in a folder that is its own. It starts without a reader. The
 * folder is the caller's to remove, after the processes that use it.
 */
export async function startSimulation(folder: string, cards: readonly IssuedCard[]): Promise<Simulation> {
  await mkdir(folder, { recursive: true })
  const modulePath = join(folder, 'libcps3_pkcs11_lux.so')
  await copyFile(await compile('cps-sim.so', sources), modulePath)
  await makeTokens(folder, cards)
  const write = writer(cards)
  const set = (control: Control): void => {
    writeFileSync(join(folder, 'control.new'), write(control))
    renameSync(join(folder, 'control.new'), join(folder, 'control'))
  }
  set({ readers: [] })
  const trace = join(folder, 'calls')
  return {
    modulePath,
    set,
    calls: () => {
      if (!existsSync(trace)) return []
      const read = readFileSync(trace, 'utf8').split('\n').slice(0, -1)
      rmSync(trace)
      return read
    },
  }
}

/** Remembers what makes insertions and stops out of successive states. */
function writer(cards: readonly IssuedCard[]): (control: Control) => string {
  const seats = new Map<string, { readonly seat: number; readonly card: IssuedCard | null }>()
  let turn = 0
  let epoch = 0
  let serviceBefore: 'up' | 'down' = 'up'

  const seatOf = ({ name, content }: SimulatedReader): number => {
    const card = typeof content === 'string' ? null : content.card
    const before = seats.get(name) ?? { seat: 0, card: null }
    const seat = card === null || card === before.card ? before.seat : before.seat + 1
    seats.set(name, { seat, card })
    return seat
  }

  return ({ readers, service = 'up', libraryVersion = [3, 1], cached, faults = [], traced }) => {
    turn += 1
    if (service === 'down' && serviceBefore === 'up') epoch += 1
    serviceBefore = service
    // A reader that has been unplugged has lost its card.
    for (const name of seats.keys())
      if (!readers.some((reader) => reader.name === name)) seatOf({ name, content: 'none' })
    const lines = [
      ['turn', turn],
      ['service', service, epoch],
      ['library', ...libraryVersion],
      ...(cached === true ? [['cache']] : []),
      ...(traced === true ? [['trace']] : []),
      ...readers.map((reader) => [
        'reader',
        reader.name,
        seatOf(reader),
        ...contentOf(reader.content, (card) => cards.indexOf(card)),
      ]),
      ...faults.map((fault) => ['fault', fault.in, fault.kind, valueOf(fault), fault.times ?? 0]),
    ]
    return lines.map((words) => `${words.join('\t')}\n`).join('')
  }
}

function contentOf(content: Content, indexOf: (card: IssuedCard) => number): (string | number)[] {
  if (content === 'vitale') return ['foreign']
  if (typeof content === 'string') return [content]
  const { card, tries = 3, label = card.label, certificate = 'whole' } = content
  // Ended by a NUL and then blank, unlike the label (cryptolib-measured.md §9).
  const model = content.model ?? `${card.model}\0`
  const index = indexOf(card)
  if (index < 0) throw new Error(`The simulation was not started with the card ${card.label}.`)
  return [
    'card',
    tokenLabel(index),
    tries,
    card.serial,
    hexadecimal(label, 32),
    hexadecimal(model, 16),
    certificate,
    card.contactless ? 'contactless' : 'contact',
  ]
}

/** A text as CK_TOKEN_INFO holds it: cut, or blank padded. */
function hexadecimal(text: string, size: number): string {
  const octets = Buffer.alloc(size, ' ')
  Buffer.from(text).copy(octets)
  return octets.toString('hex')
}

function valueOf(fault: Fault): number {
  switch (fault.kind) {
    case 'rv':
      return fault.code
    case 'delay':
      return fault.milliseconds
    case 'segv':
    case 'hang':
    case 'empty':
      return 0
    default:
      return fault
  }
}
