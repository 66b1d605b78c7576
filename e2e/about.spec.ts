import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { shippedComponent } from '../electron/ipc/component-views.ts'
import { texts } from '../renderer/ui/texts.ts'
import { aboutTexts as words } from '../renderer/ui/texts/about.ts'
import { updateTexts } from '../renderer/ui/texts/updates.ts'
import { root } from '../scripts/bootstrap/places.mjs'
import { faultsOf } from './support/axe.ts'
import { button } from './support/counter.ts'
import { plain, unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { stopped, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

/** « À propos », opened from the launcher. */
async function openAbout(program: Program, launcher: Page): Promise<Page> {
  await button(launcher, texts.help.pages.about).press('Enter')
  const help = await program.window('help')
  await expect(help.getByRole('heading', { level: 1 })).toHaveText(texts.help.pages.about)
  return help
}

/** What `name` is said to be. */
function fact(help: Page, name: string) {
  return help.locator('.sheet > div').filter({ hasText: name }).locator('dd')
}

test.describe('« À propos »', { tag: '@help' }, () => {
  test('tells the versions of what runs, and every licence, by the keyboard', async ({ workstation }) => {
    const program = await workstation.start({ args: ['--force-device-scale-factor=1.5'] })
    const launcher = await program.window('launcher')
    const runs = await program.app.evaluate(({ app }) => ({
      ...process.versions,
      comptoir: app.getVersion(),
    }))
    const help = await openAbout(program, launcher)

    for (const [name, value] of [
      ['Comptoir', runs['comptoir']],
      ['Electron', runs['electron']],
      ['Chromium', runs['chrome']],
      ['Node.js', runs.node],
    ] as const) {
      await expect(fact(help, name)).toHaveText(value ?? '')
    }
    await button(help, words.copy).press('Enter')
    await expect(help.getByRole('status').filter({ hasText: words.copied })).toBeVisible()
    const copied = await program.app.evaluate(({ clipboard }) => clipboard.readText())
    expect(plain(copied)).toMatch(/^Comptoir : \d.*\nÉdition : développement.*\nElectron : \d/u)
    expect(plain(copied)).toContain(`Chromium : ${runs['chrome']}`)

    const written: unknown = JSON.parse(await readFile(join(root, 'dist/components.json'), 'utf8'))
    const components = z.array(shippedComponent).parse(written)
    expect(components.length).toBeGreaterThan(30)
    await expect(help.locator('.help-components > li')).toHaveCount(components.length)
    expect(await faultsOf(help)).toEqual([])

    const react = help.locator('.help-components > li', { has: help.getByText('react', { exact: true }) })
    await expect(react.locator('pre')).toBeHidden()
    await react.locator('summary').focus()
    await help.keyboard.press('Enter')
    await expect(react.locator('pre')).toContainText('Copyright (c) Meta Platforms')
    const electron = help.locator('.help-components > li', {
      has: help.getByText('electron', { exact: true }),
    })
    await expect(electron.locator('summary')).toContainText(runs['electron'] ?? '')
    expect(await faultsOf(help)).toEqual([])
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('tells that a newer version exists, as the launcher and the diagnostic do', async ({
    workstation,
  }) => {
    const page = 'https://it.example/comptoir'
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end(JSON.stringify({ version: '99.0.0', page }))
    })
    const url = await listening(server)
    await workstation.settings((settings) => ({ ...settings, updates: { url } }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    expect(asked).toBe(0)
    await expect(launcher.getByRole('contentinfo')).toContainText(updateTexts.exists('99.0.0'), {
      timeout: 30_000,
    })
    expect(await faultsOf(launcher)).toEqual([])
    const help = await openAbout(program, launcher)
    await expect(help.getByRole('main')).toContainText('Comptoir 99.0.0 existe.')
    await expect(help.getByRole('main').locator('code')).toHaveText(page)
    await help.keyboard.press('Escape').catch(unlessEnded)
    await program.gone('help')

    await button(launcher, texts.builtIn.diagnostic).first().press('Enter')
    const diagnostic = await program.window('diagnostic')
    await expect(diagnostic.getByRole('main')).toContainText('Comptoir 99.0.0 existe.')
    await program.stop()
    expect(asked).toBe(2)
    server.close()
    expect(story(workstation)).toEqual([stopped])
  })
})

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return `http://127.0.0.1:${address.port}/comptoir.json`
}
