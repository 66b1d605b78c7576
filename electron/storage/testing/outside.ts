import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

const inPython = `import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute('select count(*) from journal').fetchall()
database.close()`
const inNode = `const database = new (require('better-sqlite3'))(process.argv[1])
database.prepare('select count(*) from journal').get()
database.close()`

/**
 * Another program opens a database, reads it and closes it, as a backup tool does. SQLite then deletes the WAL, unless it
 * finds the locks of somebody who has the database open. By the SQLite of the system where Python has it: ours is more
 * recent, and asks for other locks too before it deletes anything.
 */
export async function lookFromOutside(file: string): Promise<void> {
  try {
    await run('python3', ['-c', inPython, file])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    await run(process.execPath, ['--eval', inNode, file])
  }
}
