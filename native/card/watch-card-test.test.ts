import { describe, expect, it } from 'vitest'
import { tokenOf } from './testing/watched.ts'
import { slow, withCard } from './testing/watched-readers.ts'

describe('a test', () => {
  it('reads everything again, and says how long Cryptolib took', async () => {
    const desk = await withCard()
    const { reading, answer } = slow()
    desk.reads([reading])
    const test = desk.watch.test()
    await desk.pass(400)
    answer(tokenOf())
    await desk.pass(0)
    const { snapshot, milliseconds } = await test
    expect(milliseconds).toBe(400)
    expect(snapshot.state.kind).toBe('card')
    expect(desk.asked()).toEqual(['poll', 'read whole 0'])
  })

  it('waits for what passes', async () => {
    const desk = await withCard()
    desk.reads([0x5, 0x5, tokenOf({ flags: 0x10000 })])
    const test = desk.watch.test()
    await desk.pass(300)
    expect((await test).snapshot.state).toMatchObject({ remarks: ['two-tries'] })
  })

  it('takes nothing from an earlier reading, though Cryptolib is initialised again in between', async () => {
    const desk = await withCard()
    desk.reads([0x30, 0x30, 0x30, 0x30, tokenOf()])
    const test = desk.watch.test()
    await desk.pass(2000)
    expect((await test).snapshot.state.kind).toBe('card')
    const asked = desk.asked()
    expect(asked).toContain('reinitialise')
    expect(asked).not.toContain('read 0')
  })

  it('is answered when nothing can be read', async () => {
    const desk = await withCard()
    desk.slots(0x30)
    const test = desk.watch.test()
    await desk.pass(4000)
    expect((await test).snapshot.state.kind).toBe('restarting')
  })

  it('is answered to each who asks', async () => {
    const desk = await withCard()
    const tests = [desk.watch.test(), desk.watch.test()]
    await desk.pass(0)
    expect(await Promise.all(tests)).toHaveLength(2)
  })
})
