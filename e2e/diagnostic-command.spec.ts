import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readAssistanceCode } from '../electron/diagnostic/assistance-code.ts'
import type { ReportJson } from '../electron/diagnostic/report.ts'
import { badModule } from './support/card/bad-modules.ts'
import { runCommand, test } from './support/keychain.ts'
import { expect } from './support/test.ts'

test.describe('comptoir --diagnostic @diagnostic', () => {
  test('tells an installer, without a display, what is wrong with a workstation at work', async ({
    workstation,
    keychain,
  }) => {
    const { config, dataDir } = workstation
    const run = (...words: string[]) => runCommand(workstation, keychain.env, ['--diagnostic', ...words])
    const json = async (code: number): Promise<ReportJson> => {
      const told = await run('--json')
      expect(told).toMatchObject({ code, errors: [] })
      return JSON.parse(told.out.join('\n'))
    }
    const program = await workstation.start({ env: { ...keychain.env } })
    await program.window('launcher')

    const began = performance.now()
    const well = await json(0)
    expect(performance.now() - began).toBeLessThan(5000)
    expect(well).toMatchObject({ verdict: 'fine', checks: { length: 19 } })
    expect(readAssistanceCode(well.code)).toEqual({ card: 'off', psc: 'off', database: 'fine' })
    expect(well.checks.at(-1)?.text).toMatch(/Electron \d+\.\d+\.\d+, Chromium \d+/u)

    // The vendor's library ends the process that loads it: that is what is found.
    const modulePath = await badModule('initialize-segfaults')
    await workstation.settings((settings) => ({ ...settings, card: { modulePath } }))
    const fallen = await json(2)
    expect(fallen.checks[1]).toMatchObject({ id: 'cryptolib', verdict: 'mend' })
    expect(fallen.checks[12]).toMatchObject({ id: 'database', verdict: 'fine' })

    await writeFile(config, '{ "psc": ')
    const report = join(dataDir, 'diagnostic.txt')
    expect(await run('--output', report)).toMatchObject({ code: 2, out: [expect.any(String)], errors: [] })
    const lines = (await readFile(report, 'utf8')).replaceAll('\u00A0', ' ').split('\n')
    expect(lines[4]).toMatch(/^Contrôles à corriger : n° 1[,.]/u)
    expect(lines).toContainEqual(expect.stringMatching(/^1\. Réglages \(à corriger\) : /u))
    expect(lines).toContain('Noms et RPPS masqués.')
    expect(await run('--output', join(dataDir, 'nulle-part', 'a'))).toMatchObject({ code: 74 })
    expect(await run('--telephone')).toMatchObject({ code: 64 })

    expect(await program.stop()).toBe(0)
    expect(workstation.journal().some(({ kind }) => kind === 'diagnostic.named')).toBe(false)
  })
})
