import { ReaderStatus } from 'pcsc-mini'
import { describe, expect, it } from 'vitest'
import { fakedPcsc, withEmptyReader } from './testing/faked-pcsc.ts'
import { cps3 } from './testing/watched.ts'

const { PRESENT, EMPTY, MUTE, IN_USE, UNPOWERED, UNAVAILABLE } = ReaderStatus

describe('the readers of PC/SC', () => {
  it('are told of together, once they all are known', async () => {
    const { pcsc, readers, changed, start, pass, statuses } = fakedPcsc()
    const started = start()
    pcsc.say('A', EMPTY)
    pcsc.say('B', MUTE | PRESENT)
    expect(readers.snapshot().readers).toEqual([])
    await pass(200)
    await started
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 1 })
    expect(statuses()).toEqual({ A: { kind: 'empty' }, B: { kind: 'mute' } })
    expect(changed).toHaveBeenCalledTimes(1)
  })

  it('come and go', async () => {
    const { pcsc, changed, statuses } = await withEmptyReader()
    pcsc.say('B', EMPTY)
    expect(Object.keys(statuses())).toEqual(['A', 'B'])
    pcsc.say('A', UNAVAILABLE)
    expect(Object.keys(statuses())).toEqual(['B'])
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('hold a card, told of at once; its ATR follows, from the card itself', async () => {
    const { pcsc, changed, pass, statuses } = await withEmptyReader()
    pcsc.say('A', PRESENT, 1)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: '' } })
    expect(changed).toHaveBeenCalledTimes(1)
    await pass(0)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('give the ATR later where the card is taken by another program', async () => {
    const { pcsc, pass, statuses } = await withEmptyReader()
    pcsc.atrs = [null, null, cps3]
    pcsc.say('A', PRESENT, 1)
    await pass(2000)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    pcsc.say('A', EMPTY, 2)
    pcsc.atrs = [null]
    pcsc.say('A', PRESENT, 3)
    await pass(60_000)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: '' } })
    expect(pcsc.connects).toBe(6)
  })

  it('do not give the ATR of a card that has left', async () => {
    const { pcsc, pass, statuses } = await withEmptyReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.say('A', EMPTY, 2)
    await pass(0)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
    expect(pcsc.connects).toBe(0)
  })

  it('do not change with who uses the card', async () => {
    const { pcsc, pass, statuses, generationOf } = await withEmptyReader()
    pcsc.say('A', PRESENT, 1)
    await pass(0)
    const before = generationOf('A')
    pcsc.say('A', PRESENT | IN_USE, 1)
    pcsc.say('A', PRESENT | UNPOWERED, 1)
    pcsc.say('A', PRESENT, 1)
    await pass(5000)
    expect(generationOf('A')).toBe(before)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    expect(pcsc.connects).toBe(1)
  })

  it('have another generation for each card that comes, goes, or is swapped in no time', async () => {
    const { pcsc, pass, generationOf } = await withEmptyReader()
    const seen = [generationOf('A')]
    for (const [status, counter] of [
      [PRESENT, 1],
      [EMPTY, 2],
      [MUTE | PRESENT, 3],
      [PRESENT, 5],
      [PRESENT, 7],
    ] as const) {
      pcsc.say('A', status, counter)
      await pass(0)
      seen.push(generationOf('A'))
    }
    expect(new Set(seen).size).toBe(6)
    expect(pcsc.connects).toBe(3)
  })
})
