import { describe, expect, it, vi } from 'vitest'
import { createEventualWriter } from './eventual-writer.ts'

/** A writer whose first attempts fail, and what it has written. */
function failingFirst(failures: number) {
  const written: number[] = []
  let attempts = 0
  const writer = createEventualWriter<number>(async () => {
    attempts += 1
    if (attempts <= failures) throw new Error('no answer')
    const waiting = writer.waiting()
    await Promise.resolve()
    written.push(...waiting)
    writer.written(waiting.length)
  })
  return { written, writer }
}

describe('createEventualWriter', () => {
  it('writes in order, once each, whatever fails in between', async () => {
    const { written, writer } = failingFirst(2)
    for (const item of [1, 2, 3]) writer.add(item)
    // The first pause is cut short by the flush, the second is 0.5 s.
    expect(await writer.flush(5000)).toBe(0)
    writer.add(4)
    expect(await writer.flush(5000)).toBe(0)
    expect(written).toEqual([1, 2, 3, 4])
  })

  it('keeps what cannot be written, and says how much at the deadline', async () => {
    const { writer } = failingFirst(Infinity)
    writer.add(1)
    writer.add(2)
    const start = performance.now()
    expect(await writer.flush(100)).toBe(2)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('keeps what is added while it writes', async () => {
    const written: number[] = []
    const writer = createEventualWriter<number>(async () => {
      const waiting = writer.waiting()
      if (written.length === 0) writer.add(2)
      await Promise.resolve()
      written.push(...waiting)
      writer.written(waiting.length)
    })
    writer.add(1)
    expect(await writer.flush(1000)).toBe(0)
    expect(written).toEqual([1, 2])
  })

  it('pauses 0.25 s, then twice as long at each failure', async () => {
    const times: number[] = []
    const writer = createEventualWriter<number>(async () => {
      times.push(performance.now())
      if (times.length < 4) throw new Error('no answer')
      writer.written(1)
    })
    writer.add(1)
    await vi.waitFor(() => expect(times).toHaveLength(4), 5000)
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    for (const [index, expected] of [250, 500, 1000].entries()) {
      expect(pauses[index]).toBeGreaterThan(expected * 0.95)
      expect(pauses[index]).toBeLessThan(expected * 1.6)
    }
  })
})
