// `npm run -s demo:data -- DIR`: writes a ready demonstration into DIR and prints as JSON what one must know of it.

import { resolve } from 'node:path'
import { writeDemonstration } from './demonstration/data.ts'
import { usualPagesUrl } from './demonstration/pages.ts'
import { usualPsc } from './demonstration/simulator.ts'
import { whyNotWritten } from './demonstration/why-not-written.ts'
import { electronExecutable } from './electron-arguments.ts'

const DONE = 0
const USAGE = 64
const DISK = 74

async function main(args: readonly string[]): Promise<number> {
  const [folder, ...others] = args
  if (folder === undefined || folder === '' || folder.startsWith('-') || others.length > 0) {
    console.error('Usage: npm run -s demo:data -- DIR')
    return USAGE
  }
  // npm runs scripts at the root of the checkout; a relative DIR is one where npm was called.
  const absolute = resolve(process.env['INIT_CWD'] ?? '', folder)
  try {
    const surroundings = { electron: electronExecutable(), pagesUrl: usualPagesUrl, psc: usualPsc }
    const demonstration = await writeDemonstration(absolute, surroundings)
    process.stdout.write(`${JSON.stringify({ ...demonstration, pagesUrl: usualPagesUrl }, null, 2)}\n`)
    return DONE
  } catch (error) {
    const reason = whyNotWritten(error)
    if (reason === null) throw error
    console.error(`The demonstration cannot be written into ${absolute}: ${reason}.`)
    return DISK
  }
}

process.exitCode = await main(process.argv.slice(2))
