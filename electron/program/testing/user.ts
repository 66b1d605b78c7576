import { systemClock as clock } from '../../clock.ts'
import { openRecords } from '../records.ts'

/** A program that uses the database of FOLDER until it is ended: `node user.ts FOLDER`. It says when it has it. */
const [dataDir = ''] = process.argv.slice(2)
await openRecords({
  url: 'sqlite:comptoir.db',
  dataDir,
  backups: `${dataDir}/sauvegardes`,
  keptRows: null,
  headItem: null,
  clock,
})
process.stdout.write('open\n')
setInterval(() => undefined, 1000)
