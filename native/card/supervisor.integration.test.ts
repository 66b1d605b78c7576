import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { CardState } from './states.ts'
import type { Behaviour } from './testing/behaviours.ts'
import { exists } from './testing/forked.ts'
import { present, snapshotOf } from './testing/snapshots.ts'
import { pass, reasonOf, supervise, until } from './testing/supervised.ts'

const restarting = (reference: string): CardState => ({ kind: 'restarting', reference })
const unusable = (reference: string): CardState => ({
  kind: 'cryptolib-unusable',
  path: '/usr/lib/libcps3_pkcs11_lux.so',
  reason: 'not-initialised',
  reference,
})

describe('the card process', () => {
  it('is told what it needs, and what it says is shown', async () => {
    const { supervisor, last, shown, begin, notes } = supervise('sound')
    expect(supervisor.snapshot().state).toEqual({ kind: 'searching' })
    await begin()
    supervisor.loggedIn('99700261797')
    expect(last().posted).toEqual([
      { kind: 'start', modulePath: '/opt/cps.so', remote: 'citrix', reference: 'R-1' },
      { kind: 'logged-in', rpps: '99700261797' },
    ])
    expect(shown).toEqual([snapshotOf(present())])
    expect(notes).toEqual([])
  })

  it('is one, however often it is started', async () => {
    const { supervisor, children, begin } = supervise('sound')
    supervisor.start()
    await begin()
    supervisor.start()
    expect(children).toHaveLength(1)
  })

  it('says nothing new with the same snapshot', async () => {
    const { supervisor, shown, hears, begin } = supervise('sound')
    await begin()
    supervisor.refresh()
    await hears(2)
    expect(shown).toHaveLength(1)
  })

  it('answers each test with its own measure', async () => {
    const { supervisor, begin } = supervise('sound')
    await begin()
    const tests = await Promise.all([supervisor.test(), supervisor.test()])
    expect(tests.map(({ milliseconds }) => milliseconds)).toEqual([1, 2])
    expect(tests[0].snapshot).toEqual(snapshotOf(present()))
  })

  it('that does not answer a test in 15 s leaves it unanswered, and lives on', async () => {
    const { supervisor, children, live, begin, hears } = supervise('ignores-tests')
    await begin()
    let settled = false
    const reason = reasonOf(supervisor.test()).finally(() => (settled = true))
    await hears(1)
    await live(10_000)
    pass(4999)
    await nextTurn()
    expect(settled).toBe(false)
    pass(1)
    expect([await reason, children.length]).toEqual(['too-slow', 1])
  })

  it('that says what it may not say is not believed, and each such message is noted once', async () => {
    const { shown, begin, notes } = supervise('talks-nonsense')
    await begin()
    expect(shown).toEqual([snapshotOf(present())])
    expect(notes).toEqual(Array(3).fill('R-1: the card process said what it may not say'))
  })
})

