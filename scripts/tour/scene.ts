import type { Page } from '@playwright/test'
import type { Program } from '../../e2e/support/program.ts'
import { identify } from '../../e2e/support/test.ts'
import type { Workstation } from './stage.ts'

/** The program at work, and what one does with it in more than one step. */
export type Scene = {
  readonly program: Program
  readonly launcher: Page
  /** Resolves once the tile of a module says « Ouvert »: its program runs. */
  readonly opened: (label: string) => Promise<void>
  /** Opens a module by its function key. */
  readonly openModule: (shortcut: string, label: string) => Promise<void>
  /** Returns the identification window, asked for by a button of the launcher or a function key. */
  readonly asked: () => Promise<Page>
  /** Types the code and the right password of an operator of the demonstration, who is then connected. */
  readonly comeIn: (code: string) => Promise<void>
  readonly passwordOf: (code: string) => string
  /** Brings the launcher to the front, as its user does first. */
  readonly toFront: () => Promise<void>
  /** Presses a key in the launcher, brought to the front. */
  readonly key: (key: string) => Promise<void>
  /** Presses a button of the launcher, brought to the front. */
  readonly press: (label: string) => Promise<void>
}

export async function setScene(program: Program, { passwordOf }: Workstation): Promise<Scene> {
  const launcher = await program.window('launcher')
  const toFront = async (): Promise<void> => {
    const window = await program.app.browserWindow(launcher)
    await window.evaluate((shown) => shown.focus())
  }
  const key: Scene['key'] = async (pressed) => {
    await toFront()
    await launcher.keyboard.press(pressed)
  }
  const opened = (label: string): Promise<void> =>
    launcher.locator('.tile.open', { hasText: label }).waitFor()
  const asked = (): Promise<Page> => program.window('identification')
  return {
    program,
    launcher,
    asked,
    passwordOf,
    toFront,
    key,
    opened,
    openModule: async (shortcut, label) => {
      await key(shortcut)
      await opened(label)
    },
    comeIn: async (code) => {
      await identify(await asked(), code, passwordOf(code))
      await program.gone('identification')
      await launcher.getByText(`Opérateur « ${code} »`.replaceAll(/(?<=«) | (?=»)/gu, '\u00A0')).waitFor()
    },
    press: async (label) => {
      await toFront()
      await launcher.getByRole('button', { name: label, exact: true }).click()
      // What comes to stand under the pointer would be drawn as pointed at.
      await launcher.mouse.move(0, 0)
    },
  }
}
