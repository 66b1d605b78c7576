import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** How a process that loaded a module ended. `hung`: it did not, and was killed. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number; readonly said: string }
  | { readonly kind: 'crashed'; readonly signal: string }
  | { readonly kind: 'hung' }

/** Longer than any module takes that does not hang. */
const patienceMs = 3000

/** Loads and initialises a module in a process without any environment, as the card process nearly is. */
export async function load(path: string): Promise<Ending> {
  const script = fileURLToPath(new URL('load-module.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path], { env: {}, stdio: ['ignore', 'pipe', 'ignore'] })
  const said = text(child.stdout)
  const stop = new AbortController()
  const ended = once(child, 'close').then(() => true)
  const hung = await Promise.race([
    ended.then(() => false),
    wait(patienceMs, true, { signal: stop.signal }).catch(() => false),
  ])
  stop.abort()
  if (hung) {
    child.kill('SIGKILL')
    await ended
    return { kind: 'hung' }
  }
  if (child.signalCode !== null) return { kind: 'crashed', signal: child.signalCode }
  return { kind: 'exited', code: child.exitCode ?? -1, said: (await said).trim() }
}
