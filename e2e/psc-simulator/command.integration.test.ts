import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createSecureContext } from 'node:tls'
import { describe, expect, it } from 'vitest'

function command(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/psc-simulator.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(([code]: unknown[]) => code)
  return { child, ended, errors: text(child.stderr) }
}

describe('npm run psc-simulator', () => {
  it('prints its discovery URL and nothing else, until Control-C', async () => {
    const { child, ended } = command('--port', '0')
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part))
    await once(child.stdout, 'data')
    expect(output).toMatch(
      /^http:\/\/localhost:\d+\/auth\/realms\/esante-wallet\/\.well-known\/wallet-openid-configuration\n$/,
    )
    expect((await fetch(output.trim())).status).toBe(200)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(output.split('\n')).toHaveLength(2)
  })

  it('tells on standard error how to be each of its clients, with the phones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-simulator-'))
    const { child, ended, errors } = command('--port', '0', '--https', '--files', folder)
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    const told = await errors
    for (const id of ['comptoir', 'comptoir-basic', 'comptoir-post', 'comptoir-jwt', 'comptoir-tls'])
      expect(told).toMatch(new RegExp(`^${id}  \\w+  \\S`, 'm'))
    expect(told).toMatch(/^Phones: https:\S+\/telephone$/m)
    const password = / with (\S+)$/m.exec(told.split('certificate.p12').at(-1) ?? '')?.[1] ?? ''
    createSecureContext({ pfx: await readFile(join(folder, 'certificate.p12')), passphrase: password })
    expect((await readdir(folder)).toSorted()).toEqual([
      'ca.pem',
      'certificate.p12',
      'certificate.pem',
      'key-encrypted.pem',
      'key.pem',
    ])
    await rm(folder, { recursive: true })
  })

  it('refuses with one line what it does not understand', async () => {
    const wrong = [['--port', 'x'], ['--port', '70000'], ['--porte', '1'], ['1']]
    await Promise.all(
      wrong.map(async (args) => {
        const { ended, errors } = command(...args)
        expect([await ended, await errors]).toEqual([
          64,
          'Usage: npm run psc-simulator -- [--port N] [--https] [--files DIR]\n',
        ])
      }),
    )
  })
})
