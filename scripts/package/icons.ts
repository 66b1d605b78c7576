// `node scripts/package/icons.ts`: makes the icons of every system from resources/icons/comptoir.svg, by rsvg-convert
// (librsvg). They are committed: packaging needs no other tool.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/places.mjs'
import { decodedPng } from '../help-pictures/few-colours.ts'

const folder = join(root, 'resources/icons')
const drawing = readFileSync(join(folder, 'comptoir.svg'), 'utf8')

/** Below, the badge is a blot. In pixels. */
const smallestWithBadge = 48
/** What an application's icon leaves free on each side on macOS, for a drawing of 512 (Apple's template: 824 of 1024). */
const macMargin = 62

/** The drawing in a square of so many pixels. */
function png(size: number, margin = 0): Buffer {
  const whole = size < smallestWithBadge ? drawing.replace(/<g id="badge">.*?<\/g>/su, '') : drawing
  const side = 512 + 2 * margin
  const input = whole.replace('viewBox="0 0 512 512"', `viewBox="${-margin} ${-margin} ${side} ${side}"`)
  return execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size)], { input })
}

/** Sizes that Windows draws, from 100 to 400 %: uncompressed but for the largest, which every Windows reads as a PNG. */
function ico(): Buffer {
  const images = [16, 20, 24, 32, 40, 48, 64, 256].map((size) => ({
    size,
    data: size === 256 ? png(size) : bitmap(png(size)),
  }))
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, { size, data }] of images.entries()) {
    const at = 6 + 16 * index
    // 0 stands for 256.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(data.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += data.length
  }
  return Buffer.concat([header, ...images.map(({ data }) => data)])
}

/** A picture of an .ico: a BITMAPINFOHEADER of twice its height, BGRA rows from the last up, and an empty mask (MSDN). */
function bitmap(image: Buffer): Buffer {
  const { width, height, pixels } = decodedPng(image)
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(width, 4)
  header.writeInt32LE(height * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const colours = Buffer.alloc(pixels.length)
  for (let row = 0; row < height; row += 1) {
    pixels.copy(colours, (height - 1 - row) * width * 4, row * width * 4, (row + 1) * width * 4)
  }
  for (let at = 0; at < colours.length; at += 4) colours.subarray(at, at + 3).reverse()
  const maskRow = Math.ceil(width / 32) * 4
  return Buffer.concat([header, colours, Buffer.alloc(maskRow * height)])
}

/** PNG pictures under the names that macOS gives their sizes; `ic11` to `ic14` and `ic10` are those of two pixels a point. */
function icns(): Buffer {
  const sizes = {
    icp4: 16,
    icp5: 32,
    ic07: 128,
    ic08: 256,
    ic09: 512,
    ic11: 32,
    ic12: 64,
    ic13: 256,
    ic14: 512,
    ic10: 1024,
  }
  const entries = Object.entries(sizes).map(([type, size]) => framed(type, png(size, macMargin)))
  return framed('icns', Buffer.concat(entries))
}

function framed(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(data.length + 8, 4)
  return Buffer.concat([head, data])
}

mkdirSync(join(folder, 'icons'), { recursive: true })
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(join(folder, 'icons', `${size}x${size}.png`), png(size))
}
writeFileSync(join(folder, 'icon.ico'), ico())
writeFileSync(join(folder, 'icon.icns'), icns())
