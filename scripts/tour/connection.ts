import type { Page } from '@playwright/test'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { giveUp, openState, refused, unavailable } from './psc-state.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage, WrittenPsc } from './stage.ts'

/** Of a pharmacy to which ANS gave a credential for its sandbox. Nothing is asked there: the secret is missing. */
const sandbox: WrittenPsc = {
  discoveryUrl:
    'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration',
  issuer: 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet',
  clientId: 'comptoir-officine',
  clientAuthentication: 'client_secret_basic',
  ciba: { enabled: true },
}

const { pages } = texts.help

/** What an installer finds: what is missing, « Raccorder Pro Santé Connect » and « Fiche de raccordement ». */
export async function playConnection({ step }: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('raccordement')
  await workstation.setPsc(sandbox)
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  await step(
    'psc-sans-trousseau',
    'Voie directe, sans trousseau de clés : Pro Santé Connect ne sert pas.',
    () => refused(scene, texts.psc.impediment({ impediment: 'no-keychain', detail: null })),
  )
  await giveUp(scene)
  await step('psc-sans-trousseau-details', 'La pastille dit ce qui manque, et que faire.', () =>
    openState(scene.launcher, unavailable),
  )
  await step('raccorder', '« Aide » : quelle voie pour qui.', () => openHelp(scene))
  await step('raccorder-demander', "Que demander à l'ANS.", async () => {
    const help = await program.window('help')
    await help.getByRole('heading', { name: "Que demander à l'ANS" }).evaluate((heading) => {
      heading.scrollIntoView()
    })
    return help
  })
  await step('fiche', 'Les valeurs de ce poste, à recopier ou à imprimer.', () => openSheet(scene))
  await program.stop()
}

/** From the pill's details, open. Resolves to « Raccorder Pro Santé Connect ». */
export async function openHelp({ program, launcher }: Pick<Scene, 'program' | 'launcher'>): Promise<Page> {
  await launcher.getByRole('button', { name: texts.psc.help, exact: true }).click()
  return program.window('help')
}

/** From « Aide ». Resolves to « Fiche de raccordement ». */
export async function openSheet({ program }: Pick<Scene, 'program'>): Promise<Page> {
  const help = await program.window('help')
  await help.getByRole('button', { name: pages['connection-sheet'], exact: true }).click()
  await help.getByRole('heading', { level: 1, name: pages['connection-sheet'] }).waitFor()
  await help.mouse.move(0, 0)
  return help
}
