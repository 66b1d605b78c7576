import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proveConsole } from './console-proofs.ts'
import { openLedger } from './ledger.ts'
import { proveMsi } from './msi-proofs.ts'
import { proveNsis } from './nsis-proofs.ts'
import { makeWine } from './wine.ts'

const USAGE = 64

/**
 * `npm run package -- --windows-check`: what can be known of the Windows installers without Windows: the console and the
 * installers are compiled, and do their work under Wine.
 * @returns the exit code: 0 when all is proved
 */
export async function checkWindows(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console.error('npm run package -- --windows-check')
    return USAGE
  }
  const scratch = await mkdtemp(join(tmpdir(), 'comptoir-windows-'))
  const wine = await makeWine(join(scratch, 'wine'))
  const ledger = openLedger()
  try {
    await proveConsole(ledger, wine, scratch)
    const setup = await proveNsis(ledger, wine, scratch)
    await proveMsi(ledger, wine, scratch, setup)
  } finally {
    await wine.stop()
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  return ledger.close() === 0 ? 0 : 1
}
