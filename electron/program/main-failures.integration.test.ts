import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('testing/failing.ts', import.meta.url))

/** The exit code of a program in which that fails, and the lines that it said. */
async function after(how: string, { closed } = { closed: false }): Promise<[unknown, string[]]> {
  const child = spawn(process.execPath, [program, how], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (closed) child.stdout.destroy()
  else child.stdout.resume()
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return [code, said.trim().split('\n')]
}

describe('what nobody has caught', () => {
  it.each(['turn', 'task'])('ends the program while nobody responds: a %s', async (how) => {
    expect(await after(how)).toEqual([69, expect.arrayContaining(['end'])])
    // Neither Node's message nor its stack.
    expect((await after(how))[1].join('\n')).not.toContain('secret')
  })

  it('is answered by who responds; what follows a turn cut off is not', async () => {
    expect(await after('response')).toEqual([0, ['given up', 'cut off', 'went on']])
  })

  it('is as bad as a turn cut off when the response fails too', async () => {
    expect(await after('failing-response')).toEqual([0, ['cut off', 'went on']])
  })

  it('is not that nobody reads what is said', async () => {
    expect(await after('closed-terminal', { closed: true })).toEqual([0, ['went on']])
  })
})
