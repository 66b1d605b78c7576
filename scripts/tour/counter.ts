import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { identify } from '../../e2e/support/test.ts'
import { deafTime } from '../../renderer/ui/guard.ts'
import type { Album } from './album.ts'
import type { Scene } from './scene.ts'
import { pressIn, windowShown } from './screen.ts'

/** A program that ends sooner has only handed over to another one (product.md §5): nobody is asked then. */
const handOverMs = 5000

/** One operator at the counter: identification, modules, « Rester connecté ? ». */
export async function playCounter({ step }: Album, scene: Scene): Promise<void> {
  const { program, launcher } = scene
  let openedAt = 0
  /** Leaves a program as its user does, once it has been open long enough to be asked about. */
  const leave = async (label: string): Promise<Page> => {
    await wait(Math.max(0, openedAt + handOverMs + 200 - Date.now()))
    await pressIn(label, 'alt+F4')
    return program.window('stay-connected')
  }

  await step('personne', "Le matin : personne n'est connecté.", async () => {
    await launcher.getByText('Aucun opérateur connecté').waitFor()
    return launcher
  })
  await step('identification-ecran', 'F2 demande « Ventes » : Comptoir demande qui est là.', async () => {
    await scene.key('F2')
    await scene.asked()
    return { screenOf: program }
  })
  await step('identification', 'Le curseur attend le code opérateur.', scene.asked)
  await step(
    'mauvais-mot-de-passe',
    'Un mauvais mot de passe : rien ne dit lequel des deux est faux.',
    async () => {
      const page = await scene.asked()
      await identify(page, '1', 'girafe tunnel mouton')
      await page.getByText('Code opérateur ou mot de passe incorrect.').waitFor()
      return page
    },
  )
  await step('connecte', "Le bon : le badge de l'opérateur, et la tuile « Ouvert ».", async () => {
    const page = await scene.asked()
    await page.getByLabel('Code opérateur').fill('')
    await page.getByLabel('Code opérateur').focus()
    await scene.comeIn('1')
    await scene.opened('Ventes')
    openedAt = Date.now()
    return launcher
  })
  await step('module-ouvert', "Le logiciel « Ventes » s'est ouvert devant Comptoir.", async () => {
    await windowShown('Ventes')
    return { screenOf: program }
  })
  await step(
    'rester-connecte',
    '« Ventes » est quitté : « Rester connecté ? », avec un compte à rebours.',
    () => leave('Ventes'),
  )
  await step('reste-connecte', "« Rester connecté » : le poste reste au nom de l'opérateur.", async () => {
    await answer(await program.window('stay-connected'), 'Rester connecté')
    await program.gone('stay-connected')
    return launcher
  })
  await step('module-web', 'F4 ouvre « Documentation », une page web dans sa propre fenêtre.', async () => {
    await scene.openModule('F4', 'Documentation')
    return program.modulePage(/documentation$/u)
  })
  await step('adresse-refusee', 'Un lien de cette page mène hors des adresses permises.', async () => {
    const page = await program.modulePage(/documentation$/u)
    // By the keyboard: Playwright would wait for the navigation that a click begins, and this one is refused.
    await page.getByRole('link', { name: 'example.org' }).focus()
    await page.keyboard.press('Enter')
    await launcher.getByText("n'est pas permise sur ce poste").waitFor()
    return launcher
  })
  await step(
    'autre-module-ouvert',
    'Un module quitté, un autre encore ouvert : pas de compte à rebours.',
    async () => {
      await scene.press("J'ai compris")
      await scene.openModule('F3', 'Stock')
      openedAt = Date.now()
      await windowShown('Stock')
      return leave('Stock')
    },
  )
  await step(
    'autre-module-ecran',
    "Elle se montre sans prendre le clavier à la fenêtre où l'on travaille.",
    () => Promise.resolve({ screenOf: program }),
  )
  await step(
    'travail-repris',
    'Le travail reprend dans « Documentation » : cela vaut « Rester connecté ».',
    async () => {
      await pressIn('Documentation', 'Tab')
      await program.gone('stay-connected')
      return { screenOf: program }
    },
  )
}

/** Once the question listens: what comes sooner was meant for another window. */
async function answer(page: Page, label: string): Promise<void> {
  await wait(deafTime)
  await page.getByRole('button', { name: label, exact: true }).focus()
  await page.keyboard.press('Enter')
}
