import { expect, type Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import { connected } from './support/at-work.ts'
import { atCounter, cameInByPsc, connectByPsc, nobodyIn, told } from './support/by-psc.ts'
import {
  badgeOf,
  button,
  closeWindow,
  isFocused,
  isVisible,
  pastDeafTime,
  shownPage,
  switchTo,
  tile,
} from './support/counter.ts'
import { answerSystem, nobodyFor, systemTells, touch } from './support/locks.ts'
import { closeWindow as closeRole, closeWindowAt, unlessEnded } from './support/main-process.ts'
import { onSite, test as siteTest } from './support/on-site.ts'
import type { Program } from './support/program.ts'
import { test as pscTest } from './support/psc.ts'
import { cameIn, givenUp, locked, stopped, story } from './support/story.ts'
import { test, type Workstation } from './support/test.ts'

const lockHeading = (launcher: Page) => launcher.getByRole('heading', { name: 'Comptoir verrouillé' })

async function unlock(workstation: Workstation, launcher: Page, code: string): Promise<void> {
  await launcher.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf(code))
  await launcher.keyboard.press('Enter')
  await expect(badgeOf(launcher, code)).toBeVisible()
}

/** The documentation opened by « 1 ». */
async function atWork(
  workstation: Workstation,
): Promise<{ program: Program; launcher: Page; documentation: Page }> {
  const { program, launcher } = await connected(workstation)
  await tile(launcher, 'Documentation').click()
  const documentation = await shownPage(program, /documentation$/u)
  // As after minutes of work there: what comes next finds the focus where somebody was.
  await expect.poll(() => isFocused(program, documentation)).toBe(true)
  return { program, launcher, documentation }
}
const opened = [...cameIn, 'module.opened 1 documentation window']
const veiled = 'module.veiled 1 documentation'
const unlocked = ['identification.succeeded 1', 'session.unlocked 1']

test.describe('A workstation that nobody touches @login', () => {
  test('asks before it locks, and hides what was open', async ({ workstation }) => {
    const { program, launcher, documentation } = await atWork(workstation)
    await nobodyFor(program, 600)
    const question = await program.window('stay-connected')
    await expect(question.getByRole('alertdialog')).toHaveAccessibleName('Rester connecté\u00A0?')
    await expect(question.getByRole('alertdialog')).toHaveAccessibleDescription(
      /^Sans activité depuis 10\u00A0min\. Comptoir va se verrouiller\. Opérateur .* Sans réponse, verrouillage dans \d+\u00A0s$/u,
    )
    expect(await faultsOf(question)).toEqual([])
    // What is typed goes on where it went.
    expect(await isFocused(program, question)).toBe(false)
    expect(await isVisible(program, documentation)).toBe(true)

    await test.step('any input means that somebody is there', async () => {
      await touch(program)
      await program.gone('stay-connected')
      await expect(badgeOf(launcher, '1')).toBeVisible()
    })
    await test.step('« Rester connecté » by the keyboard', async () => {
      await nobodyFor(program, 600)
      await program.window('stay-connected')
      await (await program.app.browserWindow(question)).evaluate((window) => window.focus())
      await expect(button(question, 'Rester connecté')).toBeFocused()
      await pastDeafTime(question)
      await question.keyboard.press('Enter')
      await program.gone('stay-connected')
      await expect(badgeOf(launcher, '1')).toBeVisible()
    })
    await test.step('nobody answers', async () => {
      await nobodyFor(program, 600)
      await program.window('stay-connected')
      await nobodyFor(program, 20)
      await expect(lockHeading(launcher)).toBeVisible()
      await expect(launcher.getByText('Après 10\u00A0min sans activité.')).toBeVisible()
      await program.gone('stay-connected')
      await program.window('veil')
      expect(await isVisible(program, documentation)).toBe(false)
      expect(await faultsOf(launcher)).toEqual([])
    })
    await unlock(workstation, launcher, '1')
    await program.gone('veil')
    expect(await isVisible(program, documentation)).toBe(true)
    await program.stop()
    expect(story(workstation)).toEqual([
      ...opened,
      'session.locked 1 idle',
      veiled,
      ...unlocked,
      'session.ended 1 program-closed',
      'module.left 1 documentation nobody',
      stopped,
    ])
  })
})

test.describe('The system that locks or sleeps @login', () => {
  test('locks Comptoir at once, and whoever was coming begins again', async ({ workstation }) => {
    const { program, launcher } = await atWork(workstation)
    await switchTo(workstation, program, '2')
    await button(launcher, 'Mes connexions').click()
    const connections = await program.window('connections')

    await systemTells(program, 'lock-screen')
    await expect(launcher.getByText('Avec la session Windows.')).toBeVisible()
    await expect(launcher.getByText('1 autre session en attente sur ce poste')).toBeVisible()
    expect(await isVisible(program, connections)).toBe(false)
    await systemTells(program, 'unlock-screen')
    await unlock(workstation, launcher, '2')

    await button(launcher, "Changer d'opérateur").click()
    const identification = await program.window('identification')
    await identification.getByLabel('Code opérateur').fill('1')
    await systemTells(program, 'suspend')
    await program.gone('identification')
    await systemTells(program, 'resume')
    await unlock(workstation, launcher, '2')
    await systemTells(program, 'suspend')
    await systemTells(program, 'resume')
    await expect(launcher.getByText('À la mise en veille.')).toBeVisible()
    await program.stop()
    expect(story(workstation).filter((row) => row.startsWith('session.locked'))).toEqual([
      locked,
      'session.locked 2 system-lock',
      'session.locked 2 switch',
      'session.locked 2 sleep',
    ])
  })
})

