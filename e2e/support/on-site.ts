import type { Page } from '@playwright/test'
import { comeIn, shownPage, startWith, tile, webModule } from './counter.ts'
import type { Program } from './program.ts'
import { serveSite, type Site } from './site.ts'
import { test as base, type Workstation } from './test.ts'

/** `site` is a module's own; `elsewhere` is another origin, which no module may reach. */
export const test = base.extend<{ site: Site; elsewhere: Site }>({
  site: async ({}, use) => {
    const site = await serveSite()
    await use(site)
    await site.stop()
  },
  elsewhere: async ({}, use) => {
    const elsewhere = await serveSite()
    await use(elsewhere)
    await elsewhere.stop()
  },
})

/** The page of a site's module, opened by operator « 1 ». */
export async function onSite(
  workstation: Workstation,
  site: Site,
): Promise<{ program: Program; launcher: Page; page: Page }> {
  const { program, launcher } = await startWith(workstation, [webModule('site', 'Site', `${site.origin}/`)])
  await tile(launcher, 'Site').click()
  await comeIn(workstation, program, '1')
  return { program, launcher, page: await shownPage(program, /^http:\/\/127/u) }
}

/** How each story on a site begins in the journal. */
export const onSiteRows = [
  'identification.succeeded 1 site',
  'session.connected 1',
  'module.opened 1 site window',
]
