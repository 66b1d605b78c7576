import { mkdir, rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { unlessEnded } from '../../e2e/support/main-process.ts'
import { type } from '../../e2e/support/test.ts'
import type { Album } from './album.ts'
import type { Stage } from './stage.ts'

/** A workstation without any operator: the first titulaire is created. */
export async function playFirstRun({ step }: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('premier')
  await rm(workstation.dataDir, { recursive: true })
  await mkdir(workstation.dataDir)
  const program = await stage.start(workstation)
  const launcher = await program.window('launcher')
  let form: Page

  await step('premier-demarrage', "Premier démarrage : aucun opérateur n'existe encore.", async () => {
    await launcher.getByText("Ce poste n'a pas encore d'opérateur.").waitFor()
    return launcher
  })
  await step('creer-le-titulaire', '« Créer le titulaire » : le formulaire attend le prénom.', async () => {
    await launcher.getByRole('button', { name: 'Créer le titulaire' }).click()
    form = await program.window('first-run')
    return form
  })
  await step('mot-de-passe-simple', 'Un mot de passe trop simple : ce qui manque est dit.', async () => {
    await form.getByLabel('Prénom').focus()
    for (const text of ['TEST', 'TITULAIRE', '0']) {
      await type(form, text)
      await form.keyboard.press('Tab')
    }
    await form.getByLabel('Mot de passe', { exact: true }).focus()
    await type(form, 'pharmacie2024')
    await form.getByText('Trop simple').waitFor()
    return form
  })
  await step('mot-de-passe-sur', 'Quelques mots sans rapport entre eux suffisent.', async () => {
    await form.getByLabel('Mot de passe', { exact: true }).fill('')
    await type(form, 'brouette satin compas')
    await form.getByText('Assez sûr').waitFor()
    await form.keyboard.press('Tab')
    await form.getByLabel('Mot de passe, une seconde fois').focus()
    await type(form, 'brouette satin compas')
    return form
  })
  await step('titulaire-cree', "Le titulaire est créé : il peut s'identifier.", async () => {
    await form.keyboard.press('Enter').catch(unlessEnded)
    await launcher.getByText('Le titulaire est créé.').waitFor()
    await program.gone('first-run')
    return launcher
  })
  await program.stop()
}
