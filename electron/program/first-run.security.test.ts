import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '../identification/password.ts'
import { world } from '../identification/testing/world.ts'
import type { Refusal } from '../ipc/result.ts'
import { createFirstTitulaire } from '../operators/first-titulaire.ts'
import { writeInstallationCode } from '../operators/installation-code.ts'
import { createPasswordScorer, type PasswordScorer } from '../operators/password-strength.ts'
import { temporaryFolder } from '../storage/testing/engines.ts'
import { makeReadOnly, mayMount } from '../storage/testing/mount.ts'
import { readJournal } from '../../e2e/support/journal.ts'
import { createFirstRunAuthority, type FirstRunAuthority } from './first-run-authority.ts'
import { openRecords, type Records } from './records.ts'

const code = 'K7QP-2MXA-93TD'
const form = {
  firstName: 'Claire',
  lastName: 'Titulaire',
  code: 'clt',
  password: 'cheval pile agrafe lune',
  rpps: '',
}
const time = world('2026-11-23T08:00:00Z')
const dayMs = 24 * 3_600_000
const mayRefuse = process.getuid?.() !== 0 || (await mayMount())

let scorer: PasswordScorer
let dataDir = ''
let folder = ''
let records: Records
let undo: (() => Promise<void>) | null
beforeAll(() => {
  scorer = createPasswordScorer({
    workerFile: fileURLToPath(new URL('../operators/password-strength.worker.ts', import.meta.url)),
  })
})
afterAll(() => scorer.close())
beforeEach(async () => {
  dataDir = await temporaryFolder()
  folder = await temporaryFolder()
  records = await open()
})
afterEach(async () => {
  await records.storage.close()
  await closed(null)
  await rm(dataDir, { recursive: true })
  await rm(folder, { recursive: true })
})

function open(): Promise<Records> {
  const backups = `${dataDir}/sauvegardes`
  return openRecords({
    url: 'sqlite:comptoir.db',
    dataDir,
    backups,
    keptRows: null,
    headItem: null,
    clock: time.program(),
  })
}

/** The folder of the settings as somebody has it who is no administrator; null: as one who is. */
async function closed(next: (() => Promise<void>) | null): Promise<void> {
  await undo?.()
  undo = next
}

function authority(): FirstRunAuthority {
  return createFirstRunAuthority({ ...records, administratorsFolder: folder, now: time.program().now })
}

async function create(typed: string, by = authority()): Promise<void> {
  const admission = await by.allow(typed)
  await createFirstTitulaire({ ...records, admission, scorer, pharmacy: 'Officine', hashPassword }, form)
}

/** `code` of what it was refused with; null: it was not. */
async function refusal(typed: string): Promise<string | null> {
  return create(typed).then(
    () => null,
    (error: Refusal) => error.code,
  )
}

function story(): unknown[] {
  return readJournal(dataDir).rows.map(({ kind, details }) => [
    kind,
    details['reason'] ?? details['allowedBy'],
  ])
}

async function withCode(given = code): Promise<void> {
  await writeInstallationCode(folder, given, time.program().now())
  await closed(await makeReadOnly(folder))
}

describe('the first titulaire of an installed program', () => {
  it('is created by an administrator, without a code', async () => {
    expect(await authority().asked()).toBe('not-asked')
    expect(await refusal('')).toBeNull()
    expect(story()).toEqual([['operator.created', 'administrator']])
  })

  it('is created by anybody in development', async () => {
    const by = createFirstRunAuthority({ ...records, administratorsFolder: null, now: time.program().now })
    expect(await by.asked()).toBe('not-asked')
    await create('', by)
    expect(story()).toEqual([['operator.created', 'development']])
  })
})

describe.runIf(mayRefuse)('somebody who is no administrator', () => {
  it('creates none without a code', async () => {
    await closed(await makeReadOnly(folder))
    expect(await authority().asked()).toBe('none')
    expect(await refusal(code)).toBe('administrator-needed')
    expect(await refusal('')).toBe('administrator-needed')
    expect(await records.operators.count()).toBe(0)
  })

  it('creates one with the code, and once', async () => {
    await withCode()
    expect(await authority().asked()).toBe('asked')
    expect(await refusal('K7QP-2MXA-93TE')).toBe('installation-code-wrong')
    expect(await refusal('k7qp 2mxa 93td')).toBeNull()
    expect(await refusal(code)).toBe('titulaire-exists')
    expect(story()).toEqual([
      ['installation-code.refused', 'wrong'],
      ['operator.created', 'installation-code'],
    ])
    const journal = JSON.stringify(readJournal(dataDir).rows)
    for (const part of ['K7QP', '93TE', '2MXA']) expect(journal.toUpperCase()).not.toContain(part)
  })

  it('creates none with a code of more than thirty days', async () => {
    await withCode()
    time.pass(30 * dayMs)
    expect(await authority().asked()).toBe('none')
    expect(await refusal(code)).toBe('installation-code-expired')
    expect(await records.operators.count()).toBe(0)
    expect(story()).toEqual([['installation-code.refused', 'expired']])
  })

  it('waits after five wrong codes, restarts or not, and the right one waits too', async () => {
    await withCode()
    for (let tries = 0; tries < 5; tries++)
      expect(await refusal(`MAUVAIS-CODE-${tries}`)).toBe('installation-code-wrong')
    expect(await refusal(code)).toBe('installation-code-throttled')
    await records.storage.close()
    records = await open()
    expect(await refusal(code)).toBe('installation-code-throttled')
    expect(await records.operators.count()).toBe(0)
    time.pass(62_000)
    expect(await refusal(code)).toBeNull()
    expect(story().slice(5)).toEqual([
      ['installation-code.refused', 'throttled'],
      ['installation-code.refused', 'throttled'],
      ['operator.created', 'installation-code'],
    ])
  })

  it('is blocked after ten, until an administrator writes another code', async () => {
    await withCode()
    for (let tries = 0; tries < 10; tries++) {
      expect(await refusal(`MAUVAIS-CODE-${tries}`)).toBe('installation-code-wrong')
      time.pass(3_600_000)
    }
    expect(await refusal(code)).toBe('installation-code-blocked')
    await closed(null)
    await withCode('AUTRE-CODE-2026')
    expect(await refusal(code)).toBe('installation-code-wrong')
    expect(await refusal('autre code 2026')).toBeNull()
  })

  it('does not escape the waits by trying many codes at once', async () => {
    await withCode()
    const tried = await Promise.all(
      [...Array.from({ length: 12 }, (_, number) => `MAUVAIS-CODE-${number}`), code].map((typed) =>
        refusal(typed),
      ),
    )
    expect(tried).not.toContain(null)
    expect(await records.operators.count()).toBe(0)
  })
})
