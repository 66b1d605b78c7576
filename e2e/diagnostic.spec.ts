import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { checkIds } from '../electron/diagnostic/finding.ts'
import { texts } from '../renderer/ui/texts.ts'
import { diagnosticWindowTexts as words } from '../renderer/ui/texts/diagnostic-window.ts'
import { faultsOf } from './support/axe.ts'
import { button, connect } from './support/counter.ts'
import { saveAs } from './support/journal-page.ts'
import { plain, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { stopped, story } from './support/story.ts'
import { expect, test, type Workstation } from './support/test.ts'

/** Nobody answers there. */
const outOfReach = {
  discoveryUrl: 'https://localhost:9/.well-known/wallet-openid-configuration',
  issuer: 'https://localhost:9/auth/realms/esante-wallet',
  clientId: 'comptoir-officines',
  redirectUris: ['http://localhost:50011/psc/retour'],
  postLogoutRedirectUris: ['http://localhost:50011/psc/deconnexion'],
}
const rpps = '99700261797'

test.describe('« Diagnostic du poste »', { tag: '@diagnostic' }, () => {
  test('tells anybody, by the keyboard, what is wrong, what to do, and what to say on the telephone', async ({
    workstation,
  }) => {
    await workstation.settings((settings) => ({ ...settings, psc: outOfReach }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await button(launcher, texts.builtIn.diagnostic).first().press('Enter')
    const page = await ended(program)

    const psc = checkOf(page, 'Pro Santé Connect')
    await expect(psc).toContainText(/^7\.\s/u)
    await expect(psc).toContainText('à corriger')
    await expect(psc.locator('.remedy')).not.toBeEmpty()
    await expect(page.getByRole('heading', { level: 2, name: 'à corriger' })).toBeVisible()
    const code = await codeOf(page)
    expect(code).toMatch(/^[ACDEFGHJ-NP-RT-Z][234679]-[234679]{2}$/u)
    await expect(page.locator('.telephone')).toContainText('01 99 00 12 34')
    expect(await faultsOf(page)).toEqual([])

    // Nobody is connected: names stay masked.
    const names = page.getByLabel(words.named)
    await names.press('Space')
    await expect(page.getByRole('alert')).toContainText("Aucun opérateur n'est connecté.")
    await expect(names).not.toBeChecked()

    await button(page, words.copy).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: words.copied })).toBeVisible()
    const copied = await clipboard(program)
    expect(copied).toContain(`Code d'assistance : ${code}`)
    expect(copied).toContain('7. Pro Santé Connect (à corriger)')
    const file = join(workstation.dataDir, 'rapport.txt')
    await saveAs(program, file)
    await button(page, words.save).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'rapport.txt' })).toBeVisible()
    expect(plain(await readFile(file, 'utf8'))).toBe(copied)

    await psc.getByRole('button', { name: texts.help.pages.psc }).press('Enter')
    const help = await program.window('help')
    await expect(help.getByRole('heading', { level: 1 })).toHaveText(texts.help.pages.psc)
    await page.keyboard.press('Escape').catch(unlessEnded)
    await program.gone('diagnostic')

    // The launcher says the one thing to do by itself.
    const toDo = launcher.getByRole('region', { name: 'État du poste' })
    await expect(toDo).toContainText('À faire', { timeout: 20_000 })
    await expect(toDo).toContainText('localhost:9')
    expect(await faultsOf(launcher)).toEqual([])
    await toDo.getByRole('button', { name: texts.builtIn.diagnostic }).press('Enter')
    expect(await codeOf(await ended(program))).toBe(code)
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('shows names and RPPS to the titulaire alone, and writes that they leave', async ({ workstation }) => {
    const program = await workstation.start()
    await connect(workstation, program, '1')
    await openDiagnostic(program)
    const page = await ended(program)
    const names = page.getByLabel(words.named)
    await names.press('Space')
    await expect(page.getByRole('alert')).toContainText('sont réservés au titulaire')
    await disconnect(program)
    await connect(workstation, program, '0')
    await names.press('Space')
    await expect(names).toBeChecked()
    // Paper leaves no row.
    await expect(button(page, words.print)).toHaveCount(0)
    await button(page, words.copy).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: words.copied })).toBeVisible()
    expect(await clipboard(program)).toContain('contient des noms')
    await disconnect(program)
    await expect(names).not.toBeChecked()
    await button(page, words.copy).press('Enter')
    await expect.poll(() => clipboard(program)).toContain('Noms et RPPS masqués')
    expect(await clipboard(program)).not.toContain(rpps)
    await program.stop()
    expect(told(workstation)).toEqual(['diagnostic.named 0 clipboard'])
  })
})

/** Its window, once every check has ended. */
async function ended(program: Program): Promise<Page> {
  const page = await program.window('diagnostic')
  await expect(page.getByText(/^Diagnostic terminé à/u)).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('list', { name: words.checks }).getByRole('listitem')).toHaveCount(
    checkIds.length,
  )
  await expect(page.getByText(words.underWay)).toHaveCount(0)
  return page
}

async function openDiagnostic(program: Program): Promise<void> {
  await button(await program.window('launcher'), texts.builtIn.diagnostic)
    .first()
    .press('Enter')
}

async function disconnect(program: Program): Promise<void> {
  const launcher = await program.window('launcher')
  await button(launcher, texts.launcher.disconnect).press('Enter')
  await expect(launcher.getByText(texts.launcher.noOperator)).toBeVisible()
}

function checkOf(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
}

async function codeOf(page: Page): Promise<string> {
  return page.locator('.assistance-code [aria-hidden]').innerText()
}

async function clipboard(program: Program): Promise<string> {
  return plain(await program.app.evaluate(({ clipboard: board }) => board.readText()))
}

function told(workstation: Workstation): string[] {
  return story(workstation).filter((line) => line.startsWith('diagnostic.'))
}
