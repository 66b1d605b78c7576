import type { Page } from '@playwright/test'
import { told } from './support/alerts.ts'
import {
  badgeOf,
  closeWindow,
  comeIn,
  expectNoQuestion,
  isFocused,
  modulePages,
  pastDeafTime,
  shownPage,
  startWith,
  switchTo,
  tile,
  webModule,
} from './support/counter.ts'
import { onSite, onSiteRows, test } from './support/on-site.ts'
import type { Program } from './support/program.ts'
import { journalled, rowOfReference, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'

test.describe('A page of a module @modules', () => {
  test('keeps what it remembers of one operator from the others', async ({ workstation, site }) => {
    const { program, launcher, page } = await onSite(workstation, site)
    await page.evaluate(() => {
      document.cookie = 'panier=1'
      localStorage.setItem('panier', '1')
    })
    await closeWindow(program, page)
    const question = await program.window('stay-connected')
    await pastDeafTime(question)
    await question.getByRole('button', { name: 'Rester connecté' }).click()
    await program.gone('stay-connected')

    const remembered = (shown: Page): Promise<string[]> =>
      shown.evaluate(() => [document.cookie, localStorage.getItem('panier') ?? ''])
    await switchTo(workstation, program, '2')
    await tile(launcher, 'Site').click()
    expect(await remembered(await shownPage(program, /^http:\/\/127/u))).toEqual(['', ''])
    await program.stop()
    expect(story(workstation).filter((row) => row.startsWith('module.opened'))).toEqual([
      'module.opened 1 site window',
      'module.opened 2 site window',
    ])
  })

  test('that nobody serves is told, leaves no window and asks nothing', async ({ workstation, site }) => {
    await site.stop()
    const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    const sentence = await told(launcher, "«\u00A0Site\u00A0» s'est arrêté avant de répondre.")
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.failed')
    await journalled(workstation, 'module.left', 'site')
    await expectNoQuestion(program)
    expect(await modulePages(program)).toBe(0)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([
      ...onSiteRows,
      'module.failed 1 site page-unreachable',
      'module.left 1 site same-operator',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  // Shown at its first paint, but « loaded » only with its last image: windows/module-page.ts, everLoaded.
  test('that is left while an image still loads asks like any other', async ({ workstation, site }) => {
    site.answer({
      '/': { body: '<!doctype html><h1>Site</h1><img src="/jamais">' },
      '/jamais': { never: true },
    })
    const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
    await tile(launcher, 'Site').click()
    await comeIn(workstation, program, '1')
    await closeWindow(program, await program.modulePage(/^http:\/\/127/u))
    await program.window('stay-connected')
    await program.stop()
    expect(story(workstation)).toContain('module.left 1 site same-operator')
  })

  test('that is open comes forward by its tile', async ({ workstation, site }) => {
    const { program, launcher, page } = await onSite(workstation, site)
    await focus(program, launcher)
    await expect.poll(() => isFocused(program, page)).toBe(false)
    await tile(launcher, 'Site').click()
    await expect.poll(() => isFocused(program, page)).toBe(true)
    expect(await modulePages(program)).toBe(1)
    await program.stop()
    expect(story(workstation)).toEqual([
      ...onSiteRows,
      'session.ended 1 program-closed',
      'module.left 1 site nobody',
      stopped,
    ])
  })
})

async function focus(program: Program, page: Page): Promise<void> {
  const browserWindow = await program.app.browserWindow(page)
  await browserWindow.evaluate((window) => window.focus())
}
