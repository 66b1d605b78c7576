import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
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

  it('refuses with one line what it does not understand', async () => {
    const wrong = [['--port', 'x'], ['--port', '70000'], ['--porte', '1'], ['1']]
    await Promise.all(
      wrong.map(async (args) => {
        const { ended, errors } = command(...args)
        expect([await ended, await errors]).toEqual([64, 'Usage: npm run psc-simulator -- [--port N]\n'])
      }),
    )
  })
})
