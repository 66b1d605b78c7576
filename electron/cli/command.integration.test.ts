import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const command = new URL('command.ts', import.meta.url).href
const worker = fileURLToPath(new URL('command.worker.ts', import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-command-'))
  await writeFile(join(folder, 'broken.cjs'), 'throw new Error("does not load")')
  await writeFile(join(folder, 'cut.cjs'), 'const { workerData } = require(')
  // All that it imports is elsewhere.
  await copyFile(worker, join(folder, 'alone.ts'))
  await writeFile(
    join(folder, 'run.mjs'),
    `import { runCommand } from ${JSON.stringify(command)}
    const [workerFile, ...words] = process.argv.slice(2)
    const program = { words, paths: { settings: '', data: '' }, edition: 'development', version: '1.2.3', scorerFile: '' }
    process.exit(runCommand(workerFile, program))`,
  )
})
afterAll(() => rm(folder, { recursive: true }))

/** The exit code that a process runs its command to, and what it says; null when it hangs. */
async function run(workerFile: string, words: readonly string[]): Promise<[unknown, string]> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(folder, 'run.mjs'), workerFile, ...words],
      { timeout: 20_000, killSignal: 'SIGKILL', env: {} },
      (error, _, errors) => resolve([error === null ? 0 : error.code, errors.replaceAll('\u00A0', ' ')]),
    )
  })
}

describe('a command', () => {
  it('ends with the exit code of what it did', async () => {
    expect(await run(worker, ['secret'])).toEqual([64, expect.stringMatching(/^Commande inconnue/u)])
    expect(await run(worker, ['--version'])).toEqual([0, ''])
  })

  it.concurrent.each(['missing.cjs', 'broken.cjs', 'cut.cjs', 'alone.ts'])(
    'is unavailable, and says so, when its program does not load: %s',
    async (file) => {
      expect(await run(join(folder, file), ['secret', 'list'])).toEqual([
        69,
        "Comptoir n'a pas pu exécuter cette commande. Recommencez ; si rien ne change, réinstallez Comptoir.\n",
      ])
    },
  )
})
