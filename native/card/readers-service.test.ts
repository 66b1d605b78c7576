import { ReaderStatus } from 'pcsc-mini'
import { describe, expect, it } from 'vitest'
import { createReaders } from './readers.ts'
import { fakedPcsc, withEmptyReader } from './testing/faked-pcsc.ts'
import { cps3 } from './testing/watched.ts'

const { PRESENT, EMPTY } = ReaderStatus

describe('the PC/SC service', () => {
  it('is unknown where nothing can ask for it', async () => {
    const none = createReaders(null)
    await none.start(() => undefined)
    expect(none.snapshot()).toEqual({ service: 'unknown', connections: 0, readers: [] })
    none.stop()
  })

  it('is stopped when it does not answer, and asked for again after 0.25, 1, 2 and 2 s', async () => {
    const { pcsc, readers, start, pass } = fakedPcsc()
    pcsc.up = false
    await start()
    expect(readers.snapshot().service).toBe('stopped')
    const counts = []
    for (const ms of [249, 1, 999, 1, 1999, 1, 1999, 1]) {
      await pass(ms)
      counts.push(pcsc.started)
    }
    expect(counts).toEqual([1, 2, 2, 3, 3, 4, 4, 5])
    pcsc.up = true
    await pass(2200)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 1 })
  })

  it('stops: its readers are gone at once; and comes back with them', async () => {
    const { pcsc, readers, changed, pass, generationOf } = await withEmptyReader()
    pcsc.up = false
    pcsc.fail()
    expect(readers.snapshot()).toEqual({ service: 'stopped', connections: 1, readers: [] })
    expect(changed).toHaveBeenCalledTimes(1)
    const before = generationOf('A')
    pcsc.up = true
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(200)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 2 })
    expect(generationOf('A')).not.toBe(before)
  })

  it('is connected to again without a word when only the watching has ended', async () => {
    const { pcsc, readers, changed, pass, statuses } = await withEmptyReader()
    pcsc.fail()
    pcsc.say('A', EMPTY)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 2, readers: [{ name: 'A' }] })
    expect(changed).toHaveBeenCalledTimes(0)
    await pass(200)
    expect(changed).toHaveBeenCalledTimes(1)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
  })

  it('comes back before its readers say what they hold: a card that was there has not left', async () => {
    const { pcsc, readers, changed, pass, statuses } = await withEmptyReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.up = false
    pcsc.fail()
    pcsc.up = true
    changed.mockClear()
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(1000)
    expect([readers.snapshot().service, changed.mock.calls]).toEqual(['stopped', []])
    pcsc.say('A', PRESENT, 1)
    await pass(150)
    expect(changed).toHaveBeenCalledTimes(1)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
  })

  it('comes back, and a card that was there has left meanwhile: that is told 1.5 s later', async () => {
    const { pcsc, changed, pass, statuses } = await withEmptyReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.up = false
    pcsc.fail()
    pcsc.up = true
    changed.mockClear()
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(1499)
    expect(changed).toHaveBeenCalledTimes(0)
    await pass(1)
    expect(changed).toHaveBeenCalledTimes(1)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
  })

  it('is left alone once stopped', async () => {
    const { pcsc, readers, changed, pass } = await withEmptyReader()
    readers.stop()
    pcsc.say('A', PRESENT)
    pcsc.fail()
    await pass(10_000)
    expect(pcsc.started).toBe(1)
    expect(changed).toHaveBeenCalledTimes(0)
  })
})
