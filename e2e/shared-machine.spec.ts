import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { electronExecutable } from '../scripts/electron-arguments.ts'
import { writeDemonstration } from '../scripts/demonstration/data.ts'
import { cameInByPsc } from './support/by-psc.ts'
import { badgeOf, button } from './support/counter.ts'
import { readJournal } from './support/journal.ts'
import { expectPage, visit } from './support/loopback.ts'
import { cameBack, goOut, signInAs, test } from './support/psc.ts'
import { line } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'
import { texts } from '../renderer/ui/texts.ts'

/** Another person's Comptoir on the same machine, as in another Windows session: data of its own, the same settings. */
async function anotherSession({ config, pagesUrl, emptyFolder }: Workstation) {
  const folder = join(await emptyFolder(), 'autre')
  await mkdir(folder)
  const other = await writeDemonstration(folder, {
    electron: electronExecutable(),
    pagesUrl,
    psc: null,
    card: { enabled: false },
  })
  await writeFile(other.config, await readFile(config, 'utf8'))
  return { config: other.config, dataDir: other.dataDir }
}

/** What a data folder's journal says since the start. */
function storyOf(dataDir: string): string[] {
  const { rows, verdict } = readJournal(dataDir)
  expect(verdict.ok).toBe(true)
  return rows.slice(rows.findIndex(({ kind }) => kind === 'program.started') + 1).map(line)
}

test.describe('Two sessions of one machine @psc', () => {
  test('identify at once, each on a port of its own and as their own person', async ({
    psc,
    workstation,
    systemBrowser,
  }) => {
    const site = await psc()
    const elsewhere = await anotherSession(workstation)
    const programs = [await workstation.start(), await workstation.start(elsewhere)] as const
    const [hers, his] = [await systemBrowser(programs[0]), await systemBrowser(programs[1])]
    const identifications = [await goOut(programs[0]), await goOut(programs[1])] as const
    const tabs = [await hers.next(), await his.next()] as const
    const [asked = '', askedHis = ''] = [...(await hers.handed()), ...(await his.handed())]
    const returnTo = (address: string): URL =>
      new URL(new URL(address).searchParams.get('redirect_uri') ?? '')
    expect([returnTo(asked).port, returnTo(askedHis).port]).toEqual(site.ports.slice(0, 2).map(String))

    // What one is given is brought to the other: it is nobody's there, and ends nothing.
    const strayed = returnTo(askedHis)
    strayed.searchParams.set('code', 'un-code')
    strayed.searchParams.set('state', new URL(asked).searchParams.get('state') ?? '')
    expectPage(await visit(strayed), 400, texts.psc.pages.refused[0], strayed)
    for (const identification of identifications) {
      await expect(identification.getByText(texts.psc.waiting)).toBeVisible()
    }

    await signInAs(tabs[1], 'preparateur')
    await signInAs(tabs[0], 'adjointe')
    await Promise.all(tabs.map(cameBack))
    // The callback itself, once it was used: nobody is there for it any more, and the other does not take it.
    const used = new URL(tabs[0].url())
    await programs[0].gone('identification')
    used.port = returnTo(askedHis).port
    await expect(visit(used)).rejects.toThrow('ECONNREFUSED')

    await expect(badgeOf(await programs[0].window('launcher'), '1')).toBeVisible()
    await expect(identifications[1].getByText("Aucun opérateur n'a encore ce RPPS")).toBeVisible()
    await button(identifications[1], 'Annuler').click()
    const launcher = await programs[1].window('launcher')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    for (const program of programs) await program.stop()
    expect(storyOf(workstation.dataDir)).toEqual([
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
      'program.stopped nobody',
    ])
    expect(storyOf(elsewhere.dataDir)).toEqual([
      'identification.refused nobody unknown-rpps',
      'identification.failed nobody cancelled',
      'program.stopped nobody',
    ])
  })

  test('the one for whom no port is left says so, and takes the one that is given back', async ({
    psc,
    workstation,
    systemBrowser,
  }) => {
    const site = await psc()
    const [port] = site.ports
    await workstation.settings((settings) => ({
      ...settings,
      psc: settings.psc && {
        ...settings.psc,
        redirectUris: [`http://localhost:${port}/psc/retour`],
        postLogoutRedirectUris: [`http://localhost:${port}/psc/deconnexion`],
      },
    }))
    const elsewhere = await anotherSession(workstation)
    const [first, second] = [await workstation.start(), await workstation.start(elsewhere)]
    const [hers, his] = [await systemBrowser(first), await systemBrowser(second)]
    const waiting = await goOut(first)
    await hers.next()
    const refused = await goOut(second)
    await expect(refused.getByRole('alert').filter({ hasText: 'Réf.' })).toContainText(
      `Comptoir ne peut pas attendre le navigateur : un autre programme occupe ${port}.`,
    )
    expect(await his.handed()).toEqual([])
    await button(waiting, 'Annuler').click()
    await first.gone('identification')
    await button(refused, texts.psc.buttonName).click()
    const tab = await his.next()
    await signInAs(tab, 'adjointe')
    await cameBack(tab)
    await second.gone('identification')
    await expect(badgeOf(await second.window('launcher'), '1')).toBeVisible()
    for (const program of [first, second]) await program.stop()
    expect(storyOf(workstation.dataDir)).toEqual([
      'identification.failed nobody cancelled',
      'program.stopped nobody',
    ])
    expect(storyOf(elsewhere.dataDir)).toEqual([
      `identification.failed nobody ${port} ports-taken`,
      ...cameInByPsc('1'),
      'session.ended 1 program-closed',
      'program.stopped nobody',
    ])
  })
})
