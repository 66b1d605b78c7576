import type { Bridge } from '../../electron/ipc/contract.ts'
import type { WindowRole } from '../../electron/ipc/views.ts'

declare global {
  interface Window {
    /** What the preload exposes: the `Bridge` of this window's role. */
    readonly comptoir?: unknown
  }
}

/** The calls of this window. A page names its own role: its preload exposes that one and no other. */
export function bridgeOf<R extends WindowRole>(role: R): Bridge<R> {
  const bridge = window.comptoir
  if (!isBridge<R>(bridge)) throw new Error(`No bridge in the window « ${role} »`)
  return bridge
}

function isBridge<R extends WindowRole>(value: unknown): value is Bridge<R> {
  return typeof value === 'object' && value !== null && 'getView' in value && 'onView' in value
}
