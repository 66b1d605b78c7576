import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { IssuedCard } from '../../e2e/support/card/pki.ts'
import { reader } from '../../e2e/support/card.ts'
import type { Content } from '../../e2e/support/card/simulated-cryptolib.ts'
import { type } from '../../e2e/support/test.ts'
import { deafTime } from '../../renderer/ui/guard.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { tourCards } from './cards.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage, Workstation } from './stage.ts'

type AtReader = Scene & {
  /** Puts this into the reader, and waits until the pill says so. */
  readonly put: (content: Content, says: string) => Promise<void>
  readonly theirs: IssuedCard
}

const { details, test: testCard, help, removed } = texts.card

/** The card and its reader: what the pill says, its details, what the card fills in, and what pulling it asks. */
export async function playCard(album: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('carte')
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  const { pharmacist } = await tourCards()
  const put: AtReader['put'] = async (content, says) => {
    workstation.cryptolib.set(reader(content))
    await scene.launcher.getByRole('button', { name: says, exact: true }).waitFor()
  }
  const atReader = { ...scene, put, theirs: pharmacist }
  await playStates(album, atReader, workstation)
  await playIdentification(album, atReader)
  await playRemoval(album, atReader)
  await program.stop()
}

async function playStates({ step }: Album, scene: AtReader, { cryptolib }: Workstation): Promise<void> {
  const { launcher, put, theirs } = scene
  const { expiring, expired, test, authorised } = await tourCards()
  const detailsOf = async (pill: string): Promise<Page> => {
    await launcher.getByRole('button', { name: pill, exact: true }).click()
    await launcher.getByRole('dialog', { name: details }).waitFor()
    return launcher
  }
  const closeDetails = (): Promise<void> => launcher.keyboard.press('Escape')

  await step('carte-sans-lecteur', 'Aucun lecteur : la pastille le dit, et rien ne presse.', async () => {
    cryptolib.set({ readers: [] })
    await launcher.getByRole('button', { name: 'Aucun lecteur', exact: true }).waitFor()
    return launcher
  })
  await step('carte-lue', 'Une carte est insérée : son titulaire.', async () => {
    await put({ card: theirs }, 'Carte CPS · ADJOINTPHARM')
    return launcher
  })
  await step('carte-details', 'La pastille ouvre tout ce que la carte dit sans son code.', () =>
    detailsOf('Carte CPS · ADJOINTPHARM'),
  )
  await step('carte-testee', '« Tester ma carte » la relit, et dit en combien de temps.', async () => {
    await launcher.getByRole('button', { name: testCard, exact: true }).click()
    await launcher.getByText(/Carte lue en/u).waitFor()
    return launcher
  })
  await closeDetails()
  const faults: readonly [name: string, caption: string, content: Content, says: string | RegExp][] = [
    [
      'carte-2-essais',
      'Un code porteur a été faux une fois.',
      { card: theirs, tries: 2 },
      'Code porteur : 2 essais restants',
    ],
    [
      'carte-bloquee',
      'Trois codes faux : la carte est bloquée, et voici que faire.',
      { card: theirs, tries: 0 },
      'Carte bloquée',
    ],
    [
      'carte-a-renouveler',
      'Une carte qui expire dans moins de deux mois.',
      { card: expiring },
      /^Carte valable jusqu'au/u,
    ],
    ['carte-expiree', 'Une carte expirée.', { card: expired }, /^Carte expirée le/u],
    ['carte-de-test', 'Une carte de test.', { card: test }, 'Carte de test'],
    ['carte-sans-rpps', 'Une carte de personnel, sans RPPS.', { card: authorised }, 'Carte CPA sans RPPS'],
    ['carte-inconnue', 'Une carte que Cryptolib ne connaît pas.', 'foreign', 'Carte non reconnue'],
    ['lecteur-occupe', 'Un autre logiciel garde la carte pour lui.', 'exclusive', 'Lecteur occupé'],
  ]
  for (const [name, caption, content, says] of faults) {
    await step(name, caption, async () => {
      // Tries are read when a card comes.
      await put('none', 'Lecteur sans carte')
      cryptolib.set(reader(content))
      const pill = launcher.getByRole('button', { name: says, exact: true })
      await pill.click()
      await launcher.getByRole('dialog', { name: details }).waitFor()
      return launcher
    })
    await closeDetails()
  }
  await step('carte-redemarrage', 'Cryptolib est tombée : Comptoir, non ; elle est relancée.', async () => {
    await launcher.mouse.move(0, 0)
    cryptolib.set({ ...reader({ card: theirs }), faults: [{ in: 'C_GetSlotList', kind: 'segv', times: 1 }] })
    await launcher
      .getByRole('button', {
        name: texts.card.state({ kind: 'restarting', reference: '' }).text,
        exact: true,
      })
      .waitFor()
    return launcher
  })
  await step('carte-aide', '« Aide » : chaque message du lecteur, et que faire.', async () => {
    await detailsOf('Carte CPS · ADJOINTPHARM')
    await launcher.getByRole('button', { name: help, exact: true }).click()
    return scene.program.window('help')
  })
  await closeDetails()
}

async function playIdentification({ step }: Album, scene: AtReader): Promise<void> {
  const { launcher, put, theirs } = scene
  await put('none', 'Lecteur sans carte')
  await step('carte-identification', "L'identification montre aussi le lecteur.", async () => {
    await scene.press("S'identifier")
    return scene.asked()
  })
  await step('carte-code', 'La carte insérée remplit le code de son titulaire.', async () => {
    const asked = await scene.asked()
    await put({ card: theirs }, 'Carte CPS · ADJOINTPHARM')
    await asked.getByText(texts.card.codeFromCard).waitFor()
    return asked
  })
  await step('carte-connecte', 'Reste le mot de passe.', async () => {
    const asked = await scene.asked()
    await type(asked, scene.passwordOf('1'))
    await asked.keyboard.press('Enter')
    await scene.program.gone('identification')
    return launcher
  })
}

async function playRemoval({ step }: Album, scene: AtReader): Promise<void> {
  const { program, launcher, put, theirs } = scene
  const question = (): Promise<Page> => program.window('stay-connected')
  await step('carte-retiree', 'La carte du connecté est retirée : « Rester connecté ? »', async () => {
    await put('none', 'Lecteur sans carte')
    return question()
  })
  await step('carte-verrou', 'Sans réponse, ou par « Verrouiller » : Comptoir est verrouillé.', async () => {
    // Deaf for a moment, so that what was being typed answers nothing.
    await wait(deafTime)
    await (await question()).getByRole('button', { name: removed.lock, exact: true }).click()
    await program.gone('stay-connected')
    return launcher
  })
  await step('carte-encore', 'Qui se déconnecte en laissant sa carte le voit.', async () => {
    await launcher.getByLabel('Mot de passe', { exact: true }).fill(scene.passwordOf('1'))
    await launcher.keyboard.press('Enter')
    await put({ card: theirs }, 'Carte CPS · ADJOINTPHARM')
    await scene.press('Déconnecter')
    await launcher.getByText('Votre carte est encore dans le lecteur.').waitFor()
    return launcher
  })
}
