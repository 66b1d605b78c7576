import { workerData } from 'node:worker_threads'
import type { CommandData } from './command.ts'

const { program, told, progress }: CommandData = workerData

const tell = (what: number): void => {
  Atomics.store(told, 0, what)
  Atomics.notify(told, 0)
}
let outcome: number = progress.failed
// However this thread ends: the main one waits for it.
process.once('exit', () => tell(outcome))
tell(progress.running)
void work()

/** What the command needs is loaded once this thread can tell that it failed. */
async function work(): Promise<void> {
  const { openKeychain } = await import('../../native/keychain/secrets.ts')
  const { perform } = await import('./perform.ts')
  const { standardStreams } = await import('./terminal.ts')
  outcome = await perform(program, { terminal: standardStreams, keychain: openKeychain() })
  // At once: what Node itself writes here (a warning) goes through the main thread, which waits, and would keep this one.
  tell(outcome)
}
