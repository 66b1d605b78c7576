import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Chip } from './card.ts'

/** What a reader meets when a card is put into it. */
export type Contact =
  | { readonly kind: 'answers'; readonly atr: Buffer; readonly chip: Chip; readonly msPerCommand: number }
  /** It takes the power and its ATR makes no sense: dirty or broken. The reader's driver then says that it is mute. */
  | { readonly kind: 'mute' }

/** The slot of a virtual reader, seen from the card's side. */
export type Slot = {
  /** Puts a card in. Resolves once the reader's driver has it; the system sees it at its next look. */
  readonly insert: (contact: Contact) => Promise<void>
  readonly remove: () => Promise<void>
  /** The card stays and answers no more, or answers again what it was asked meanwhile. */
  readonly silence: (silent: boolean) => void
}

/**
 * The slot behind this port of vpcd, whose protocol is: two bytes of length, then a command; of one byte, it is an
 * order to the power or the question for the ATR.
 */
export function slotAt(port: number): Slot {
  let card = { close: async (): Promise<void> => undefined, speech: speaking() }

  return {
    insert: async (contact) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true })
      await once(socket, 'connect')
      // Once the service has been stopped or killed, the card finds itself alone.
      socket.on('error', () => undefined)
      const speech = speaking()
      card = { close: () => closed(socket), speech }
      void converse(socket, contact, speech)
    },
    remove: () => card.close(),
    silence: (silent) => (silent ? card.speech.hold() : card.speech.go()),
  }
}

const order = { off: 0, on: 1, reset: 2, atr: 4 }

async function converse(socket: Socket, contact: Contact, speech: Speech): Promise<void> {
  for await (const message of messages(socket)) {
    const replies = await replyTo(message, contact)
    await speech.allowed()
    for (const reply of replies) if (socket.writable) socket.write(framed(reply))
  }
}

/** Empty: no reply is waited for. */
async function replyTo(message: Buffer, contact: Contact): Promise<Buffer[]> {
  const [head] = message
  if (message.length === 1 && head !== order.atr) {
    if (contact.kind === 'answers' && head !== order.off) contact.chip.reset()
    return []
  }
  // vpcd takes a card that gives no ATR for none at all; one that is longer than ATRs are fails when power comes.
  if (contact.kind === 'mute') return [Buffer.alloc(64)]
  if (message.length === 1) return [contact.atr]
  if (contact.msPerCommand > 0) await new Promise((resolve) => setTimeout(resolve, contact.msPerCommand))
  return [contact.chip.transmit(message)]
}

/** The messages that arrive; ends when the connection does. */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let read = Buffer.alloc(0)
  const chunks: AsyncIterable<Buffer> = socket.iterator({ destroyOnReturn: false })
  try {
    for await (const chunk of chunks) {
      read = Buffer.concat([read, chunk])
      while (read.length >= 2 && read.length >= 2 + read.readUInt16BE()) {
        const end = 2 + read.readUInt16BE()
        yield read.subarray(2, end)
        read = read.subarray(end)
      }
    }
  } catch {
    // Cut off: no more messages.
  }
}

async function closed(socket: Socket): Promise<void> {
  if (socket.closed) return
  socket.destroy()
  await once(socket, 'close')
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}

/** Whether a card may speak. */
type Speech = { readonly allowed: () => Promise<void>; readonly hold: () => void; readonly go: () => void }

function speaking(): Speech {
  let held = Promise.resolve()
  let release = (): void => undefined
  return {
    allowed: () => held,
    hold: () => {
      held = new Promise((resolve) => (release = resolve))
    },
    go: () => release(),
  }
}
