import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { makeCard, type IssuedCard } from '../../e2e/support/card/pki.ts'
import {
  startSimulation,
  type Content,
  type Control,
  type Simulation,
} from '../../e2e/support/card/simulated-cryptolib.ts'
import { startCardProcess, type StartedCardProcess } from './testing/started-card-process.ts'

const reader = 'Lecteur simulé 0'

let patricia: IssuedCard
let olivier: IssuedCard
let contactless: IssuedCard
let folder = ''
let simulation: Simulation

beforeAll(async () => {
  patricia = await makeCard('pharmacist')
  olivier = await makeCard('adeli-nurse')
  contactless = await makeCard('contactless')
  folder = await mkdtemp(join(tmpdir(), 'comptoir-card-process-'))
  simulation = await startSimulation(folder, [patricia, olivier, contactless])
})
beforeEach(() => simulation.set({ readers: [] }))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What one reader holds. */
function hold(content: Content, more: Omit<Control, 'readers'> = {}): void {
  simulation.set({ readers: [{ name: reader, content }], ...more })
}

function started(options: Partial<Parameters<typeof startCardProcess>[0]> = {}): StartedCardProcess {
  const card = startCardProcess({ modulePath: simulation.modulePath, ...options })
  onTestFinished(card.kill)
  return card
}

