import type { Page } from '@playwright/test'
import { openBrowser, type Browser } from '../../e2e/support/browser.ts'
import { cameBack, pressPsc, signInAs } from '../../e2e/support/psc.ts'
import { identify } from '../../e2e/support/test.ts'
import type { Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Album } from './album.ts'
import { openState } from './psc-state.ts'
import type { Scene } from './scene.ts'

type Outing = Scene & { readonly browser: Browser; readonly simulator: Simulator }

/** Long enough for the next person's attempt to begin after it. */
const somebodyElsesSession = 600

/** Pro Santé Connect through a real browser: step-up, login, the wrong person, association, a cancelled one. */
export async function playPsc(album: Album, scene: Scene, simulator: Simulator): Promise<void> {
  const browser = await openBrowser(scene.program, { headed: true })
  try {
    const outing = { ...scene, browser, simulator }
    await playAvailable(album, outing)
    await playStepUp(album, outing)
    await playLogin(album, outing)
    await playWrongPerson(album, outing)
    await playAssociation(album, outing)
    await playCancelled(album, outing)
  } finally {
    await browser.close()
  }
}

async function playAvailable({ step }: Album, { launcher }: Outing): Promise<void> {
  await step(
    'psc-disponible',
    "La pastille dit l'état de Pro Santé Connect ; ses détails, de quel service.",
    () => openState(launcher, texts.psc.state({ kind: 'available' }).text),
  )
  await launcher.keyboard.press('Escape')
}

/** The connected operator opens a module that asks for more than a password. */
async function playStepUp({ step }: Album, outing: Outing): Promise<void> {
  const { program, launcher, browser } = outing
  await step('psc-demande', "« Ordonnances » demande Pro Santé Connect, et rien d'autre.", async () => {
    await outing.key('F9')
    return outing.asked()
  })
  await step('psc-navigateur', 'Le navigateur du poste est sorti ; Comptoir attend son retour.', async () => {
    await pressPsc(program)
    await browser.next()
    return outing.asked()
  })
  const tab = lastOf(browser)
  await step('simulateur', 'Dans le navigateur : le simulateur de Pro Santé Connect.', () =>
    Promise.resolve(tab),
  )
  await step('simulateur-carte', 'Avec la carte, son code porteur.', async () => {
    await tab.getByLabel('Identité de test').selectOption('adjointe')
    await tab.getByRole('button', { name: 'Carte CPS' }).click()
    await tab.getByLabel('Code porteur').waitFor()
    return tab
  })
  await step('retour', 'Le navigateur est revenu à Comptoir.', async () => {
    await tab.getByLabel('Code porteur').fill('1234')
    await tab.getByRole('button', { name: 'Valider' }).click()
    await cameBack(tab)
    return tab
  })
  await step('psc-atteint', "L'opérateur est resté le même ; son badge dit Pro Santé Connect.", async () => {
    await program.gone('identification')
    await program.modulePage(/ordonnances$/u)
    await launcher.getByText('Pro Santé Connect · carte CPS').waitFor()
    return launcher
  })
  await step(
    'psc-quitter-module',
    'En quittant ce module, on peut quitter aussi Pro Santé Connect.',
    async () => {
      const window = await program.app.browserWindow(await program.modulePage(/ordonnances$/u))
      await window.evaluate((shown) => shown.close())
      return program.window('stay-connected')
    },
  )
  await step('psc-ferme', '« Déconnecter » ferme aussi Pro Santé Connect, sans onglet de plus.', async () => {
    const question = await program.window('stay-connected')
    await question.getByRole('button', { name: texts.stayConnected.stay, exact: true }).click()
    await outing.press('Déconnecter')
    return launcher
  })
}

/** PATRICIA comes in by her e-CPS. */
async function playLogin({ step }: Album, outing: Outing): Promise<void> {
  const { program, launcher, browser } = outing
  await step(
    'identification-psc',
    "Deux façons de s'identifier : le code, ou Pro Santé Connect.",
    async () => {
      await outing.press("S'identifier")
      return outing.asked()
    },
  )
  await step('psc-ecran', "Sur l'écran : le navigateur devant Comptoir.", async () => {
    await pressPsc(program)
    await browser.next()
    return { screenOf: program }
  })
  await step('simulateur-e-cps', "Avec l'e-CPS, un nombre à vérifier sur le téléphone.", async () => {
    const tab = lastOf(browser)
    await tab.getByLabel('Identité de test').selectOption('adjointe')
    await tab.getByRole('button', { name: 'e-CPS' }).click()
    await tab.getByRole('button', { name: "J'ai validé sur mon téléphone" }).waitFor()
    return tab
  })
  await step(
    'psc-connectee',
    'PATRICIA est connectée par son RPPS, sans rien saisir dans Comptoir.',
    async () => {
      await lastOf(browser).getByRole('button', { name: "J'ai validé sur mon téléphone" }).click()
      await program.gone('identification')
      await launcher.getByText('Pro Santé Connect · e-CPS').waitFor()
      return launcher
    },
  )
}

