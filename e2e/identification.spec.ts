import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { scan } from './support/scan.ts'
import {
  expect,
  identify,
  sleeper,
  test,
  type,
  type Workstation,
  type WrittenModule,
} from './support/test.ts'

const ventes: WrittenModule = { ...sleeper('ventes', 'Ventes', 30), shortcut: 'F2' }

/** The identification window, asked for by a module's key. */
async function askFor(workstation: Workstation) {
  await workstation.settings((settings) => ({ ...settings, modules: [ventes] }))
  const program = await workstation.start()
  const launcher = await program.window('launcher')
  await launcher.keyboard.press('F2')
  const identification = await program.window('identification')
  return { program, launcher, identification }
}

test.describe('Identification @login', () => {
  test('with the keyboard alone: a module, code and password, the module opens, one leaves', async ({
    workstation,
  }) => {
    await workstation.settings((settings) => ({
      ...settings,
      modules: [{ ...sleeper('ventes', 'Ventes', 6), shortcut: 'F2' }],
    }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await expect(launcher).toHaveTitle('Comptoir — PHARMACIE DU TEST')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    const tile = launcher.getByRole('button', { name: 'Ventes', exact: true })
    await expect(tile).toHaveAttribute('aria-keyshortcuts', 'F2')

    await launcher.keyboard.press('F2')
    const identification = await program.window('identification')
    await expect(identification).toHaveTitle('Identification – Ventes')
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    await identify(identification, '1', workstation.passwordOf('1'))
    await program.gone('identification')

    await expect(launcher.getByText('Opérateur « 1 » — PATRICIA ADJOINTPHARM')).toBeVisible()
    for (const said of ['Pharmacien adjoint', 'RPPS 99700261797', 'Code opérateur', /^Session jusqu'à \d/u]) {
      await expect(launcher.getByText(said)).toBeVisible()
    }
    await expect(tile).toHaveAccessibleDescription('Ouvert')

    const question = await program.window('stay-connected')
    await expect(question.getByRole('button', { name: 'Déconnecter' })).toBeFocused()
    // Deaf at first, so that what was being typed answers nothing.
    await expect(async () => {
      await question.keyboard.press('Enter')
      expect(await program.isShown('stay-connected')).toBe(false)
    }).toPass()
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await program.stop()

    expect(
      workstation
        .journal()
        .map(({ kind }) => kind)
        .slice(3),
    ).toEqual([
      'program.started',
      'identification.succeeded',
      'session.connected',
      'module.opened',
      'module.left',
      'stay-connected.answered',
      'session.ended',
      'program.stopped',
    ])
  })

  test('a wrong password and an unknown code are told alike', async ({ workstation }) => {
    const { program, identification } = await askFor(workstation)
    const alert = identification.getByRole('alert').filter({ hasText: 'incorrect' })
    const code = identification.getByLabel('Code opérateur')
    const password = identification.getByLabel('Mot de passe', { exact: true })

    await identify(identification, '1', 'marmite')
    await expect(alert).toContainText('Code opérateur ou mot de passe incorrect.')
    await expect(password).toBeFocused()
    await expect(password).toHaveValue('')
    const told = await alert.innerText()
    await code.fill('')
    await code.focus()
    await identify(identification, 'ZZ9', 'marmite')
    await expect(alert).not.toContainText(told)
    await expect(alert).toContainText('Code opérateur ou mot de passe incorrect.')
    const reference = /Réf\. (?<reference>\S+)/u.exec(await alert.innerText())?.groups?.['reference']

    await program.stop()
    const refused = workstation.journal().filter(({ kind }) => kind === 'identification.refused')
    expect(refused.map(({ operatorCode }) => operatorCode)).toEqual(['1', null])
    expect(refused.at(-1)?.reference).toBe(reference)
    expect(JSON.stringify(workstation.journal())).not.toMatch(/ZZ9|marmite/u)
    expect(await workstation.log()).not.toMatch(/ZZ9|marmite/u)
  })

  for (const [code, what] of [
    ['1', 'a known code'],
    ['ZZ9', 'an unknown one'],
  ] as const) {
    test(`five errors make ${what} wait, and the sixth is not even looked at`, async ({ workstation }) => {
      const { program, identification } = await askFor(workstation)
      const alert = identification.getByRole('alert').filter({ hasText: "Trop d'essais" })
      await type(identification, code)
      await identification.keyboard.press('Enter')
      for (let error = 1; error <= 5; error += 1) {
        await type(identification, 'faux')
        await identification.keyboard.press('Enter')
        await expect(identification.getByRole('button', { name: 'OK' })).toBeEnabled()
        await expect(identification.getByLabel('Mot de passe', { exact: true })).toHaveValue('')
      }
      await type(identification, code === '1' ? workstation.passwordOf('1') : 'faux')
      await identification.keyboard.press('Enter')
      await expect(alert.first()).toHaveText(
        /Trop d'essais\. Réessayez dans \d+\ss, ou utilisez Pro Santé Connect\./u,
      )
      expect(await program.isShown('identification')).toBe(true)
      await program.stop()
      const reasons = workstation
        .journal()
        .flatMap((row) => (row.kind === 'identification.refused' ? [row.details] : []))
      expect(reasons.map((details) => details['reason'])).toEqual([
        ...Array.from({ length: 5 }, () => 'wrong-credentials'),
        'throttled',
      ])
    })
  }

  test('Escape gives up: nothing changes, nothing of what was typed is left', async ({ workstation }) => {
    const { program, launcher, identification } = await askFor(workstation)
    await type(identification, '1')
    await identification.keyboard.press('Enter')
    await type(identification, 'girafe')
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    expect(await (await program.app.browserWindow(launcher)).evaluate((window) => window.isFocused())).toBe(
      true,
    )

    expect(
      await identification.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value)),
    ).toEqual(['', ''])
    await launcher.getByRole('button', { name: "S'identifier" }).click()
    const again = await program.window('identification')
    await expect(again).toHaveTitle('Identification')
    await expect(again.getByLabel('Code opérateur')).toBeFocused()
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('a product’s barcode is ignored, with a sentence', async ({ workstation }) => {
    const { program, identification } = await askFor(workstation)
    await scan(program, 'identification', '3400930000120')
    await expect(identification.getByRole('status').filter({ hasText: 'Code-barres' })).toBeVisible()
    await expect(identification.getByLabel('Code opérateur')).toHaveValue('')
    await program.stop()
    expect(workstation.journal().some(({ kind }) => kind === 'identification.refused')).toBe(false)
  })

  test('the code may be typed in lower case, the password shown and pasted', async ({ workstation }) => {
    const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
    database.prepare(`update operator set code = 'PAT' where code = '1'`).run()
    database.close()
    const { program, launcher, identification } = await askFor(workstation)
    await type(identification, 'pat')
    await identification.keyboard.press('Enter')
    const password = identification.getByLabel('Mot de passe', { exact: true })
    await identification.getByRole('button', { name: 'Afficher le mot de passe' }).click()
    await expect(password).toHaveAttribute('type', 'text')
    await program.app.evaluate(
      ({ clipboard }, text) => clipboard.writeText(text),
      workstation.passwordOf('1'),
    )
    await password.focus()
    await identification.keyboard.press('Control+V')
    await identification.keyboard.press('Enter')
    await expect(launcher.getByText('Opérateur « PAT » — PATRICIA ADJOINTPHARM')).toBeVisible()
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('a suspended operator is told so, but only with the right password', async ({ workstation }) => {
    const database = new Sqlite(join(workstation.dataDir, 'comptoir.db'))
    database.prepare(`update operator set suspended = 1 where code = '1'`).run()
    database.close()
    const { program, identification } = await askFor(workstation)
    const alert = identification.getByRole('alert')
    await identify(identification, '1', 'faux')
    await expect(alert.filter({ hasText: 'incorrect' })).toBeVisible()
    await type(identification, workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    await expect(alert.filter({ hasText: 'Opérateur suspendu. Voyez le titulaire.' })).toBeVisible()
    await program.stop()
    expect(workstation.journal().some(({ kind }) => kind === 'session.connected')).toBe(false)
  })
})
