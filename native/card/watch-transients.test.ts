import { describe, expect, it } from 'vitest'
import { empty, otherReader, present, reader, tokenOf, watching } from './testing/watched.ts'
import { notPresent, notRecognised, withCard, withReader } from './testing/watched-readers.ts'

describe('an answer that passes', () => {
  it.each([notPresent, 0x5, 0xb3, 0x31, 0x32, 0x3, 0x30, 0x80000002, null])(
    'is not shown: %j for a second',
    async (code) => {
      const desk = await withReader()
      desk.slots({ [reader]: true })
      desk.reads([code, code, code, code, code, tokenOf()])
      desk.pcsc({ [reader]: present })
      await desk.pass(1100)
      expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    },
  )

  it('is not shown: CKR_TOKEN_NOT_RECOGNIZED, once', async () => {
    const desk = await withReader()
    desk.reads([notRecognised, tokenOf()])
    desk.pcsc({ [reader]: present })
    await desk.pass(1000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
  })

  it('is not shown of a card that is there: the card stays', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: { present: false, session: 'lost' } })
    desk.reads([notPresent, 0x5, notRecognised, tokenOf()])
    await desk.pass(3000)
    expect(desk.kinds()).toEqual(['card'])
  })

  it('does not hold up what another reader says', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present, [otherReader]: present })
    desk.slots({ [reader]: true, [otherReader]: true })
    desk.reads([0x5], [tokenOf()])
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader: otherReader } })
  })

  it('is asked again every 150 ms', async () => {
    const desk = await withReader()
    desk.reads([0x5])
    desk.pcsc({ [reader]: present })
    await desk.pass(299)
    expect(desk.asked().filter((call) => call === 'read 0')).toHaveLength(2)
  })
})

describe('an answer that lasts', () => {
  it.each([
    [notPresent, 'not-recognised'],
    [notRecognised, 'not-recognised'],
    [0x5, 'reader-busy'],
    [0xb3, 'restarting'],
    [0x32, 'restarting'],
    [0x54, 'restarting'],
    [0x80000001, 'mute'],
    [null, 'mute'],
  ] as const)('%j is shown as %s', async (code, kind) => {
    const desk = await withReader()
    desk.reads([code])
    desk.pcsc({ [reader]: present })
    await desk.pass(1500)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', kind])
  })

  it('says not-recognised once CKR_TOKEN_NOT_RECOGNIZED has come twice', async () => {
    const desk = await withReader()
    desk.reads([notRecognised])
    desk.pcsc({ [reader]: present })
    await desk.pass(149)
    expect(desk.state().kind).toBe('reading')
    await desk.pass(1)
    expect(desk.state().kind).toBe('not-recognised')
  })

  it('is asked again at each tick while the reader is busy, and no more often', async () => {
    const desk = await withReader()
    desk.reads([0x5])
    desk.pcsc({ [reader]: present })
    await desk.pass(4000)
    desk.asked()
    await desk.pass(6000)
    expect(desk.asked().filter((call) => call === 'read 0')).toHaveLength(3)
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
  })

  it('says no slot for a reader with a card: Cryptolib does not take this reader', async () => {
    const desk = await withReader()
    desk.pcsc({ [reader]: empty, [otherReader]: present })
    await desk.pass(1500)
    expect(desk.state()).toEqual({ kind: 'not-recognised', reader: otherReader })
    expect(desk.asked()).not.toContain('reinitialise')
  })
})
