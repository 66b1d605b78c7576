import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSc } from '../../../e2e/support/card/opensc.ts'
import { pcscMissing, startPcsc, type Pcsc, type VirtualCard } from '../../../e2e/support/card/pcscd.ts'
import { makeCard, type IssuedCard } from '../../../e2e/support/card/pki.ts'
import { startAsking, type Asking } from './asking.ts'
import { walkCardProcess } from './card-process-walk.ts'

// The real PC/SC daemon, a real driver of readers, real APDUs and OpenSC, of which Cryptolib is a fork
// (card-simulation.md §5); only the cards are ours.

const missing = await pcscMissing()
const library = missing === null ? openSc() : ''

const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01']
const cps3 = '3bac00402a001225006480000310009000'
const empty = { refused: 0xe0 }
const notRecognised = { refused: 0xe1 }
const [pinIncorrect, pinLocked] = [0xa0, 0xa4]
const soon = { timeout: 10_000, interval: 50 }

const pharmacist = await makeCard('pharmacist')
const nurse = await makeCard('adeli-nurse')

if (missing !== null) it('virtual cards: not run here', ({ skip }) => skip(missing))

describe.skipIf(missing !== null)('a virtual card through PC/SC and OpenSC', () => {
  let pcsc: Pcsc
  let asking: Asking
  beforeAll(async () => {
    pcsc = await startPcsc()
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

  it('shows its label and its certificate without its code', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    const certificate = pharmacist.certificateDer.toString('hex')
    const token = { label: 'CPS3v3-2800385266', serial: '2800385266', triesLeft: 3, certificate }
    await expect.poll(tokens, soon).toEqual({ [first]: token, [second]: empty })
  })

  it('is told of when it comes, by its ATR, and when it goes', async () => {
    await pcsc.insert(1, cardOf(pharmacist))
    await expect.poll(readers, soon).toEqual({ [first]: 'empty', [second]: cps3 })
    await pcsc.remove(1)
    await expect.poll(readers, soon).toEqual({ [first]: 'empty', [second]: 'empty' })
  })

  it('comes back after it was pulled', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: empty })
    await pcsc.remove(0)
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: empty })
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: empty })
  })

  it('is swapped for another', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(labels, soon).toMatchObject({ [first]: pharmacist.label })
    await pcsc.swap(0, cardOf(nurse))
    await expect.poll(labels, soon).toMatchObject({ [first]: nurse.label })
  })

  it('shares the counter with another one in a second reader', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await pcsc.insert(1, cardOf(nurse))
    await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: nurse.label })
    await pcsc.remove(0)
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: nurse.label })
  })

  it('is nothing to PKCS#11 when it is mute, and mute to PC/SC', async () => {
    await pcsc.insert(0, { kind: 'mute' })
    await expect.poll(readers, soon).toEqual({ [first]: 'mute', [second]: 'empty' })
    expect(Object.values(await labels())).toEqual([{ refused: expect.any(Number) }, empty])
  })

  it('is told by its ATR when it is a Vitale card, which PKCS#11 does not know', async () => {
    await pcsc.insert(0, { kind: 'vitale' })
    await expect.poll(readers, soon).toMatchObject({ [first]: expect.stringMatching(/^3b7513/u) })
    await expect.poll(labels, soon).toEqual({ [first]: notRecognised, [second]: empty })
  })

  it('loses a try to a wrong code and has them all back with the right one', async () => {
    await pcsc.insert(0, cardOf(pharmacist))
    await expect.poll(tokens, soon).toMatchObject({ [first]: { triesLeft: 3 } })
    expect(await login('9999')).toBe(pinIncorrect)
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 2 } })
    expect(await login('9999')).toBe(pinIncorrect)
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 1 } })
    expect(await login('1234')).toBeNull()
    expect(await tokens()).toMatchObject({ [first]: { triesLeft: 3 } })
  })

  it('takes no code once it is blocked', async () => {
    await pcsc.insert(0, { ...cardOf(pharmacist), triesLeft: 0 })
    await expect.poll(tokens, soon).toMatchObject({ [first]: { label: pharmacist.label, triesLeft: 0 } })
    expect(await login('1234')).toBe(pinLocked)
  })

  it.each(['as the system does', 'by a crash'])(
    'outlives a service that ends %s and starts again',
    async (how) => {
      await pcsc.insert(0, cardOf(pharmacist))
      await expect.poll(readers, soon).toMatchObject({ [first]: cps3 })
      await expect.poll(labels, soon).toMatchObject({ [first]: pharmacist.label })
      await pcsc.stopService({ abruptly: how === 'by a crash' })
      await expect.poll(readers, soon).toEqual({})
      await expect.poll(labels, soon).not.toMatchObject({ [first]: pharmacist.label })
      await pcsc.startService()
      await expect.poll(readers, soon).toEqual({ [first]: cps3, [second]: 'empty' })
      await expect.poll(labels, soon).toEqual({ [first]: pharmacist.label, [second]: empty })
    },
  )

  it('is seen when it was put in before the service starts', async () => {
    await pcsc.stopService()
    await expect.poll(readers, soon).toEqual({})
    await pcsc.insert(1, cardOf(nurse))
    await pcsc.startService()
    await expect.poll(readers, soon).toEqual({ [first]: 'empty', [second]: cps3 })
    await expect.poll(labels, soon).toEqual({ [first]: empty, [second]: nurse.label })
  })

  it('holds up whoever asks for as long as it is silent', async () => {
    await pcsc.insert(0, { ...cardOf(pharmacist), msPerCommand: 10 })
    await expect.poll(readers, soon).toMatchObject({ [first]: cps3 })
    await pcsc.silence(0, true)
    const seen: string[] = []
    const asked = labels().then(() => seen.push('answered'))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    seen.push('a second later')
    await pcsc.silence(0, false)
    await asked
    expect(seen).toEqual(['a second later', 'answered'])
    await expect.poll(labels, soon).toMatchObject({ [first]: pharmacist.label })
  })
})

walkCardProcess({ name: 'OpenSC', library, emptied: [], runs: missing === null })

describe.skipIf(missing !== null)('the PC/SC service of a test', () => {
  it('is no other test’s', async () => {
    const services = [await startPcsc(), await startPcsc()] as const
    const programs = await Promise.all(services.map((service) => startAsking(service, library)))
    const seen = () => Promise.all(programs.map((program) => program.ask({ kind: 'readers' })))
    const none = { [first]: 'empty', [second]: 'empty' }
    await expect.poll(seen, soon).toEqual([none, none])
    await services[0].insert(0, cardOf(pharmacist))
    await expect.poll(seen, soon).toEqual([{ ...none, [first]: cps3 }, none])
    for (const program of programs) await program.stop()
    for (const service of services) await service.stop()
  })
})

function cardOf(card: IssuedCard): VirtualCard & { kind: 'cpx' } {
  return { kind: 'cpx', card }
}
