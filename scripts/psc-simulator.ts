// `npm run psc-simulator -- --port N`: the Pro Santé Connect simulator, until Control-C. Its discovery URL is all that
// standard output is told; standard error has its clients. `--https` shows a certificate of its own authority, and
// `--files DIR` writes what does not fit on a line.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSimulator, type Simulator } from '../e2e/psc-simulator/simulator.ts'
import { usualPscPort } from './demonstration/simulator.ts'

const DONE = 0
const USAGE = 64
const UNAVAILABLE = 69

type Asked = { readonly port: number; readonly https: boolean; readonly files: string | undefined }

/** @returns null when the arguments are not understood */
function askedBy(args: readonly string[]): Asked | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(usualPscPort) },
        https: { type: 'boolean', default: false },
        files: { type: 'string' },
      },
    })
    const { port, https, files } = values
    return /^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? { port: Number(port), https, files } : null
  } catch {
    return null
  }
}

/** The files of `--files`. */
const names = {
  key: 'key.pem',
  encryptedKey: 'key-encrypted.pem',
  certificate: 'certificate.pem',
  p12: 'certificate.p12',
}

/** Test credentials of this run, readable by their owner alone all the same. */
async function writeFiles({ ca, credentials }: Simulator, folder: string): Promise<void> {
  const { key, certificate, p12 } = credentials.tls_client_auth
  const write = (name: string, content: string | Buffer) =>
    writeFile(join(folder, name), content, { mode: 0o600 })
  await mkdir(folder, { recursive: true })
  await write('ca.pem', ca)
  await write(names.key, key.pem)
  await write(names.encryptedKey, key.encryptedPem)
  await write(names.certificate, certificate)
  await write(names.p12, p12.content)
}

/** What one needs to be each of its clients. */
function clientsOf({ credentials }: Simulator, { https, files }: Asked): string[] {
  const { none, client_secret_basic: basic, client_secret_post: post } = credentials
  const { private_key_jwt: jwt, tls_client_auth: tls } = credentials
  const fromFolder = (text: string) => (files === undefined ? 'needs --files DIR' : text)
  const key = fromFolder(`${names.key}, or ${names.encryptedKey} with ${jwt.key.passphrase}`)
  const certificate = fromFolder(
    `${names.key} and ${names.certificate}, or ${names.p12} with ${tls.p12.password}`,
  )
  return [
    `${none.clientId}  ${none.method}  no secret`,
    ...[basic, post].map(({ clientId, method, clientSecret }) => `${clientId}  ${method}  ${clientSecret}`),
    `${jwt.clientId}  ${jwt.method}  ${key}`,
    `${tls.clientId}  ${tls.method}  ${https ? certificate : 'needs --https'}`,
  ]
}

async function main(args: readonly string[]): Promise<number> {
  const asked = askedBy(args)
  if (asked === null) {
    console.error('Usage: npm run psc-simulator -- [--port N] [--https] [--files DIR]')
    return USAGE
  }
  try {
    const simulator = await startSimulator({ port: asked.port, ...(asked.https ? { tls: 'trusted' } : {}) })
    if (asked.files !== undefined) await writeFiles(simulator, asked.files)
    console.error(`Phones: ${simulator.phone.url}`)
    for (const line of clientsOf(simulator, asked)) console.error(line)
    // Before anybody knows that it is there, and may end it.
    const ended = new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
    })
    process.stdout.write(`${simulator.discoveryUrl}\n`)
    console.error('Pro Santé Connect simulator: Control-C ends it.')
    await ended
    await simulator.stop()
    return DONE
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    console.error(`The simulator cannot start on port ${asked.port}: ${error.message}.`)
    return UNAVAILABLE
  }
}

process.exitCode = await main(process.argv.slice(2))
