import { describe, expect, it } from 'vitest'
import type { Observation, ReaderObservation, ReaderStatus, TokenStatus } from './observation.ts'
import type { CardState } from './states.ts'
import { empty, holding, present, read, soundCard, state, unknown } from './testing/observed.ts'
import { vitale } from './testing/watched.ts'

describe('Cryptolib itself', () => {
  const readers = [read(soundCard())]
  it.each<[Observation['cryptolib'], CardState]>([
    [{ kind: 'searching' }, { kind: 'searching' }],
    [{ kind: 'missing' }, { kind: 'cryptolib-missing' }],
    [
      { kind: '32-bit-only', path: '/x' },
      { kind: 'cryptolib-32-bit-only', path: '/x' },
    ],
    [
      { kind: 'unusable', path: '/x', reason: 'not-pkcs11' },
      { kind: 'cryptolib-unusable', path: '/x', reason: 'not-pkcs11', reference: 'R-1' },
    ],
  ])('%o comes before all that is seen of readers', (cryptolib, expected) => {
    expect(state({ cryptolib, readers })).toEqual(expected)
    expect(state({ cryptolib, service: 'stopped-with-reader', remote: 'rdp' })).toEqual(expected)
  })
})

describe('no reader', () => {
  it.each(['unknown', 'running', 'stopped'] as const)('is said with PC/SC %s', (service) => {
    expect(state({ service })).toEqual({ kind: 'no-reader' })
  })

  it.each(['rdp', 'citrix', 'other'] as const)('is a remote session by %s', (remote) => {
    expect(state({ remote })).toEqual({ kind: 'remote-session', by: remote })
    expect(state({ remote, readers: [holding({ kind: 'none' }, empty)] }).kind).toBe('empty-reader')
  })
})

const stopped = (...readers: ReaderObservation[]) =>
  state({ service: 'stopped-with-reader', readers, remote: 'rdp' })

describe('PC/SC stopped with a reader plugged in', () => {
  it.each<TokenStatus>([
    { kind: 'none' },
    { kind: 'reading' },
    { kind: 'busy' },
    { kind: 'unreadable' },
    { kind: 'failing' },
    { kind: 'not-recognised' },
  ])('is said, whatever Cryptolib says of a reader: %o', (token) => {
    expect(stopped(holding(token, unknown))).toEqual({ kind: 'service-stopped' })
  })

  it('is said without any reader of Cryptolib, before the remote session', () => {
    expect(stopped()).toEqual({ kind: 'service-stopped' })
  })

  it('is not said of a card that is read all the same', () => {
    expect(stopped(holding({ kind: 'none' }, unknown, 'B'), read(soundCard(), unknown)).kind).toBe('card')
  })
})

describe('one reader', () => {
  it.each<[TokenStatus, ReaderStatus, CardState]>([
    [{ kind: 'none' }, empty, { kind: 'empty-reader', reader: 'A' }],
    [{ kind: 'none' }, unknown, { kind: 'empty-reader', reader: 'A' }],
    [{ kind: 'reading' }, present(), { kind: 'reading', reader: 'A' }],
    [{ kind: 'reading' }, present(''), { kind: 'reading', reader: 'A' }],
    [{ kind: 'busy' }, present(), { kind: 'reader-busy', reader: 'A' }],
    [{ kind: 'unreadable' }, present(), { kind: 'mute', reader: 'A' }],
    [{ kind: 'failing' }, present(), { kind: 'restarting', reference: 'R-1' }],
    [{ kind: 'not-recognised' }, present(), { kind: 'not-recognised', reader: 'A' }],
    [{ kind: 'not-recognised' }, unknown, { kind: 'not-recognised', reader: 'A' }],
    [{ kind: 'none' }, { kind: 'mute' }, { kind: 'mute', reader: 'A' }],
    [{ kind: 'failing' }, { kind: 'mute' }, { kind: 'mute', reader: 'A' }],
    [{ kind: 'none' }, present(vitale), { kind: 'vitale', reader: 'A' }],
    [{ kind: 'reading' }, present(vitale), { kind: 'vitale', reader: 'A' }],
    [{ kind: 'not-recognised' }, present(vitale), { kind: 'vitale', reader: 'A' }],
  ])('%o with PC/SC saying %o', (token, status, expected) => {
    expect(state({ readers: [holding(token, status)] })).toEqual(expected)
  })

  it('holds a card', () => {
    const card = soundCard()
    expect(state({ readers: [read(card)] })).toEqual({ kind: 'card', card, remarks: [] })
  })
})
