import { describe, expect, it } from 'vitest'
import type { TokenReading } from './cryptolib-client.ts'
import { der, empty, otherReader, present, reader, tokenOf, vitale, watching } from './testing/watched.ts'
import { kitsDigits } from './testing/snapshots.ts'

const notPresent = 0xe0
const notRecognised = 0xe1
const locked = 0x40000

/** Started, with one reader that PC/SC and Cryptolib both know, empty. */
async function withReader(options: Parameters<typeof watching>[0] = {}) {
  const desk = watching(options)
  desk.watch.start()
  desk.pcsc({ [reader]: empty })
  desk.slots({ [reader]: false })
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** The same, with Patricia's card read. */
async function withCard(options: Parameters<typeof watching>[0] = {}) {
  const desk = await withReader(options)
  desk.slots({ [reader]: { present: true, session: 'open' } })
  desk.reads([tokenOf()])
  desk.pcsc({ [reader]: present })
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** The same without PC/SC: Cryptolib alone knows of the reader. */
async function withoutPcsc(inserted: boolean) {
  const desk = watching()
  desk.slots({ [reader]: inserted ? { present: true, session: 'open' } : false })
  if (inserted) desk.reads([tokenOf()])
  desk.watch.start()
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** A reading that is answered when the test says so. */
function slow() {
  const answers: ((token: TokenReading) => void)[] = []
  const promise = new Promise<TokenReading>((resolve) => answers.push(resolve))
  return { reading: () => promise, answer: (token: TokenReading) => answers[0]?.(token) }
}

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

describe('a card that comes and goes', () => {
  it('is being read at once, whatever Cryptolib is busy with', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    desk.reads([reading])
    desk.pcsc({ [reader]: present })
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    await desk.pass(3000)
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader, triesLeft: 3 } })
  })

  it('has left at once, and what was being read of it is never shown', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    desk.reads([reading, notPresent])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty })
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
    answer(tokenOf())
    await desk.pass(5000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'empty-reader'])
  })

  it('is swapped while it is read: only the second is shown', async () => {
    const desk = await withReader()
    const { reading, answer } = slow()
    const second = tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })
    desk.reads([reading, second])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: present }, { swapped: true })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.state()).toMatchObject({ card: { label: 'CPS3v3-2900995266' } })
  })

  it('is swapped unseen by PC/SC: the session says so', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: { present: true, session: 'lost' } })
    desk.reads([tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })])
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['card', 'card'])
    expect(desk.state()).toMatchObject({ card: { label: 'CPS3v3-2900995266' } })
  })

  it('is not read again while nothing changes', async () => {
    const desk = await withCard()
    await desk.pass(10_000)
    expect(new Set(desk.asked())).toEqual(new Set(['poll']))
    expect(desk.kinds()).toEqual(['card'])
  })

  it('is read again when Cryptolib knows it no more, another program having taken it', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: false })
    desk.reads([0x5])
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'reader-busy', reader })
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
  })

  it('is mute: only PC/SC says so, and Cryptolib is not asked', async () => {
    const desk = await withReader()
    desk.pcsc({ [reader]: { kind: 'mute' } })
    expect(desk.state()).toEqual({ kind: 'mute', reader })
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'mute', reader })
    expect(desk.asked()).not.toContain('read 0')
  })

  it('is a Vitale card, once its ATR is known; Cryptolib is asked no more', async () => {
    const desk = await withReader()
    desk.reads([notRecognised])
    desk.pcsc({ [reader]: { kind: 'present', atr: '' } })
    await desk.pass(20)
    desk.pcsc({ [reader]: { kind: 'present', atr: vitale } })
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'vitale'])
    desk.asked()
    await desk.pass(5000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'vitale'])
    expect(desk.asked()).not.toContain('read 0')
  })

  it('goes with its reader', async () => {
    const desk = await withCard()
    desk.pcsc({})
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.snapshot().readers).toEqual([])
    desk.slots({})
    await desk.pass(5000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('is read in one reader while another is emptied', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present, [otherReader]: empty })
    desk.slots({ [reader]: true, [otherReader]: false })
    const { reading, answer } = slow()
    desk.reads([tokenOf()], [reading])
    await desk.pass(0)
    desk.pcsc({ [reader]: present, [otherReader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty, [otherReader]: present })
    expect(desk.state()).toEqual({ kind: 'reading', reader: otherReader })
    answer(tokenOf())
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader: otherReader } })
  })

  it('is one of several', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [reader]: present, [otherReader]: present })
    desk.slots({ [reader]: true, [otherReader]: true })
    desk.reads([tokenOf()], [tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) })])
    await desk.pass(0)
    expect(desk.state()).toMatchObject({
      kind: 'several-cards',
      cards: [{ reader }, { reader: otherReader }],
    })
  })

  it('is read once though its slot says late that it is there', async () => {
    const desk = await withReader()
    desk.reads([tokenOf()])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state().kind).toBe('card')
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.asked()
    await desk.pass(4000)
    expect(desk.asked()).toEqual(['poll', 'poll'])
  })

  it('expires while it lies in its reader', async () => {
    const desk = await withCard()
    expect(desk.state()).toMatchObject({ remarks: [] })
    desk.dated('2027-05-01T00:00:00.000Z')
    await desk.pass(2000)
    expect(desk.state()).toMatchObject({ remarks: ['expiring'] })
    desk.dated('2027-06-01T00:00:00.000Z')
    await desk.pass(2000)
    expect(desk.state()).toMatchObject({ remarks: ['expired'] })
  })

  it('is read though its slot bears the abbreviated name of its reader', async () => {
    const long =
      'Lecteur de cartes à puce de la pharmacie du Marché, comptoir numéro 12, prise de gauche 00 00'
    const desk = watching()
    desk.watch.start()
    desk.pcsc({ [long]: present })
    desk.slots({ [`${long.slice(0, 30)}...${long.slice(-30)}`]: true })
    desk.reads([tokenOf()])
    await desk.pass(0)
    expect(desk.snapshot().readers).toEqual([long])
    expect(desk.state()).toMatchObject({ kind: 'card', card: { reader: long } })
  })
})

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

