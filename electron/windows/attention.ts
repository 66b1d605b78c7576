import { BrowserWindow, screen, type Point, type Rectangle } from 'electron'
import type { AppWindows } from './app-windows.ts'

/** Whether a window of Comptoir has the keyboard: not a module's page, nor another program. */
export function hasKeyboard(windows: AppWindows): boolean {
  const focused = BrowserWindow.getFocusedWindow()
  return focused !== null && windows.roleOf(focused.webContents.id) !== null
}

/**
 * Returns whether somebody is busy with this window since it was last shown: the pointer has come over it, or keys were
 * typed in it. A pointer that lay there when it came is nobody's.
 */
export function attentionTo(window: BrowserWindow): () => boolean {
  let typed = false
  let lay: Point | null = null
  window.on('show', () => {
    typed = false
    lay = screen.getCursorScreenPoint()
  })
  window.webContents.on('input-event', (_event, { type }) => {
    if (type === 'rawKeyDown' || type === 'keyDown') typed = true
  })
  return () => {
    if (typed && window.isFocused()) return true
    const { x, y } = screen.getCursorScreenPoint()
    return (x !== lay?.x || y !== lay.y) && isIn(window.getBounds(), { x, y })
  }
}

function isIn({ x, y, width, height }: Rectangle, point: Point): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
}
