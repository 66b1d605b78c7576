// `npm run psc-simulator -- --port N`: the Pro Santé Connect simulator, until Control-C. Its discovery URL is all that
// standard output is told.

import { parseArgs } from 'node:util'
import { startSimulator } from '../e2e/psc-simulator/simulator.ts'
import { usualPscPort } from './demonstration/simulator.ts'

const DONE = 0
const USAGE = 64
const UNAVAILABLE = 69

/** @returns null when the arguments are not understood */
function portOf(args: readonly string[]): number | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } })
    const { port = String(usualPscPort) } = values
    return /^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? Number(port) : null
  } catch {
    return null
  }
}

async function main(args: readonly string[]): Promise<number> {
  const port = portOf(args)
  if (port === null) {
    console.error('Usage: npm run psc-simulator -- [--port N]')
    return USAGE
  }
  try {
    const simulator = await startSimulator({ port })
    process.stdout.write(`${simulator.discoveryUrl}\n`)
    console.error('Pro Santé Connect simulator: Control-C ends it.')
    await new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
    })
    await simulator.stop()
    return DONE
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    console.error(`The simulator cannot listen on port ${port}: ${error.message}.`)
    return UNAVAILABLE
  }
}

process.exitCode = await main(process.argv.slice(2))
