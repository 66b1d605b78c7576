import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRoot } from '../storage/testing/mount.ts'
import { createBareMachine, type BareMachine } from './testing/bare-machine.ts'

const itself = fileURLToPath(new URL('testing/installed.ts', import.meta.url))
const words = ['--pharmacy', 'PHARMACIE DU TEST', '--code-file', '-']
const code = 'K7QX2MPD93VA'

let machine: BareMachine
beforeEach(async () => {
  machine = await createBareMachine([code])
})
afterEach(() => machine.remove())

/** Starts the command in a process of its own and kills it as soon as `place` is there; whether it was in time. */
async function killedAt(place: string): Promise<boolean> {
  const child = spawn(process.execPath, [itself, machine.folder, 'prepare', ...words], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(child, 'exit')
  child.stdin.end(code)
  while (!existsSync(place) && child.exitCode === null)
    await new Promise((resolve) => void setImmediate(resolve))
  child.kill('SIGKILL')
  const [, signal] = await ended
  return signal === 'SIGKILL'
}

const whole = ['code-titulaire.json', 'comptoir.exemple.json', 'comptoir.json', 'comptoir.schema.json']

async function expectCompleted(): Promise<void> {
  expect(await machine.prepare(words, code)).toMatchObject({ code: 0, errors: [] })
  const completed = await machine.placed()
  expect(Object.keys(completed)).toEqual(whole)
  expect(completed['comptoir.json']).toContain('PHARMACIE DU TEST')
  expect(machine.owner(machine.settingsFolder).mode).toBe('755')
  expect(machine.owner(machine.paths.data).mode).toBe('777')
}

describe.runIf(isRoot)('prepare, killed', () => {
  // The code's hash alone takes longer after the last of them than the kill.
  it.each([
    'data',
    'settings/comptoir.json',
    'settings/comptoir.schema.json',
    'settings/comptoir.exemple.json',
  ])('once there is %s, leaves whole files, and the next run completes', async (name) => {
    expect(await killedAt(join(machine.folder, name))).toBe(true)
    const placed = Object.entries(await machine.placed())
    expect(placed.map(([file]) => file)).not.toContain('code-titulaire.json')
    for (const [file, content] of placed) {
      if (file.endsWith('.json')) expect(JSON.parse(content)).toBeTypeOf('object')
    }
    await expectCompleted()
  })

  it('in the middle of a file, leaves what the next run takes away', async () => {
    await mkdir(machine.settingsFolder)
    const halves = [...whole.slice(1).map((name) => `${name}.nouveau`), `${whole[0]}.${randomUUID()}`]
    for (const name of halves) await writeFile(join(machine.settingsFolder, name), '{ "psc": { "iss')
    await expectCompleted()
  })
})
