import type { Page } from '@playwright/test'
import { closeWindow, comeIn, connect, shownPage, startWith, tile, webModule } from './counter.ts'
import type { Program } from './program.ts'
import type { Workstation } from './test.ts'

/** Comptoir with the documentation for module and operator « 1 » connected. */
export async function connected(
  workstation: Workstation,
  session: { maxHours?: number } = {},
): Promise<{ program: Program; launcher: Page }> {
  const documentation = webModule('documentation', 'Documentation', `${workstation.pagesUrl}documentation`)
  const started = await startWith(workstation, [documentation], session)
  await connect(workstation, started.program, '1')
  return started
}

/** Operator « 1 » at work in the documentation, and in the planning too when told so. */
export async function atWork(
  workstation: Workstation,
  { planning = false } = {},
): Promise<{ program: Program; launcher: Page; documentation: Page; leave: () => Promise<Page> }> {
  const { program, launcher } = await startWith(
    workstation,
    [
      webModule('documentation', 'Documentation', `${workstation.pagesUrl}documentation`),
      webModule('planning', 'Planning', `${workstation.pagesUrl}planning`),
    ],
    { stayConnectedSeconds: 20 },
  )
  if (planning) {
    await tile(launcher, 'Planning').click()
    await comeIn(workstation, program, '1')
    await shownPage(program, /planning$/u)
  }
  await tile(launcher, 'Documentation').click()
  if (!planning) await comeIn(workstation, program, '1')
  const documentation = await shownPage(program, /documentation$/u)
  const leave = async (): Promise<Page> => {
    await closeWindow(program, documentation)
    return program.window('stay-connected')
  }
  return { program, launcher, documentation, leave }
}

/** The row of the documentation left by who opened it. */
export const left = 'module.left 1 documentation same-operator'
