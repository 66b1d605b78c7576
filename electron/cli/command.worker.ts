import { workerData } from 'node:worker_threads'
import { openKeychain } from '../../native/keychain/secrets.ts'
import type { CommandData } from './command.ts'
import { perform } from './perform.ts'
import { standardStreams } from './terminal.ts'

const { program, exitCode }: CommandData = workerData

// However this thread ends: the main one waits for it.
process.once('exit', (code) => {
  Atomics.store(exitCode, 0, code)
  Atomics.notify(exitCode, 0)
})
void work()

async function work(): Promise<void> {
  process.exitCode = await perform(program, { terminal: standardStreams, keychain: openKeychain() })
}