describe('no certificate on a card with contact', () => {
  it('passes: its card was being pulled', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: null }), notPresent])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty })
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'empty-reader'])
  })

  it('lasts: it is unreadable', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: null })])
    desk.pcsc({ [reader]: present })
    await desk.pass(1500)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.state()).toMatchObject({ remarks: ['unreadable-certificate'] })
  })

  it('is that of a card without contact', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ label: 'CPS3v3_CL', certificate: null })])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ remarks: ['contactless'] })
  })
})

describe('initialising again', () => {
  it('follows no slot at all while PC/SC has readers, after 0.5, 1, 5, 30 and 30 s', async () => {
    const desk = await withReader()
    desk.slots({})
    await desk.pass(2000)
    const at: number[] = []
    const start = performance.now()
    while (performance.now() - start < 70_000) {
      if (desk.asked().includes('reinitialise')) at.push(Math.round((performance.now() - start) / 500) / 2)
      await desk.pass(250)
    }
    expect(at).toEqual([0.5, 1.5, 6.5, 36.5, 66.5])
  })

  it('is what a card waits for that no slot shows', async () => {
    const desk = await withReader()
    desk.slots({})
    desk.pcsc({ [reader]: present })
    await desk.pass(1600)
    expect(desk.asked()).toContain('reinitialise')
    expect(desk.state()).toEqual({ kind: 'restarting', reference: 'R-1' })
    desk.slots({ [reader]: true })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
  })

  it('is not needed where what failed answers before it is time', async () => {
    const desk = await withReader()
    desk.reads([0x30, 0x80000002, tokenOf()])
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.pcsc({ [reader]: present })
    await desk.pass(10_000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.asked()).not.toContain('reinitialise')
  })

  it('brings the card back', async () => {
    const desk = await withCard()
    desk.slots({})
    await desk.pass(2000)
    desk.slots({ [reader]: true })
    desk.reads([tokenOf({ flags: 0x10000 })])
    await desk.pass(500)
    expect(desk.asked()).toContain('reinitialise')
    expect(desk.kinds()).toEqual(['card', 'card'])
    expect(desk.state()).toMatchObject({ remarks: ['two-tries'] })
  })

  it('is not needed for no slot while PC/SC has no reader', async () => {
    const desk = watching()
    desk.watch.start()
    desk.pcsc({})
    await desk.pass(0)
    desk.asked()
    await desk.pass(20_000)
    expect(desk.asked()).not.toContain('reinitialise')
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('follows no slot where there was one and nobody tells of PC/SC', async () => {
    const desk = await withoutPcsc(false)
    desk.slots({})
    await desk.pass(3000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.asked()).toContain('reinitialise')
  })

  it('follows at once when PC/SC is back, before anything is asked', async () => {
    const desk = await withCard()
    desk.pcscStops()
    desk.slots({})
    await desk.pass(4000)
    expect(desk.asked()).not.toContain('reinitialise')
    desk.slots({ [reader]: true })
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.asked()).toEqual(['reinitialise', 'poll', 'read 0'])
    expect(desk.state().kind).toBe('card')
  })

  it('follows a list of slots that fails; what was read is failing after a while', async () => {
    const desk = await withCard()
    desk.slots(0x5)
    await desk.pass(2000)
    expect(desk.state().kind).toBe('card')
    await desk.pass(2000)
    expect(desk.state()).toEqual({ kind: 'restarting', reference: 'R-1' })
    const asked = desk.asked()
    expect(asked).toContain('reinitialise')
    // At each tick and with each initialisation; nobody insists.
    expect(asked.length).toBeLessThan(8)
    desk.slots({ [reader]: { present: true, session: 'open' } })
    await desk.pass(5000)
    expect(desk.state().kind).toBe('card')
  })

  it('names a library that never answers, with no reader to be shown', async () => {
    const desk = watching()
    desk.slots(0x5)
    desk.watch.start()
    await desk.pass(3000)
    expect(desk.state()).toMatchObject({ kind: 'cryptolib-unusable', reason: 'not-initialised' })
    desk.slots({ [reader]: false })
    await desk.pass(35_000)
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
  })

  it('begins anew after a minute without trouble', async () => {
    const desk = await withReader()
    desk.slots({})
    await desk.pass(10_000)
    desk.slots({ [reader]: false })
    await desk.pass(100_000)
    desk.asked()
    desk.slots({})
    await desk.pass(2600)
    expect(desk.asked()).toContain('reinitialise')
  })
})

describe('PC/SC that starts late', () => {
  it('knows the same reader by its whole name', async () => {
    const long =
      'Lecteur de cartes à puce de la pharmacie du Marché, comptoir numéro 12, prise de gauche 00 00'
    const slot = `${long.slice(0, 30)}...${long.slice(-30)}`
    const desk = watching()
    desk.slots({ [slot]: false })
    desk.watch.start()
    await desk.pass(0)
    expect(desk.snapshot().readers).toEqual([slot])
    desk.pcsc({ [long]: empty })
    expect(desk.snapshot().readers).toEqual([long])
    await desk.pass(4000)
    expect(desk.snapshot().readers).toEqual([long])
  })

  it('has nobody ask more often for what it does not see', async () => {
    const desk = await withoutPcsc(false)
    desk.pcsc({ [otherReader]: empty })
    await desk.pass(0)
    desk.asked()
    for (let turn = 0; turn < 10; turn += 1) {
      desk.pcsc({ [otherReader]: turn % 2 === 0 ? { kind: 'mute' } : empty })
      await desk.pass(100)
    }
    expect(desk.asked().filter((call) => call === 'read 0').length).toBeLessThan(2)
  })
})

describe('without PC/SC', () => {
  it('sees within two seconds a card that comes, and that goes', async () => {
    const desk = await withoutPcsc(false)
    expect(desk.state()).toEqual({ kind: 'empty-reader', reader })
    expect(desk.snapshot().events).toBe(false)
    desk.slots({ [reader]: { present: true, session: 'open' } })
    desk.reads([tokenOf()])
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    desk.slots({ [reader]: { present: false, session: 'lost' } })
    desk.reads([notPresent])
    await desk.pass(2200)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card', 'reading', 'empty-reader'])
  })

  it('sees a card that Cryptolib does not know, and its going', async () => {
    const desk = await withoutPcsc(false)
    desk.reads([notRecognised])
    await desk.pass(2200)
    expect(desk.kinds()).toEqual(['empty-reader', 'not-recognised'])
    await desk.pass(6000)
    expect(desk.kinds()).toEqual(['empty-reader', 'not-recognised'])
    desk.reads([notPresent])
    await desk.pass(2200)
    expect(desk.state().kind).toBe('empty-reader')
  })

  it('does not show the card of before a swap while the other is read', async () => {
    const desk = await withoutPcsc(true)
    const { reading, answer } = slow()
    desk.slots({ [reader]: { present: true, session: 'lost' } })
    desk.reads([notPresent, reading])
    await desk.pass(2200)
    expect(desk.state()).toEqual({ kind: 'reading', reader })
    answer(tokenOf({ label: 'CPS3v3-2900995266', certificate: der(kitsDigits) }))
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { label: 'CPS3v3-2900995266' } })
  })

  it('says that the service has stopped with the reader that it had', async () => {
    const desk = await withCard()
    desk.slots({ [reader]: false })
    desk.reads([notPresent])
    desk.pcscStops()
    await desk.pass(500)
    expect(desk.state()).toEqual({ kind: 'service-stopped' })
    expect(desk.snapshot().events).toBe(false)
  })

  it('does not say so on Windows, where unplugging the last reader stops it', async () => {
    const desk = await withCard({ platform: 'win32' })
    desk.slots({})
    desk.pcscStops()
    await desk.pass(500)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
  })

  it('says so where the system sees a reader plugged in, and looks twice a minute', async () => {
    const desk = watching({ platform: 'win32', plugged: true })
    desk.watch.start()
    desk.pcscStops()
    await desk.pass(0)
    expect(desk.state()).toEqual({ kind: 'service-stopped' })
    desk.asked()
    desk.plug(false)
    await desk.pass(60_000)
    expect(desk.state()).toEqual({ kind: 'no-reader' })
    expect(desk.asked().filter((call) => call === 'plugged')).toHaveLength(2)
  })
})

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

describe('a certificate', () => {
  it('is told as unreadable when nobody can read it', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: der('nonsense') })])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { certificate: { kind: 'unreadable' } } })
  })
})

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
