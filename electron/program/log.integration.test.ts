import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTechnicalLog, type TechnicalLog } from './log.ts'

const megabyte = 1024 * 1024

let folder: string
let log: TechnicalLog
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-log-'))
  await writeFile(join(folder, 'app.cjs'), '')
  log = createTechnicalLog({ folder, sources: folder })
})
afterEach(() => rm(folder, { recursive: true }))

const lines = async () => (await readFile(log.file, 'utf8').catch(() => '')).split('\n').filter(Boolean)
const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`

it('writes a note with its time and its reference', async () => {
  await log.note('the card process ended (1 in a row)', { reference: '7K2-49R' })
  await log.note('2 journal rows are kept for the next start: the database did not take them')
  expect(await lines()).toEqual([
    expect.stringMatching(`^${moment} 7K2-49R the card process ended \\(1 in a row\\)$`),
    expect.stringMatching(`^${moment} - 2 journal rows are kept for the next start`),
  ])
})

it('writes the shape of what failed, and where in our own files', async () => {
  const cause = Object.assign(new TypeError('girafe tunnel moutarde'), {
    code: 'ERR_INVALID_URL',
    input: 'https://psc.test/?code=girafe',
    stack: 'TypeError: girafe\n    at girafe (/opt/app.cjs:1:234)\n    at /opt/girafe.cjs:1:2',
  })
  log.failure({ channel: 'pro-sante-connect', code: 'internal', reference: '7K2-49R', cause })
  await expect
    .poll(lines)
    .toEqual([
      expect.stringMatching(
        `^${moment} 7K2-49R pro-sante-connect internal TypeError ERR_INVALID_URL at app\\.cjs:1:234$`,
      ),
    ])
})

it('writes a reference only, where one is expected', async () => {
  await log.note('cannot start: storage (full)', { reference: 'girafe tunnel', cause: new Error('girafe') })
  expect(await lines()).toEqual([
    expect.stringMatching(`^${moment} - cannot start: storage \\(full\\) Error$`),
  ])
})

it('keeps 1 MB and one older file, however much is noted and whenever it begins', async () => {
  const older = join(folder, 'journal-technique.old.log')
  await writeFile(log.file, 'of an earlier run\n'.padEnd(megabyte, 'x'))
  await log.note('the switch shortcut is taken')
  await log.note('the switch shortcut is taken')
  expect(await readFile(older, 'utf8')).toContain('of an earlier run')
  expect(await lines()).toHaveLength(1)

  while ((await readFile(older, 'utf8')).startsWith('of an earlier run')) {
    for (let note = 0; note < 1000; note++) await log.note('the switch shortcut cannot work: Wayland')
    expect((await stat(log.file)).size).toBeLessThan(megabyte + 200)
  }
  expect((await stat(older)).size).toBeLessThan(megabyte + 200)
  expect((await readdir(folder)).sort()).toEqual([
    'app.cjs',
    'journal-technique.log',
    'journal-technique.old.log',
  ])
})

it('takes nothing that is not one of its notes', () => {
  // @ts-expect-error: a text of anybody's
  void (() => log.note('girafe tunnel moutarde'))
  // @ts-expect-error: a text of anybody's in one of its notes
  void ((code: string) => log.note(`cannot start: storage (${code})`))
  // @ts-expect-error: a channel of nobody's
  void ((channel: string) => log.failure({ channel, code: 'internal', reference: '', cause: null }))
  expect(log.file).toBe(join(folder, 'journal-technique.log'))
})
