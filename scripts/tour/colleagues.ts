import { expect, identify, type } from '../../e2e/support/test.ts'
import type { Album } from './album.ts'
import type { Scene } from './scene.ts'

/** Failures in a row before one must wait (product.md §3.1). */
const failuresBeforeWait = 5

/** A second operator takes over: the lock, the veil, what is refused to whom. */
export async function playColleagues({ step }: Album, scene: Scene): Promise<void> {
  const { program, launcher, passwordOf } = scene

  await step(
    'changer-operateur',
    "« Changer d'opérateur » verrouille aussitôt, puis demande qui est là.",
    async () => {
      await scene.press("Changer d'opérateur")
      await scene.asked()
      await program.window('veil')
      return { screenOf: program }
    },
  )
  await step('second-operateur', "L'opérateur « 2 » prend la place.", async () => {
    await scene.comeIn('2')
    return launcher
  })
  await step('voile', 'La page ouverte par le premier ne montre plus rien.', () => program.window('veil'))
  await step('voile-ecran', 'Le voile à côté de Comptoir.', async () => {
    await program.window('veil')
    return { screenOf: program }
  })
  await step('reserve', '« Planning » est réservé : un autre opérateur est demandé.', async () => {
    await scene.key('F5')
    return scene.asked()
  })
  await step('role-refuse', "Le rôle de « 2 » n'ouvre pas ce module.", async () => {
    const page = await scene.asked()
    await identify(page, '2', passwordOf('2'))
    await page.getByText("n'est pas ouvert à votre rôle").waitFor()
    return page
  })
  await step('reprendre', "« Reprendre » n'attend que celui qui avait ouvert le module.", async () => {
    await (await scene.asked()).keyboard.press('Escape')
    await program.gone('identification')
    await (await program.window('veil')).getByRole('button', { name: 'Reprendre' }).click()
    return scene.asked()
  })
  await step('page-reprise', 'Il est revenu : sa page aussi.', async () => {
    await scene.comeIn('1')
    await program.gone('veil')
    await program.modulePage(/documentation$/u)
    return { screenOf: program }
  })
  await step(
    'attente',
    'Après cinq erreurs de suite, il faut attendre : le temps restant est dit.',
    async () => {
      await scene.press("Changer d'opérateur")
      const page = await scene.asked()
      for (let tries = 0; tries <= failuresBeforeWait; tries += 1) {
        await page.getByLabel('Code opérateur').fill('')
        await page.getByLabel('Code opérateur').focus()
        await identify(page, 'PAT', 'pas le bon')
        // Emptied once the answer is there.
        await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveValue('')
      }
      await page.getByText("Trop d'essais").first().waitFor()
      return page
    },
  )
  await step(
    'verrouille',
    '« Annuler » revient au verrou : la session attend son mot de passe.',
    async () => {
      await (await scene.asked()).keyboard.press('Escape')
      await program.gone('identification')
      await launcher.getByText('Comptoir verrouillé').waitFor()
      return launcher
    },
  )
  await step('deverrouille', 'Déverrouillé par le mot de passe.', async () => {
    await type(launcher, passwordOf('1'))
    await launcher.keyboard.press('Enter')
    await launcher.getByRole('button', { name: 'Déconnecter' }).waitFor()
    return launcher
  })
}

/** Closing the launcher while a module is open. */
export async function playClosing({ step }: Album, { program, launcher, toFront }: Scene): Promise<void> {
  await step('fermer', 'Fermer Comptoir quand un module est ouvert : la question est posée.', async () => {
    await toFront()
    const window = await program.app.browserWindow(launcher)
    await window.evaluate((shown) => shown.close())
    await program.window('closing')
    return { screenOf: program }
  })
  await step('fermer-question', '« Annuler » est le choix par défaut.', () => program.window('closing'))
}
