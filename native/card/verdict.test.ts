import { describe, expect, it } from 'vitest'
import { patienceMs, verdictOn, type Circumstances } from './verdict.ts'

const arrived: Circumstances = { status: 'present', before: 'reading', elapsed: 0, repeated: 1 }
const late = { elapsed: patienceMs }
const again = { kind: 'again', reinitialise: false }
const settled = (token: string) => ({ kind: 'settled', token, reinitialise: false })
const failing = { kind: 'settled', token: 'failing', reinitialise: true }

describe('what a failed reading comes to', () => {
  it.each<[string, number | null, Partial<Circumstances>, object]>([
    ['no token, a card being there', 0xe0, {}, again],
    ['no token for long, a card being there', 0xe0, late, settled('not-recognised')],
    ['no token in a reader that was empty', 0xe0, { status: 'unknown', before: 'none' }, settled('none')],
    ['no token where one was', 0xe0, { status: 'unknown', before: 'read' }, again],
    ['no token, twice', 0xe0, { status: 'unknown', before: 'read', repeated: 2 }, settled('none')],
    ['an unknown token', 0xe1, {}, again],
    ['an unknown token, for long but once', 0xe1, late, again],
    ['an unknown token, twice', 0xe1, { repeated: 2 }, settled('not-recognised')],
    ['an unknown token, as before', 0xe1, { before: 'not-recognised' }, settled('not-recognised')],
    ['a general error', 0x5, {}, again],
    ['a general error for long', 0x5, late, settled('busy')],
    ['a general error, as before', 0x5, { before: 'busy' }, settled('busy')],
    ['a device error', 0x30, {}, { kind: 'again', reinitialise: true }],
    ['a device error for long', 0x30, late, failing],
    ["ANS's own « initialise again »", 0x80000002, {}, { kind: 'again', reinitialise: true }],
    ['a library that is not initialised', 0x190, {}, { kind: 'again', reinitialise: true }],
    ['a session that is lost', 0xb3, {}, again],
    ['a session that is lost, for long', 0xb3, late, failing],
    ["ANS's own « bad EF.ACTUA »", 0x80000001, {}, again],
    ["ANS's own « bad EF.ACTUA », for long", 0x80000001, late, settled('unreadable')],
    ['an answer that is unusable', null, {}, again],
    ['an answer that is unusable, for long', null, late, settled('unreadable')],
    ['an answer that is unusable, as before', null, { before: 'unreadable' }, settled('unreadable')],
    ['any error, as before', 0x54, { before: 'failing' }, failing],
  ])('%s', (_what, code, more, verdict) => {
    expect(verdictOn(code, { ...arrived, ...more })).toEqual(verdict)
  })
})
