import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** As many as a PNG with a palette can have. */
const mostColours = 256
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * The same picture with at most 256 colours, a third of the weight: windows have few, and the shades of their letters
 * are near one another. `png`: 8 bits per channel, not interlaced, as Chromium writes them (RFC 2083).
 */
export function withFewColours(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decodedPng(png)
  const counts = new Map<number, number>()
  const colours = new Uint32Array(width * height)
  for (let at = 0; at < colours.length; at += 1) {
    const from = at * channels
    const colour = ((pixels[from] ?? 0) << 16) | ((pixels[from + 1] ?? 0) << 8) | (pixels[from + 2] ?? 0)
    colours[at] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostColours)
    .map(([colour]) => colour)
  const nearest = new Map(palette.map((colour, index) => [colour, index]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0
    let index = nearest.get(colour)
    if (index === undefined) {
      index = nearestOf(palette, colour)
      nearest.set(colour, index)
    }
    const row = Math.floor(at / width)
    rows[row * (width + 1) + 1 + (at % width)] = index
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0])
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  const entries = Buffer.from(
    palette.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]),
  )
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = { index: 0, distance: Number.POSITIVE_INFINITY }
  for (const [index, other] of palette.entries()) {
    const [red, green, blue] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((other >> shift) & 255))
    const distance = (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2
    if (distance < best.distance) best = { index, distance }
  }
  return best.index
}

type Decoded = { width: number; height: number; channels: number; pixels: Buffer }

/** Its pixels, row by row. */
export function decodedPng(png: Buffer): Decoded {
  const parts: Buffer[] = []
  let [width, height, channels] = [0, 0, 0]
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = data.readUInt32BE(0)
      height = data.readUInt32BE(4)
      channels = data[9] === 6 ? 4 : 3
    }
    if (type === 'IDAT') parts.push(data)
    at += length + 12
  }
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels),
  }
}

/** Each row begins with how it was written from the bytes before it and above it (RFC 2083, section 6). */
function unfiltered(raw: Buffer, stride: number, channels: number): Buffer {
  const rows = Math.floor(raw.length / (stride + 1))
  const pixels = Buffer.alloc(rows * stride)
  for (let row = 0; row < rows; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column
      const left = column < channels ? 0 : (pixels[at - channels] ?? 0)
      const above = row === 0 ? 0 : (pixels[at - stride] ?? 0)
      const corner = row === 0 || column < channels ? 0 : (pixels[at - stride - channels] ?? 0)
      const written = raw[row * (stride + 1) + 1 + column] ?? 0
      pixels[at] = (written + predicted(filter, left, above, corner)) & 255
    }
  }
  return pixels
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return (left + above) >> 1
    case 4: {
      const [toLeft, toAbove, toCorner] = [left, above, corner].map((each) =>
        Math.abs(left + above - corner - each),
      )
      if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left
      return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner
    }
    default:
      return 0
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
