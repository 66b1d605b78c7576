import type { Page } from '@playwright/test'
import { helpPages } from '../electron/ipc/views.ts'
import { texts } from '../renderer/ui/texts.ts'
import { faultsOf } from './support/axe.ts'
import { button, closeWindow, connect, openDocumentation, pastDeafTime } from './support/counter.ts'
import { unlessEnded } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { cameIn, stopped, story } from './support/story.ts'
import { expect, test } from './support/test.ts'

const { pages, link } = texts.help

/** The title of the page that is read. */
function title(help: Page) {
  return help.getByRole('heading', { level: 1 })
}

/** Presses F1 in a window; resolves to « Aide ». */
async function helpFrom(program: Program, page: Page): Promise<Page> {
  await page.keyboard.press('F1')
  return program.window('help')
}

/** Escape closes « Aide ». */
async function close(program: Program, help: Page): Promise<void> {
  await help.keyboard.press('Escape').catch(unlessEnded)
  await program.gone('help')
}

test.describe('« Aide »', { tag: '@help' }, () => {
  test('is there by F1 in each window, without network, and answers « code perdu »', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await program.app.evaluate(({ session }) =>
      session.defaultSession.enableNetworkEmulation({ offline: true }),
    )
    const first = await helpFrom(program, launcher)
    await expect(title(first)).toHaveText(pages.identify)
    await close(program, first)

    await button(launcher, texts.launcher.identify).press('Enter')
    const identification = await program.window('identification')
    await expect(button(identification, link)).toBeVisible()
    await identification.keyboard.type('12')
    const help = await helpFrom(program, identification)
    await expect(title(help)).toBeFocused()
    await help.keyboard.press('Control+f')
    await help.keyboard.type('girafe', { delay: 40 })
    await expect(title(help)).toContainText('Aucune page ne parle de')
    await help.keyboard.press('Escape')
    await expect(title(help)).toHaveText(pages.identify)
    await help.keyboard.press('/')
    await help.keyboard.press('/')
    await help.keyboard.type('Code PERDU', { delay: 40 })
    const results = help.getByRole('main').getByRole('button')
    await expect(results.first()).toContainText(pages.card)
    await expect(results.first().locator('mark').first()).toHaveText(/code/iu)
    expect(await faultsOf(help)).toEqual([])
    await help.keyboard.press('ArrowDown')
    await expect(results.first()).toBeFocused()
    await help.keyboard.press('Enter')
    await expect(title(help)).toBeFocused()
    await expect(title(help)).toHaveText(pages.card)
    await expect(help.getByRole('heading', { name: 'La carte est bloquée' })).toBeVisible()
    await close(program, help)
    await expect(identification.getByLabel('Code opérateur')).toHaveValue('12')
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('has every page whole: read by everybody, wide, narrow and on paper', async ({ workstation }) => {
    const program = await workstation.start()
    const help = await helpFrom(program, await program.window('launcher'))
    const window = await program.app.browserWindow(help)
    for (const page of helpPages) {
      await help.getByRole('navigation').getByRole('button', { name: pages[page], exact: true }).click()
      await expect(title(help)).toHaveText(pages[page])
      await help.waitForFunction(() => [...document.images].every(({ complete }) => complete))
      expect(await help.evaluate(missingPictures), page).toEqual([])
      expect(await faultsOf(help), page).toEqual([])
    }
    await window.evaluate((shown) => shown.setContentSize(480, 640))
    await expect(help.getByRole('navigation')).toBeHidden()
    for (const page of helpPages) {
      await help.getByRole('combobox', { name: texts.help.pagesName }).selectOption(page)
      await expect(title(help)).toHaveText(pages[page])
      expect(await help.evaluate(() => document.documentElement.scrollWidth), page).toBeLessThanOrEqual(480)
    }
    expect(await faultsOf(help)).toEqual([])
    await help.emulateMedia({ media: 'print' })
    await expect(help.getByRole('search')).toBeHidden()
    await expect(button(help, texts.help.print)).toBeHidden()
    await expect(title(help)).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('keeps what was ticked of the list of a first officine, and prints it to be filled in', async ({
    workstation,
  }) => {
    const program = await workstation.start()
    const help = await helpFrom(program, await program.window('launcher'))
    const list = help.getByRole('navigation').getByRole('button', { name: pages.checklist, exact: true })
    await list.click()
    const boxes = help.getByRole('checkbox')
    await boxes.nth(0).press('Space')
    await help.getByRole('main').getByRole('button', { name: pages.install, exact: true }).first().click()
    await expect(title(help)).toHaveText(pages.install)
    await list.click()
    await expect(boxes.nth(0)).toBeChecked()
    await expect(boxes.nth(1)).not.toBeChecked()
    const blank = help.getByRole('term').filter({ hasText: 'Technicien' })
    await expect(blank).toBeHidden()
    await help.emulateMedia({ media: 'print' })
    await expect(blank).toBeVisible()
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('over « Rester connecté ? » neither stops its countdown nor answers it', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connect(workstation, program, '1')
    await openDocumentation(program, launcher)
    await closeWindow(program, await program.modulePage(/\/documentation$/u))
    const question = await program.window('stay-connected')
    await pastDeafTime(question)
    const help = await helpFrom(program, question)
    await expect(title(help)).toHaveText(pages.switch)
    const left = async (): Promise<number> =>
      Number(/\d+/u.exec(await question.getByRole('timer').innerText())?.[0])
    const before = await left()
    await expect.poll(left).toBeLessThan(before)
    await close(program, help)
    expect(await program.isShown('stay-connected')).toBe(true)
    await button(question, texts.stayConnected.stay).press('Enter')
    await program.gone('stay-connected')
    await program.stop()
    expect(story(workstation).filter((row) => !cameIn.includes(row))).toEqual([
      'module.opened 1 documentation window',
      'module.left 1 documentation same-operator',
      'stay-connected.answered 1 stay',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('is there where Comptoir cannot start', async ({ workstation }) => {
    await workstation.settings((settings) => ({ ...settings, session: { maxHours: -1 } }))
    const program = await workstation.start()
    const fault = await program.window('fault')
    const help = await helpFrom(program, fault)
    await expect(title(help)).toHaveText(pages.settings)
    await expect(help.getByRole('cell', { name: /Verrouill|inactivité|activité/u }).first()).toBeVisible()
    await close(program, help)
    await button(fault, texts.fault.close).press('Enter').catch(unlessEnded)
    expect(await program.ended).toBe(78)
    expect(workstation.journal().filter(({ kind }) => kind !== 'operator.created')).toEqual([])
  })
})

/** The pictures of the page that are not there. */
function missingPictures(): string[] {
  return [...document.images].filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src)
}
