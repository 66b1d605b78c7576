import { describe, expect, it } from 'vitest'
import { empty, present, reader, tokenOf, watching } from './testing/watched.ts'
import { withCard } from './testing/watched-readers.ts'

describe('at the start', () => {
  it('tells of the library before it is loaded, and of nothing else before it has answered', async () => {
    const desk = watching()
    desk.watch.start()
    await desk.pass(0)
    expect(desk.kinds()).toEqual(['searching', 'searching', 'no-reader'])
    expect(desk.shown[0]?.cryptolib).toEqual({
      path: '/usr/lib/cps.so',
      bits: 64,
      libraryVersion: null,
      description: null,
      productVersion: '5.2.2',
    })
    expect(desk.snapshot().cryptolib).toMatchObject({ libraryVersion: '3.1' })
  })

  it('shows a card that was in before, without an empty reader first', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present })
    desk.slots({ [reader]: true })
    desk.reads([tokenOf()])
    await desk.pass(0)
    expect(desk.kinds()).not.toContain('empty-reader')
    expect(desk.kinds()).not.toContain('no-reader')
    expect(desk.state()).toMatchObject({ kind: 'card', remarks: [] })
    expect(desk.snapshot()).toMatchObject({ readers: [reader], events: true })
  })

  it.each([
    [{ kind: 'missing', looked: ['/usr/lib64/cps.so'] }, { kind: 'cryptolib-missing' }],
    [
      { kind: '32-bit-only', path: '/cps32.so' },
      { kind: 'cryptolib-32-bit-only', path: '/cps32.so' },
    ],
    [
      { kind: 'unusable', path: '/cps.so', reason: 'directory' },
      { kind: 'cryptolib-unusable', path: '/cps.so', reason: 'directory', reference: 'R-1' },
    ],
  ] as const)('names a library that is %o', async (found, state) => {
    const desk = watching({ found })
    desk.watch.start()
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state()).toEqual(state)
    expect(desk.asked()).toEqual([])
  })

  it('names a library that does not load, and asks nothing of it', async () => {
    const desk = watching({ opened: { kind: 'unusable', reason: 'not-pkcs11' } })
    desk.watch.start()
    await desk.pass(10_000)
    expect(desk.state()).toMatchObject({ kind: 'cryptolib-unusable', reason: 'not-pkcs11', reference: 'R-1' })
    expect(desk.asked()).toEqual([])
  })

  it('rests while there is no library, though there is a card', async () => {
    const desk = watching({ found: { kind: 'missing', looked: [] } })
    desk.watch.start()
    desk.pcsc({ [reader]: present })
    await desk.pass(20_000)
    expect(desk.turns()).toBeLessThan(40)
  })

  it('looks again for a library, each minute and when tested', async () => {
    const desk = watching({ found: { kind: 'missing', looked: [] } })
    desk.watch.start()
    await desk.pass(50_000)
    desk.find({ kind: 'unusable', path: '/cps.so', reason: 'not-a-library' })
    await desk.pass(5000)
    expect(desk.state().kind).toBe('cryptolib-missing')
    await desk.pass(10_000)
    expect(desk.state().kind).toBe('cryptolib-unusable')
    desk.find({ kind: 'found', path: '/cps.so', bits: 64, productVersion: null })
    const test = desk.watch.test()
    await desk.pass(0)
    expect((await test).snapshot.state.kind).toBe('no-reader')
  })

  it('names a remote session that has no reader', async () => {
    const desk = watching({ remote: 'citrix' })
    desk.watch.start()
    await desk.pass(0)
    expect(desk.state()).toEqual({ kind: 'remote-session', by: 'citrix' })
  })
})

describe('at the end', () => {
  it('tells nothing more', async () => {
    const desk = await withCard()
    desk.watch.stop()
    desk.pcsc({ [reader]: empty })
    desk.watch.refresh()
    desk.asked()
    await desk.pass(10_000)
    expect(desk.kinds()).toEqual(['card'])
    expect(desk.asked()).toEqual([])
  })
})
