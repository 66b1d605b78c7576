import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badModule } from '../../e2e/support/card/bad-modules.ts'
import { makeCard } from '../../e2e/support/card/pki.ts'
import { startSimulation } from '../../e2e/support/card/simulated-cryptolib.ts'
import { probeAside, type Probed } from './probe.ts'

const program = join(import.meta.dirname, 'testing/probe-program.ts')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-probe-'))
})
afterAll(() => rm(folder, { recursive: true }))

const probe = (modulePath: string, patienceMs = 20_000): Promise<Probed> =>
  probeAside({ command: [process.execPath, program, modulePath], env: { PROBE: folder }, patienceMs })

/** Whether a process of these tests is there still. */
async function isThere(): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))
  const all = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
  )
  return all.some((environment) => environment.includes(`PROBE=${folder}`))
}

describe('a probe of the card', () => {
  it('reads the cards, and is gone', async () => {
    const card = await makeCard('pharmacist')
    const { modulePath, set } = await startSimulation(folder, [card])
    set({ readers: [{ name: 'Lecteur 0', content: { card } }] })
    const probed = await probe(modulePath)
    expect(probed).toMatchObject({
      kind: 'seen',
      snapshot: {
        state: {
          kind: 'card',
          card: { certificate: { kind: 'read', holder: { lastName: 'ADJOINTPHARM' } } },
        },
        cryptolib: { path: modulePath, bits: 64, libraryVersion: '3.1' },
        readers: ['Lecteur 0'],
      },
    })
    await expect.poll(isThere).toBe(false)
  })

  it.each([
    ['initialize-segfaults', 'ended'],
    ['initialize-aborts', 'ended'],
    ['initialize-exits', 'ended'],
    ['initialize-hangs', 'hung'],
    ['slot-list-hangs', 'hung'],
  ] as const)('falls alone with %s, and leaves nothing', async (name, why) => {
    const began = performance.now()
    expect(await probe(await badModule(name), 3000)).toEqual({ kind: 'failed', why })
    expect(performance.now() - began).toBeLessThan(5000)
    await expect.poll(isThere).toBe(false)
  })

  it('is none where its program cannot be started', async () => {
    const failed = { kind: 'failed', why: 'ended' }
    expect(await probeAside({ command: [join(folder, 'nothing')], env: {}, patienceMs: 1000 })).toEqual(
      failed,
    )
    expect(await probeAside({ command: [process.execPath, '-e', '1'], env: {}, patienceMs: 5000 })).toEqual(
      failed,
    )
  })
})
