import { probeCards } from '../probe.ts'

/** A program that reads the cards with the library of this path, and says what it has seen: `node probe-program.ts PATH`. */
const [modulePath = null] = process.argv.slice(2)
process.stdout.write('what a library prints\n{"state":')
process.stdout.write(`\n${JSON.stringify(await probeCards({ modulePath, remote: null }))}\n`)
