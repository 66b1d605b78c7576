import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openSc } from '../../e2e/support/card/opensc.ts'
import { pcscMissing, startPcsc, type Pcsc } from '../../e2e/support/card/pcscd.ts'
import { makeCard, type IssuedCard } from '../../e2e/support/card/pki.ts'
import { startCardProcess, type StartedCardProcess } from './testing/started-card-process.ts'

// Beside the walk of testing/card-process-walk.ts: what PC/SC and Cryptolib say at once, and one without the other.

const missing = await pcscMissing()
const library = missing === null ? openSc() : ''

const pharmacist = await makeCard('pharmacist')
const nurse = await makeCard('adeli-nurse')
const cpx = (card: IssuedCard) => ({ kind: 'cpx', card }) as const

describe.skipIf(missing !== null)('the card process over PC/SC and OpenSC', () => {
  let pcsc: Pcsc
  let card: StartedCardProcess
  let first = ''
  let second = ''

  beforeAll(async () => {
    pcsc = await startPcsc()
    ;[first, second] = pcsc.readers
    card = startCardProcess({
      modulePath: library,
      execPath: await pcsc.executable(process.execPath),
    })
    await card.shows('empty-reader')
  })
  afterEach(async () => {
    await pcsc.remove(0)
    await pcsc.remove(1)
    await card.shows('empty-reader')
  })
  afterAll(async () => {
    await card.kill()
    await pcsc.stop()
  })

  it('shows a Vitale card beside a CPx card as nothing, and alone as itself', async () => {
    await pcsc.insert(1, { kind: 'vitale' })
    expect(await card.shows('vitale')).toEqual({ kind: 'vitale', reader: second })
    await pcsc.insert(0, cpx(pharmacist))
    await card.shows('card')
    await pcsc.remove(0)
    await card.shows('vitale')
  })

  it('beats through a reading that is long, and shows it', async () => {
    const before = card.beats()
    await pcsc.insert(0, { ...cpx(pharmacist), msPerCommand: 100 })
    await card.shows('reading')
    await card.shows('card')
    expect(card.beats()).toBeGreaterThan(before)
    const { milliseconds } = await card.test()
    expect(milliseconds).toBeGreaterThanOrEqual(100)
  })

  it('hears PC/SC while a card keeps Cryptolib waiting, and ends when told to', async () => {
    const other = startCardProcess({
      modulePath: library,
      execPath: await pcsc.executable(process.execPath),
    })
    onTestFinished(other.kill)
    await other.shows('empty-reader')
    // Silent in the middle of its reading, which takes seconds.
    await pcsc.insert(1, { ...cpx(nurse), msPerCommand: 100 })
    await other.shows('reading', ({ reader }) => reader === second)
    await pcsc.silence(1, true)
    await pcsc.insert(0, cpx(pharmacist))
    await other.shows('reading', ({ reader }) => reader === first)
    other.post({ kind: 'stop' })
    expect(await other.end).toBe('SIGKILL')
    await pcsc.silence(1, false)
  })
})
