import { copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock } from '../clock.ts'
import { openStorage } from '../storage/open.ts'
import { settableClock, temporaryFolder } from '../storage/testing/engines.ts'
import { createJournal } from './journal.ts'
import type { JournalEvent } from './kinds.ts'
import { cutJournal } from './retention.ts'
import {
  copyTo,
  each,
  exchangeContents,
  hashAgain,
  permute,
  renumber,
  rewriteFrom,
  run,
  tamper,
} from './testing/tamper.ts'
import type { Edit } from './testing/tamper.ts'
import type { KeptHead, Tampering, Verification } from './verdict.ts'
import { verifyJournal } from './verify.ts'

const operators = [
  { id: 'id-of-0', code: '0' },
  { id: 'id-of-1', code: '1' },
] as const
/** Twelve rows, one an hour, each unlike any other. */
const written: readonly JournalEvent[] = Array.from({ length: 12 }, (_, index) => ({
  kind: 'module.refused',
  outcome: 'refused',
  operator: operators[index % 2 === 0 ? 0 : 1],
  means: 'password',
  module: `module-${index + 1}`,
  reference: `AAA-${index + 100}`,
  details: { reason: 'role' },
}))
const wholeChain = { last: 12, cut: 0 }
/** The same once the four oldest went: a row tells of it (13), and a checkpoint. */
const cutChain = { last: 13, cut: 4 }

let root = ''
let dataDir = ''
const heads = new Map<string, KeptHead>()

beforeAll(async () => {
  root = await temporaryFolder()
  for (const name of ['whole', 'cut']) {
    await mkdir(path.join(root, name))
    const clock = settableClock('2026-03-02T00:00:00Z')
    const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir: path.join(root, name), clock })
    const journal = createJournal({ storage, clock, workstation: 'w' })
    for (const event of written) {
      clock.advance(3_600_000)
      await journal.append(event)
    }
    if (name === 'cut') {
      const cut = { before: '2026-03-02T04:30:00.000Z', months: 12, reason: null }
      expect(await cutJournal({ storage, clock, workstation: 'w' }, cut)).toBe(4)
    }
    const last = (await journal.rows()).at(-1)
    heads.set(name, { kind: 'kept', seq: last?.seq ?? 0, hash: last?.hash ?? '' })
    await storage.close()
  }
})
afterAll(() => rm(root, { recursive: true }))
beforeEach(async () => {
  dataDir = await temporaryFolder()
})
afterEach(() => rm(dataDir, { recursive: true }))

type Base = 'whole' | 'cut'
type Kept = 'kept' | 'no-keychain' | 'none'

async function verifiedAfter(base: Base, edit: Edit | null, kept: Kept): Promise<Verification> {
  await copyFile(path.join(root, base, 'comptoir.db'), path.join(dataDir, 'comptoir.db'))
  if (edit !== null) tamper(dataDir, edit)
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock: systemClock })
  try {
    const head = kept === 'kept' ? heads.get(base) : undefined
    return await verifyJournal(storage, { head: head ?? { kind: kept === 'kept' ? 'none' : kept } })
  } finally {
    await storage.close()
  }
}

type Case = readonly [what: string, edit: Edit, seq: number, tampering: Tampering]

const set = (assignment: string, seq = 5): Edit => run(`update journal set ${assignment} where seq = ${seq}`)
const remove = (...seqs: readonly number[]): Edit => run(`delete from journal where seq in (${seqs.join()})`)

const changed: readonly Case[] = [
  ['the time', set("at = '2026-03-02T05:00:00.001Z'"), 5, 'changed'],
  ['the kind', set("kind = 'module.failed'"), 5, 'changed'],
  ['the outcome', set("outcome = 'done'"), 5, 'changed'],
  ['the workstation', set("workstation = 'v'"), 5, 'changed'],
  ['the operator', set("operator_id = 'id-of-1'"), 5, 'changed'],
  ['the operator taken out', set('operator_id = null, operator_code = null'), 5, 'changed'],
  ['id and code exchanged', set('operator_id = operator_code, operator_code = operator_id'), 5, 'changed'],
  ['the means', set("means = 'psc'"), 5, 'changed'],
  ['the module', set("module = 'module-7'"), 5, 'changed'],
  ['the module, from a text to nothing', set('module = null'), 5, 'changed'],
  ['the reference, to an empty text', set("reference = ''"), 5, 'changed'],
  ['the details', set(`details = '{"reason":"means"}'`), 5, 'changed'],
  ['the details, with a space', set(`details = '{"reason": "role"}'`), 5, 'changed'],
  ['the details, with a key twice', set(`details = '{"reason":"role","reason":"role"}'`), 5, 'changed'],
  ['the details, no longer JSON', set("details = 'role'"), 5, 'changed'],
  ['a letter of a text, for one that looks like it', set("kind = replace(kind, 'o', 'о')"), 5, 'changed'],
  ['a space after a text', set("outcome = outcome || ' '"), 5, 'changed'],
  ['the hash', set("hash = replace(hash, substr(hash, 1, 8), '00000000')"), 5, 'changed'],
  ['the hash, in capitals', set('hash = upper(hash)'), 5, 'changed'],
  ['the first row', set("at = '2026-03-02T05:00:00.000Z'", 1), 1, 'changed'],
  ['the last row', set("kind = 'module.failed'", 12), 12, 'changed'],
  ['two rows that follow one another', each(set("kind = 'a'"), set("kind = 'b'", 6)), 5, 'changed'],
  // The seam shows at the next row: what it was bound to is gone.
  ['a row, hashed again', each(set("kind = 'module.failed'"), hashAgain(5)), 6, 'changed'],
]

