import { env } from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pcscMissing, startPcsc, type Pcsc, type VirtualCard } from '../../../e2e/support/card/pcscd.ts'
import { makeCard, type IssuedCard } from '../../../e2e/support/card/pki.ts'
import { startAsking, type Asking } from './asking.ts'
import { walkCardProcess } from './card-process-walk.ts'

// The same walk as virtual-card.integration.test.ts, with ANS's own library: only where a copy of it is, whose path is
// in COMPTOIR_TEST_CRYPTOLIB. It writes a cache and logs under /etc/opt and /var/opt, which here are nobody's.

const emptied = ['/etc/opt', '/var/opt']
const library = env['COMPTOIR_TEST_CRYPTOLIB'] ?? ''
const missing = library === '' ? 'COMPTOIR_TEST_CRYPTOLIB names no library' : await pcscMissing()
const runs = missing === null

const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01']
const empty = { refused: 0xe0 }
const notRecognised = { refused: 0xe1 }
const [pinIncorrect, pinLocked] = [0xa0, 0xa4]
const soon = { timeout: 10_000, interval: 100 }

const pharmacist = await makeCard('pharmacist')
const nurse = await makeCard('adeli-nurse')
const cps4 = await makeCard('pharmacist-cps4')
const generations = [
  { generation: 'CPS3', card: pharmacist },
  { generation: 'CPS4', card: cps4 },
]

if (missing !== null) it('the genuine Cryptolib: not run here', ({ skip }) => skip(missing))

describe.skipIf(!runs)('the genuine Cryptolib (COMPTOIR_TEST_CRYPTOLIB) and a virtual card', () => {
  let pcsc: Pcsc
  let asking: Asking
  beforeAll(async () => {
    pcsc = await startPcsc({ emptied })
    asking = await startAsking(pcsc, library)
  })
  afterEach(async () => {
    await pcsc.remove(0)
    await pcsc.remove(1)
    await expect.poll(readers, soon).toEqual({ [first]: 'empty', [second]: 'empty' })
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: empty })
  })
  afterAll(async () => {
    await asking.stop()
    await pcsc.stop()
  })

  const readers = () => asking.ask({ kind: 'readers' })
  const tokens = async () =>
    Object.fromEntries((await asking.ask({ kind: 'slots' })).map(({ name, token }) => [name, token]))
  const labels = async () =>
    Object.fromEntries(
      Object.entries(await tokens()).map(([name, token]) => [name, 'label' in token ? token.label : token]),
    )
  const login = (pin: string) => asking.ask({ kind: 'login', name: first, pin })

  it.each(generations)(
    'a $generation shows its label and its certificate without its code',
    async ({ card }) => {
      await pcsc.insert(0, cardOf(card))
      const { label, serial } = card
      const certificate = card.certificateDer.toString('hex')
      await expect
        .poll(tokens, soon)
        .toEqual({ [first]: { label, serial, triesLeft: 3, certificate }, [second]: empty })
    },
  )

  it.each(generations)('a $generation tells its tries, down to none', async ({ card }) => {
    await pcsc.insert(0, cardOf(card))
    for (const triesLeft of [3, 2, 1]) {
      await expect.poll(tokens, soon).toMatchObject({ [first]: { triesLeft } })
      expect(await login('9999')).toBe(triesLeft === 1 ? pinLocked : pinIncorrect)
    }
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 0 } })
    expect(await login('1234')).toBe(pinLocked)
  })

  it('a good code gives the tries back', async () => {
    await pcsc.insert(0, { ...cardOf(pharmacist), triesLeft: 1 })
    await expect.poll(tokens, soon).toMatchObject({ [first]: { triesLeft: 1 } })
    expect(await login('1234')).toBeNull()
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 3 } })
  })

  it('a card without contact has no number, no code and no certificate of that name', async () => {
    await pcsc.insert(1, cardOf(await makeCard('contactless')))
    await expect.poll(tokens, soon).toMatchObject({ [second]: { label: 'CPS3v3_CL', certificate: '' } })
  })

  it('a CPS4 is said to be locked right after a good code (cryptolib-measured.md §2)', async () => {
    await pcsc.insert(0, cardOf(cps4))
    await expect.poll(tokens, soon).toMatchObject({ [first]: { triesLeft: 3 } })
    expect(await login('1234')).toBeNull()
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 0 } })
  })

  it('a card is pulled, and another put in', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: empty })
    await pcsc.remove(0)
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: empty })
    await pcsc.insert(0, cardOf(nurse))
    await expect.poll(labels, soon).toEqual({ [first]: nurse.label, [second]: empty })
  })

  it('one card is swapped for another', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toMatchObject({ [first]: pharmacist.label })
    await pcsc.swap(0, cardOf(nurse))
    await expect.poll(labels, soon).toMatchObject({ [first]: nurse.label })
  })

  it('each reader has its card', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await pcsc.insert(1, cardOf(nurse))
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: nurse.label })
    await pcsc.remove(0)
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: nurse.label })
  })

  it('a mute card is none to it (cryptolib-measured.md §5)', async () => {
    await pcsc.insert(0, { kind: 'mute' })
    await expect.poll(readers, soon).toMatchObject({ [first]: 'mute' })
    expect(await labels()).toEqual({ [first]: empty, [second]: empty })
  })

  it('a Vitale card is not recognised', async () => {
    await pcsc.insert(0, { kind: 'vitale' })
    await expect.poll(labels, soon).toEqual({ [first]: notRecognised, [second]: empty })
  })

  it('a card at the pace of a real one is read', async () => {
    await pcsc.insert(0, { ...cardOf(pharmacist), msPerCommand: 30 })
    const certificate = pharmacist.certificateDer.toString('hex')
    await expect.poll(tokens, soon).toMatchObject({ [first]: { label: pharmacist.label, certificate } })
  })

  it('after the service has come back it sees no reader until it is initialised again', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toMatchObject({ [first]: pharmacist.label })
    await pcsc.stopService()
    await expect.poll(readers, soon).toEqual({})
    await asking.ask({ kind: 'slots' })
    await pcsc.startService()
    await expect.poll(readers, soon).toMatchObject({ [second]: 'empty' })
    expect(await asking.ask({ kind: 'slots' })).toEqual([])
    await asking.ask({ kind: 'reinitialise' })
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: empty })
  })
})

walkCardProcess({ name: 'the genuine Cryptolib (COMPTOIR_TEST_CRYPTOLIB)', library, emptied, runs })

function cardOf(card: IssuedCard): VirtualCard & { kind: 'cpx' } {
  return { kind: 'cpx', card }
}
