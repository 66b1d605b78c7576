import { rm } from 'node:fs/promises'
import { answersToReset } from './answers-to-reset.ts'
import { chipOf, foreignChip } from './card.ts'
import { imageOf, type CardContent } from './image.ts'
import type { ReaderIndex, Reply, Request, Task, VirtualCard } from './messages.ts'
import { maxTries, pinOf } from './pin.ts'
import { emptied, privateLoopback, privateRun } from './private-system.ts'
import { readerPorts, serviceIn, type Service } from './service.ts'
import { slotAt, type Contact, type Slot } from './slot.ts'

// The readers' side, in a process and a mount namespace of its own: the PC/SC daemon, its two readers and the cards in
// them. It is no process of the program's: a call of PKCS#11 blocks until the card has answered.

/** A folder for this process only, which goes with it. */
const [, , workFolder = ''] = process.argv
const inserted = new Map<ReaderIndex, Contact>()
let opened: { readonly service: Service; readonly slots: readonly [Slot, Slot] } | undefined
let last: Promise<unknown> = Promise.resolve()

process.on('message', (request: Request) => {
  last = last.then(() => serve(request))
})
process.once('disconnect', () => void end())
process.once('SIGTERM', () => void end())

async function serve({ id, task }: Request): Promise<void> {
  const failure = await perform(task).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const reply: Reply = { id, failure }
  if (process.connected) process.send?.(reply)
}

async function perform(task: Task): Promise<void> {
  if (task.kind === 'open') {
    opened = await open(task.emptied)
    return
  }
  if (opened === undefined) throw new Error(`${task.kind} before open`)
  const { service, slots } = opened
  switch (task.kind) {
    case 'insert': {
      if (inserted.has(task.reader)) throw new Error('there is a card in it already')
      const contact = contactOf(task.card)
      inserted.set(task.reader, contact)
      if (service.isRunning()) await slots[task.reader].insert(contact)
      return
    }
    case 'remove':
      inserted.delete(task.reader)
      await slots[task.reader].remove()
      return
    case 'silence':
      slots[task.reader].silence(task.silent)
      return
    case 'stop-service':
      await service.stop(task.abruptly)
      return
    case 'start-service':
      await service.start()
      // The cards that have stayed in their readers, or were put in meanwhile.
      for (const [reader, contact] of inserted) await slots[reader].insert(contact)
      return
  }
}

async function open(folders: readonly string[]): Promise<NonNullable<typeof opened>> {
  await privateLoopback()
  await privateRun(workFolder)
  for (const folder of folders) await emptied(folder)
  const service = await serviceIn(workFolder)
  await service.start()
  return { service, slots: [slotAt(readerPorts[0]), slotAt(readerPorts[1])] }
}

function contactOf(card: VirtualCard): Contact {
  if (card.kind === 'mute') return { kind: 'mute' }
  if (card.kind !== 'cpx') {
    return { kind: 'answers', atr: answersToReset[card.kind], chip: foreignChip, msPerCommand: 0 }
  }
  const { card: content, pin = '1234', triesLeft = maxTries, msPerCommand = 0 } = card
  const chip = chipOf(imageOf(content), pinOf(pin, triesLeft))
  return { kind: 'answers', atr: answersToReset[kindOf(content)], chip, msPerCommand }
}

function kindOf({ label, contactless }: CardContent): 'contactless' | 'cps3' | 'cps4' {
  if (contactless) return 'contactless'
  return label.startsWith('CPS4') ? 'cps4' : 'cps3'
}

async function end(): Promise<void> {
  await opened?.service.stop(true)
  await rm(workFolder, { recursive: true, force: true })
  process.exit()
}
