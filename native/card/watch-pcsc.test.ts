import { describe, expect, it } from 'vitest'
import { kitsDigits } from './testing/snapshots.ts'
import { der, empty, otherReader, reader, tokenOf, watching } from './testing/watched.ts'
import {
  abbreviated,
  longName,
  notPresent,
  notRecognised,
  slow,
  withCard,
  withoutPcsc,
} from './testing/watched-readers.ts'

describe('PC/SC that starts late', () => {
  it('knows the same reader by its whole name', async () => {
    const desk = watching()
    desk.slots({ [abbreviated]: false })
    desk.watch.start()
    await desk.pass(0)
    expect(desk.snapshot().readers).toEqual([abbreviated])
    desk.pcsc({ [longName]: empty })
    expect(desk.snapshot().readers).toEqual([longName])
    await desk.pass(4000)
    expect(desk.snapshot().readers).toEqual([longName])
  })

  it('has nobody ask more often for what it does not see', async () => {
    const desk = await withoutPcsc(false)
    desk.pcsc({ [otherReader]: empty })
    await desk.pass(0)
    desk.asked()
    for (let turn = 0; turn < 10; turn += 1) {
      desk.pcsc({ [otherReader]: turn % 2 === 0 ? { kind: 'mute' } : empty })
      await desk.pass(100)
    }
    expect(desk.asked().filter((call) => call === 'read 0').length).toBeLessThan(2)
  })
})

describe('without PC/SC', () => {
  it('sees within two seconds a card that comes, and that goes', async () => {
    const desk = await withoutPcsc(false)
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
    expect(desk.snapshot().events).toBe(false)
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    desk.slots({ [reader]: { present: false, session: 'lost' } })
    desk.reads([notPresent])
    await desk.pass(2200)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card', 'reading', 'empty-reader'])
  })

  it('sees a card that Cryptolib does not know, and its going', async () => {
    const desk = await withoutPcsc(false)
    desk.reads([notRecognised])
    await desk.pass(2200)
    expect(desk.kinds()).toEqual(['empty-reader', 'not-recognised'])
    await desk.pass(6000)
    expect(desk.kinds()).toEqual(['empty-reader', 'not-recognised'])
    desk.reads([notPresent])
    await desk.pass(2200)
    expect(desk.state().kind).toBe('empty-reader')
  })

  it('does not show the card of before a swap while the other is read', async () => {
    const desk = await withoutPcsc(true)
    const { reading, answer } = slow()
    desk.slots({ [reader]: { present: true, session: 'lost' } })
    desk.reads([notPresent, reading])
    await desk.pass(2200)
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    answer(tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) }))
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { label: 'CPS3v3-2900995266' } })
  })

  it('says that the service has stopped with the reader that it had', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: false })
    desk.reads([notPresent])
    desk.pcscStops()
    await desk.pass(500)
    expect(desk.state()).toEqual({ kind: 'service-stopped' })
    expect(desk.snapshot().events).toBe(false)
  })

  it('does not say so on Windows, where unplugging the last reader stops it', async () => {
    const desk = await withCard({ platform: 'win32' })
    desk.slots({})
    desk.pcscStops()
    await desk.pass(500)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('says so where the system sees a reader plugged in, and looks twice a minute', async () => {
    const desk = watching({ platform: 'win32', plugged: true })
    desk.watch.start()
    desk.pcscStops()
    await desk.pass(0)
    expect(desk.state()).toEqual({ kind: 'service-stopped' })
    desk.asked()
    desk.plug(false)
    await desk.pass(60_000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.asked().filter((call) => call === 'plugged')).toHaveLength(2)
  })
})
