import type { Page } from '@playwright/test'
import { confirm, noted, openSheet } from '../../e2e/support/operators-page.ts'
import type { Album } from './album.ts'
import { setScene, type Scene } from './scene.ts'
import type { Stage } from './stage.ts'

/** Who comes, as somebody has pasted it from a spreadsheet; the last line has faults. */
const list = `code;nom;prenom;role;rpps;motdepasse
AUR;LEFÈVRE;Aurélie;adjoint;99700218896;cactus violon parapluie
4;D'ARTAGNAN;Charles-Édouard;remplacant;;cactus violon parapluie
5;NGUYEN;Thi Mai;preparateur;;cactus violon parapluie
ETU;BEN SALAH-DUPONT DE LA ROCHE;Marie-Emmanuelle;etudiant;;cactus violon parapluie
`

/** « Opérateurs »: the titulaire keeps the list of the team. */
export async function playOperators(album: Album, stage: Stage): Promise<void> {
  const workstation = await stage.workstation('operateurs')
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  await playTeam(album, scene)
  await program.stop()
}

async function playTeam({ step }: Album, scene: Scene): Promise<void> {
  const { program, passwordOf } = scene
  const own = passwordOf('0')
  const page = await openPage(scene)
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).click()
    await page.mouse.move(0, 0)
  }

  await step('operateurs', '« Opérateurs », ouvert par le titulaire.', async () => page)
  await step('operateurs-importer', 'Importer une liste : un fichier, ou des lignes collées.', async () => {
    await press('Importer une liste')
    return page
  })
  await step(
    'operateurs-compte-rendu',
    "Chaque ligne est relue ; rien n'est créé tant qu'il y a une erreur.",
    async () => {
      await page.getByLabel(/^Ou collez/u).fill(`${list}1;X;Y;roi;12;aa\n`)
      await press('Lire ces lignes')
      await page.getByRole('heading', { name: 'Compte rendu' }).waitFor()
      return page
    },
  )
  await step('operateurs-mot-de-passe', 'Ce qui est dangereux redemande le mot de passe.', async () => {
    await press('Lire une autre liste')
    await page.getByLabel(/^Ou collez/u).fill(list)
    await press('Lire ces lignes')
    await press('Créer les 4 opérateurs'.replace('4 ', '4\u00A0'))
    return page
  })
  await step('operateurs-crees', 'Créés tous ensemble ; la liste est à supprimer.', async () => {
    await confirm(page, own)
    await page.getByText(/^4.opérateurs créés/u).waitFor()
    return page
  })
  await step(
    'operateurs-fiche',
    'La fiche : identité, droits, dernières identifications, actions.',
    async () => {
      await press('Fermer')
      await openSheet(page, 'lefevre', 'AURÉLIE LEFÈVRE')
      return page
    },
  )
  await step('operateurs-provisoire', 'Un mot de passe provisoire, montré une seule fois.', async () => {
    await press('Réinitialiser le mot de passe')
    await confirm(page, own)
    await page.getByRole('dialog', { name: 'Mot de passe provisoire' }).waitFor()
    return page
  })
  await step('operateurs-suspendu', 'Suspendu : un mot et une forme, jamais la couleur seule.', async () => {
    await noted(page)
    await press('Suspendre')
    await confirm(page, own)
    await page.getByRole('button', { name: 'Reprendre', exact: true }).waitFor()
    return page
  })
  await step('operateurs-modifier', "Modifier : la clé d'un RPPS est vérifiée, jamais imposée.", async () => {
    await press('Modifier')
    await page.getByLabel('RPPS (facultatif)').fill('99700218897')
    return page
  })
  await step('operateurs-dernier-titulaire', 'Ce qui ne se peut pas est expliqué.', async () => {
    await press('Annuler')
    await press('Abandonner')
    await openSheet(page, '0', 'TEST TITULAIRE')
    return page
  })
  await step('operateurs-a-prevoir', 'À prévoir, et la fenêtre étroite : une seule colonne.', async () => {
    await page.keyboard.press('Escape')
    await page.getByLabel('Rechercher un opérateur').fill('')
    await page.locator('.foreseen summary').click()
    const window = await program.app.browserWindow(page)
    await window.evaluate((shown) => shown.setContentSize(480, 720))
    return page
  })
}

async function openPage(scene: Scene): Promise<Page> {
  await scene.press("S'identifier")
  await scene.comeIn('0')
  await scene.press('Opérateurs')
  const page = await scene.program.window('operators')
  await page
    .getByRole('search')
    .getByRole('status')
    .filter({ hasText: /opérateur/u })
    .waitFor()
  return page
}
