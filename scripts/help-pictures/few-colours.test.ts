import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { withFewColours } from './few-colours.ts'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** The data of each chunk, by its type. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    found.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return found
}

/** One pixel wide, each row written in its own way from the ones before. */
it('keeps the colours of a picture, however its rows are written', () => {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 5, 8, 2, 0, 0, 0])
  const rows = Buffer.from(
    [
      [0, 10, 20, 30, 10, 20, 30],
      [1, 10, 20, 30, 0, 0, 0],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 0, 0, 0],
      [4, 0, 0, 0, 0, 0, 0],
    ].flat(),
  )
  const picture = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  const made = chunksOf(withFewColours(picture))
  expect(made.get('PLTE')).toEqual(Buffer.from([10, 20, 30]))
  expect(inflateSync(made.get('IDAT') ?? Buffer.alloc(0))).toEqual(Buffer.alloc(15))
  expect([...(made.get('IHDR') ?? [])].slice(0, 10)).toEqual([0, 0, 0, 2, 0, 0, 0, 5, 8, 3])
})
