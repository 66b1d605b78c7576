import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notice } from '../ipc/views.ts'
import type { PscLogout, SessionTokens } from '../psc/logout.ts'
import { newTrace } from '../psc/trace.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { createPscLeaving } from './psc-leaving.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const patricia = { id: 'id-1' }
const titulaire = { id: 'id-0' }
const trace = newTrace('code', 'https://psc.test/realm', true)
const tokens: SessionTokens = { idToken: 'jeton', refreshToken: 'renouvellement' }
const hers = { ...tokens, trace }

/** A counter whose provider takes a logout this way; `comeBack`: the browser does, from the last one. */
function counter(left: 'over' | 'out' | 'impossible' | 'fails' = 'out') {
  const given: (SessionTokens | null)[] = []
  let comeBack: (() => void) | null = null
  let shown: Notice | null = null
  const logout: PscLogout = (tokens) => {
    given.push(tokens)
    if (left === 'fails') return Promise.reject(new Error('unreachable'))
    if (left !== 'out') return Promise.resolve({ kind: left })
    const returned = new Promise<void>((resolve) => {
      comeBack = resolve
    })
    return Promise.resolve({ kind: left, returned, close: () => undefined })
  }
  const leaving = createPscLeaving({
    logout,
    notice: () => shown,
    notify: (notice) => {
      shown = notice
    },
  })
  return {
    leaving,
    given,
    comeBack: () => comeBack?.(),
    says: () => shown?.text ?? null,
    show: (notice: Notice) => {
      shown = notice
    },
  }
}
const { mayRemain } = texts.psc
const other: Notice = { tone: 'info', text: 'Autre chose.', remedy: null, reference: null }
const after = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000)

describe('what ends the session at Pro Santé Connect', () => {
  it('is kept while its operator stays connected, and given once', async () => {
    const { leaving, given } = counter('over')
    leaving.keep(patricia, { ...hers })
    leaving.forgetUnless(patricia)
    leaving.end(true)
    leaving.end(true)
    await after(0)
    expect(given).toEqual([tokens, null])
  })

  it('keeps nothing else of an authentication', async () => {
    const { leaving, given } = counter('over')
    leaving.keep(patricia, Object.assign({ identity: 'PATRICIA' }, hers))
    leaving.end(true)
    await after(0)
    expect(given).toEqual([tokens])
  })

  it('is that of the browser, until another login takes it', async () => {
    const { leaving, given } = counter('over')
    const byPhone = { idToken: 'autre', refreshToken: null, trace: { ...trace, flow: 'ciba' as const } }
    leaving.keep(patricia, hers)
    leaving.keep(patricia, byPhone)
    leaving.end(true)
    leaving.keep(patricia, byPhone)
    leaving.end(false)
    await after(0)
    expect(given).toEqual([tokens, { idToken: 'autre', refreshToken: null }])
  })

  it('is nothing once a session that no browser has was locked', async () => {
    const { leaving, given, says } = counter('impossible')
    leaving.keep(patricia, { ...tokens, trace: { ...trace, flow: 'ciba' } })
    leaving.forgetUnless(null)
    leaving.end(false)
    await after(0)
    expect([given, says()]).toEqual([[], null])
  })

  it.each([null, titulaire])('is forgotten when %o is in front', async (connected) => {
    const { leaving, given } = counter('over')
    leaving.keep(patricia, hers)
    leaving.forgetUnless(connected)
    leaving.forgetUnless(patricia)
    leaving.end(true)
    await after(0)
    expect(given).toEqual([null])
  })
})

describe('« La session peut rester ouverte »', () => {
  it('is not said where the session is over, nor while the browser may be on its way', async () => {
    const over = counter('over')
    over.leaving.end(true)
    const out = counter()
    out.leaving.end(true)
    await after(29.9)
    expect([over.says(), out.says()]).toEqual([null, null])
    out.comeBack()
    await after(120)
    expect([over.says(), out.says()]).toEqual([null, null])
  })

  it.each(['impossible', 'fails'] as const)('is said at once where a logout is %s', async (left) => {
    const { leaving, says } = counter(left)
    leaving.end(true)
    await after(0)
    expect(says()).toBe(mayRemain)
  })

  it('is said after thirty seconds, until the browser is back after all', async () => {
    const { leaving, says, comeBack } = counter()
    leaving.end(true)
    await after(30)
    expect(says()).toBe(mayRemain)
    await after(60)
    comeBack()
    await after(0)
    expect(says()).toBeNull()
  })

  it('takes nothing else away when the browser is back', async () => {
    const { leaving, says, show, comeBack } = counter()
    leaving.end(true)
    await after(30)
    show(other)
    comeBack()
    await after(0)
    expect(says()).toBe(other.text)
  })

  it('is not said when somebody has identified before the browser was out', async () => {
    const { leaving, says } = counter()
    leaving.end(true)
    leaving.keep(titulaire, hers)
    await after(60)
    expect(says()).toBeNull()
  })

  it('is not said any more once somebody has identified in that browser, or left it again', async () => {
    const { leaving, says } = counter()
    leaving.end(true)
    await after(20)
    leaving.keep(titulaire, hers)
    await after(60)
    expect(says()).toBeNull()
    leaving.end(true)
    await after(20)
    leaving.end(true)
    await after(29)
    expect(says()).toBeNull()
    await after(1)
    expect(says()).toBe(mayRemain)
  })
})
