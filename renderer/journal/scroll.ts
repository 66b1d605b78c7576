/** Chromium draws nothing below 33 million device pixels: half of that at 200 %, with room to spare. */
const tallest = 8_000_000

/** How the rows stand in what is scrolled, in CSS pixels. */
export type Scale = {
  /** Of what is scrolled. */
  readonly height: number
  /** How far the rows go for one pixel of the scroll bar: 1, but for journals of more rows than can be drawn. */
  readonly ratio: number
  /** The furthest position. */
  readonly end: number
}

export function scaleOf(total: number, rowHeight: number, viewport: number): Scale {
  const full = total * rowHeight
  const height = Math.min(full, tallest)
  const end = Math.max(0, full - viewport)
  return { height, end, ratio: height === full ? 1 : end / (height - viewport) }
}

/** Which rows are in sight at a position, with some above and below that are drawn beforehand; the last excluded. */
export function rowsInSight(
  position: number,
  total: number,
  rowHeight: number,
  viewport: number,
): { first: number; last: number } {
  const beforehand = 6
  return {
    first: Math.max(0, Math.floor(position / rowHeight) - beforehand),
    last: Math.min(total, Math.ceil((position + viewport) / rowHeight) + beforehand),
  }
}

/** The nearest position that shows the whole of a row. */
export function positionShowing(
  index: number,
  position: number,
  rowHeight: number,
  viewport: number,
): number {
  const top = index * rowHeight
  if (top < position) return top
  return Math.max(position, top + rowHeight - viewport)
}
