import { readSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'

/** What a command reads and writes. */
export type Terminal = {
  /** All of standard input, as it is; null when it is a keyboard. */
  readonly read: () => Buffer | null
  /** One line on standard output. */
  readonly say: (line: string) => void
  /** One line on standard error. */
  readonly complain: (line: string) => void
  /** How far a long work is, on standard error where that is a screen: a line that the next one takes the place of. */
  readonly progress: (line: string) => void
}

/** More than any command takes. */
const maxBytes = 65_536

/** The process's own streams, without Node's: from a worker these go through the main thread, which waits. */
export const standardStreams: Terminal = {
  read: () => (isatty(0) ? null : readInput()),
  say: (line) => writeLine(1, line),
  complain: (line) => writeLine(2, line),
  progress: (line) => {
    if (!isatty(2) || performance.now() < nextProgress) return
    nextProgress = performance.now() + progressEveryMs
    write(2, `\r${line.padEnd(shown.length)}`)
    shown = line
  },
}

/** What `progress` left on the screen. */
let shown = ''
const progressEveryMs = 100
let nextProgress = 0

function writeLine(descriptor: 1 | 2, line: string): void {
  if (shown !== '') write(2, `\r${' '.repeat(shown.length)}\r`)
  shown = ''
  write(descriptor, `${line}\n`)
}

function write(descriptor: 1 | 2, text: string): void {
  let left = Buffer.from(text)
  try {
    while (left.length > 0) left = left.subarray(writeSome(descriptor, left))
  } catch {
    // Nobody reads it (a closed pipe, or no such stream, as of a program of Windows): the exit code is still told.
  }
}

function writeSome(descriptor: 1 | 2, bytes: Buffer): number {
  for (;;) {
    try {
      return writeSync(descriptor, bytes)
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') throw error
    }
    pause()
  }
}

function readInput(): Buffer {
  const input = Buffer.alloc(maxBytes)
  let length = 0
  while (length < maxBytes) {
    const read = readSome(input, length)
    if (read === 0) break
    length += read
  }
  return input.subarray(0, length)
}

function readSome(input: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(0, input, offset, input.length - offset, null)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      // A closed pipe, on Windows; and no standard input at all.
      if (code === 'EOF' || code === 'EBADF') return 0
      if (code !== 'EAGAIN') throw error
    }
    pause()
  }
}

/** Somebody made the pipe non-blocking, and it is empty, or full, for now. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
}
