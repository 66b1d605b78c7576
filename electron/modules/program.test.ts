import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { obstacleTo, startProgram } from './program.ts'

let folder = ''
let time = 0
beforeEach(async () => {
  time = 1000
  folder = await mkdtemp(join(tmpdir(), 'comptoir-program-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function fileHolding(text: string, mode = 0o755): Promise<string> {
  const file = join(folder, 'programme')
  await writeFile(file, text, { mode })
  return file
}

const start = (command: string, ...args: string[]) =>
  startProgram({ kind: 'program', command, args, leave: 'process' }, () => time)

/** A started program and its end, the clock `elapsed` ms after its start when its process ends. */
async function running(elapsed: number, command: string, ...args: string[]) {
  const started = await start(command, ...args)
  if (started.kind !== 'started') throw new Error(started.kind)
  time += elapsed
  return started
}
const script = (elapsed: number, source: string, ...args: string[]) =>
  running(elapsed, process.execPath, '-e', source, ...args)

/** What a program of Node writes as JSON into a file, once it has ended. */
async function reportOf(expression: string, ...args: string[]): Promise<unknown> {
  const file = join(folder, 'compte-rendu.json')
  const source = `require('fs').writeFileSync(process.argv[1], JSON.stringify(${expression}))`
  expect(await (await script(0, source, file, ...args)).end).toEqual({ kind: 'handed-over' })
  return JSON.parse(await readFile(file, 'utf8'))
}

const waiting = 'setInterval(() => {}, 1000)'

describe('a command that cannot be started', () => {
  it('is missing', async () => {
    const command = join(folder, 'absent')
    expect(await obstacleTo(command)).toBe('missing')
    expect(await start(command)).toEqual({ kind: 'missing' })
  })

  it('is in a folder that is missing', async () => {
    const command = join(folder, 'absent', 'programme')
    expect(await obstacleTo(command)).toBe('missing')
    expect(await start(command)).toEqual({ kind: 'missing' })
  })

  it('is a file that is not executable', async () => {
    const command = await fileHolding('#!/bin/sh\nexit 0\n', 0o644)
    expect(await obstacleTo(command)).toBe('not-executable')
    expect(await start(command)).toEqual({ kind: 'not-executable' })
  })

  it('is a folder', async () => {
    expect(await obstacleTo(folder)).toBe('not-executable')
    expect(await start(folder)).toEqual({ kind: 'not-executable' })
  })

  it('is named all the same when the system call itself throws', async () => {
    const command = join(await fileHolding(''), 'programme')
    expect(await start(command)).toEqual({ kind: 'missing' })
    expect(await start(process.execPath, 'a\0b')).toEqual({ kind: 'not-started' })
  })
})

describe('a command that can be started', () => {
  it('has no obstacle', async () => {
    expect(await obstacleTo(await fileHolding('#!/bin/sh\nexit 0\n'))).toBeNull()
    expect(await obstacleTo(process.execPath)).toBeNull()
  })

  it('gets its arguments as they are, past no shell, in its own folder', async () => {
    const given = ['$HOME', 'a b', '; exit 3', '*', '']
    expect(await reportOf('[process.argv.slice(2), process.cwd()]', ...given)).toEqual([
      given,
      dirname(process.execPath),
    ])
  })

  it('gets nothing that steers Comptoir or its runtime, and the rest of the environment', async () => {
    vi.stubEnv('COMPTOIR_DATA_DIR', '/essai')
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1')
    vi.stubEnv('NODE_OPTIONS', '--no-warnings')
    vi.stubEnv('PHARMACIE', 'du test')
    const names = ['COMPTOIR_DATA_DIR', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'PHARMACIE', 'PATH']
    expect(await reportOf(`${JSON.stringify(names)}.map((name) => process.env[name] ?? null)`)).toEqual([
      null,
      null,
      null,
      'du test',
      process.env['PATH'],
    ])
  })

  it('gets what is given to it alone in its environment, in place of what we had', async () => {
    vi.stubEnv('COMPTOIR_SESSION_TICKET', 'the one of the module that started Comptoir')
    const file = join(folder, 'compte-rendu.json')
    const source = `require('fs').writeFileSync(process.argv[1], process.env.COMPTOIR_SESSION_TICKET ?? 'none')`
    for (const [given, expected] of [
      [{ COMPTOIR_SESSION_TICKET: 'its own' }, 'its own'],
      [undefined, 'none'],
    ] as const) {
      const started = await startProgram(
        { kind: 'program', command: process.execPath, args: ['-e', source, file], leave: 'process' },
        () => time,
        given,
      )
      expect(started.kind === 'started' && (await started.end)).toEqual({ kind: 'handed-over' })
      expect(await readFile(file, 'utf8')).toBe(expected)
    }
  })

  it('prints and reads nowhere', async () => {
    const isNothing = `require('fs').fstatSync(fd).rdev === require('fs').statSync('/dev/null').rdev`
    expect(await reportOf(`[0, 1, 2].map((fd) => ${isNothing})`)).toEqual([true, true, true])
  })

  it('leads a process group of its own, so that it survives Comptoir', async () => {
    const { pid, end } = await script(6000, waiting)
    expect(process.kill(-pid, 'SIGTERM')).toBe(true)
    expect(await end).toEqual({ kind: 'left' })
  })
})

describe('a program', () => {
  it.each([0, 4999])('that ends with 0 after %i ms has handed over to another process', async (elapsed) => {
    const { end } = await running(elapsed, await fileHolding('#!/bin/sh\nexec sleep 0.1\n'))
    expect(await end).toEqual({ kind: 'handed-over' })
  })

  it('that ends with anything else in that time has failed', async () => {
    const { end } = await running(4999, await fileHolding('#!/bin/sh\nsleep 0.1\nexit 3\n'))
    expect(await end).toEqual({ kind: 'ended-at-once', how: 'code 3' })
  })

  it('that is killed in that time has failed', async () => {
    const { pid, end } = await script(4999, waiting)
    process.kill(pid, 'SIGKILL')
    expect(await end).toEqual({ kind: 'ended-at-once', how: 'SIGKILL' })
  })

  it.each([0, 3])('that ends with %i after 5 s has been left', async (code) => {
    const { end } = await running(5000, await fileHolding(`#!/bin/sh\nsleep 0.1\nexit ${code}\n`))
    expect(await end).toEqual({ kind: 'left' })
  })

  it('that is killed after 5 s has been left', async () => {
    const { pid, end } = await script(5000, waiting)
    process.kill(pid, 'SIGKILL')
    expect(await end).toEqual({ kind: 'left' })
  })
})
