// What PC/SC says of its readers, and when, in milliseconds since the epoch: a JSON line each on standard output. To be
// started where the service is.

import { Client, ReaderStatus } from 'pcsc-mini'

const client = new Client()
client.on('reader', (reader) => {
  reader.on('change', (flags) => {
    const at = Date.now()
    const present = flags.has(ReaderStatus.PRESENT)
    process.stdout.write(`${JSON.stringify({ reader: reader.name(), present, at })}\n`)
  })
})
client.start()