describe('the card process over the simulated Cryptolib', () => {
  it('tells what Cryptolib is, and that there is no reader', async () => {
    const card = started()
    await card.shows('no-reader')
    expect(card.snapshot().cryptolib).toEqual({
      path: simulation.modulePath,
      bits: 64,
      libraryVersion: '3.1',
      description: 'CPS3 PKCS#11 LINUX',
      productVersion: null,
    })
  })

  it('shows a reader that comes, the card in it, and their going', async () => {
    const card = started()
    await card.shows('no-reader')
    hold('none')
    expect(await card.shows('empty-reader')).toEqual({ kind: 'empty-reader', reader })
    hold({ card: patricia })
    const { card: read, remarks } = await card.shows('card')
    expect(read).toMatchObject({
      reader,
      label: 'CPS3v3-2800385266',
      model: 'IAS ECC',
      serial: '28003852',
      contactless: false,
      triesLeft: 3,
      certificate: {
        kind: 'read',
        holder: {
          nationalId: { kind: 'rpps', digits: '99700261797' },
          firstName: 'PATRICIA',
          lastName: 'ADJOINTPHARM',
          test: true,
        },
      },
    })
    expect(remarks).toEqual(['test'])
    expect(card.snapshot().readers).toEqual([reader])
    hold('none')
    await card.shows('empty-reader')
    simulation.set({ readers: [] })
    await card.shows('no-reader')
  })

  it.each([
    [2, 'two-tries'],
    [1, 'last-try'],
    [0, 'blocked'],
  ] as const)('tells a card with %i tries left', async (tries, remark) => {
    hold({ card: patricia, tries })
    const card = started()
    const { card: read, remarks } = await card.shows('card')
    expect(read.triesLeft).toBe(tries)
    expect(remarks[0]).toBe(remark)
  })

  it('sees tries used elsewhere when asked to refresh', async () => {
    hold({ card: patricia })
    const card = started()
    await card.shows('card', ({ card: read }) => read.triesLeft === 3)
    hold({ card: patricia, tries: 1 })
    card.post({ kind: 'refresh' })
    await card.shows('card', ({ remarks }) => remarks[0] === 'last-try')
  })

  it('does not believe that the card just used is locked, until it leaves its reader', async () => {
    hold({ card: patricia })
    const card = started()
    await card.shows('card')
    hold({ card: patricia, tries: 0 })
    card.post({ kind: 'logged-in', rpps: '99700261797' })
    expect((await card.test()).snapshot.state).toMatchObject({ kind: 'card', card: { triesLeft: 3 } })
    hold('none')
    await card.shows('empty-reader')
    hold({ card: patricia, tries: 0 })
    await card.shows('card', ({ remarks }) => remarks[0] === 'blocked')
  })

  it('shows the other card after a swap between two looks', async () => {
    hold({ card: patricia })
    const card = started()
    await card.shows('card')
    hold({ card: olivier })
    await card.shows('card', ({ card: read }) => read.label === 'CPS3v3-2800636234')
    const shownCards = card.shown.flatMap(({ state }) => (state.kind === 'card' ? [state.card] : []))
    // Nobody is ever shown with somebody else's name.
    for (const { label, certificate } of shownCards) {
      expect(certificate).toMatchObject({
        holder: { lastName: label.endsWith('266') ? 'ADJOINTPHARM' : 'INFIRMCS ADELI8751' },
      })
    }
  })

  it.each([
    ['foreign', 'not-recognised'],
    ['vitale', 'not-recognised'],
    ['exclusive', 'reader-busy'],
    ['mute', 'empty-reader'],
  ] as const)(
    'names what holds a card that is %s, as far as Cryptolib alone can tell',
    async (content, kind) => {
      hold(content)
      const card = started()
      await card.shows(kind)
      hold({ card: patricia })
      await card.shows('card')
    },
  )

  it('shows a contactless card without a certificate', async () => {
    hold({ card: contactless })
    const { card: read, remarks } = await started().shows('card')
    expect(read).toMatchObject({ label: 'CPS3v3_CL', contactless: true, certificate: { kind: 'none' } })
    expect(remarks).toContain('contactless')
  })

  it.each(['truncated', 'absurd'] as const)('says so of a certificate that is %s', async (certificate) => {
    hold({ card: patricia, certificate })
    const { card: read, remarks } = await started().shows('card')
    expect(read.certificate).toEqual({ kind: 'unreadable' })
    expect(remarks).toEqual(['unreadable-certificate'])
  })

  it('reads again a certificate that has come out empty', async () => {
    hold({ card: patricia }, { faults: [{ in: 'C_GetAttributeValue', kind: 'empty', times: 1 }] })
    const { card: read } = await started().shows('card')
    expect(read.certificate.kind).toBe('read')
  })

  it('says that a certificate is always empty, and goes on', async () => {
    hold({ card: patricia, certificate: 'empty' })
    const card = started()
    expect(await card.shows('mute')).toEqual({ kind: 'mute', reader })
    hold('none')
    await card.shows('empty-reader')
  })

  it('takes a label of NULs and of 200 characters as it comes', async () => {
    hold({ card: patricia, label: `CPS3v3-\0\u0007${'9'.repeat(200)}` })
    const { card: read } = await started().shows('card')
    expect(read.label).toBe(`CPS3v3-${'9'.repeat(23)}`)
  })

  it('shows sixteen readers, a card in the last one, and several cards', async () => {
    const names = Array.from({ length: 16 }, (_, index) => `Lecteur ${index}`)
    const readers = names.map((name) => ({ name, content: 'none' as Content }))
    simulation.set({ readers })
    const card = started()
    await card.shows('empty-reader')
    expect(card.snapshot().readers).toEqual(names)
    simulation.set({
      readers: [...readers.slice(0, 15), { name: 'Lecteur 15', content: { card: patricia } }],
    })
    await card.shows('card', ({ card: read }) => read.reader === 'Lecteur 15')
    simulation.set({
      readers: [
        { name: 'Lecteur 0', content: { card: olivier } },
        ...readers.slice(1, 15),
        { name: 'Lecteur 15', content: { card: patricia } },
      ],
    })
    const { cards } = await card.shows('several-cards')
    expect(cards.map(({ reader: name }) => name)).toEqual(['Lecteur 0', 'Lecteur 15'])
  })

  it.each([
    ['C_GetSlotList', 0x5],
    ['C_GetSlotList', 0x30],
    ['C_GetTokenInfo', 0x5],
    ['C_GetTokenInfo', 0x30],
    ['C_GetTokenInfo', 0x31],
    ['C_GetTokenInfo', 0x80000002],
    ['C_OpenSession', 0xe1],
    ['C_OpenSession', 0xb3],
    ['C_GetAttributeValue', 0x32],
  ] as const)('shows nothing of a %s that fails once with %i', async (name, code) => {
    hold('none')
    const card = started()
    await card.shows('empty-reader')
    hold({ card: patricia }, { faults: [{ in: name, kind: 'rv', code, times: 1 }] })
    await card.shows('card')
    expect(card.shown.map(({ state }) => state.kind)).not.toContain('restarting')
    expect(card.shown.map(({ state }) => state.kind)).not.toContain('not-recognised')
  })

  it.each([
    ['C_GetSlotList', 0x5],
    ['C_GetTokenInfo', 0x6],
    ['C_OpenSession', 0x54],
  ] as const)('is restarting while %s fails with %i, and recovers', async (name, code) => {
    hold({ card: patricia })
    const card = started()
    await card.shows('card')
    hold({ card: patricia }, { faults: [{ in: name, kind: 'rv', code }] })
    card.post({ kind: 'refresh' })
    await (name === 'C_OpenSession' ? card.test() : card.shows('restarting'))
    expect(card.snapshot().state).toEqual({ kind: 'restarting', reference: 'R-1' })
    hold({ card: patricia })
    await card.shows('card')
  })

  it('names a library whose every call fails from the start', async () => {
    simulation.set({ readers: [], faults: [{ in: 'C_GetSlotList', kind: 'rv', code: 0x5 }] })
    const card = started()
    await card.shows('cryptolib-unusable', ({ reason }) => reason === 'not-initialised')
    simulation.set({ readers: [] })
    await card.shows('no-reader')
  })

  it('measures a whole reading', async () => {
    hold({ card: patricia }, { faults: [{ in: 'C_GetTokenInfo', kind: 'delay', milliseconds: 300 }] })
    const card = started()
    await card.shows('card')
    const { snapshot, milliseconds } = await card.test()
    expect(snapshot).toEqual(card.snapshot())
    expect(milliseconds).toBeGreaterThanOrEqual(300)
  })

  it('asks nothing of a card that lies in its reader', async () => {
    hold({ card: patricia }, { traced: true })
    const card = started()
    await card.shows('card')
    simulation.calls()
    await sleep(4500)
    expect(new Set(simulation.calls())).toEqual(
      new Set(['C_GetSlotList', 'C_GetSlotInfo', 'C_GetSessionInfo']),
    )
  })

  it('never asks for the code', async () => {
    hold({ card: patricia }, { traced: true })
    const card = started()
    await card.shows('card')
    await card.test()
    expect(simulation.calls()).not.toContain('C_Login')
  })
})

