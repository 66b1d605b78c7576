import { EventEmitter } from 'node:events'

/** The process that has started this one: Electron's main process, or a fork's parent in tests. */
export type ParentPort = {
  readonly post: (message: object) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** The parent has gone. Electron ends a utility process by itself then. */
  readonly onGone: (listener: () => void) => void
}

type Posting = { readonly postMessage: (message: object) => void }

/** Null where nobody has started this process. */
export function parentPort(): ParentPort | null {
  if ('parentPort' in process && isUtilityPort(process.parentPort)) {
    const port = process.parentPort
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event: { data: unknown }) => listener(event.data)),
      onGone: (listener) => port.on('close', listener),
    }
  }
  if (process.send === undefined) return null
  return {
    // A parent that has just gone is told of by 'disconnect'.
    post: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  }
}

/** Electron's `process.parentPort`, an event emitter with a `postMessage`; Node's types do not know it. */
function isUtilityPort(port: unknown): port is EventEmitter & Posting {
  return port instanceof EventEmitter && 'postMessage' in port && typeof port.postMessage === 'function'
}
