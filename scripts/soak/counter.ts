import { writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  createPasswordIdentification,
  type Expectation,
} from '../../electron/identification/identification.ts'
import { Refusal } from '../../electron/ipc/result.ts'
import type { Module } from '../../electron/modules/module.ts'
import { createModules } from '../../electron/modules/modules.ts'
import { createOpenModules } from '../../electron/modules/open-modules.ts'
import { everyRow } from '../../electron/journal/filter.ts'
import { openRecords } from '../../electron/program/records.ts'
import { createStorageWorker } from '../../electron/program/storage-client.ts'
import { createOperatorSession } from '../../electron/session/operator-session.ts'
import { lookFromOutside } from '../../electron/storage/testing/outside.ts'
import { forbidden, passwordOf } from './place.ts'

/**
 * A counter at work until it is killed: `node counter.ts FOLDER START`. Over and over, a wrong password, the right one,
 * a module, the end of the session; meanwhile the storage worker reads and copies the database, and another program
 * looks at it. Each answer once given, the place where the journal then ends goes to standard output in one write, before
 * anything else is done: what was read there must be found again.
 */

const [dataDir = '', start = ''] = process.argv.slice(2)
/** A round takes an hour of this workstation's time: 25 failures in a day would block a code. */
let hours = 0
const hourMs = 60 * 60 * 1000
const clock = {
  now: () => new Date(Date.parse(start) + hours * hourMs),
  monotonic: () => performance.now() + hours * hourMs,
}

const records = await openRecords({
  url: 'sqlite:comptoir.db',
  dataDir,
  backups: `${dataDir}/sauvegardes`,
  keptRows: null,
  headItem: null,
  clock,
})
const { storage, journal, database } = records
const worker = createStorageWorker({
  workerFile: fileURLToPath(new URL('../../electron/program/storage-worker.ts', import.meta.url)),
  url: 'sqlite:comptoir.db',
  dataDir,
})
const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
const identification = createPasswordIdentification({
  ...records,
  now: clock.now,
  admissionEvents: session.admissionEvents,
})
const module: Module = {
  id: 'dmp',
  label: 'DMP',
  access: 'operator',
  session: false,
  launch: { kind: 'browser', url: 'https://dmp.test' },
}
const modules = createModules({
  catalogue: () => [module],
  clock,
  journal,
  session,
  openModules: createOpenModules(() => undefined),
  identifyFor: forbidden,
  stepUp: forbidden,
  openSession: () => null,
  openPage: forbidden,
  openInBrowser: () => Promise.resolve(),
  openBuiltIn: forbidden,
  bringForward: forbidden,
  left: () => undefined,
  failed: forbidden,
})
const anyone: Expectation = { operator: null, allows: () => null, module: null }

/** Says what the journal ends with, all of which has been answered. */
async function acknowledge(): Promise<void> {
  const head = await storage.read((db) =>
    db
      .selectFrom('journal')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
  writeSync(1, `${head.seq} ${head.hash}\n`)
}

await journal.append({ kind: 'program.started', outcome: 'done', details: { version: 'soak' } })
await acknowledge()
void disturb()
for (;;) {
  hours += 1
  const code = hours % 2 === 0 ? '1' : '2'
  await identification.identify(code, 'wrong', anyone).catch(refusedOnly)
  await acknowledge()
  const operator = await identification.identify(code, passwordOf(code), anyone)
  await acknowledge()
  session.admit(operator, { kind: 'password' })
  await modules.open(module.id)
  await acknowledge()
  session.end('disconnect')
  await journal.flush(1000)
  await acknowledge()
}

/** What opens and closes the database beside the counter, which ends when any of it is refused. */
async function disturb(): Promise<void> {
  const folder = `${dataDir}/sauvegardes`
  for (;;) {
    await worker.run('journal.count', { filter: everyRow, upTo: null })
    await lookFromOutside(database)
    await rm(folder, { recursive: true, force: true })
    await worker.run('database.back-up', { database, folder })
  }
}

function refusedOnly(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'wrong-credentials')) throw error
}
