import { describe, expect, it } from 'vitest'
import { kitsDigits } from './testing/snapshots.ts'
import { der, empty, otherReader, present, reader, tokenOf, vitale, watching } from './testing/watched.ts'
import {
  abbreviated,
  longName,
  notPresent,
  notRecognised,
  slow,
  withCard,
  withReader,
} from './testing/watched-readers.ts'

describe('a card that comes and goes', () => {
  it('is being read at once, whatever Cryptolib is busy with', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    desk.reads([reading])
    desk.pcsc({ [reader]: present })
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    await desk.pass(3000)
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader, triesLeft: 3 } })
  })

  it('has left at once, and what was being read of it is never shown', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    desk.reads([reading, notPresent])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty })
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
    answer(tokenOf())
    await desk.pass(5000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'empty-reader'])
  })

  it('is swapped while it is read: only the second is shown', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    const second = tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })
    desk.reads([reading, second])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: present }, { swapped: true })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.state()).toMatchObject({ card: { label: 'CPS3v3-2900995266' } })
  })

  it('is swapped unseen by PC/SC: the session says so', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: { present: true, session: 'lost' } })
    desk.reads([tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })])
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['card', 'card'])
    expect(desk.state()).toMatchObject({ card: { label: 'CPS3v3-2900995266' } })
  })

  it('is not read again while nothing changes', async () => {
    const desk = await withCard()
    await desk.pass(10_000)
    expect(new Set(desk.asked())).toEqual(new Set(['poll']))
    expect(desk.kinds()).toEqual(['card'])
  })

  it('is read again when Cryptolib knows it no more, another program having taken it', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: false })
    desk.reads([0x5])
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'reader-busy', reader })
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
  })

  it('is mute: only PC/SC says so, and Cryptolib is not asked', async () => {
    const desk = await withReader()
    desk.pcsc({ [reader]: { kind: 'mute' } })
    expect(desk.state()).toEqual({ kind: 'mute', reader })
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'mute', reader })
    expect(desk.asked()).not.toContain('read 0')
  })

  it('is a Vitale card, once its ATR is known; Cryptolib is asked no more', async () => {
    const desk = await withReader()
    desk.reads([notRecognised])
    desk.pcsc({ [reader]: { kind: 'present', atr: '' } })
    await desk.pass(20)
    desk.pcsc({ [reader]: { kind: 'present', atr: vitale } })
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'vitale'])
    desk.asked()
    await desk.pass(5000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'vitale'])
    expect(desk.asked()).not.toContain('read 0')
  })

  it('goes with its reader', async () => {
    const desk = await withCard()
    desk.pcsc({})
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.snapshot().readers).toEqual([])
    desk.slots({})
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('is read in one reader while another is emptied', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present, [otherReader]: empty })
    desk.slots({ [reader]: true, [otherReader]: false })
    const { reading, answer } = slow()
    desk.reads([tokenOf()], [reading])
    await desk.pass(0)
    desk.pcsc({ [reader]: present, [otherReader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty, [otherReader]: present })
    expect(desk.state()).toEqual({ kind: 'reading', reader: otherReader })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader: otherReader } })
  })

  it('is one of several', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present, [otherReader]: present })
    desk.slots({ [reader]: true, [otherReader]: true })
    desk.reads([tokenOf()], [tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })])
    await desk.pass(0)
    expect(desk.state()).toMatchObject({
      kind: 'several-cards',
      cards: [{ reader }, { reader: otherReader }],
    })
  })

  it('is read once though its slot says late that it is there', async () => {
    const desk = await withReader()
    desk.reads([tokenOf()])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state().kind).toBe('card')
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.asked()
    await desk.pass(4000)
    expect(desk.asked()).toEqual(['poll', 'poll'])
  })

  it('expires while it lies in its reader', async () => {
    const desk = await withCard()
    expect(desk.state()).toMatchObject({ remarks: [] })
    desk.dated('2027-05-01T00:00:00.000Z')
    await desk.pass(2000)
    expect(desk.state()).toMatchObject({ remarks: ['expiring'] })
    desk.dated('2027-06-01T00:00:00.000Z')
    await desk.pass(2000)
    expect(desk.state()).toMatchObject({ remarks: ['expired'] })
  })

  it('is read though its slot bears the abbreviated name of its reader', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [longName]: present })
    desk.slots({ [abbreviated]: true })
    desk.reads([tokenOf()])
    await desk.pass(0)
    expect(desk.snapshot().readers).toEqual([longName])
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader: longName } })
  })
})
