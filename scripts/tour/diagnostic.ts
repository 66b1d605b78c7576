import type { Page } from '@playwright/test'
import { closeWindow } from '../../e2e/support/counter.ts'
import type { Program } from '../../e2e/support/program.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { readinessTexts } from '../../renderer/ui/texts/readiness.ts'
import type { Album } from './album.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'

/** « Diagnostic du poste »: where all is well, then where Pro Santé Connect does not answer. */
export async function playDiagnostic({ step }: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('diagnostic')
  const sound = await stage.start(workstation)
  const scene = await setScene(sound, workstation)
  await step('diagnostic', 'Chaque point du poste, et le code à dire au téléphone.', () =>
    openDiagnostic(scene),
  )
  await step('diagnostic-pret', 'Le matin, sans rien demander : « Tout est prêt ».', async () => {
    await closeWindow(sound, await sound.window('diagnostic'))
    await scene.launcher.getByText(readinessTexts.ready, { exact: true }).first().waitFor()
    return scene.launcher
  })
  await sound.stop()

  await workstation.setPsc({
    discoveryUrl: 'https://localhost:9/.well-known/wallet-openid-configuration',
    issuer: 'https://localhost:9/auth/realms/esante-wallet',
    clientId: 'comptoir-officine',
  })
  const program = await stage.start(workstation)
  const troubled = await setScene(program, workstation)
  await step('diagnostic-a-faire', 'Sinon, la seule chose à faire, et par quoi commencer.', async () => {
    await troubled.launcher.getByRole('region', { name: readinessTexts.label }).waitFor()
    return troubled.launcher
  })
  await step('diagnostic-a-corriger', 'Ce qui est à corriger, et comment.', () => openDiagnostic(troubled))
  await program.stop()
}

/** Resolves to its window, once every check has ended. */
export async function openDiagnostic({
  program,
  launcher,
}: Pick<Scene, 'program' | 'launcher'>): Promise<Page> {
  // The line that says what to do has the same one.
  await launcher.getByRole('button', { name: texts.builtIn.diagnostic, exact: true }).first().click()
  await launcher.mouse.move(0, 0)
  return endedDiagnostic(program)
}

async function endedDiagnostic(program: Program): Promise<Page> {
  const page = await program.window('diagnostic')
  await page.getByText(/^Diagnostic terminé à/u).waitFor()
  return page
}
