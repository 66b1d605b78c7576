import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** With the folders of administrators' commands, which other users do not have in theirs. */
export const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

/** Runs a command of the system to its end; what it wrote. Rejects when it failed, with what it complained of. */
export async function system(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { env: environment })
  return stdout
}
