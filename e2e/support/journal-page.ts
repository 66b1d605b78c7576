import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { button, connect } from './counter.ts'
import { plain } from './main-process.ts'
import type { Program } from './program.ts'
import { story } from './story.ts'
import type { Workstation } from './test.ts'

/** Connects an operator, who opens « Journal » from the launcher by the keyboard; its rows are there. */
export async function openJournal(
  workstation: Workstation,
  program: Program,
  code = '0',
): Promise<{ launcher: Page; page: Page }> {
  const launcher = await connect(workstation, program, code)
  return { launcher, page: await open(program, launcher) }
}

/** The same by who is connected. */
export async function open(program: Program, launcher: Page): Promise<Page> {
  await button(launcher, 'Journal').press('Enter')
  const page = await program.window('journal')
  await expect(grid(page)).toBeFocused()
  await expect(rowAt(page, 0)).toContainText('Journal ouvert.')
  return page
}

export function grid(page: Page): Locator {
  return page.getByRole('grid', { name: /^Lignes du journal/u })
}

/** The row at this place of the list, its head aside. */
export function rowAt(page: Page, index: number): Locator {
  return page.locator(`tr[aria-rowindex="${index + 2}"]`)
}

/** What the list says of each row in sight, newest first, once it is no longer being read. */
export async function sentences(page: Page): Promise<string[]> {
  await expect(grid(page)).toHaveAttribute('aria-busy', 'false')
  await expect(page.locator('td.awaited')).toHaveCount(0)
  return (await page.locator('tbody td.event').allInnerTexts()).map(plain)
}

/** The detail of the row that is open. */
export function detail(page: Page): Locator {
  return page.getByRole('region', { name: /^Ligne n°/u })
}

/** A fact of the detail, by its name. */
export async function factIn(page: Page, name: string): Promise<string> {
  const line = detail(page)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
  return plain(await line.locator('dd').innerText())
}

/** What was done to the journal since the start, as the story tells it. */
export function doneToJournal(workstation: Workstation): string[] {
  return story(workstation).filter((line) => line.startsWith('journal.'))
}

/** From now on, the system's question of where to save is answered by `file`; null: nowhere. */
export async function saveAs(program: Program, file: string | null): Promise<void> {
  await program.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' })
  }, file)
}
