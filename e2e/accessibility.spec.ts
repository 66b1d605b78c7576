import { faultsOf } from './support/axe.ts'
import { expect, identify, sleeper, test } from './support/test.ts'

test.describe('Every window can be used by everybody @login', () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${theme}`, async ({ workstation }) => {
      await workstation.settings((settings) => ({
        ...settings,
        modules: [...(settings.modules ?? []), sleeper('relais', 'Relais', 6), sleeper('long', 'Long', 60)],
      }))
      const program = await workstation.start()
      const launcher = await program.window('launcher')
      await program.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      expect(await faultsOf(launcher)).toEqual([])

      await launcher.getByRole('button', { name: 'Relais', exact: true }).click()
      const identification = await program.window('identification')
      expect(await faultsOf(identification)).toEqual([])
      await identify(identification, '1', 'faux')
      await expect(identification.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible()
      expect(await faultsOf(identification)).toEqual([])
      await identification.keyboard.type(workstation.passwordOf('1'), { delay: 40 })
      await identification.keyboard.press('Enter')
      const question = await program.window('stay-connected')
      expect(await faultsOf(question)).toEqual([])
      await question.getByRole('button', { name: 'Rester connecté' }).click()
      await program.gone('stay-connected')

      await launcher.getByRole('button', { name: 'DMP', exact: true }).click()
      await expect(launcher.getByRole('alert').filter({ hasText: 'DMP' })).toBeVisible()
      expect(await faultsOf(launcher)).toEqual([])
      await launcher.getByRole('button', { name: 'Documentation', exact: true }).click()
      await program.modulePage(/documentation/u)
      await launcher.getByRole('button', { name: "Changer d'opérateur" }).click()
      expect(await faultsOf(await program.window('veil'))).toEqual([])
      await (await program.window('identification')).keyboard.press('Escape')
      await program.gone('identification')
      expect(await faultsOf(launcher)).toEqual([])
      await (await program.app.browserWindow(launcher)).evaluate((window) => window.close())
      expect(await faultsOf(await program.window('closing'))).toEqual([])
      await program.stop()
      expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
    })
  }

  test('axe finds nothing where the program cannot start', async ({ workstation }) => {
    await workstation.settings((settings) => ({ ...settings, session: { stayConnectedSeconds: 3 } }))
    expect(await faultsOf(await (await workstation.start()).window('fault'))).toEqual([])
  })

  test('axe finds nothing where the titulaire is created', async ({ workstation }) => {
    const program = await workstation.start({ dataDir: await workstation.emptyFolder() })
    const launcher = await program.window('launcher')
    await launcher.getByRole('button', { name: 'Créer le titulaire' }).click()
    expect(await faultsOf(await program.window('first-run'))).toEqual([])
  })
})
