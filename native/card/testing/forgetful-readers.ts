import * as pcsc from 'pcsc-mini'
import { createReaders } from '../readers.ts'

// Watches the readers in a process of its own, to be started with --expose-gc: tells whether the service runs, and
// when asked, that it has outlived what it has forgotten.

const readers = createReaders(pcsc)
const tell = (text: string): void => void process.send?.(text)

process.on('message', () => {
  globalThis.gc?.()
  // Finalisers come a turn later.
  setTimeout(() => tell('outlived'), 50)
})
process.on('disconnect', () => process.exit())
void readers.start(() => tell(readers.snapshot().service))
