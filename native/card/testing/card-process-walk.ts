import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPcsc, type Pcsc, type VirtualCard } from '../../../e2e/support/card/pcscd.ts'
import { makeCard, type IssuedCard } from '../../../e2e/support/card/pki.ts'
import { startCardProcess, type StartedCardProcess } from './started-card-process.ts'

export type Walk = {
  /** Of the PKCS#11 library, as a title says it. */
  readonly name: string
  readonly library: string
  /** Folders of the system that it writes into. */
  readonly emptied: readonly string[]
  readonly runs: boolean
}

const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01']

/** The card process through all that happens at a counter, over the real PC/SC and this library: one process, in order. */
export function walkCardProcess({ name, library, emptied, runs }: Walk): void {
  describe.skipIf(!runs)(`the card process over ${name}, real PC/SC and virtual cards`, () => {
    let pcsc: Pcsc
    let process: StartedCardProcess
    let patricia: IssuedCard
    let olivier: IssuedCard
    beforeAll(async () => {
      patricia = await makeCard('pharmacist')
      olivier = await makeCard('adeli-nurse')
      pcsc = await startPcsc({ emptied })
      process = startCardProcess({
        modulePath: library,
        execPath: await pcsc.executable(globalThis.process.execPath),
      })
    })
    afterAll(async () => {
      await process.kill()
      await pcsc.stop()
    })

    const showsCard = (label: string) => process.shows('card', ({ card }) => card.label === label)
    const empty = async () => {
      await pcsc.remove(0)
      await pcsc.remove(1)
      await process.shows('empty-reader')
    }

    it('names both readers, empty', async () => {
      await process.shows('empty-reader')
      expect(process.snapshot()).toMatchObject({ readers: [first, second], events: true })
    })

    it('shows who holds a card, after saying that it is being read', async () => {
      const before = process.shown.length
      await pcsc.insert(0, cardOf(patricia))
      const { card, remarks } = await showsCard(patricia.label)
      expect(card).toMatchObject({
        reader: first,
        contactless: false,
        triesLeft: 3,
        certificate: {
          kind: 'read',
          holder: { nationalId: { kind: 'rpps', digits: '99700261797' }, lastName: 'ADJOINTPHARM' },
        },
      })
      expect(remarks).toEqual(['test'])
      expect(process.shown.slice(before).map(({ state }) => state.kind)).toContain('reading')
      await empty()
    })

    it('follows one card that is swapped for another', async () => {
      await pcsc.insert(0, cardOf(patricia))
      await showsCard(patricia.label)
      await pcsc.swap(0, cardOf(olivier))
      expect((await showsCard(olivier.label)).remarks).toEqual(['test', 'without-rpps'])
      await empty()
    })

    it('sees two cards, then the one that stays', async () => {
      await pcsc.insert(0, cardOf(patricia))
      await pcsc.insert(1, cardOf(olivier))
      const { cards } = await process.shows('several-cards')
      expect(cards.map(({ label }) => label)).toEqual([patricia.label, olivier.label])
      await pcsc.remove(0)
      await showsCard(olivier.label)
      await empty()
    })

    it.each([
      ['mute', 'mute'],
      ['vitale', 'vitale'],
      ['foreign', 'not-recognised'],
    ] as const)('says of a card that is %s: %s', async (kind, state) => {
      await pcsc.insert(1, { kind })
      expect(await process.shows(state)).toEqual({ kind: state, reader: second })
      await empty()
    })

    it.each([
      [2, 'two-tries'],
      [1, 'last-try'],
      [0, 'blocked'],
    ] as const)('tells that %i tries are left: %s', async (triesLeft, remark) => {
      await pcsc.insert(0, { ...cardOf(patricia), triesLeft })
      expect((await showsCard(patricia.label)).remarks).toContain(remark)
      await empty()
    })

    it.each(['as the system does', 'by a crash'])('outlives a service that ends %s', async (how) => {
      await pcsc.insert(0, cardOf(patricia))
      await showsCard(patricia.label)
      await pcsc.stopService({ abruptly: how === 'by a crash' })
      await process.shows('service-stopped')
      expect(process.snapshot().events).toBe(false)
      const before = process.shown.length
      await pcsc.startService()
      await showsCard(patricia.label)
      expect(process.shown.slice(before).map(({ state }) => state.kind)).not.toContain('restarting')
      await empty()
    })

    it('is the same process as at first', () => {
      expect(process.ended()).toBe(false)
    })
  })
}

function cardOf(card: IssuedCard): VirtualCard & { kind: 'cpx' } {
  return { kind: 'cpx', card }
}
