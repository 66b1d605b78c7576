import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  startSessionWithKeychain,
  type Session,
  type SessionWithKeychain,
} from '../../native/keychain/testing/secret-service.ts'
import { electronArguments, electronExecutable } from '../../scripts/electron-arguments.ts'
import { plain } from './main-process.ts'
import { onlyOnLinux, test as base, type Workstation } from './test.ts'

const root = join(import.meta.dirname, '../..')

/** With a session that has a real keychain, empty and open: `keychain.env` makes a program belong to it. */
export const test = base.extend<{ keychain: SessionWithKeychain }>({
  keychain: async ({}, use) => {
    onlyOnLinux('a Secret Service of its own')
    const keychain = await startSessionWithKeychain()
    await use(keychain)
    await keychain.stop()
  },
})

type Told = { code: number | null; out: string[]; errors: string[] }

/**
 * Runs a command of the built program in a session without display, with `input` on its standard input, and gives what
 * it says. `meanwhile` runs once the command has its input and waits for the end of it; it is given the arguments that the
 * machine shows of that process.
 */
export async function runCommand(
  { config, dataDir }: Pick<Workstation, 'config' | 'dataDir'>,
  env: Session['env'],
  words: readonly string[],
  {
    input = '',
    meanwhile = () => Promise.resolve(),
  }: { input?: string; meanwhile?: (shown: string) => Promise<void> } = {},
): Promise<Told> {
  const child = spawn(electronExecutable(), [...electronArguments(), root, ...words], {
    env: { PATH: process.env['PATH'], ...env, COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir },
    stdio: 'pipe',
  })
  let [out, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  // A command that is refused before it reads leaves its input there.
  child.stdin.on('error', () => undefined)
  child.stdin.write(input)
  const ended = once(child, 'close')
  await meanwhile(await readFile(`/proc/${child.pid}/cmdline`, 'utf8').catch(() => 'ended already'))
  child.stdin.end()
  await ended
  // Without what Chromium says of a machine that has no system bus.
  const errorLines = linesOf(errors).filter((line) => !line.startsWith('['))
  return { code: child.exitCode, out: linesOf(out), errors: errorLines }
}

/** Whether a process of this machine has these words in its arguments. */
export async function isInArguments(words: string): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))
  const lines = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.some((line) => line.includes(words))
}

/** The files of a folder, all the way down, that hold these words. */
export async function filesHolding(folder: string, words: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const holding = await Promise.all(
    files.map(async (file) => ((await readFile(file)).includes(words) ? [file] : [])),
  )
  return holding.flat()
}

function linesOf(text: string): string[] {
  return plain(text)
    .split('\n')
    .filter((line) => line !== '')
}