describe('the card process as a process', () => {
  it('beats while Cryptolib answers, and no more when a call hangs', async () => {
    hold('none')
    const card = started()
    await card.shows('empty-reader')
    await sleep(4500)
    const before = card.beats()
    expect(before).toBeGreaterThanOrEqual(2)
    hold('none', { faults: [{ in: 'C_GetSlotList', kind: 'hang' }] })
    await sleep(4500)
    const hung = card.beats()
    await sleep(4500)
    expect(card.beats()).toBe(hung)
  }, 40_000)

  it('ends when told to, Cryptolib finalised', async () => {
    hold({ card: patricia }, { traced: true })
    const card = started()
    await card.shows('card')
    card.post({ kind: 'stop' })
    expect(await card.end).toBe('SIGKILL')
    expect(simulation.calls().at(-1)).toBe('C_Finalize')
  })

  it('ends when told to, even while a call hangs', async () => {
    hold('none', { faults: [{ in: 'C_GetSlotList', kind: 'hang' }] })
    const card = started()
    await expect.poll(card.beats, { timeout: 10_000 }).toBeGreaterThan(0)
    await sleep(500)
    card.post({ kind: 'stop' })
    expect(await card.end).toBe('SIGKILL')
  })

  it.each([
    ['waits', {}],
    ['hangs', { faults: [{ in: 'C_GetSlotList', kind: 'hang' }] }],
  ] as const)('ends with its parent while it %s', async (_how, more) => {
    hold('none', more)
    const card = started()
    await expect.poll(card.beats, { timeout: 10_000 }).toBeGreaterThan(0)
    await sleep(500)
    card.disconnect()
    expect(await card.end).toBe('SIGKILL')
  })

  it('ignores what it does not know', async () => {
    hold('none')
    const card = started({ unstarted: true })
    card.post({ kind: 'refresh' })
    card.post({ kind: 'start' })
    card.post({ kind: 'dance' })
    card.post([])
    card.post({ kind: 'start', modulePath: simulation.modulePath, remote: null, reference: 'R-1' })
    await card.shows('empty-reader')
  })

  it('lives beside another one on the same library', async () => {
    hold({ card: patricia })
    const [one, other] = [started(), started()]
    await Promise.all([one.shows('card'), other.shows('card')])
    await one.kill()
    hold('none')
    await other.shows('empty-reader')
    expect((await stat(simulation.modulePath)).isFile()).toBe(true)
  })
})
