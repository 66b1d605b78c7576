import { describe, expect, it } from 'vitest'
import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { byDay, nearness } from './days.ts'

const at = (seq: number, instant: string): JournalRowView => ({
  seq,
  at: instant,
  workstation: '',
  kind: 'session.connected',
  outcome: 'done',
  means: null,
  operator: null,
  module: null,
  reference: null,
  details: {},
  named: {},
  hash: '',
})

describe('one’s own connections', () => {
  it('are grouped by the day it was in Paris, in their order', () => {
    const days = byDay([
      at(4, '2026-03-12T23:30:00Z'),
      at(3, '2026-03-12T22:30:00Z'),
      at(2, '2026-03-12T08:00:00Z'),
      at(1, 'damaged'),
    ])
    expect(days.map(({ day, rows }) => [day, rows.map(({ seq }) => seq)])).toEqual([
      ['2026-03-13', [4]],
      ['2026-03-12', [3, 2]],
      ['damaged', [1]],
    ])
  })

  it('are of today, of yesterday or earlier', () => {
    const now = new Date('2026-03-12T23:30:00Z')
    expect(['2026-03-13', '2026-03-12', '2026-03-11'].map((day) => nearness(day, now))).toEqual([
      'today',
      'yesterday',
      'earlier',
    ])
  })
})
