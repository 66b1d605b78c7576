import type { Page } from '@playwright/test'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { setScene } from './scene.ts'
import type { Stage } from './stage.ts'

/** « Journal », read, verified and printed by the titulaire; « Mes connexions », one's own. */
export async function playJournal({ step }: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('journal')
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  const words = texts.journal
  let page: Page
  const press = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).press('Enter')

  await step('journal', 'Ce qui a été fait, le plus récent d’abord : lu par le titulaire.', async () => {
    await scene.press(texts.launcher.identify)
    await scene.comeIn('1')
    await scene.openModule('F4', 'Documentation')
    await scene.press(texts.launcher.switchOperator)
    await scene.comeIn('0')
    await scene.press(texts.builtIn.journal)
    page = await program.window('journal')
    await page.locator('tbody tr').first().waitFor()
    return page
  })
  await step('journal-detail', 'Une ligne, en français, avec tout ce qu’elle contient.', async () => {
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('region', { name: /^Ligne n°/u }).waitFor()
    return page
  })
  await step('journal-personne', 'Les lignes d’une personne : les regarder s’inscrit aussi.', async () => {
    await page.keyboard.press('Escape')
    await page.getByLabel(words.filters.operator, { exact: true }).fill('patricia')
    await page.getByRole('option', { name: /PATRICIA/u }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: words.filters.clear, exact: true }).waitFor()
    await page.locator('[aria-busy="false"]').waitFor()
    return page
  })
  await step(
    'journal-verifie',
    '« Vérifier » : le journal est intact, et ce qui n’a pu être vu est dit.',
    async () => {
      await press(words.verify)
      await page.getByText('Le journal est intact').waitFor()
      return page
    },
  )
  await step('journal-extrait', 'L’extrait imprimé pour un contrôle, avec son motif.', async () => {
    await press(words.extract)
    await page.getByLabel(words.extractForm.reason).fill('Contrôle de l’ARS')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: words.printed.print, exact: true }).waitFor()
    return page
  })
  await step('journal-aide', 'Ce que prouve le journal, et ce qu’il ne prouve pas.', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: texts.help.link, exact: true }).press('Enter')
    const help = await program.window('help')
    await help.getByRole('heading', { level: 1, name: texts.help.pages.journal }).waitFor()
    return help
  })
  await step('mes-connexions', 'Chacun voit ce qui est à son nom, et rien d’autre.', async () => {
    await scene.press(texts.builtIn.connections)
    page = await program.window('connections')
    await page.getByRole('region').first().waitFor()
    return page
  })
  await step('changer-mot-de-passe', 'Changer son mot de passe : l’actuel est demandé.', async () => {
    await press(texts.connections.changePassword)
    await page.getByRole('dialog').waitFor()
    return page
  })
  await program.stop()
}