const removed: readonly Case[] = [
  ['a row', remove(5), 5, 'removed'],
  ['the first row', remove(1), 1, 'removed'],
  ['three rows', remove(5, 6, 7), 5, 'removed'],
  ['a row, the others being numbered again', each(remove(5), renumber(6, -1)), 5, 'removed'],
  ['three rows, the others being numbered again', each(remove(5, 6, 7), renumber(8, -3)), 5, 'removed'],
  ['the first row, the others being numbered again', each(remove(1), renumber(2, -1)), 1, 'removed'],
  ['the last but one, the last being numbered again', each(remove(11), renumber(12, -1)), 11, 'removed'],
]

const inserted: readonly Case[] = [
  ['an older row after the end', copyTo(5, 13), 13, 'inserted'],
  ['a row that the head does not know', copyTo(5, 13, { hash: 'f'.repeat(64) }), 13, 'inserted'],
  ['a row far after the end', copyTo(5, 9_000_000_000_000_000), 9_000_000_000_000_000, 'inserted'],
  ['a row under 0', copyTo(5, 0), 0, 'inserted'],
  ['a row under a negative number', copyTo(5, -7), -7, 'inserted'],
  ['a row with a made-up hash', each(renumber(5, 1), copyTo(4, 5, { hash: 'f'.repeat(64) })), 5, 'inserted'],
  ['a row with a hash that holds', each(renumber(5, 1), copyTo(4, 5), hashAgain(5)), 5, 'inserted'],
  [
    'two rows with hashes that hold',
    each(renumber(5, 2), copyTo(4, 5), hashAgain(5), copyTo(3, 6), hashAgain(6)),
    5,
    'inserted',
  ],
  ['the row before, a second time', each(renumber(6, 1), copyTo(5, 6)), 6, 'inserted'],
  ['an older row, a second time', each(renumber(6, 1), copyTo(2, 6)), 6, 'inserted'],
  ['a later row, a second time', each(renumber(6, 1), copyTo(9, 6)), 6, 'inserted'],
]

const reordered: readonly Case[] = [
  ['two neighbours', permute(6, 5), 5, 'reordered'],
  ['two neighbours at the end', permute(12, 11), 11, 'reordered'],
  ['two rows far apart', permute(9, 5), 5, 'reordered'],
  ['a row and the last one', permute(12, 3), 3, 'reordered'],
  ['a row moved on, the others numbered again', permute(6, 7, 8, 9, 5), 5, 'reordered'],
  ['a row moved back, the others numbered again', permute(9, 5, 6, 7, 8), 5, 'reordered'],
  ['two rows moved back, the others numbered again', permute(8, 9, 5, 6, 7), 5, 'reordered'],
  ['the last row moved back, the others numbered again', permute(12, 10, 11), 10, 'reordered'],
  ['the contents of two neighbours', exchangeContents(5, 6), 5, 'reordered'],
  ['the contents of two rows far apart, not their hashes', exchangeContents(3, 10), 3, 'changed'],
  ['a row put after the end', set('seq = 900'), 5, 'reordered'],
  ['a row put before the beginning', set('seq = -3'), 5, 'reordered'],
  ['the last row put before the beginning', set('seq = 0', 12), 12, 'reordered'],
  ['a hole in the numbers', renumber(5, 3), 5, 'reordered'],
]

const withoutEnd: readonly Case[] = [
  ['the last row', remove(12), 12, 'end-cut'],
  ['the last three', remove(10, 11, 12), 10, 'end-cut'],
  ['all', run('delete from journal'), 1, 'end-cut'],
  ['all but the first', run('delete from journal where seq > 1'), 2, 'end-cut'],
]

const rewritten: readonly Case[] = [
  ['from the first row on', each(set("at = '2026-01-01T00:00:00.000Z'", 1), rewriteFrom(1)), 12, 'rewritten'],
  ['from a changed row on', each(set("kind = 'a'"), rewriteFrom(5)), 12, 'rewritten'],
  ['the last row', each(set("kind = 'a'", 12), hashAgain(12)), 12, 'rewritten'],
  ['without a row', each(remove(5), renumber(6, -1), rewriteFrom(5)), 12, 'end-cut'],
  ['with a row more', each(renumber(5, 1), copyTo(4, 5), rewriteFrom(5)), 12, 'rewritten'],
]

