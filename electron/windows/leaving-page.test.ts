import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLeavingPage, type AskToLeave, type Hesitation, type LeavingWindow } from './leaving-page.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A window whose page holds unsaved work, or does not answer. */
function pageThat(does: 'holds work' | 'is silent', answer: () => Promise<boolean>) {
  const window = new EventEmitter()
  const webContents = new EventEmitter()
  const asked: { why: Hesitation; signal: AbortSignal }[] = []
  let destroyed = false
  const ask: AskToLeave = (why, signal) => {
    asked.push({ why, signal })
    return answer()
  }
  const faked: LeavingWindow = Object.assign(window, {
    webContents,
    isDestroyed: () => destroyed,
    destroy: () => {
      destroyed = true
      window.emit('closed')
    },
    close: () => {
      window.emit('close')
      if (does === 'holds work') webContents.emit('will-prevent-unload')
    },
  })
  const leaving = createLeavingPage(faked, ask)
  return { leaving, asked, isGone: () => destroyed }
}

describe('a page that is being closed', () => {
  it.each([
    ['holds work', 'unsaved'],
    ['is silent', 'silent'],
  ] as const)('and %s is asked about, once, and stays unless the answer is « yes »', async (does, why) => {
    let says = false
    const { leaving, asked, isGone } = pageThat(does, () => Promise.resolve(says))
    const kept = leaving.close()
    await vi.advanceTimersByTimeAsync(3000)
    expect([await kept, isGone(), asked.map((each) => each.why)]).toEqual([false, false, [why]])
    says = true
    const left = leaving.close()
    await vi.advanceTimersByTimeAsync(3000)
    expect([await left, isGone(), asked.length]).toEqual([true, true, 2])
  })

  it('stays, and is asked about again, where the question could not be asked', async () => {
    const answers = [() => Promise.reject(new Error('no window')), () => Promise.resolve(true)]
    const { leaving, isGone } = pageThat('holds work', () => answers.shift()?.() ?? Promise.resolve(false))
    expect([await leaving.close(), isGone()]).toEqual([false, false])
    expect([await leaving.close(), isGone()]).toEqual([true, true])
  })

  it('is asked about no more once the question is withdrawn', async () => {
    const { leaving, asked } = pageThat('holds work', () => new Promise(() => undefined))
    void leaving.close()
    leaving.withdraw()
    expect(asked[0]?.signal.aborted).toBe(true)
  })
})
