import type { Page } from '@playwright/test'
import type { Program } from './program.ts'
import { expect, identify, type Workstation } from './test.ts'

/** Who is connected by `connect`, as the launcher says it. */
export const badge = 'Opérateur « 1 » — PATRICIA ADJOINTPHARM'

/** Connects PATRICIA ADJOINTPHARM; resolves to the launcher, which says so. */
export async function connect(program: Program, { passwordOf }: Workstation): Promise<Page> {
  const launcher = await program.window('launcher')
  await launcher.getByRole('button', { name: "S'identifier" }).click()
  await identify(await program.window('identification'), '1', passwordOf('1'))
  await program.gone('identification')
  await expect(launcher.getByText(badge)).toBeVisible()
  return launcher
}

/** Opens « Documentation », a web module of the demonstration. */
export async function openDocumentation(program: Program, launcher: Page): Promise<void> {
  await launcher.getByRole('button', { name: 'Documentation', exact: true }).click()
  await program.modulePage(/\/documentation$/u)
}

/** Where « Documentation » is served. */
export function documentationUrl({ pagesUrl }: Workstation): string {
  return new URL('documentation', pagesUrl).href
}
