import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  badFile,
  badModule,
  directoryInstead,
  type BadFile,
  type BadModule,
} from '../../e2e/support/card/bad-modules.ts'
import type { CardState } from './states.ts'
import { startCardProcess, type StartedCardProcess } from './testing/started-card-process.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-bad-library-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function started(options: Parameters<typeof startCardProcess>[0]): StartedCardProcess {
  const card = startCardProcess(options)
  onTestFinished(card.kill)
  return card
}

const unusable = (path: string, reason: string) => ({
  kind: 'cryptolib-unusable',
  path,
  reason,
  reference: 'R-1',
})

describe('a library that cannot be used', () => {
  it('is not there', async () => {
    const modulePath = join(folder, 'nothing.so')
    expect(await started({ modulePath }).shows('cryptolib-missing')).toEqual({ kind: 'cryptolib-missing' })
  })

  it('is a directory', async () => {
    const modulePath = await directoryInstead(folder)
    expect(await started({ modulePath }).shows('cryptolib-unusable')).toEqual(
      unusable(modulePath, 'directory'),
    )
  })

  it('has 32 bits', async () => {
    const modulePath = await badFile(folder, 'elf-32')
    expect(await started({ modulePath }).shows('cryptolib-32-bit-only')).toEqual({
      kind: 'cryptolib-32-bit-only',
      path: modulePath,
    })
  })

  it.each<[BadFile, string]>([
    ['text', 'not-a-library'],
    ['empty', 'not-a-library'],
    ['elf-truncated', 'not-a-library'],
    ['elf-x64', 'not-loaded'],
  ])('is a file of kind %s: %s', async (name, reason) => {
    const modulePath = await badFile(folder, name)
    expect(await started({ modulePath }).shows('cryptolib-unusable')).toEqual(unusable(modulePath, reason))
  })

  it.each<[BadModule, string]>([
    ['not-pkcs11', 'not-pkcs11'],
    ['function-list-fails', 'not-pkcs11'],
    ['initialize-general-error', 'not-initialised'],
    ['initialize-vendor-error', 'not-initialised'],
  ])('is a module that is %s: %s', async (name, reason) => {
    const modulePath = await badModule(name)
    const card = started({ modulePath })
    expect(await card.shows('cryptolib-unusable')).toEqual(unusable(modulePath, reason))
    // It lives on, and says the same when tested.
    expect((await card.test()).snapshot).toEqual(card.snapshot())
    expect(card.ended()).toBe(false)
  })
})

describe('a library that takes the process with it', () => {
  it.each<BadModule>(['initialize-segfaults', 'initialize-aborts', 'initialize-exits'])(
    'ends it, and it has told of which library: %s',
    async (name) => {
      const modulePath = await badModule(name)
      const card = started({ modulePath })
      await card.end
      expect(card.snapshot().state).toEqual({ kind: 'searching' } satisfies CardState)
      expect(card.snapshot().cryptolib?.path).toBe(modulePath)
    },
  )

  it.each<BadModule>(['initialize-hangs', 'slot-list-hangs'])(
    'keeps it from beating, and it ends when told to: %s',
    async (name) => {
      const card = started({ modulePath: await badModule(name) })
      await expect.poll(() => card.snapshot().cryptolib).not.toBeNull()
      await sleep(500)
      const before = card.beats()
      await sleep(4500)
      expect(card.beats()).toBe(before)
      card.post({ kind: 'stop' })
      expect(await card.end).toBe('SIGKILL')
    },
    30_000,
  )
})

describe('the environment of the card process', () => {
  it('may be nothing at all', async () => {
    const card = started({ modulePath: join(folder, 'nothing.so'), env: {} })
    await card.shows('cryptolib-missing')
  })
})
