import { describe, expect, it } from 'vitest'
import { kitsDigits } from './testing/snapshots.ts'
import { empty, present, reader, tokenOf } from './testing/watched.ts'
import { withCard } from './testing/watched-readers.ts'

const locked = 0x40000

describe('the tries left', () => {
  it('are read again on demand', async () => {
    const desk = await withCard()
    desk.reads([tokenOf({ flags: 0x30000 })])
    desk.watch.refresh()
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ card: { triesLeft: 1 }, remarks: ['last-try'] })
    expect(desk.asked()).toEqual(['poll', 'read 0'])
  })

  it('are three of a card just used with its code that says LOCKED', async () => {
    const desk = await withCard()
    desk.reads([tokenOf({ flags: locked })])
    desk.watch.loggedIn('99700261797')
    await desk.pass(0)
    expect(desk.kinds()).toEqual(['card'])
    expect(desk.asked()).toContain('read 0')
  })

  it('are believed of a card just used that says FINAL_TRY', async () => {
    const desk = await withCard()
    desk.reads([tokenOf({ flags: 0x30000 })])
    desk.watch.loggedIn('99700261797')
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ card: { triesLeft: 1 } })
  })

  it('are none of a locked card whose RPPS is not the one just used', async () => {
    const desk = await withCard()
    desk.reads([tokenOf({ flags: locked })])
    desk.watch.loggedIn(kitsDigits)
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ card: { triesLeft: 0 }, remarks: ['blocked'] })
  })

  it.each([
    [
      'it has left its reader',
      async (desk: Awaited<ReturnType<typeof withCard>>) => {
        desk.pcsc({ [reader]: empty })
        desk.pcsc({ [reader]: present })
        await desk.pass(0)
      },
    ],
    [
      'it was reset',
      async (desk: Awaited<ReturnType<typeof withCard>>) => {
        desk.slots({ [reader]: { present: true, session: 'lost' } })
        await desk.pass(2000)
      },
    ],
  ])('are none again once %s', async (_when, happen) => {
    const desk = await withCard()
    desk.watch.loggedIn('99700261797')
    await desk.pass(0)
    desk.reads([tokenOf({ flags: locked })])
    await happen(desk)
    expect(desk.state()).toMatchObject({ card: { triesLeft: 0 } })
  })
})
