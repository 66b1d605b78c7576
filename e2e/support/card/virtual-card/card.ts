import { codeObject } from './code-object.ts'
import { answer, parseCommand, status, triesLeft, type Command } from './apdu.ts'
import {
  atTop,
  byShortId,
  controlInformation,
  selectApplication,
  selectById,
  selectByPath,
  type DedicatedFile,
  type Selection,
} from './files.ts'
import { pinReference } from './image.ts'
import type { Pin } from './pin.ts'

/** A chip as its reader sees it. */
export type Chip = {
  /** Its power comes or comes back: nothing is selected nor verified any more. */
  readonly reset: () => void
  /** One command and its answer. */
  readonly transmit: (command: Buffer) => Buffer
}

/** The chip of a card with these files and this code. */
export function chipOf(master: DedicatedFile, pin: Pin): Chip {
  let selection = atTop(master)

  const select = ({ p1, p2, data }: Command): Buffer => {
    const found = selected(master, selection, p1, data.toString('hex'))
    if (found === null) return answer(status.fileNotFound)
    selection = found
    const withoutInformation = (p2 & 0x0c) === 0x0c
    if (withoutInformation) return answer(status.ok)
    return answer(status.ok, controlInformation(found.file))
  }

  const readBinary = ({ p1, p2, expected }: Command): Buffer => {
    // By its short identifier, or else at an offset of the current file (ISO/IEC 7816-4 §11.3.3).
    const short = (p1 & 0x80) === 0x80
    const file = short ? byShortId(selection, p1 & 0x1f) : selection.file
    if (file === undefined) return answer(status.fileNotFound)
    if (file.kind === 'df') return answer(status.notAllowed)
    const offset = short ? p2 : (p1 << 8) | p2
    if (offset > file.content.length) return answer(status.wrongOffset)
    return answer(status.ok, file.content.subarray(offset, offset + expected))
  }

  const verify = ({ p2, data }: Command): Buffer => {
    if ((p2 & 0x7f) !== pinReference) return answer(status.dataNotFound)
    const asked = data.length === 0
    if (asked ? pin.isVerified() : pin.verify(codeIn(data))) return answer(status.ok)
    return answer(pin.triesLeft() === 0 ? status.blocked : triesLeft(pin.triesLeft()))
  }

  return {
    reset: () => {
      selection = atTop(master)
      pin.forget()
    },
    transmit: (bytes) => {
      const command = parseCommand(bytes)
      if (command === null) return answer(status.wrongLength)
      switch (command.ins) {
        case 0xa4:
          return select(command)
        case 0xb0:
          return readBinary(command)
        case 0x20:
          return verify(command)
        case 0xcb:
          return getData(command, pin)
        default:
          return answer(status.unknownInstruction)
      }
    },
  }
}

/** A chip of another trade, which knows none of these commands. */
export const foreignChip: Chip = {
  reset: () => undefined,
  transmit: () => answer(status.unknownInstruction),
}

/** SELECT's ways (ISO/IEC 7816-4 §11.2.2). */
const byName = 0x04
const byPathFromTop = 0x08
const byPathFromHere = 0x09

function selected(master: DedicatedFile, from: Selection, how: number, data: string): Selection | null {
  switch (how) {
    case byName:
      return selectApplication(master, data)
    case byPathFromTop:
      return selectByPath(atTop(master), data)
    case byPathFromHere:
      return selectByPath(from, data)
    default:
      return data === '' ? atTop(master) : selectById(from, data)
  }
}

/** Objects of the current DF, by the headers of what is wanted (ISO/IEC 7816-4 §11.4.3). */
function getData({ p1, p2, data }: Command, pin: Pin): Buffer {
  return p1 === 0x3f && p2 === 0xff ? codeObject(data, pin) : answer(status.dataNotFound)
}

/** The code is padded with zeros to eight bytes. */
function codeIn(data: Buffer): string {
  return data.toString('latin1').replace(/\0+$/u, '')
}
