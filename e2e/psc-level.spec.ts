import type { Page } from '@playwright/test'
import { texts } from '../renderer/ui/texts.ts'
import { told as toldBy } from './support/alerts.ts'
import {
  atCounter,
  connectByPsc,
  finishAs,
  nobodyIn,
  openOrdonnances,
  refusedWith,
  told,
} from './support/by-psc.ts'
import { badgeOf, button, connect, modulePages, tile } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import { pressPsc, test } from './support/psc.ts'
import { cameIn, rowOfReference } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const refused =
  '« Ordonnances » demande le niveau de Pro Santé Connect, que le service réglé sur ce poste ne garantit pas.'

test.describe("A broker's level @psc @modules", () => {
  test('that nothing vouches for opens no module of Pro Santé Connect: it is said at once', async ({
    psc,
    workstation,
  }) => {
    const counter = await atCounter(await psc({ broker: { acr: 'loa-1' }, settings: { acrIsFromPsc: null } }))
    const { program, launcher } = counter
    await expectRefusal(workstation, launcher)
    await connect(workstation, program, '1')
    await expectRefusal(workstation, launcher)
    await button(launcher, 'Déconnecter').click()

    await connectByPsc(counter, 'adjointe', '1')
    await expectRefusal(workstation, launcher)
    expect(await program.isShown('identification')).toBe(false)
    expect(await modulePages(program)).toBe(0)
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    const identified = workstation
      .journal()
      .findLast(({ kind, means }) => kind === 'identification.succeeded' && means === 'psc')
    expect(identified?.details).toMatchObject({ acr: 'loa-1', acrFrom: 'broker', authMode: 'CARD' })
    expect(await told(workstation, counter)).toEqual([
      'module.refused nobody ordonnances level',
      ...cameIn,
      'module.refused 1 ordonnances level',
      'session.ended 1 disconnect',
      'identification.succeeded 1 loa-1 CARD freshness',
      'session.connected 1',
      'module.refused 1 ordonnances level',
      'session.ended 1 disconnect',
    ])
  })

  test("that the settings vouch for is PSC's own, and opens them", async ({ psc, workstation }) => {
    const counter = await atCounter(await psc({ broker: {}, settings: { acrIsFromPsc: true } }))
    await connectByPsc(counter, 'adjointe', '1')
    await expect(tile(counter.launcher, 'Ordonnances')).toHaveAccessibleDescription('')
    await openOrdonnances(counter)
    const identified = workstation.journal().find(({ kind }) => kind === 'identification.succeeded')
    expect(identified?.details).toMatchObject({ acr: 'eidas1', acrFrom: 'psc' })
    expect((await told(workstation, counter)).slice(0, 3)).toEqual([
      'identification.succeeded 1 eidas1 CARD freshness',
      'session.connected 1',
      'module.opened 1 ordonnances window',
    ])
  })

  test('that is none of those of Pro Santé Connect is refused by its name', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc({ broker: { acr: 'loa-1' }, settings: { acrIsFromPsc: true } }))
    const { program, browser, launcher } = counter
    await connect(workstation, program, '1')
    await tile(launcher, 'Ordonnances').click()
    const identification = await pressPsc(program)
    await finishAs(browser, 'adjointe')
    const row = await refusedWith(
      workstation,
      identification,
      "Pro Santé Connect n'a pas garanti le niveau demandé (loa-1).",
    )
    expect(row?.details).toMatchObject({ acr: 'loa-1', acrFrom: 'psc', nationalId: null, detail: 'loa-1' })
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(texts.launcher.means.password, { exact: true })).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...cameIn,
      'identification.failed nobody ordonnances loa-1 level-too-low',
      'session.ended 1 program-closed',
    ])
  })
})

/** « Ordonnances » shows its key, and is refused at once by a reference that the journal has. */
async function expectRefusal(workstation: Workstation, launcher: Page): Promise<void> {
  await expect(tile(launcher, 'Ordonnances')).toHaveAccessibleDescription('Pro Santé Connect demandé')
  await tile(launcher, 'Ordonnances').click()
  const sentence = await toldBy(launcher, refused)
  expect(plain(sentence)).toContain(
    'Voyez votre assistance : elle peut le faire garantir (psc.acrIsFromPsc).',
  )
  await expect
    .poll(() => rowOfReference(workstation, sentence))
    .toMatchObject({ kind: 'module.refused', details: { reason: 'level' } })
  await button(launcher, "J'ai compris").click()
}
