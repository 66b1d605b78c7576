import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../clock.ts'
import { openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/storage.ts'
import { temporaryFolder } from '../storage/testing/engines.ts'
import type { ChainedRow, UnchainedRow } from './chain.ts'
import { verifyTail } from './tail.ts'
import { appendRows } from './testing/fill.ts'
import { each, renumber, run, tamper, type Edit } from './testing/tamper.ts'
import type { KeptHead } from './verdict.ts'

let dataDir = ''
let storage: Storage
let rows: ChainedRow[] = []
beforeEach(async () => {
  dataDir = await temporaryFolder()
  await open()
  rows = await appendRows(
    storage,
    Array.from({ length: 100 }, (_, at) => row(at)),
  )
})
afterEach(async () => {
  await storage.close()
  await rm(dataDir, { recursive: true })
})

async function open(): Promise<void> {
  storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock })
}

function row(at: number): UnchainedRow {
  return {
    at: new Date(1_772_000_000_000 + at * 1000).toISOString(),
    workstation: 'w',
    operatorId: null,
    operatorCode: null,
    kind: at === 50 ? 'journal.verified' : 'program.started',
    outcome: 'done',
    means: null,
    module: null,
    reference: null,
    details: { version: String(at) },
  }
}

async function edited(edit: Edit): Promise<void> {
  await storage.close()
  tamper(dataDir, edit)
  await open()
}

const last = (count: number, head: KeptHead = { kind: 'none' }) =>
  verifyTail(storage, { count, head, signal: new AbortController().signal })

describe('the end of the journal', () => {
  it('is what was written, and says when all of it was last verified', async () => {
    const fullAt = row(50).at
    expect(await last(20)).toEqual({ rows: 20, whole: false, bad: null, fullAt })
    expect(await last(99)).toEqual({ rows: 99, whole: false, bad: null, fullAt })
    expect(await last(100)).toEqual({ rows: 100, whole: true, bad: null, fullAt })
    expect(await last(20_000)).toEqual({ rows: 100, whole: true, bad: null, fullAt })
  })

  it.each<[string, Edit, number, string]>([
    ['changed', run(`update journal set operator_code = 'X' where seq = 90`), 90, 'changed'],
    ['removed', run('delete from journal where seq = 95'), 95, 'removed'],
    [
      'removed and renumbered',
      each(run('delete from journal where seq = 95'), renumber(96, -1)),
      95,
      'removed',
    ],
    [
      'changed, the first that is looked at',
      run(`update journal set kind = 'x' where seq = 81`),
      81,
      'changed',
    ],
  ])('has its first bad row named: %s', async (_, edit, seq, what) => {
    await edited(edit)
    expect((await last(20))?.bad).toEqual({ seq, what })
  })

  it('says nothing of the rows before, which the whole verification is for', async () => {
    await edited(run(`update journal set operator_code = 'X' where seq = 40`))
    expect((await last(20))?.bad).toBeNull()
    expect((await last(100))?.bad).toEqual({ seq: 40, what: 'changed' })
  })

  it('was not cut, as far as the kept head tells', async () => {
    const { seq, hash } = rows.at(-1) ?? { seq: 0, hash: '' }
    await edited(run('delete from journal where seq > 97'))
    expect((await last(20))?.bad).toBeNull()
    expect((await last(20, { kind: 'kept', seq, hash }))?.bad).toEqual({ seq: 98, what: 'end-cut' })
  })

  it('is empty in an empty journal, and is given up when nobody waits', async () => {
    await edited(run('delete from journal'))
    expect(await last(20)).toEqual({ rows: 0, whole: true, bad: null, fullAt: null })
    await appendRows(
      storage,
      Array.from({ length: 30 }, (_, at) => row(at)),
    )
    expect(
      await verifyTail(storage, { count: 20, head: { kind: 'none' }, signal: AbortSignal.abort() }),
    ).toBeNull()
  })
})
