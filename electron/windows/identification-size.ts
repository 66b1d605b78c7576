import { screen, type BrowserWindow } from 'electron'
import type { ViewOf } from '../ipc/views.ts'

/** Of a page at 100 %, in device-independent pixels. */
export type Size = { readonly width: number; readonly height: number }

type View = Pick<ViewOf<'identification'>, 'step' | 'touch'>

/** What is typed all day, without anybody to choose. */
export function usualSize(psc: boolean): Size {
  // Two links beside Pro Santé Connect, one where it is off, and under them why somebody was refused.
  return psc ? { width: 820, height: 464 } : { width: 560, height: 432 }
}

/** How much what a window shows needs beyond its usual size, or null. */
export function neededSize({ step, touch }: View): Size | null {
  switch (step.kind) {
    // What is filled in less often is higher than what is typed all day.
    case 'newcomer':
      return { width: 0, height: 640 }
    case 'newcomer-authorise':
      return { width: 0, height: 500 }
    case 'new-password':
    case 'provisional-password':
      return { width: 0, height: 540 }
    case 'ask': {
      if (!step.password) return null
      const { width, height } = usualSize(step.psc)
      const rows = (across: number): number => Math.ceil(step.recent.length / across)
      if (touch) return { width: width + 200, height: 544 + rows(step.psc ? 3 : 4) * 72 }
      // Beside Pro Santé Connect there is room for two names in a row.
      return step.recent.length === 0 ? null : { width, height: height + 46 + rows(step.psc ? 2 : 3) * 42 }
    }
    case 'browser':
    case 'phone':
    case 'checking':
    case 'wrong-person':
    case 'leaving':
    case 'association':
    case 'association-confirm':
      return null
    default:
      return step satisfies never
  }
}

/** The window's size follows its scaling only so nearly. */
const nearly = 8

/**
 * Returns what gives a window the size that it needs now, on the screen where it stands, or the size that the person left
 * it at (null).
 */
export function createFitting(window: BrowserWindow): (needed: Size | null) => void {
  let usual: Size | null = null
  let given: Size | null = null

  return (needed) => {
    const [width = 0, height = 0] = window.getContentSize()
    const now = { width, height }
    if (usual === null || given === null || !isNearly(now, given)) usual = now
    const wanted = {
      width: Math.max(usual.width, needed?.width ?? 0),
      height: Math.max(usual.height, needed?.height ?? 0),
    }
    given = wanted
    if (isNearly(now, wanted)) return
    const { workArea } = screen.getDisplayMatching(window.getBounds())
    const frame = window.getSize().map((side, index) => side - (index === 0 ? width : height))
    const [across = 0, down = 0] = frame
    given = {
      width: Math.min(wanted.width, workArea.width - across),
      height: Math.min(wanted.height, workArea.height - down),
    }
    window.setContentSize(given.width, given.height)
    const { x, y } = window.getBounds()
    const [left, top] = [
      Math.max(workArea.x, Math.min(x, workArea.x + workArea.width - given.width - across)),
      Math.max(workArea.y, Math.min(y, workArea.y + workArea.height - given.height - down)),
    ]
    if (left !== x || top !== y) window.setPosition(left, top)
  }
}

function isNearly(one: Size, other: Size): boolean {
  return Math.abs(one.width - other.width) < nearly && Math.abs(one.height - other.height) < nearly
}
