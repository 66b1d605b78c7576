import { expect, identify, test } from './support/test.ts'

test.describe('Identification @login', () => {
  test('with the keyboard alone: a module, code and password, then the module opens', async ({
    workstation,
  }) => {
    await workstation.settings((settings) => ({
      ...settings,
      modules: [
        {
          id: 'ventes',
          label: 'Ventes',
          shortcut: 'F2',
          access: 'operator',
          launch: { kind: 'program', command: '/bin/sleep', args: ['30'] },
        },
      ],
    }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()

    await launcher.keyboard.press('F2')
    const identification = await program.window('identification')
    await expect(identification).toHaveTitle('Identification – Ventes')
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    await identify(identification, '1', workstation.passwordOf('1'))
    await program.gone('identification')

    await expect(launcher.getByText('Opérateur « 1 » — PATRICIA ADJOINTPHARM')).toBeVisible()
    await expect(launcher.getByText('RPPS 99700261797')).toBeVisible()
    await expect(launcher.getByRole('button', { name: 'Ventes', exact: true })).toHaveAccessibleDescription(
      'Ouvert',
    )
    await program.stop()

    expect(
      workstation
        .journal()
        .map(({ kind }) => kind)
        .slice(4),
    ).toEqual([
      'identification.succeeded',
      'session.connected',
      'module.opened',
      'session.ended',
      'program.stopped',
    ])
  })
})
