import { rename, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import { connect, startWith, tile, webModule } from './support/counter.ts'
import { runCommand } from './support/keychain.ts'
import { plain } from './support/main-process.ts'
import { expect, sleeper, test } from './support/test.ts'

/** More faults than the window has room for. */
const manyFaults = {
  card: {
    modulePaht: 'C:\\Program Files\\Un dossier au nom bien long\\santesocial\\CPS\\cps3_pkcs11_w64.dll',
  },
  psc: { discoveryUrl: 'x', clientSecret: 'tr3s-secret' },
  modules: Array.from({ length: 10 }, (_, index) => ({
    id: 'x',
    label: '',
    access: 'operator',
    launch: { kind: 'program', command: `produits-${index}.exe` },
  })),
}

test.describe('comptoir.json @settings', () => {
  test('thirty faults are all there, by keyboard too, and --check-config tells the same ones', async ({
    workstation,
  }) => {
    await writeFile(workstation.config, JSON.stringify(manyFaults, null, 2))
    const program = await workstation.start()
    const page = await program.window('fault')
    const faults = page.getByRole('listitem')
    await expect(faults).toHaveCount(34)
    await expect(page.getByText('34 points à corriger.')).toBeVisible()
    await expect(page.getByText('modulePaht — vouliez-vous dire « modulePath » ? (ligne 3)')).toBeVisible()
    expect(await faultsOf(page)).toEqual([])

    await expect(faults.last()).not.toBeInViewport()
    await page.keyboard.press('Control+End')
    await expect(faults.last()).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('button', { name: 'Réessayer' })).toBeInViewport({ ratio: 1 })

    const told = await runCommand(workstation, {}, ['--check-config'])
    expect(told.code).toBe(78)
    const lines = told.errors.map(plain)
    const shown = await faults.evaluateAll((items) =>
      items.map((item) => [...item.children].map((part) => part.textContent).join(' : ')),
    )
    expect(lines).toEqual(shown.map(plain))
    expect(lines.join()).not.toContain('tr3s-secret')
    // Nobody was in: the journal is as the demonstration left it.
    expect(workstation.journal()).toHaveLength(3)
  })

  test('a change is seen at once where it can be, a faulty one changes nothing', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [sleeper('ventes', 'Ventes', 30)])
    await connect(workstation, program, '1')
    await expect(launcher).toHaveTitle('Comptoir — PHARMACIE DU TEST')
    const before = workstation.journal().length

    const doc = webModule('doc', 'Documentation', `${workstation.pagesUrl}documentation`)
    await workstation.settings(({ modules = [], ...settings }) => ({
      ...settings,
      pharmacy: { ...settings.pharmacy, name: 'PHARMACIE NOUVELLE' },
      support: { name: 'Assistance', phone: '01 99 00 56 78' },
      storage: { url: 'sqlite:autre.db' },
      modules: [...modules, doc],
    }))
    await saying(launcher, 'Réglages pris en compte : pharmacy.name, support.name, support.phone, modules.')
    await saying(launcher, 'Ce réglage prendra effet au prochain démarrage de Comptoir : storage.url.')
    await expect(launcher).toHaveTitle('Comptoir — PHARMACIE NOUVELLE')
    await expect(launcher.getByText('01 99 00 56 78')).toBeVisible()
    await tile(launcher, 'Documentation').click()
    await program.modulePage(/documentation/u)

    // As an editor replaces a file.
    await writeFile(
      `${workstation.config}.tmp`,
      JSON.stringify({ support: { phone: '3' }, session: { maxHours: 0 } }),
    )
    await rename(`${workstation.config}.tmp`, workstation.config)
    await saying(launcher, 'Les réglages modifiés ont 1 erreur ; Comptoir garde les précédents.')
    await saying(launcher, 'session.maxHours : attendu : plus de 0 ; trouvé : 0')
    await expect(launcher.getByText('01 99 00 56 78')).toBeVisible()
    await expect(tile(launcher, 'Ventes')).toBeVisible()

    expect(await program.stop()).toBe(0)
    const [changed, ...others] = workstation.journal().slice(before)
    expect(changed).toMatchObject({
      kind: 'settings.changed',
      details: {
        applied: ['pharmacy.name', 'support.name', 'support.phone', 'modules'],
        pending: ['storage.url'],
      },
    })
    expect(others.map(({ kind }) => kind)).toEqual([
      'module.opened',
      'session.ended',
      'module.left',
      'program.stopped',
    ])
  })
})

/** What the launcher says above the modules. */
async function saying(launcher: Page, text: string): Promise<void> {
  await expect(launcher.getByText(text)).toBeVisible()
}
