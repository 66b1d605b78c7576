import { describe, expect, it } from 'vitest'
import { present, reader, tokenOf, watching } from './testing/watched.ts'
import { withCard, withReader, withoutPcsc } from './testing/watched-readers.ts'

describe('initialising again', () => {
  it('follows no slot at all while PC/SC has readers, after 0.5, 1, 5, 30 and 30 s', async () => {
    const desk = await withReader()
    desk.slots({})
    await desk.pass(2000)
    const at: number[] = []
    const start = performance.now()
    while (performance.now() - start < 70_000) {
      if (desk.asked().includes('reinitialise')) at.push(Math.round((performance.now() - start) / 500) / 2)
      await desk.pass(250)
    }
    expect(at).toEqual([0.5, 1.5, 6.5, 36.5, 66.5])
  })

  it('is what a card waits for that no slot shows', async () => {
    const desk = await withReader()
    desk.slots({})
    desk.pcsc({ [reader]: present })
    await desk.pass(1600)
    expect(desk.asked()).toContain('reinitialise')
    expect(desk.state()).toEqual({ kind: 'restarting', reference: 'R-1' })
    desk.slots({ [reader]: true })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
  })

  it('is not needed where what failed answers before it is time', async () => {
    const desk = await withReader()
    desk.reads([0x30, 0x80000002, tokenOf()])
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.pcsc({ [reader]: present })
    await desk.pass(10_000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.asked()).not.toContain('reinitialise')
  })

  it('brings the card back', async () => {
    const desk = await withCard()
    desk.slots({})
    await desk.pass(2000)
    desk.slots({ [reader]: true })
    desk.reads([tokenOf({ flags: 0x10000 })])
    await desk.pass(500)
    expect(desk.asked()).toContain('reinitialise')
    expect(desk.kinds()).toEqual(['card', 'card'])
    expect(desk.state()).toMatchObject({ remarks: ['two-tries'] })
  })

  it('is not needed for no slot while PC/SC has no reader', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({})
    await desk.pass(0)
    desk.asked()
    await desk.pass(20_000)
    expect(desk.asked()).not.toContain('reinitialise')
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('follows no slot where there was one and nobody tells of PC/SC', async () => {
    const desk = await withoutPcsc(false)
    desk.slots({})
    await desk.pass(3000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.asked()).toContain('reinitialise')
  })

  it('follows at once when PC/SC is back, before anything is asked', async () => {
    const desk = await withCard()
    desk.pcscStops()
    desk.slots({})
    await desk.pass(4000)
    expect(desk.asked()).not.toContain('reinitialise')
    desk.slots({ [reader]: true })
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.asked()).toEqual(['reinitialise', 'poll', 'read 0'])
    expect(desk.state().kind).toBe('card')
  })

  it('follows a list of slots that fails; what was read is failing after a while', async () => {
    const desk = await withCard()
    desk.slots(0x5)
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
    await desk.pass(2000)
    expect(desk.state()).toEqual({ kind: 'restarting', reference: 'R-1' })
    const asked = desk.asked()
    expect(asked).toContain('reinitialise')
    // At each tick and with each initialisation; nobody insists.
    expect(asked.length).toBeLessThan(8)
    desk.slots({ [reader]: { present: true, session: 'open' } })
    await desk.pass(5000)
    expect(desk.state().kind).toBe('card')
  })

  it('names a library that never answers, with no reader to be shown', async () => {
    const desk = watching()
    desk.slots(0x5)
    desk.watch.start()
    await desk.pass(3000)
    expect(desk.state()).toMatchObject({ kind: 'cryptolib-unusable', reason: 'not-initialised' })
    desk.slots({ [reader]: false })
    await desk.pass(35_000)
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
  })

  it('begins anew after a minute without trouble', async () => {
    const desk = await withReader()
    desk.slots({})
    await desk.pass(10_000)
    desk.slots({ [reader]: false })
    await desk.pass(100_000)
    desk.asked()
    desk.slots({})
    await desk.pass(2600)
    expect(desk.asked()).toContain('reinitialise')
  })
})
