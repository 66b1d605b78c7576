import type { PhoneRequest, PscPhone } from '../../psc/ciba.ts'
import type { PscAnswer } from '../../psc/authentication.ts'

/** A request to a phone, which a test answers. */
export type FakeCall = {
  readonly request: PhoneRequest
  /** The provider has taken it, and says for how long. */
  readonly sent: (seconds: number) => void
  /** What is answered, whoever still listens. */
  readonly answer: (answer: PscAnswer) => void
  readonly cancelled: () => boolean
}

/** A phone on which a test presses. `hears`: it notices that it is given up. */
export function fakePhone() {
  const calls: FakeCall[] = []
  let hears = true
  let opened = Promise.resolve()
  const phone: PscPhone = {
    login: (request, sent) => {
      let cancelled = false
      let resolve: (answer: PscAnswer | { readonly kind: 'cancelled' }) => void = doNothing
      const answer = new Promise<PscAnswer | { readonly kind: 'cancelled' }>((settle) => {
        resolve = settle
      })
      calls.push({ request, sent, answer: resolve, cancelled: () => cancelled })
      return {
        answer,
        cancel: () => {
          cancelled = true
          if (hears) resolve({ kind: 'cancelled' })
        },
      }
    },
  }
  return {
    open: async (): Promise<PscPhone> => {
      await opened
      return phone
    },
    /** What it takes to ask is not there yet; returns what brings it. */
    holdBack: (): (() => void) => {
      let bring = doNothing
      opened = new Promise((resolve) => {
        bring = resolve
      })
      return () => bring()
    },
    calls,
    last: (): FakeCall => {
      const call = calls.at(-1)
      if (call === undefined) throw new Error('nobody was asked yet')
      return call
    },
    deafen: (): void => {
      hears = false
    },
  }
}

function doNothing(): void {}
