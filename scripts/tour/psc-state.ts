import type { Page } from '@playwright/test'
import { page } from '../../e2e/psc-simulator/answers.ts'
import { pressPsc } from '../../e2e/support/psc.ts'
import { type } from '../../e2e/support/test.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'

/** What the pill says when Pro Santé Connect leads nobody in. */
export const unavailable = texts.psc.state({ kind: 'unavailable' }).text
const unavailableAtLock = 'Pro Santé Connect indisponible — utilisez votre mot de passe'

/** When Pro Santé Connect leads nobody in: it does not answer, or the clock is wrong. */
export async function playPscState(album: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('psc-etat')
  stage.simulator.tamper('discovery', page(503))
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  await playUnavailable(album, scene)
  stage.simulator.tamper('discovery', null)
  stage.simulator.clock(-12 * 60)
  await playWrongClock(album, scene)
  stage.simulator.clock(0)
  await program.stop()
}

/** Presses the pill of Pro Santé Connect once it says this. Resolves to the launcher, with the details open. */
export async function openState(launcher: Page, says: string | RegExp): Promise<Page> {
  await launcher.getByRole('button', { name: says, exact: true }).click()
  await launcher.getByRole('dialog', { name: texts.psc.details }).waitFor()
  // What comes to stand under the pointer would be drawn as pointed at.
  await launcher.mouse.move(0, 0)
  return launcher
}

async function playUnavailable({ step }: Album, scene: Scene): Promise<void> {
  const { program, launcher } = scene
  await step('psc-ne-repond-pas', 'Pro Santé Connect ne répond pas : le code reste là, à côté.', () =>
    refused(scene, 'Pro Santé Connect ne répond pas.'),
  )
  await giveUp(scene)
  await step('psc-indisponible', 'La pastille le dit aussitôt ; ses détails, que faire.', () =>
    openState(launcher, unavailable),
  )
  await launcher.keyboard.press('Escape')
  await step(
    'psc-indisponible-identification',
    "Qui s'identifie ensuite le sait avant d'essayer.",
    async () => {
      await scene.press("S'identifier")
      const asked = await scene.asked()
      await asked.getByRole('status').filter({ hasText: unavailable }).waitFor()
      return asked
    },
  )
  await step('psc-indisponible-connectee', 'Le code et le mot de passe marchent toujours.', async () => {
    await scene.comeIn('1')
    return launcher
  })
  await step('psc-indisponible-verrou', 'Au verrou aussi.', async () => {
    await scene.press("Changer d'opérateur")
    await (await scene.asked()).keyboard.press('Escape')
    await program.gone('identification')
    await launcher.getByRole('status').filter({ hasText: unavailableAtLock }).waitFor()
    return launcher
  })
  await type(launcher, scene.passwordOf('1'))
  await launcher.keyboard.press('Enter')
  await scene.press('Déconnecter')
}

async function playWrongClock({ step }: Album, scene: Scene): Promise<void> {
  const { launcher } = scene
  const wrong = /^Heure du poste fausse de/u
  await step(
    'psc-heure-refusee',
    "L'heure du poste est fausse : c'est dit avant d'ouvrir le navigateur.",
    () => refused(scene, wrong),
  )
  await giveUp(scene)
  await step('psc-heure-fausse', 'De combien, dans quel sens, et que faire.', () =>
    openState(launcher, wrong),
  )
  await launcher.keyboard.press('Escape')
  await step('psc-heure-fausse-identification', "L'identification le dit aussi.", async () => {
    await scene.press("S'identifier")
    const asked = await scene.asked()
    await asked.getByRole('status').filter({ hasText: wrong }).waitFor()
    return asked
  })
}

/** Tries Pro Santé Connect. Resolves to the identification window, which says this. */
export async function refused(scene: Scene, says: string | RegExp): Promise<Page> {
  await scene.press("S'identifier")
  const asked = await pressPsc(scene.program)
  await asked.getByRole('alert').filter({ hasText: says }).waitFor()
  await asked.mouse.move(0, 0)
  return asked
}

/** Gives up the identification. */
export async function giveUp({ program, asked }: Scene): Promise<void> {
  await (await asked()).keyboard.press('Escape')
  await program.gone('identification')
}
