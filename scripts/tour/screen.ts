import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ElectronApplication } from '@playwright/test'

const run = promisify(execFile)

/** How long one waits for a window of another program, and for the screen to stand still. */
const patienceMs = 60_000
const againMs = 50

/**
 * A picture (PNG) of the whole screen, once two in a row are the same: what has just been shown is then drawn.
 * Rejects when something never stops moving.
 */
export async function screenPicture(app: ElectronApplication): Promise<Buffer> {
  const deadline = Date.now() + patienceMs
  let last = await grab(app)
  while (Date.now() < deadline) {
    await wait(againMs)
    const next = await grab(app)
    if (next.equals(last)) return next
    last = next
  }
  throw new Error(`the screen did not stand still within ${patienceMs / 1000} s`)
}

async function grab(app: ElectronApplication): Promise<Buffer> {
  const base64 = await app.evaluate(async ({ desktopCapturer, screen }) => {
    const { size, scaleFactor } = screen.getPrimaryDisplay()
    const thumbnailSize = { width: size.width * scaleFactor, height: size.height * scaleFactor }
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize })
    return source?.thumbnail.toPNG().toString('base64')
  })
  if (base64 === undefined) throw new Error('Electron has no picture of the screen')
  return Buffer.from(base64, 'base64')
}

/** Resolves once a window with exactly this title can be seen, whatever program it belongs to. */
export async function windowShown(title: string): Promise<void> {
  await xdotool('search', '--sync', '--onlyvisible', '--name', `^${title}$`)
}

/** Brings the window with this title to the front and presses a key in it, as the keyboard would. */
export async function pressIn(title: string, key: string): Promise<void> {
  await xdotool('search', '--onlyvisible', '--name', `^${title}$`, 'windowactivate', '--sync')
  // Apart: after `search`, the key would be sent to the window itself, which the window manager would not hear.
  await xdotool('key', key)
}

/** Takes the pointer out of the way: it would stand over the windows, which open in the middle. */
export async function parkPointer(): Promise<void> {
  await xdotool('mousemove', '0', '0')
}

async function xdotool(...args: readonly string[]): Promise<void> {
  await run('xdotool', args, { timeout: patienceMs })
}
