import type { LoginEvents, PscBrowser } from '../../psc/browser.ts'
import type { PscAnswer } from '../../psc/authentication.ts'

/** A login that a test answers. */
export type FakeLogin = {
  readonly events: LoginEvents
  /** What the browser comes back with, whoever still listens. */
  readonly answer: (answer: PscAnswer) => void
  readonly cancelled: () => boolean
  readonly reopened: () => number
}
/** A logout that a test brings back. */
export type FakeLogout = {
  readonly idToken: string | null
  readonly comeBack: () => void
  readonly closed: () => boolean
}

/** A browser that goes where a test says, and counts. */
export function fakeBrowser() {
  const logins: FakeLogin[] = []
  const logouts: FakeLogout[] = []
  let can = { open: true, logOut: true, hear: true }

  const browser: PscBrowser = {
    login: (events) => {
      let cancelled = false
      let reopened = 0
      const { promise, resolve } = deferred<PscAnswer | { kind: 'cancelled' }>()
      const number = logins.length + 1
      logins.push({ events, answer: resolve, cancelled: () => cancelled, reopened: () => reopened })
      return {
        link: () => `https://psc.test/login/${number}`,
        reopen: async () => {
          reopened += 1
          return can.open
        },
        answer: promise,
        cancel: () => {
          cancelled = true
          if (can.hear) resolve({ kind: 'cancelled' })
        },
      }
    },
    logout: async (idToken) => {
      await Promise.resolve()
      if (!can.logOut) return { kind: 'impossible' }
      let closed = false
      const { promise, resolve } = deferred<void>()
      logouts.push({ idToken, comeBack: resolve, closed: () => closed })
      return {
        kind: 'out',
        returned: promise,
        close: () => {
          closed = true
        },
      }
    },
  }
  return {
    browser,
    logins,
    logouts,
    lastLogin: () => last(logins),
    lastLogout: () => last(logouts),
    /** `open`: the system opens it; `logOut`: it ends sessions; `hear`: it notices that it is given up. */
    let: (next: Partial<typeof can>) => {
      can = { ...can, ...next }
    },
  }
}

function last<T>(all: readonly T[]): T {
  const found = all.at(-1)
  if (found === undefined) throw new Error('none yet')
  return found
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = doNothing
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

function doNothing(): void {}
