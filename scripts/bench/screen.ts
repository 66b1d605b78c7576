import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

const [width, height] = [1280, 800]
const bytesPerPixel = 4
/** Letters are higher. */
const linesApart = 8
const lookEveryMs = 4
/** Grounds, edges and icons have some twenty; letters, whose edges are shaded, have a hundred and more. */
const coloursOfContent = 60
const patienceMs = 20_000

/** A virtual screen whose pixels can be looked at. Nothing else draws on it: it has no window manager. */
export type Screen = {
  /** What DISPLAY must be. */
  readonly name: string
  /**
   * Waits until a window with text in it is drawn, and gives that moment, as `performance.now()` has it. Equal for all
   * programs: whatever they say of themselves, this is what somebody sees.
   * @throws {Error} when nothing is drawn
   */
  readonly drawn: () => Promise<number>
  /** Waits until the screen is black again. */
  readonly cleared: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a virtual screen, which keeps its pixels in a file (Xvfb(1), -fbdir) and ends with this process. Linux only. */
export async function startScreen(): Promise<Screen> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-screen-'))
  const geometry = [
    '-screen',
    '0',
    `${width}x${height}x24`,
    '-dpi',
    '96',
    '-br',
    '-nocursor',
    '-fbdir',
    folder,
  ]
  const server = spawn(
    'setpriv',
    // -ac: programs of another user draw on it.
    ['--pdeathsig', 'TERM', 'Xvfb', '-displayfd', '3', ...geometry, '-noreset', '-nolisten', 'tcp', '-ac'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const told = server.stdio[3]
  if (!(told instanceof Readable)) throw new Error('Xvfb has no pipe to tell its display by')
  const [number] = await Promise.race([
    once(told, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb did not start'))),
  ])
  const pixels = await open(join(folder, 'Xvfb_screen0'))
  // A header of X Window Dump comes first.
  const { size } = await pixels.stat()
  const start = size - width * height * bytesPerPixel

  const colours = async (): Promise<number> => {
    const seen = new Set<number>()
    const line = new Uint32Array(width)
    for (let y = 0; y < height; y += linesApart) {
      await pixels.read(line, 0, line.byteLength, start + y * line.byteLength)
      for (const colour of line) seen.add(colour)
    }
    return seen.size
  }
  const until = async (reached: (colours: number) => boolean): Promise<number> => {
    const deadline = performance.now() + patienceMs
    while (performance.now() < deadline) {
      if (reached(await colours())) return performance.now()
      await sleep(lookEveryMs)
    }
    throw new Error('the screen is not as it was waited for')
  }

  return {
    name: `:${String(number).trim()}`,
    drawn: () => until((count) => count >= coloursOfContent),
    cleared: async () => {
      await until((count) => count === 1)
    },
    stop: async () => {
      const exit = once(server, 'exit')
      server.kill()
      await exit
      await pixels.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
