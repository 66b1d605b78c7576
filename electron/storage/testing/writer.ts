import { systemClock } from '../../clock.ts'
import { createJournal } from '../../journal/journal.ts'
import { openStorage } from '../open.ts'

/**
 * A program of its own that appends journal rows, for tests of several programs and of kills:
 * `node writer.ts FOLDER COUNT`. It prints one line for each row once that row is answered as written.
 */
const [dataDir = '', count = '0'] = process.argv.slice(2)
const storage = await openStorage({ url: 'sqlite:test.db', dataDir, clock: systemClock })
const journal = createJournal({ storage, clock: systemClock, workstation: String(process.pid) })
for (let row = 0; row < Number(count); row++) {
  await journal.append({ kind: 'program.started', outcome: 'done', details: { version: String(row) } })
  process.stdout.write('written\n')
}
await storage.close()