/** She leaves; the next person's browser still is hers. */
async function playWrongPerson({ step }: Album, outing: Outing): Promise<void> {
  const { program, browser, simulator } = outing
  await step('verrou-psc', 'Elle laisse sa place : le verrou.', async () => {
    simulator.ageSessions(somebodyElsesSession)
    await outing.press("Changer d'opérateur")
    return { screenOf: program }
  })
  await step(
    'est-ce-bien-vous',
    "Le navigateur la ramène aussitôt : Comptoir demande si c'est bien elle.",
    async () => {
      const asked = await pressPsc(program)
      await browser.next()
      await asked.getByRole('alertdialog').waitFor()
      return asked
    },
  )
  await step(
    'autre-personne',
    '« Non » ferme sa session, et Pro Santé Connect redemande qui est là.',
    async () => {
      await (await outing.asked()).getByRole('button', { name: texts.wrongPerson.no }).click()
      await leftPage(await browser.next())
      const tab = await browser.next()
      await tab.getByLabel('Identité de test').waitFor()
      return { screenOf: program }
    },
  )
}

/** A préparateur whom no operator has yet by RPPS. */
async function playAssociation({ step }: Album, outing: Outing): Promise<void> {
  const { program, launcher, browser, passwordOf } = outing
  await step('association', "Ce RPPS n'est encore à personne : à qui est-il ?", async () => {
    await signInAs(lastOf(browser), 'preparateur', 'MOBILE')
    const asked = await outing.asked()
    await asked.getByRole('heading', { name: texts.association.title }).waitFor()
    return asked
  })
  await step('association-confirmer', 'Le mot de passe est bon ; reste à confirmer.', async () => {
    const asked = await outing.asked()
    await identify(asked, '2', passwordOf('2'))
    await asked.getByRole('button', { name: texts.association.associate, exact: true }).waitFor()
    return asked
  })
  await step('association-faite', 'Associé : la prochaine fois, Pro Santé Connect suffira.', async () => {
    await (
      await outing.asked()
    )
      .getByRole('button', { name: texts.association.associate, exact: true })
      .click()
    await program.gone('identification')
    await launcher.getByText('RPPS 99700393061').waitFor()
    return launcher
  })
  await step('titulaire-prevenu', 'Le titulaire en est prévenu à sa connexion.', async () => {
    await outing.press("Changer d'opérateur")
    await outing.comeIn('0')
    await launcher.getByText(/un RPPS a été associé/u).waitFor()
    return launcher
  })
}

/** Given up in the browser. */
async function playCancelled({ step }: Album, outing: Outing): Promise<void> {
  const { program, launcher, browser, simulator } = outing
  await step(
    'psc-abandonne',
    "Abandonné dans le navigateur : Comptoir le dit, et rien n'a changé.",
    async () => {
      await outing.press("J'ai compris")
      await outing.press("Changer d'opérateur")
      // The préparateur's session is still open there, and the simulator would ask nobody.
      simulator.endAllSessions()
      await pressPsc(program)
      const tab = await browser.next()
      await tab.getByRole('button', { name: 'Annuler' }).click()
      const asked = await outing.asked()
      await asked.getByText(/abandonnée ou refusée/u).waitFor()
      return asked
    },
  )
  await (await outing.asked()).keyboard.press('Escape')
  await program.gone('identification')
  await identifyAtLock(launcher, outing.passwordOf('0'))
}

async function identifyAtLock(launcher: Page, password: string): Promise<void> {
  await launcher.getByLabel('Mot de passe', { exact: true }).fill(password)
  await launcher.keyboard.press('Enter')
  await launcher.getByRole('button', { name: 'Déconnecter' }).waitFor()
}

async function leftPage(tab: Page): Promise<Page> {
  await tab.getByRole('heading', { name: texts.psc.pages.left[0] }).waitFor()
  return tab
}

function lastOf(browser: Browser): Page {
  const tab = browser.pages().at(-1)
  if (tab === undefined) throw new Error('the browser has no tab')
  return tab
}
