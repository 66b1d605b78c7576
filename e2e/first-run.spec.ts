import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, identify, test } from './support/test.ts'
import { readJournal } from './support/journal.ts'
import { unlessEnded } from './support/main-process.ts'

test.describe('The first titulaire @operators', () => {
  test('is created on a workstation without operator, and can identify', async ({ workstation }) => {
    const dataDir = await workstation.emptyFolder()
    const program = await workstation.start({ dataDir })
    const launcher = await program.window('launcher')
    await launcher.getByRole('button', { name: 'Créer le titulaire' }).click()
    const form = await program.window('first-run')
    await expect(form).toHaveTitle('Créer le titulaire')
    await expect(form.getByLabel('Prénom')).toBeFocused()

    await form.getByRole('button', { name: 'Créer le titulaire' }).click()
    await expect(form.getByText('À remplir.').first()).toBeVisible()
    const fill = (label: string, value: string) => form.getByLabel(label, { exact: true }).fill(value)
    await fill('Prénom', 'TEST')
    await fill('Nom', 'TITULAIRE')
    await fill('Code opérateur', '0')
    await fill('RPPS (facultatif)', '899700261797')
    await fill('Mot de passe', 'titulaire')
    await fill('Mot de passe, une seconde fois', 'titulaire')
    await expect(form.getByText('Trop simple')).toBeVisible()
    await form.getByRole('button', { name: 'Créer le titulaire' }).click()
    await expect(form.getByRole('alert').filter({ hasText: /\S/u }).first()).toBeVisible()
    expect(await program.isShown('first-run')).toBe(true)

    await fill('Mot de passe', 'cactus violon marmite orage')
    await fill('Mot de passe, une seconde fois', 'cactus violon marmite orage')
    await expect(form.getByText('Assez sûr')).toBeVisible()
    await form.getByRole('button', { name: 'Créer le titulaire' }).click().catch(unlessEnded)
    await program.gone('first-run')
    await expect(launcher.getByText("Le titulaire est créé. Il peut maintenant s'identifier.")).toBeVisible()
    await expect(launcher.getByRole('button', { name: 'Créer le titulaire' })).toHaveCount(0)

    await launcher.getByRole('button', { name: "S'identifier" }).click()
    await identify(await program.window('identification'), '0', 'cactus violon marmite orage')
    await expect(launcher.getByText('RPPS 99700261797')).toBeVisible()
    await program.stop()

    const { rows, verdict } = readJournal(dataDir)
    expect(verdict.ok).toBe(true)
    expect(rows.map(({ kind }) => kind)).toEqual([
      'program.started',
      'operator.created',
      'identification.succeeded',
      'session.connected',
      'session.ended',
      'program.stopped',
    ])
    expect(rows[1]).toMatchObject({ operatorCode: '0', details: { role: 'titulaire', by: 'first-run' } })
  })

  test('is never proposed because the database cannot be read', async ({ workstation }) => {
    await writeFile(join(workstation.dataDir, 'comptoir.db'), 'not a database')
    const program = await workstation.start()
    await program.window('restore')
    expect(await program.isShown('launcher')).toBe(false)
  })
})
