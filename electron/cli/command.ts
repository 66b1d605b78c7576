import { Worker } from 'node:worker_threads'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import type { Program } from './perform.ts'
import { standardStreams } from './terminal.ts'

/** What the worker tells before its exit code; numbers that no exit code is. */
const progress = { starting: -3, running: -2, failed: -1 } as const

/** The commands that are written as switches. */
const switches: ReadonlySet<string> = new Set(['--version', '--check-config', '--diagnostic'])

/** A start takes a fraction of a second. */
const startMs = 10_000

/**
 * A command and its arguments, in those of the executable; none when a window is asked for. In development the first word
 * is the folder of the program (`electron . secret list`). Chromium's switches stand before the command: what follows it
 * is its own.
 */
export function commandIn(argv: readonly string[], installed: boolean): readonly string[] {
  const given = argv.slice(1)
  const positions = given.flatMap((argument, position) => (argument.startsWith('-') ? [] : [position]))
  const word = positions[installed ? 0 : 1] ?? given.length
  const itself = given.findIndex((argument) => switches.has(argument))
  return given.slice(itself === -1 ? word : Math.min(word, itself))
}

/**
 * Runs a command to its end, before anything else happens in this process, and returns its exit code. Without a
 * display, Electron aborts as soon as its main script returns: so this thread waits, and `workerFile` (cli.cjs as built)
 * does it in another. 69, told on standard error, when that one does not start or fails.
 */
export function runCommand(workerFile: string, given: Omit<Program, 'itself' | 'versions'>): number {
  const itself = [process.execPath, ...process.argv.slice(1, -given.words.length)]
  const program: Program = { ...given, itself, versions: process.versions }
  const told = new Int32Array(new SharedArrayBuffer(4)).fill(progress.starting)
  void new Worker(workerFile, { workerData: { program, told, progress } satisfies CommandData })
  // A file that is missing or broken is an event, which this thread does not receive while it waits.
  const started = Atomics.wait(told, 0, progress.starting, startMs) !== 'timed-out'
  if (started) Atomics.wait(told, 0, progress.running)
  const exitCode = Atomics.load(told, 0)
  if (exitCode >= 0) return exitCode
  standardStreams.complain(cliTexts.commandFailed)
  return 69
}

export type CommandData = {
  readonly program: Program
  readonly told: Int32Array
  readonly progress: typeof progress
}
