import { expect, type Locator, type Page } from '@playwright/test'
import { dayOf } from '../../renderer/ui/texts/french.ts'
import { openDetails, reader, says, type SimulatedSite } from './card.ts'
import type { Content, Control } from './card/simulated-cryptolib.ts'
import { button } from './counter.ts'
import type { Program } from './program.ts'

/** What Cryptolib is made to show, what the pill then says, and what is to be done about it. */
export type CardStory = {
  readonly shown: Control
  readonly text: string
  /** Null: nothing. */
  readonly remedy: string | null
}

/** The card in both windows that show it: the launcher's pill, and the details of the identification window. */
export type Shown = { readonly launcher: Page; readonly identification: Page; readonly details: Locator }

/** Opens the details in the identification window; they stay open while the card changes. */
export async function showDetails(program: Program, launcher: Page, text: string): Promise<Shown> {
  await says(launcher, text)
  await button(launcher, "S'identifier").click()
  const identification = await program.window('identification')
  return { launcher, identification, details: await openDetails(identification, text) }
}

/** Shows each of these in turn, reading at once by « Tester ma carte », and expects it in both windows. */
export async function walk(
  { set }: SimulatedSite,
  { launcher, details }: Shown,
  stories: readonly CardStory[],
): Promise<void> {
  for (const { shown, text, remedy } of stories) {
    set(shown)
    await buttonIn(details, 'Tester ma carte').click()
    await says(launcher, text)
    await expect(details).toHaveAccessibleDescription(
      [text, remedy].filter((part) => part !== null).join(' '),
    )
  }
}

/** The reader of `reader` with this in it, then others with these. */
export function beside(content: Content, ...contents: readonly Content[]): Control {
  const others = contents.map((other, index) => ({ name: `Lecteur ${index + 2}`, content: other }))
  return { readers: [...reader(content).readers, ...others] }
}

/** The last day of a card, as it is written. */
export function lastDay(until: Date): string {
  // Noon: the same day wherever the tests run.
  return dayOf(new Date(until.getTime() + 12 * 3_600_000)).replaceAll('\u00A0', ' ')
}

/** A button of the details, by its whole name. */
export function buttonIn(details: Locator, name: string): Locator {
  return details.getByRole('button', { name, exact: true })
}

/** What the details say of this: « Porteur » and « PATRICIA ADJOINTPHARM ». */
export async function fact(details: Locator, name: string): Promise<string> {
  const term = details.getByRole('term').filter({ hasText: new RegExp(`^${name}\\s:$`, 'u') })
  const value = await term.locator('xpath=following-sibling::dd').innerText()
  return value.replaceAll('\u00A0', ' ')
}