describe('a process that ends unasked', () => {
  it.each<[Behaviour, object]>([
    ['segfaults', { code: null, signal: 'SIGSEGV' }],
    ['exits-3', { code: 3, signal: null }],
    ['exits-0', { code: 0, signal: null }],
  ])('has crashed, and is started again (%s)', async (behaviour, by) => {
    const { supervisor, children, last, notes, begin, crash, startsAfter, showsCard } = supervise(behaviour)
    await begin()
    await crash()
    expect(last().ended()).toEqual(by)
    expect(supervisor.snapshot()).toEqual(snapshotOf(restarting('R-1'), { readers: [], events: false }))
    expect(notes).toEqual(['R-1: the card process ended (1 in a row)'])
    startsAfter(250)
    await showsCard()
    expect(children[1]?.posted[0]).toMatchObject({ kind: 'start', reference: 'R-2' })
  })

  it('answers no request while there is none', async () => {
    const { supervisor, begin, crash } = supervise('exits-0')
    await begin()
    await crash()
    supervisor.refresh()
    supervisor.loggedIn('99700261797')
    expect(await reasonOf(supervisor.test())).toBe('ended')
  })

  it('leaves none of its requests waiting', async () => {
    const { supervisor, begin } = supervise('segfaults')
    await begin()
    const reasons = [supervisor.test(), supervisor.test()].map(reasonOf)
    expect(await Promise.all(reasons)).toEqual(['ended', 'ended'])
  })

  it('is one again when it is started during the wait', async () => {
    const { supervisor, children, begin, crash, showsCard } = supervise('exits-0')
    await begin()
    await crash()
    supervisor.start()
    pass(250)
    await showsCard()
    expect(children.filter(({ ended }) => ended() === null)).toHaveLength(1)
  })

  it('stays « restarting » until the next one has come to something', async () => {
    const { supervisor, stateKind, shown, begin, crash, startsAfter, hears, showsCard } = supervise(
      'exits-0',
      'unsettled',
    )
    await begin()
    await crash()
    startsAfter(250)
    await hears(2)
    expect(supervisor.snapshot()).toEqual(snapshotOf(restarting('R-1')))
    supervisor.refresh()
    await showsCard()
    expect(new Set(shown.map(({ state }) => state.kind))).toEqual(new Set(['card', 'restarting']))
    expect(stateKind()).toBe('card')
  })

  it('is not what a first one that searches and reads looks like', async () => {
    const { supervisor, shown, hears } = supervise('unsettled')
    supervisor.start()
    await hears(2)
    expect(shown.map(({ state }) => state.kind)).toEqual(['searching', 'reading'])
  })
})

describe('a process that does not answer', () => {
  it('for 6 s hangs: it is killed, who waits is told, and another is started', async () => {
    const { supervisor, last, killed, notes, begin, hears, startsAfter, showsCard } = supervise(
      'hangs',
      'sound',
    )
    await begin()
    const reason = reasonOf(supervisor.test())
    await hears(1)
    const hung = last()
    pass(5999)
    expect(killed()).toEqual([])
    pass(1)
    expect(killed()).toEqual([hung.process.pid()])
    expect([await reason, hung.ended()]).toEqual(['hung', { code: null, signal: 'SIGKILL' }])
    expect(supervisor.snapshot().state).toEqual(restarting('R-1'))
    expect(notes).toEqual(['R-1: the card process did not answer (1 in a row)'])
    startsAfter(250)
    await showsCard()
  })

  it('when it starts has 20 s', async () => {
    const { supervisor, last, killed, stateKind } = supervise('says-nothing')
    supervisor.start()
    pass(19_999)
    expect([killed(), stateKind()]).toEqual([[], 'searching'])
    pass(1)
    await until(() => last().ended() !== null)
    expect([last().ended(), stateKind()]).toEqual([{ code: null, signal: 'SIGKILL' }, 'restarting'])
  })

  it('lives on as long as it beats', async () => {
    const { children, live, begin, notes } = supervise('sound')
    await begin()
    await live(120_000)
    expect([children.length, notes]).toEqual([1, []])
  })

  it('while the machine sleeps could not: it is left alone', async () => {
    const { children, killed, sleep, live, begin, stateKind } = supervise('sound')
    await begin()
    sleep(3_600_000)
    pass(6000)
    expect(killed()).toEqual([])
    await live(10_000)
    expect([children.length, stateKind()]).toEqual([1, 'card'])
  })

  it('once the machine has woken has its 6 s again', async () => {
    const { last, killed, sleep, begin, stateKind } = supervise('sound')
    await begin()
    sleep(3_600_000)
    pass(5500 + 5999)
    expect(killed()).toEqual([])
    pass(1)
    expect(killed()).toEqual([last().process.pid()])
    await until(() => stateKind() === 'restarting')
  })
})

