// Run by a Node of its own: keeps for ever the session bus that it first meets (GLib), and may hang.
// Each argument is a call of the keychain; one line of JSON for each answer.

import { openKeychain } from '../secrets.ts'

const keychain = openKeychain()
const name = 'psc.clientSecret'

/** « read », « write:VALUE », « remove », all of the client secret; « names ». */
function call(words: string): Promise<unknown> {
  const [method, value = ''] = words.split(':')
  if (method === 'read') return keychain.read(name)
  if (method === 'write') return keychain.write(name, value)
  if (method === 'remove') return keychain.remove(name)
  return keychain.names()
}

for (const words of process.argv.slice(2)) {
  const answer = await call(words).catch((error: unknown) => String(error))
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`)
}
