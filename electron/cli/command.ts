import { Worker } from 'node:worker_threads'
import type { Program } from './perform.ts'

/** A number that no exit code is. */
const running = -1

/**
 * The words of a command in the arguments of the executable; none when a window is asked for. In development the first
 * one is the folder of the program (`electron . secret list`). Chromium's switches may stand anywhere.
 */
export function commandIn(argv: readonly string[], installed: boolean): readonly string[] {
  return argv.filter((argument) => !argument.startsWith('-')).slice(installed ? 1 : 2)
}

/**
 * Runs a command to its end, before anything else happens in this process, and returns its exit code. Without a
 * display, Electron aborts as soon as its main script returns: so this thread waits, and `workerFile` (cli.cjs as built)
 * does it in another.
 */
export function runCommand(workerFile: string, program: Program): number {
  const exitCode = new Int32Array(new SharedArrayBuffer(4)).fill(running)
  void new Worker(workerFile, { workerData: { program, exitCode } satisfies CommandData })
  Atomics.wait(exitCode, 0, running)
  return Atomics.load(exitCode, 0)
}

export type CommandData = { readonly program: Program; readonly exitCode: Int32Array }
