import * as der from '../der.ts'
import { answer, status } from './apdu.ts'
import { hex } from './hex.ts'
import { pinReference } from './image.ts'
import { maxTries, type Pin } from './pin.ts'

/**
 * What a card tells of its code when it is asked by a list of headers (IAS ECC, security data objects): its counters or
 * its length. No other object is known.
 */
export function codeObject(headers: Buffer, pin: Pin): Buffer {
  // An extended header list, an object's template, the code's own.
  const [list, , template, , high, low, reference, , ...wanted] = headers
  const isCode =
    list === 0x4d && template === 0x70 && high === 0xbf && low === 0x81 && reference === pinReference
  if (!isCode) return answer(status.dataNotFound)
  const part = Buffer.from(wanted).toString('hex')
  if (part === 'a080') return answer(status.ok, templateOf(counters(pin)))
  return part === '7f4180' ? answer(status.ok, templateOf(lengths)) : answer(status.dataNotFound)
}

/** The most tries, those left and the uses left, which are not counted; readable by anybody. */
function counters(pin: Pin): Buffer {
  return der.element(
    0xa0,
    der.element(0x9a, Buffer.of(maxTries)),
    der.element(0x9b, Buffer.of(pin.triesLeft())),
    der.element(0x9d, hex('ffff')),
    der.element(0xa1, der.element(0x8c, hex('7f00000000000000'))),
  )
}

/** From 4 digits to 8. */
const lengths = withTag(hex('7f41'), der.element(0x80, Buffer.of(8)), der.element(0x81, Buffer.of(4)))

function templateOf(content: Buffer): Buffer {
  return der.element(0x70, withTag(Buffer.concat([hex('bf81'), Buffer.of(pinReference)]), content))
}

/** An element whose tag is of several octets, and its content shorter than 128. */
function withTag(tag: Buffer, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([tag, Buffer.of(content.length), content])
}
