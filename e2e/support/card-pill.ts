import type { Page } from '@playwright/test'
import { plain } from './main-process.ts'

/** What the pill has said at an instant, in milliseconds since 1970. */
export type Said = { readonly text: string; readonly at: number }

/** All that the pill of a window says, in order: also what it does not say for long. */
export type PillRecord = {
  /** Since the last question; the first answer begins with what it said when the recording began. */
  readonly said: () => Promise<Said[]>
  /** The texts of `said` alone. */
  readonly texts: () => Promise<string[]>
}

/** Writes down what the pill of this window says from now on. */
export async function recordPill(page: Page): Promise<PillRecord> {
  const recorder = await page.evaluateHandle(() => {
    const said: { text: string; at: number }[] = []
    let last = ''
    const look = (): void => {
      const text = document.querySelector('.card-pill')?.textContent ?? ''
      if (text === last) return
      last = text
      said.push({ text, at: Date.now() })
    }
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    return { take: () => said.splice(0) }
  })
  const said = async (): Promise<Said[]> =>
    (await recorder.evaluate(({ take }) => take())).map(({ text, at }) => ({ text: plain(text), at }))
  return { said, texts: async () => (await said()).map(({ text }) => text) }
}
