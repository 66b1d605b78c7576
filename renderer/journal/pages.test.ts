import { describe, expect, it } from 'vitest'
import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { createPages, pageSize } from './pages.ts'

const rowsFrom = (offset: number): JournalRowView[] =>
  Array.from({ length: pageSize }, (_, index) => ({
    seq: offset + index,
    at: '',
    workstation: '',
    kind: '',
    outcome: '',
    means: null,
    operator: null,
    module: null,
    reference: null,
    details: {},
    named: {},
    hash: '',
  }))

/** Pages whose answers come when the test says. */
function heldPages(total: number) {
  const waiting: { offset: number; answer: (rows: JournalRowView[] | null) => void }[] = []
  let changes = 0
  const pages = createPages({
    total,
    fetch: (offset) => new Promise((resolve) => waiting.push({ offset, answer: resolve })),
    changed: () => {
      changes += 1
    },
  })
  return {
    pages,
    changes: () => changes,
    asked: () => waiting.map(({ offset }) => offset),
    answerNext: async (rows?: null) => {
      const next = waiting.shift()
      next?.answer(rows === null ? null : rowsFrom(next.offset))
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

describe('the pages of the list', () => {
  it('are asked for as they come into sight, and tell that they have come', async () => {
    const { pages, asked, answerNext, changes } = heldPages(1000)
    pages.want(95, 120)
    expect(asked()).toEqual([0, 100])
    expect(pages.rowAt(95)).toBeNull()
    await answerNext()
    expect(pages.rowAt(95)?.seq).toBe(95)
    expect(changes()).toBe(1)
    pages.want(0, 40)
    expect(asked()).toEqual([100])
  })

  it('are not asked for any more once they have gone by', async () => {
    const { pages, asked, answerNext } = heldPages(1_000_000)
    for (let first = 0; first < 900_000; first += 1000) pages.want(first, first + 40)
    expect(asked()).toEqual([0, 1000])
    await answerNext()
    expect(asked()).toEqual([1000, 899_000])
  })

  it('that could not be read are asked for again when wanted again, and not before', async () => {
    const { pages, asked, answerNext } = heldPages(100)
    pages.want(0, 40)
    await answerNext(null)
    expect(asked()).toEqual([])
    pages.want(0, 41)
    expect(asked()).toEqual([0])
  })

  it('are forgotten a long way further, but those in sight', async () => {
    const { pages, answerNext } = heldPages(1_000_000)
    for (let page = 0; page < 60; page += 1) {
      pages.want(page * pageSize, page * pageSize + 1)
      await answerNext()
    }
    expect(pages.rowAt(0)).toBeNull()
    expect(pages.rowAt(59 * pageSize)).not.toBeNull()
  })

  it('of an empty list are none', () => {
    const { pages, asked } = heldPages(0)
    pages.want(0, 0)
    expect(asked()).toEqual([])
  })
})