pscTest.describe('The system that locks while Pro Santé Connect is out @psc @login', () => {
  pscTest('lets nobody in behind it; the day can be closed from the lock', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await connectByPsc(counter, 'adjointe', '1')
    await systemTells(program, 'lock-screen')
    site.simulator.endAllSessions()
    await launcher.keyboard.press('Alt+p')
    const tab = await browser.next()
    await program.window('identification')
    await systemTells(program, 'lock-screen')
    await program.gone('identification')
    await expect(lockHeading(launcher)).toBeVisible()
    await tab.close()

    await button(launcher, 'Fermer la journée').click()
    const question = await program.window('closing')
    await expect(question.getByText('La session de PATRICIA ADJOINTPHARM se termine.')).toBeVisible()
    await expect(question.getByText('Pro Santé Connect se ferme aussi dans le navigateur.')).toBeVisible()
    await button(question, 'Fermer la journée').click({ noWaitAfter: true }).catch(unlessEnded)
    await nobodyIn(launcher)
    await expect(launcher.getByText('Journée fermée. Bonne soirée.')).toBeVisible()
    await browser.next()
    expect((await browser.handed()).at(-1)).toMatch(/logout|session\/end/u)
    expect(await told(workstation, counter)).toEqual([
      ...cameInByPsc('1'),
      'session.locked 1 system-lock',
      givenUp,
      'session.ended 1 day-closed',
      'day.closed nobody 0 1',
    ])
  })
})

siteTest.describe('A page that holds unsaved work @modules', () => {
  siteTest('is asked about when Comptoir is closed, under its veil too', async ({ workstation, site }) => {
    site.answer({
      '/': {
        body: `<!doctype html><title>Site</title><label>Note <input></label>
          <script>addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x' })</script>`,
      },
    })
    const { program, launcher, page } = await onSite(workstation, site)
    await page.getByLabel('Note').fill('à garder')
    const questions = await answerSystem(program, 'Annuler')
    const closeComptoir = async (): Promise<void> => {
      await closeRole(program, 'launcher')
      const question = await program.window('closing')
      await button(question, 'Fermer Comptoir').click({ noWaitAfter: true }).catch(unlessEnded)
    }

    await closeComptoir()
    await expect.poll(questions).toHaveLength(1)
    expect(await questions()).toEqual([
      {
        over: 'Site',
        message: 'Quitter «\u00A0Site\u00A0»\u00A0?',
        detail: "La page signale une saisie qui n'est pas enregistrée. Si vous la quittez, elle est perdue.",
        buttons: ['Quitter sans enregistrer', 'Annuler'],
        cancelId: 1,
      },
    ])
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(page.getByLabel('Note')).toHaveValue('à garder')

    // The cross of its title bar asks the same.
    await closeWindow(program, page)
    await expect.poll(questions).toHaveLength(2)

    await switchTo(workstation, program, '2')
    expect(await isVisible(program, page)).toBe(false)
    await closeComptoir()
    await expect.poll(questions).toHaveLength(3)
    expect((await questions())[2]?.message).toBe(
      'Quitter «\u00A0Site\u00A0», ouvert au nom de PATRICIA ADJOINTPHARM\u00A0?',
    )
    expect(await isVisible(program, page)).toBe(false)
    await expect(badgeOf(launcher, '2')).toBeVisible()

    await answerSystem(program, 'Quitter sans enregistrer')
    await closeComptoir()
    expect(await program.ended).toBe(0)
    expect(story(workstation).slice(-4)).toEqual([
      'module.left 1 site other-operator',
      'session.ended 2 program-closed',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  siteTest('or that does not answer has a way out', async ({ workstation, site }) => {
    site.answer({
      '/': {
        body: `<!doctype html><title>Site</title><script>addEventListener('beforeunload', () => { for (;;); })</script>`,
      },
    })
    const { program, launcher } = await onSite(workstation, site)
    const questions = await answerSystem(program, 'Quitter sans enregistrer')
    await closeWindowAt(program, `${site.origin}/`)
    await expect.poll(questions, { timeout: 15_000 }).toHaveLength(1)
    expect((await questions())[0]?.detail).toBe(
      "La page ne répond pas. Ce qui n'y est pas enregistré serait perdu.",
    )
    await expect(tile(launcher, 'Site')).not.toHaveAccessibleDescription('Ouvert')
    await program.stop()
    expect(story(workstation)).toContain('module.left 1 site same-operator')
  })
})
