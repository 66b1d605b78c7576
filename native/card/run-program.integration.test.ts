import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runOn } from './run-program.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-programme-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const run = runOn('linux', { SECRET: 'secret' })
const node = (source: string, ...args: string[]) => run(process.execPath, ['-e', source, ...args])
const inTime = (answer: Promise<string | null>) => Promise.race([answer, sleep(10_000, 'still waiting')])

describe('a program of the system', () => {
  it('gives what it prints', async () => {
    expect(await node(`process.stdout.write('5.2.2')`)).toBe('5.2.2')
  })

  it.each([
    ['fails', process.execPath, ['-e', 'console.log("5.2.2"); process.exitCode = 3']],
    ['dies', process.execPath, ['-e', `process.kill(process.pid, 'SIGKILL')`]],
    ['is missing', '/usr/bin/does-not-exist', []],
    ['is a directory', '/usr', []],
    ['cannot be named', '/usr/bin/\u0000', []],
    ['prints without end', '/usr/bin/yes', []],
  ])('gives nothing where it %s', async (_, program, args) => {
    expect(await run(program, args)).toBeNull()
  })

  it('knows nothing of the environment', async () => {
    expect(await node('console.log(Object.keys(process.env).sort().join())')).toBe('LC_ALL,PATH\n')
  })

  it('has nothing to read', async () => {
    expect(await node(`process.stdin.on('end', () => console.log('end')).resume()`)).toBe('end\n')
  })

  it('is killed where it does not end', async () => {
    const file = join(folder, 'pid')
    const source = `require('fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000)`
    expect(await inTime(node(source, file))).toBeNull()
    await expectGone(Number(await readFile(file, 'utf8')))
  })

  it('is waited for no longer where another process holds its output', async () => {
    const file = join(folder, 'pid')
    expect(await inTime(run('/bin/sh', ['-c', 'sleep 60 & echo $! > "$0"', file]))).toBeNull()
    process.kill(Number(await readFile(file, 'utf8')))
  })
})

async function expectGone(pid: number): Promise<void> {
  await expect
    .poll(() => {
      try {
        return process.kill(pid, 0)
      } catch {
        return 'gone'
      }
    })
    .toBe('gone')
}
