import { expect, type Page } from '@playwright/test'

/** What the launcher has to say, once it says this. */
export async function told(launcher: Page, text: string): Promise<string> {
  const alert = launcher.getByRole('alert').filter({ hasText: text })
  await expect(alert).toHaveCount(1)
  return alert.innerText()
}

/** Takes away what the launcher has to say. */
export async function dismiss(launcher: Page): Promise<void> {
  await launcher.getByRole('button', { name: "J'ai compris" }).click()
  await expect(launcher.getByRole('alert')).toHaveText('')
}
