import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import Papa from 'papaparse'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { FileError } from '../storage/file-error.ts'
import { engines, temporaryFolder, type TestDatabase } from '../storage/testing/engines.ts'
import { makeReadOnly, mayMount, mountSmallDisk } from '../storage/testing/mount.ts'
import { hashOf } from './chain.ts'
import type { ChainedRow, UnchainedRow } from './chain.ts'
import { csvColumns } from './export-csv.ts'
import { exportRows } from './export.ts'
import { everyRow, type JournalFilter } from './filter.ts'
import { fromTable, toTable } from './rows.ts'
import { appendRows } from './testing/fill.ts'

const text = fc
  .tuple(
    fc.constantFrom('', '', '=', '+', '-', '@', '\t', '\r', "'=", ';', '"', '\r\n'),
    fc.string({ unit: 'grapheme' }),
  )
  .map(([start, rest]) => `${start}${rest}`.replaceAll('\0', ''))
const maybe = fc.option(text)
const drawnRow: fc.Arbitrary<UnchainedRow> = fc.record({
  at: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  workstation: text,
  operatorId: fc.option(fc.constantFrom('o1', 'o2')),
  operatorCode: maybe,
  kind: fc.constantFrom('module.opened', 'session.locked'),
  outcome: text,
  means: maybe,
  module: maybe,
  reference: maybe,
  details: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 3 }),
})
const drawnFilter: fc.Arbitrary<JournalFilter> = fc.constantFrom(
  everyRow,
  { ...everyRow, operator: 'o1' },
  { ...everyRow, kinds: ['module.opened'] },
  { ...everyRow, from: '2000-01-01T00:00:00.000Z', to: '2050-01-01T00:00:00.000Z' },
)

const line = z.strictObject({
  hash: z.string(),
  previousHash: z.string().nullable().optional(),
  row: z.custom<Omit<ChainedRow, 'hash'>>(),
})

const mountable = await mayMount()

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await temporaryFolder()
  file = path.join(folder, 'journal.txt')
})
afterEach(() => rm(folder, { recursive: true }))

describe.each(engines)('exporting the journal from $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.dispose())

  it('writes CSV that reads back as the rows, oldest first, without a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(drawnRow, { maxLength: 8 }), drawnFilter, async (drawn, filter) => {
        await appendRows(database.storage, drawn)
        const { storage } = database
        const rows = await kept(database, filter)
        expect(await exportRows(storage, { filter, format: 'csv', file })).toEqual({ rows: rows.length })
        const written = await readFile(file, 'utf8')
        expect(written.startsWith('\uFEFF')).toBe(true)
        const [header, ...lines] = Papa.parse<string[]>(written.slice(1), {
          delimiter: ';',
          newline: '\r\n',
        }).data
        expect(header).toEqual(csvColumns)
        expect(lines.pop()).toEqual([''])
        expect(lines.map((cells) => cells.toSpliced(2, 1))).toEqual(rows.map(cellsOf))
        expect(lines.flat().filter((cell) => /^[=+\-@\t\r\n]/u.test(cell))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('writes JSON lines that are verified without the journal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(drawnRow, { maxLength: 8 }), drawnFilter, async (drawn, filter) => {
        await appendRows(database.storage, drawn)
        const { storage } = database
        const rows = await kept(database, filter)
        expect(await exportRows(storage, { filter, format: 'jsonl', file })).toEqual({ rows: rows.length })
        const [header = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n')
        expect(JSON.parse(header)).toMatchObject({ file: 'comptoir-journal', version: 1, filter })
        let before = ''
        for (const [index, raw] of lines.entries()) {
          const { hash, previousHash, row } = line.parse(JSON.parse(raw))
          const previous = previousHash ?? before
          const hashed = raw.slice(raw.indexOf('"row":') + 6, -1)
          expect(createHash('sha256').update(previous).update(hashed).digest('hex')).toBe(hash)
          expect(hashOf(previous, row)).toBe(hash)
          expect({ ...row, hash }).toEqual(rows[index])
          before = hash
        }
        expect(lines).toHaveLength(rows.length)
      }),
      { numRuns: 40 },
    )
  })

  it('binds the first row to what retention left', async () => {
    const all = await appendRows(database.storage, fc.sample(drawnRow, 12))
    const { storage } = database
    const cut = all.at(-5)
    const { seq = 0, hash = '' } = cut ?? {}
    await storage.write(async (trx) => {
      await trx
        .insertInto('journal_checkpoint')
        .values({ seq, hash, at: '2026-01-01T00:00:00.000Z' })
        .execute()
      await trx.deleteFrom('journal').where('seq', '<=', seq).execute()
    })
    await exportRows(storage, { filter: everyRow, format: 'jsonl', file })
    const [, first = ''] = (await readFile(file, 'utf8')).split('\n')
    expect(line.parse(JSON.parse(first))).toMatchObject({ previousHash: hash, row: { seq: seq + 1 } })
  })
})

