// `node scripts/help-pictures.ts`: takes the pictures of the help (renderer/help/pictures/) in the real windows, on a
// virtual display. To be run again when a window that they show has changed; they are committed.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { openBrowser } from '../e2e/support/browser.ts'
import { reader } from '../e2e/support/card.ts'
import { numberIn } from '../e2e/support/e-cps.ts'
import { openSheet } from '../e2e/support/operators-page.ts'
import { pressPsc, signInAs } from '../e2e/support/psc.ts'
import { backUpToday } from '../electron/program/backups.ts'
import { texts } from '../renderer/ui/texts.ts'
import { recentTexts } from '../renderer/ui/texts/identification-recent.ts'
import { pictureNames, type PictureName } from '../renderer/ui/texts/help/pictures.ts'
import { root } from './bootstrap/places.mjs'
import { withFewColours } from './help-pictures/few-colours.ts'
import { tourCards } from './tour/cards.ts'
import { directRoad } from './tour/direct-road.ts'
import { setScene, type Scene } from './tour/scene.ts'
import { pressIn, windowShown } from './tour/screen.ts'
import { setStage, type Stage, type Workstation } from './tour/stage.ts'

const folder = join(root, 'renderer/help/pictures')
const taken = new Set<PictureName>()

/** Takes the picture of a page as it stands, or of a part of it. */
async function take(name: PictureName, page: Page, part: Page | Locator = page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  const picture = withFewColours(await part.screenshot({ timeout: 60_000, caret: 'hide' }))
  await writeFile(join(folder, `${name}.png`), picture)
  taken.add(name)
  console.error(`${name}: ${(picture.length / 1024).toFixed(1)} kB`)
}

/** Gives the page of a window this size. */
async function resize({ program }: Scene, page: Page, width: number, height: number): Promise<void> {
  const shown = await program.app.browserWindow(page)
  await shown.evaluate((window, [wide, high]) => window.setContentSize(wide, high), [width, height] as const)
  await page.waitForFunction((wide) => Math.abs(window.innerWidth - wide) < 3, width)
}

/** A day at the counter. */
async function atCounter(stage: Stage): Promise<void> {
  const workstation = await stage.workstation('aide')
  await withShortcut(workstation)
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  const { launcher } = scene
  for (const code of ['2', '0']) {
    await scene.press(texts.launcher.identify)
    await scene.comeIn(code)
    await scene.press(texts.launcher.disconnect)
  }
  await scene.press(texts.launcher.identify)
  const asked = await scene.asked()
  await asked.getByRole('list', { name: recentTexts.title }).getByRole('button').nth(1).waitFor()
  await take('identification', asked)
  await scene.comeIn('1')
  await scene.openModule('F2', 'Ventes')
  const openedAt = Date.now()
  workstation.cryptolib.set(reader({ card: (await tourCards()).pharmacist }))
  await launcher.getByRole('button', { name: 'Carte CPS · ADJOINTPHARM', exact: true }).waitFor()
  await resize(scene, launcher, 1060, 630)
  await take('launcher', launcher)
  // A program that ends sooner has only handed over to another one.
  await windowShown('Ventes')
  await wait(Math.max(0, openedAt + 5200 - Date.now()))
  await pressIn('Ventes', 'alt+F4')
  const question = await program.window('stay-connected')
  await take('question', question)
  await question.getByRole('button', { name: texts.stayConnected.stay, exact: true }).press('Enter')
  await question.waitForTimeout(600)
  if (await program.isShown('stay-connected')) {
    await question.getByRole('button', { name: texts.stayConnected.stay, exact: true }).press('Enter')
  }
  await program.gone('stay-connected')
  await scene.press(texts.launcher.switchOperator)
  await (await scene.asked()).keyboard.press('Escape')
  await program.gone('identification')
  await launcher.getByText(texts.locked.title).waitFor()
  await resize(scene, launcher, 760, 560)
  await take('locked', launcher)
  await scene.press(texts.locked.switchOperator)
  await scene.comeIn('0')
  await resize(scene, launcher, 900, 600)
  await scene.press(texts.builtIn.operators)
  const operators = await program.window('operators')
  await openSheet(operators, 'patricia', 'PATRICIA ADJOINTPHARM')
  await resize(scene, operators, 960, 620)
  await take('operators', operators)
  await scene.press(texts.builtIn.journal)
  const journal = await program.window('journal')
  await journal.locator('tbody tr').first().waitFor()
  await resize(scene, journal, 960, 560)
  await journal.locator(':focus').evaluate((focused: HTMLElement) => focused.blur())
  await take('journal', journal)
  workstation.cryptolib.set(reader('none'))
  await launcher.getByRole('button', { name: 'Lecteur sans carte', exact: true }).waitFor()
  workstation.cryptolib.set(reader({ card: (await tourCards()).pharmacist, tries: 0 }))
  await launcher.getByRole('button', { name: 'Carte bloquée', exact: true }).press('Enter')
  await resize(scene, launcher, 900, 760)
  await take('card', launcher, launcher.getByRole('dialog'))
  await launcher.keyboard.press('Escape')
  await diagnostic(scene)
  await program.stop()
}

