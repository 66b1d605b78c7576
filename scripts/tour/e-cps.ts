import type { Page } from '@playwright/test'
import type { Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { openBrowser } from '../../e2e/support/browser.ts'
import { numberIn } from '../../e2e/support/e-cps.ts'
import { type } from '../../e2e/support/test.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { directRoad, type Channel } from './direct-road.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'

type AtPhone = Scene & {
  /** The page that stands for everybody's phones, and for CPS Gestion. */
  readonly phone: Page
  /** Types the code of PATRICIA into the identification window, and asks her. */
  readonly ask: () => Promise<void>
  /** The number that Comptoir then shows. */
  readonly number: () => Promise<string>
}

/** Holds one request. */
const phoneSize = { width: 480, height: 560 }

/** Pro Santé Connect without a browser: by the phone, then by the card where the settings say so. */
export async function playECps(album: Album, stage: Stage): Promise<void> {
  const workstation = await stage.withSecret(await stage.workstation('e-cps'))
  const during = async (channel: Channel, play: (scene: AtPhone) => Promise<void>): Promise<void> => {
    await workstation.setPsc(directRoad(stage.simulator, channel))
    const program = await stage.start(workstation)
    await withPhone(await setScene(program, workstation), stage.simulator, channel, play)
    await program.stop()
  }
  await during('MOBILE', async (scene) => {
    await playPhone(album, scene)
    await playRefused(album, scene)
  })
  await during('CARD', (scene) => playCard(album, scene))
}

async function withPhone(
  scene: Scene,
  simulator: Simulator,
  channel: Channel,
  play: (scene: AtPhone) => Promise<void>,
): Promise<void> {
  const browser = await openBrowser(scene.program)
  try {
    await scene.program.app.evaluate(({ shell }, url) => shell.openExternal(url), simulator.phone.url)
    const phone = await browser.next()
    await phone.setViewportSize(phoneSize)
    const ask = async (): Promise<void> => {
      const asked = await scene.asked()
      await type(asked, '1')
      await asked.getByRole('button', { name: texts.psc.phone.start[channel], exact: true }).click()
      await asked.mouse.move(0, 0)
    }
    const number = async (): Promise<string> => numberIn(await scene.asked(), channel)
    await play({ ...scene, phone, ask, number })
  } finally {
    await browser.close()
  }
}

async function playPhone({ step }: Album, scene: AtPhone): Promise<void> {
  const { program, launcher, phone } = scene
  await step('e-cps-proposee', 'Voie directe : le téléphone peut valider, sans navigateur.', async () => {
    await scene.press("S'identifier")
    return scene.asked()
  })
  let shown = ''
  await step('e-cps-nombre', 'Le code opérateur suffit : la demande est partie.', async () => {
    await scene.ask()
    shown = await scene.number()
    return scene.asked()
  })
  await step('e-cps-telephone', 'Le téléphone (du simulateur) affiche le même nombre.', async () => {
    await phone.locator('output').getByText(shown, { exact: true }).waitFor()
    return phone
  })
  await step('e-cps-connectee', 'Validé : PATRICIA est connectée.', async () => {
    await phone.getByRole('button', { name: 'Valider' }).click()
    await program.gone('identification')
    await launcher.getByText('Pro Santé Connect · e-CPS').waitFor()
    return launcher
  })
}

async function playRefused({ step }: Album, scene: AtPhone): Promise<void> {
  const { phone, asked } = scene
  await step(
    'e-cps-module',
    "« Ordonnances » le demande, personne n'est connecté : à qui envoyer la demande ?",
    async () => {
      await scene.press('Déconnecter')
      await scene.key('F9')
      return asked()
    },
  )
  await step('e-cps-refusee', "Refusé sur le téléphone : Comptoir le dit, et rien n'a changé.", async () => {
    const page = await asked()
    await page.getByLabel(texts.psc.phone.who).focus()
    await scene.ask()
    await scene.number()
    await phone.getByRole('button', { name: 'Refuser' }).click()
    await page.getByText(/abandonnée ou refusée/u).waitFor()
    return page
  })
}

async function playCard({ step }: Album, scene: AtPhone): Promise<void> {
  const { program, launcher, phone } = scene
  let shown = ''
  await step(
    'cps-nombre',
    "Réglé sur la carte : c'est CPS Gestion qui demande le code porteur.",
    async () => {
      await scene.press("S'identifier")
      await scene.ask()
      shown = await scene.number()
      return scene.asked()
    },
  )
  await step('cps-gestion', 'CPS Gestion (du simulateur) affiche le même nombre.', async () => {
    await phone.locator('output').getByText(shown, { exact: true }).waitFor()
    return phone
  })
  await step('cps-connectee', 'Validé avec la carte.', async () => {
    await phone.getByRole('button', { name: 'Valider' }).click()
    await program.gone('identification')
    await launcher.getByText('Pro Santé Connect · carte CPS').waitFor()
    return launcher
  })
  await step('e-cps-limite', 'Trois demandes en dix minutes, pas plus : la quatrième attend.', async () => {
    await scene.press('Déconnecter')
    await scene.press("S'identifier")
    await scene.ask()
    const page = await scene.asked()
    await page.getByText(/Trop de demandes/u).waitFor()
    return page
  })
}