describe('the file of an export', () => {
  let database: TestDatabase
  beforeAll(async () => {
    const [sqlite] = engines
    if (sqlite === undefined) throw new Error('no engine')
    database = await sqlite.open()
    const rows = fc.sample(drawnRow, 10)
    await appendRows(database.storage, Array.from({ length: 250 }, () => rows).flat())
  })
  afterAll(() => database.dispose())

  const write = (place: string, course = {}) =>
    exportRows(database.storage, { filter: everyRow, format: 'csv', file: place }, course)

  it('is read by its owner only, and takes the place of what was there', async () => {
    await writeFile(file, 'left by a program that was killed', { mode: 0o644 })
    const progress: unknown[] = []
    expect(await write(file, { onProgress: (at: unknown) => progress.push(at) })).toEqual({ rows: 2500 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(progress).toEqual([1000, 2000, 2500].map((done) => ({ done, total: 2500 })))
  })

  it('is not there when the export was aborted', async () => {
    const ending = new AbortController()
    expect(await write(file, { signal: ending.signal, onProgress: () => ending.abort() })).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })

  it('that has no folder is told as such', async () => {
    const error: unknown = await write(path.join(folder, 'nowhere', 'x.csv')).catch((fault: unknown) => fault)
    expect(error).toBeInstanceOf(FileError)
    expect(error).toMatchObject({ kind: 'missing-folder', message: expect.stringContaining('nowhere') })
  })

  it.runIf(mountable)(
    'that fills its disk, or may not be written, is told as such and not left',
    async () => {
      const disk = await mountSmallDisk('256k')
      try {
        await expect(write(path.join(disk.folder, 'x.csv'))).rejects.toMatchObject({
          name: 'FileError',
          kind: 'full',
        })
        expect(await readdir(disk.folder)).toEqual([])
        const undo = await makeReadOnly(folder)
        await expect(write(file)).rejects.toMatchObject({ name: 'FileError', kind: 'read-only' })
        await undo()
      } finally {
        await disk.unmount()
      }
    },
  )
})

/** Naively. */
async function kept({ storage }: TestDatabase, filter: JournalFilter): Promise<ChainedRow[]> {
  const rows = await storage.read((db) => db.selectFrom('journal').selectAll().orderBy('seq').execute())
  return rows
    .map(fromTable)
    .filter(
      ({ at, operatorId, kind }) =>
        (filter.from === null || at >= filter.from) &&
        (filter.to === null || at < filter.to) &&
        (filter.operator === null || operatorId === filter.operator) &&
        (filter.kinds.length === 0 || filter.kinds.some((wanted) => wanted === kind)),
    )
}

function cellsOf(row: ChainedRow): string[] {
  const { operator_id: operator, operator_code: code, ...table } = toTable(row)
  const { seq, at, workstation, kind, outcome, means, module, reference, details, hash } = table
  const cells = [at, workstation, operator, code, kind, outcome, means, module, reference, details, hash]
  return [String(seq), ...cells.map((cell) => neutral(cell ?? ''))]
}

function neutral(cell: string): string {
  return /^[=+\-@\t\r\n]/u.test(cell) ? `'${cell}` : cell
}