const otherHash = `'${'e'.repeat(64)}'`
const checkpoint: readonly Case[] = [
  ['its hash changed', run(`update journal_checkpoint set hash = ${otherHash}`), 4, 'checkpoint'],
  ['its number put up', run('update journal_checkpoint set seq = 6'), 6, 'checkpoint'],
  ['its number put down', run('update journal_checkpoint set seq = 3'), 4, 'checkpoint'],
  ['taken away', run('delete from journal_checkpoint'), 4, 'checkpoint'],
  [
    'another one added, the rows under it taken away',
    run(`insert into journal_checkpoint select seq, hash, at from journal where seq = 8;
      delete from journal where seq <= 8`),
    8,
    'checkpoint',
  ],
  [
    'another one added, the rows under it left',
    run('insert into journal_checkpoint select seq, hash, at from journal where seq = 8'),
    8,
    'checkpoint',
  ],
  ['its row in the journal changed', set(`details = replace(details, '12', '24')`, 13), 13, 'changed'],
  ['rows put back under it', copyTo(5, 2), 2, 'inserted'],
  ['the first row after it taken away', remove(5), 5, 'removed'],
  [
    'the end taken away with the row that tells of it',
    run('delete from journal where seq > 9'),
    10,
    'end-cut',
  ],
]

describe.each<[string, Base, readonly Case[]]>([
  ['changed', 'whole', changed],
  ['removed', 'whole', removed],
  ['inserted', 'whole', inserted],
  ['reordered', 'whole', reordered],
  ['without its end', 'whole', withoutEnd],
  ['written anew', 'whole', rewritten],
  ['with a checkpoint', 'cut', checkpoint],
])('a journal %s', (_, base, cases) => {
  it('is sound before', async () => {
    const { last, cut } = base === 'whole' ? wholeChain : cutChain
    expect(await verifiedAfter(base, null, 'kept')).toMatchObject({
      kind: 'sound',
      rows: last - cut,
      first: { seq: cut + 1 },
      last: { seq: last },
      head: 'kept',
    })
  })

  it.each(cases)('is seen: %s', async (_what, edit, seq, what) => {
    expect(await verifiedAfter(base, edit, 'kept')).toMatchObject({ kind: 'tampered', seq, what })
  })
})

describe('without the kept head', () => {
  const needTheHead = new Set<Case>([...withoutEnd, ...rewritten])
  const alone = [...changed, ...removed, ...inserted, ...reordered].filter(
    ([what]) => !/last but one|does not know$/u.test(what),
  )
  it.each(alone)('the same is seen: %s', async (_, edit, seq, what) => {
    expect(await verifiedAfter('whole', edit, 'no-keychain')).toMatchObject({ kind: 'tampered', seq, what })
  })

  it.each([...needTheHead])('nothing is seen, and that is said: %s', async (_, edit) => {
    for (const kept of ['no-keychain', 'none'] as const) {
      expect(await verifiedAfter('whole', edit, kept)).toMatchObject({ kind: 'sound', head: kept })
      await rm(path.join(dataDir, 'comptoir.db'))
    }
  })

  it('a row put after the end is seen, as one that is not what was written', async () => {
    const edit = copyTo(5, 13, { hash: 'f'.repeat(64) })
    const seen = await verifiedAfter('whole', edit, 'no-keychain')
    expect(seen).toMatchObject({ kind: 'tampered', seq: 13, what: 'changed' })
  })

  it('the end taken away with the row that tells of a cut is seen by the checkpoint', async () => {
    const seen = await verifiedAfter('cut', run('delete from journal where seq > 9'), 'no-keychain')
    expect(seen).toMatchObject({ kind: 'tampered', seq: 4, what: 'checkpoint' })
  })
})

describe('the stories’ own check', () => {
  it.each([...changed, ...removed, ...inserted, ...reordered])(
    'sees it too, without a word of ours: %s',
    async (_, edit) => {
      await copyFile(path.join(root, 'whole', 'comptoir.db'), path.join(dataDir, 'comptoir.db'))
      expect(readJournal(dataDir).verdict).toEqual({ ok: true, rows: 12 })
      tamper(dataDir, edit)
      expect(readJournal(dataDir).verdict).toMatchObject({ ok: false })
    },
  )

  it('begins at a checkpoint', async () => {
    await copyFile(path.join(root, 'cut', 'comptoir.db'), path.join(dataDir, 'comptoir.db'))
    expect(readJournal(dataDir).verdict).toEqual({ ok: true, rows: 9 })
    tamper(dataDir, run(`update journal_checkpoint set hash = ${otherHash}`))
    expect(readJournal(dataDir).verdict).toEqual({ ok: false, seq: 5, reason: 'hash' })
  })
})