describe('failures in a row', () => {
  it('are waited for longer and longer: 0.25, 1, 5, then 30 s', async () => {
    const { supervisor, notes, startsAfter, stateKind } = supervise('dies-at-start')
    supervisor.start()
    for (const [index, delay] of [250, 1000, 5000, 30_000, 30_000].entries()) {
      await until(() => notes.length === index + 1)
      startsAfter(delay)
    }
    // No library was ever named: there is none to accuse.
    expect(stateKind()).toBe('restarting')
  })

  it('begin anew after a minute of health', async () => {
    const { begin, live, crash, startsAfter, showsCard } = supervise('exits-0')
    await begin()
    await crash()
    startsAfter(250)
    await showsCard()
    await live(59_999)
    await crash()
    startsAfter(1000)
    await showsCard()
    await live(60_000)
    await crash()
    startsAfter(250)
  })

  it.each<[string, Behaviour]>([
    ['has named it', 'dies-once-found'],
    ['searches', 'dies-searching'],
  ])('accuse the library once every wait was in vain (each process dies when it %s)', async (_, dies) => {
    const { supervisor, notes, last, startsAfter, stateKind } = supervise('dies-once-found', dies)
    supervisor.start()
    for (const [index, delay] of [250, 1000, 5000, 30_000].entries()) {
      await until(() => notes.length === index + 1)
      expect(stateKind()).toBe('restarting')
      startsAfter(delay)
    }
    await until(() => notes.length === 5)
    expect(supervisor.snapshot().state).toEqual(unusable('R-5'))
    startsAfter(30_000)
    await until(() => last().ended() !== null && notes.length === 6)
    expect(supervisor.snapshot().state).toEqual(unusable('R-6'))
  })

  it('accuse it no longer once a process shows a card', async () => {
    const { supervisor, notes, startsAfter, showsCard } = supervise(
      'dies-once-found',
      'dies-once-found',
      'dies-once-found',
      'dies-once-found',
      'dies-once-found',
      'sound',
    )
    supervisor.start()
    for (const [index, delay] of [250, 1000, 5000, 30_000, 30_000].entries()) {
      await until(() => notes.length === index + 1)
      startsAfter(delay)
    }
    await showsCard()
    expect(supervisor.snapshot()).toEqual(snapshotOf(present()))
  })
})

describe('stopping', () => {
  it('ends the process, which is gone then, and starts none again', async () => {
    const { supervisor, children, last, notes, shown, begin } = supervise('sound')
    await begin()
    const pid = last().process.pid()
    await supervisor.stop()
    expect([exists(pid), last().ended()]).toEqual([false, { code: 0, signal: null }])
    supervisor.start()
    pass(120_000)
    expect([children.length, notes, shown.length]).toEqual([1, [], 1])
    expect(await reasonOf(supervisor.test())).toBe('stopped')
  })

  it.each<Behaviour>(['ignores-stop', 'hangs'])('takes a second at the most (%s)', async (behaviour) => {
    const { supervisor, last, killed, begin, hears } = supervise(behaviour)
    await begin()
    const pid = last().process.pid()
    supervisor.test().catch(() => null)
    await hears(1)
    const stopped = supervisor.stop()
    pass(999)
    expect(killed()).toEqual([])
    pass(1)
    expect(killed()).toEqual([pid])
    await stopped
    expect([exists(pid), last().ended()]).toEqual([false, { code: null, signal: 'SIGKILL' }])
  })

  it('tells who waits', async () => {
    const { supervisor, begin, hears } = supervise('hangs')
    await begin()
    const pending = reasonOf(supervisor.test())
    await hears(1)
    void supervisor.stop()
    expect(await pending).toBe('stopped')
  })

  it('between two processes leaves none to come', async () => {
    const { supervisor, children, begin, crash } = supervise('exits-0')
    await begin()
    await crash()
    await supervisor.stop()
    pass(120_000)
    expect(children).toHaveLength(1)
  })

  it('twice is over twice only once the process is gone', async () => {
    const { supervisor, last, begin } = supervise('sound')
    await begin()
    const pid = last().process.pid()
    void supervisor.stop()
    await supervisor.stop()
    expect(exists(pid)).toBe(false)
  })

  it('what never started is over at once, and for good', async () => {
    const { supervisor, children } = supervise('sound')
    await supervisor.stop()
    supervisor.start()
    expect(children).toEqual([])
  })
})
