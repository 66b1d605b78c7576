import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'

/** How a program ended, and what it said. */
export type Told = {
  /** Its exit code, or 128 and the number of the signal that ended it, as shells have it. */
  readonly code: number
  readonly out: string
  readonly errors: string
}

/** A program that runs. */
export type Running = {
  readonly process: ChildProcess
  readonly ended: Promise<Told>
  /** What it has said so far, on both streams. */
  readonly said: () => string
}

export type ProgramOptions = {
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  /** It is killed after that. */
  readonly seconds?: number
}

/** Longer than any command of the proof needs; a window has no end of its own. */
const patience = 120

/** Starts a program, and keeps what it says. */
export function start(words: readonly string[], { env, input, seconds }: ProgramOptions = {}): Running {
  const [program = '', ...args] = words
  const child = spawn(program, args, { stdio: 'pipe', ...(env === undefined ? {} : { env }) })
  let [out, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  // A program that is refused before it reads leaves its input there.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input ?? '')
  const timer = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  const ended = new Promise<Told>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: signal === null ? (code ?? 1) : 128 + constants.signals[signal], out, errors })
    })
  })
  return { process: child, ended, said: () => out + errors }
}

/** Runs a program to its end. */
export function run(words: readonly string[], options: ProgramOptions = {}): Promise<Told> {
  return start(words, { seconds: patience, ...options }).ended
}

/**
 * Runs a program that must end with 0, and returns what it wrote on standard output.
 * @throws {Error} with its own last words
 */
export async function must(words: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const told = await run(words, options)
  return succeeded(words, told)
}

/** @throws {Error} with the program's last words when it did not end with 0 */
export function succeeded(words: readonly string[], { code, out, errors }: Told): string {
  if (code === 0) return out
  const last = (errors.trim() || out.trim()).split('\n').slice(-8).join('\n')
  throw new Error(`${words.join(' ')} ended with ${code}: ${last}`)
}

/** Spaces of every kind are one space: French texts have several. */
export function plain(text: string): string {
  return text.replaceAll(/\s/gu, ' ')
}