/** Its buttons say the keys of « Changer d'opérateur ». */
async function withShortcut({ config }: Workstation): Promise<void> {
  const settings = JSON.parse(await readFile(config, 'utf8'))
  await writeFile(config, JSON.stringify({ ...settings, identification: { shortcut: 'Ctrl+Maj+Espace' } }))
}

/** « Diagnostic du poste », once all has been looked at. */
async function diagnostic(scene: Scene): Promise<void> {
  await scene.launcher
    .getByRole('navigation')
    .getByRole('button', { name: texts.builtIn.diagnostic, exact: true })
    .press('Enter')
  const page = await scene.program.window('diagnostic')
  await page
    .getByText(/^[A-Z]\d-\d\d$/u)
    .first()
    .waitFor()
  // What follows names the folders of this run.
  await resize(scene, page, 860, 368)
  await take('diagnostic', page)
}

/** Pro Santé Connect, in the browser and on the phone. */
async function byPsc(stage: Stage): Promise<void> {
  const workstation = await stage.workstation('aide-psc')
  const program = await stage.start(workstation)
  const scene = await setScene(program, workstation)
  const browser = await openBrowser(program)
  try {
    await scene.press(texts.launcher.identify)
    const asked = await pressPsc(program)
    const tab = await browser.next()
    await take('browser', asked)
    await signInAs(tab, 'preparateur', 'MOBILE')
    await asked.getByRole('heading', { name: texts.association.title }).waitFor()
    await take('association', asked)
  } finally {
    await browser.close()
  }
  await program.stop()

  const direct = await stage.withSecret(await stage.workstation('aide-e-cps'))
  await direct.setPsc(directRoad(stage.simulator, 'MOBILE'))
  const phoning = await stage.start(direct)
  const scenePhone = await setScene(phoning, direct)
  await scenePhone.press(texts.launcher.identify)
  const asked = await scenePhone.asked()
  await asked.getByLabel(texts.identification.code).fill('1')
  await asked.getByRole('button', { name: texts.psc.phone.start.MOBILE, exact: true }).press('Enter')
  await numberIn(asked)
  await take('phone', asked)
  await phoning.stop()
}

/** What keeps Comptoir from starting. */
async function notStarting(stage: Stage): Promise<void> {
  const workstation: Workstation = await stage.workstation('aide-fautes')
  const { config, dataDir } = workstation
  const right = await readFile(config, 'utf8')
  const { card, ...settings } = JSON.parse(right)
  const wrong = { ...settings, card: { ...card, modulePaht: 'C:\\cps.dll' }, session: { maxHours: 'quatre' } }
  await writeFile(config, JSON.stringify(wrong, null, 2))
  const faulty = await stage.start(workstation)
  await take('settings', await faulty.window('fault'))
  await faulty.stop()

  await writeFile(config, right)
  await backUpToday({ database: join(dataDir, 'comptoir.db'), folder: join(dataDir, 'sauvegardes') })
  await writeFile(join(dataDir, 'comptoir.db'), "Ceci n'est pas une base de données. ".repeat(200))
  const damaged = await stage.start(workstation)
  const page = await damaged.window('restore')
  await page.getByRole('button', { name: texts.restore.take }).waitFor()
  await take('restore', page)
  await damaged.stop()
}

/** Returns the exit code. */
async function main(): Promise<number> {
  await mkdir(folder, { recursive: true })
  const stage = await setStage()
  try {
    await atCounter(stage)
    await byPsc(stage)
    await notStarting(stage)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await stage.stop()
  }
  const missing = pictureNames.filter((name) => !taken.has(name))
  if (missing.length > 0) {
    console.error(`Not taken: ${missing.join(', ')}`)
    return 1
  }
  return 0
}

process.on('unhandledRejection', () => undefined)
process.exit(await main())
