import { positionShowing, scaleOf } from './scroll.ts'

/** Where the rows are, in CSS pixels of rows, and how much of them is seen. */
export type Sight = { readonly position: number; readonly viewport: number }

/**
 * Scrolls rows of which only those in sight exist. Where there are more than Chromium can draw, the scroll bar goes
 * further than it says, while the wheel and the keys go as far as ever.
 */
export type Scroller = {
  readonly subscribe: (changed: () => void) => () => void
  readonly sight: () => Sight
  /** `frame` scrolls; `head` stands over its rows. Returns how to let go of them. */
  readonly attach: (frame: HTMLElement, head: HTMLElement) => () => void
  /** What is scrolled: another list is seen from its first row, rows of another height from the same one. */
  readonly fit: (list: object, total: number, rowHeight: number) => void
  /** Brings the whole of a row into sight. */
  readonly show: (index: number) => void
}

export function createScroller(): Scroller {
  const listeners = new Set<() => void>()
  let sight: Sight = { position: 0, viewport: 0 }
  let frame: HTMLElement | null = null
  let fitted: { list: object | null; total: number; rowHeight: number } = {
    list: null,
    total: 0,
    rowHeight: 1,
  }
  /** Where the scroll bar was put from here: what it tells then is not news. */
  let put: number | null = null

  const scale = () => scaleOf(fitted.total, fitted.rowHeight, sight.viewport)
  const change = (changed: Partial<Sight>): void => {
    const next = { ...sight, ...changed }
    if (next.position === sight.position && next.viewport === sight.viewport) return
    sight = next
    for (const listener of listeners) listener()
  }
  const keep = (position: number): void => change({ position: Math.max(0, Math.min(scale().end, position)) })
  const moveTo = (position: number): void => {
    keep(position)
    if (frame === null) return
    frame.scrollTop = sight.position / scale().ratio
    put = frame.scrollTop
  }

  const scrolled = (): void => {
    const top = frame?.scrollTop ?? 0
    if (put !== null && Math.abs(put - top) < 1) return
    put = null
    keep(top * scale().ratio)
  }
  const wheeled = (event: WheelEvent): void => {
    if (scale().ratio === 1 || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const step = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : fitted.rowHeight
    moveTo(sight.position + step * event.deltaY)
  }

  return {
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    sight: () => sight,
    attach: (attached, head) => {
      frame = attached
      const measure = (): void => {
        change({ viewport: Math.max(0, attached.clientHeight - head.offsetHeight) })
        moveTo(sight.position)
      }
      measure()
      const observer = new ResizeObserver(measure)
      observer.observe(attached)
      attached.addEventListener('scroll', scrolled)
      attached.addEventListener('wheel', wheeled, { passive: false })
      return () => {
        observer.disconnect()
        attached.removeEventListener('scroll', scrolled)
        attached.removeEventListener('wheel', wheeled)
        frame = null
      }
    },
    fit: (list, total, rowHeight) => {
      const before = fitted
      fitted = { list, total, rowHeight }
      moveTo(before.list === list ? (sight.position / before.rowHeight) * rowHeight : 0)
    },
    show: (index) => moveTo(positionShowing(index, sight.position, fitted.rowHeight, sight.viewport)),
  }
}
