import type { Page } from '@playwright/test'
import { reader } from '../../e2e/support/card.ts'
import { numberIn } from '../../e2e/support/e-cps.ts'
import { pressPsc } from '../../e2e/support/psc.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { tourCards } from './cards.ts'
import { openHelp, openSheet } from './connection.ts'
import { directRoad } from './direct-road.ts'
import { openState } from './psc-state.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage, Workstation } from './stage.ts'

/** A way of showing the windows. */
type Look = {
  readonly name: string
  /** French, before a colon. */
  readonly caption: string
  readonly theme?: 'dark'
  /** What each page must be told to be shown so. */
  readonly media?: Parameters<Page['emulateMedia']>[0]
  readonly args?: readonly string[]
}

const looks: readonly Look[] = [
  // Playwright says "light" to every page unless told to say nothing.
  { name: 'sombre', caption: 'Thème sombre', theme: 'dark', media: { colorScheme: null } },
  {
    name: 'couleurs-imposees',
    caption: 'Couleurs imposées par le système',
    media: { forcedColors: 'active' },
  },
  { name: '150', caption: 'Échelle de 150 %', args: ['--force-device-scale-factor=1.5'] },
  { name: '200', caption: 'Échelle de 200 %', args: ['--force-device-scale-factor=2'] },
]

/** The same windows in the dark, in the system's colours, larger. */
export async function playLooks(album: Album, stage: Stage): Promise<void> {
  for (const look of looks) {
    // One each: a person's phone rings three times in ten minutes, no more.
    const workstation = await stage.withSecret(await stage.workstation(`apparence-${look.name}`))
    await workstation.setPsc(directRoad(stage.simulator, 'MOBILE'))
    const program = await stage.start(workstation, look.args)
    const theme: 'dark' | 'light' = look.theme ?? 'light'
    await program.app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source
    }, theme)
    await playLook(album, await setScene(program, workstation), workstation, look)
    await program.stop()
  }
}

async function playLook(
  { step }: Album,
  scene: Scene,
  { cryptolib }: Workstation,
  { name, caption, media = {} }: Look,
): Promise<void> {
  const { program, launcher } = scene
  await step(`${name}-ecran`, `${caption} : l'identification devant Comptoir.`, async () => {
    await launcher.emulateMedia(media)
    await scene.press("S'identifier")
    await (await scene.asked()).emulateMedia(media)
    return { screenOf: program }
  })
  await step(`${name}-identification`, `${caption} : l'identification.`, scene.asked)
  await step(`${name}-comptoir`, `${caption} : Comptoir, un opérateur connecté.`, async () => {
    await scene.comeIn('1')
    return launcher
  })
  await step(`${name}-carte`, `${caption} : ce que la carte dit.`, async () => {
    cryptolib.set(reader({ card: (await tourCards()).pharmacist }))
    await launcher.getByRole('button', { name: 'Carte CPS · ADJOINTPHARM', exact: true }).click()
    await launcher.getByRole('dialog').waitFor()
    return launcher
  })
  await launcher.keyboard.press('Escape')
  await step(`${name}-psc`, `${caption} : Pro Santé Connect demandé.`, async () => {
    await scene.openModule('F6', 'Interactions')
    await scene.key('F9')
    const asked = await scene.asked()
    await asked.emulateMedia(media)
    return asked
  })
  await step(`${name}-attente`, `${caption} : le navigateur est sorti.`, async () => {
    await program.app.evaluate(({ shell }) => {
      shell.openExternal = () => Promise.resolve()
    })
    return pressPsc(program)
  })
  await step(`${name}-telephone`, `${caption} : le nombre à comparer.`, async () => {
    const asked = await scene.asked()
    await asked.getByRole('button', { name: texts.psc.phone.start.MOBILE, exact: true }).click()
    await numberIn(asked)
    return asked
  })
  await (await scene.asked()).keyboard.press('Escape')
  await program.gone('identification')
  await step(`${name}-pastille`, `${caption} : l'état de Pro Santé Connect.`, () =>
    openState(launcher, texts.psc.state({ kind: 'available' }).text),
  )
  await step(`${name}-fiche`, `${caption} : la fiche de raccordement.`, async () => {
    await (await openHelp(scene)).emulateMedia(media)
    return openSheet(scene)
  })
}
