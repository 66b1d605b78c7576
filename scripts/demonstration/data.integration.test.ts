import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock } from '../../electron/clock.ts'
import { verifyPassword } from '../../electron/identification/password.ts'
import { createPasswordScorer } from '../../electron/operators/password-strength.ts'
import { createOperatorRepository } from '../../electron/operators/repository.ts'
import { readSettings } from '../../electron/settings/read.ts'
import { openStorage } from '../../electron/storage/open.ts'
import { writeDemonstration } from './data.ts'
import { pharmacy, team } from './team.ts'

const surroundings = { electron: '/opt/electron/electron', pagesUrl: 'http://127.0.0.1:43180/', psc: null }

let parent: string
beforeEach(async () => (parent = await mkdtemp(join(tmpdir(), 'comptoir-demonstration-'))))
afterEach(() => rm(parent, { recursive: true }))

const write = () => writeDemonstration(join(parent, 'new', 'folder'), surroundings)

async function openOperators(dataDir: string) {
  const storage = await openStorage({ url: 'sqlite:comptoir.db', dataDir, clock: systemClock })
  return { storage, operators: createOperatorRepository({ storage, clock: systemClock }) }
}

describe('the demonstration', () => {
  it('has settings that the program reads, with a module of each kind and access', async () => {
    const { config } = await write()
    const outcome = readSettings(config, { edition: 'development' })
    if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome.faults))
    const { modules } = outcome.settings
    expect(new Set(modules.map(({ launch }) => launch.kind))).toEqual(
      new Set(['program', 'window', 'browser']),
    )
    expect(new Set(modules.map(({ access }) => access))).toEqual(new Set(['none', 'operator', 'psc']))
  })

  it('has operators who are let in by the passwords it returns', async () => {
    const { dataDir, operators: told } = await write()
    expect(told.map(({ code, rpps }) => [code, rpps])).toEqual([
      ['0', null],
      ['1', '99700261797'],
      ['2', null],
    ])
    const { storage, operators } = await openOperators(dataDir)
    for (const { code, password } of told) {
      const operator = await operators.byCode(code)
      const hash = await operators.passwordHashOf(operator?.id ?? '')
      expect(await verifyPassword(hash ?? '', password)).toBe(true)
    }
    await storage.close()
  })

  it('journals each of them', async () => {
    const { dataDir } = await write()
    const { rows, verdict } = readJournal(dataDir)
    expect(verdict).toMatchObject({ ok: true })
    expect(rows.map(({ kind, operatorCode, details }) => [kind, operatorCode, details['by']])).toEqual(
      team.map(({ code }) => ['operator.created', code, 'demonstration']),
    )
  })

  it('written again, renews the settings and keeps operators and journal', async () => {
    const { config, dataDir } = await write()
    const before = readJournal(dataDir).rows
    await writeFile(config, '{ "pharmacy": ')
    await write()
    expect(JSON.parse(await readFile(config, 'utf8'))).toMatchObject({ pharmacy: { name: pharmacy } })
    expect(readJournal(dataDir).rows).toEqual(before)
  })

  it('has passwords that the program would accept', async () => {
    const workerFile = fileURLToPath(
      new URL('../../electron/operators/password-strength.worker.ts', import.meta.url),
    )
    const scorer = createPasswordScorer({ workerFile })
    for (const { code, firstName, lastName, password } of team) {
      const score = await scorer.score(password, [firstName, lastName, code, pharmacy])
      expect(score).toMatchObject({ enough: true })
    }
    await scorer.close()
  })

  it('rejects where it cannot write', async () => {
    const file = join(parent, 'file')
    await writeFile(file, '')
    for (const [folder, code] of [
      [file, 'ENOTDIR'],
      [join(file, 'folder'), 'ENOTDIR'],
      ['/proc/nowhere/folder', 'ENOENT'],
    ] as const) {
      await expect(writeDemonstration(folder, surroundings)).rejects.toMatchObject({ code })
    }
  })
})
