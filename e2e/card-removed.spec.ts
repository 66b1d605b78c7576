import type { Page } from '@playwright/test'
import { says, test, type ReaderSite } from './support/card.ts'
import {
  camillesPill,
  expectLockedByCard,
  insert,
  makeCards,
  patriciasPill,
  pull,
  unlock,
  type Cards,
} from './support/card-counter.ts'
import {
  badgeOf,
  button,
  closeWindow,
  connect,
  isFocused,
  openDocumentation,
  pastDeafTime,
  shownPage,
  strike,
} from './support/counter.ts'
import type { Program } from './support/program.ts'
import { cameIn, stopped, story } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const title = 'Carte retirée. Rester connecté\u00A0?'
const lockedByCard = 'session.locked 1 card-removed'
const answered = (answer: string): string => `card-removed.answered 1 ${answer}`
const unlocked = ['identification.succeeded 1', 'session.unlocked 1']
/** Locked by a pulled card, then unlocked. */
const lockedAndBack = [lockedByCard, ...unlocked]
const end = ['session.ended 1 program-closed', stopped]

test.describe('A card pulled while its operator is connected', { tag: ['@card', '@stay-connected'] }, () => {
  test('is asked about, and the safe answers lock', async ({ readers, workstation }) => {
    test.slow()
    const { patricias } = await makeCards()
    const site = await readers()
    const { program, launcher } = await site.start()
    await insert(site, launcher, patricias, patriciasPill)
    await connect(workstation, program, '1')

    await test.step('what is asked', async () => {
      const question = await asked(program, site)
      const dialog = question.getByRole('alertdialog')
      await expect(question).toHaveTitle(title)
      await expect(dialog).toHaveAccessibleName(title)
      await expect(dialog).toHaveAccessibleDescription(
        /^Opérateur «\u00A01\u00A0» connecté PATRICIA ADJOINTPHARM RPPS 99700261797 Sans réponse, verrouillage dans \d+\u00A0s$/u,
      )
      await expect(dialog.getByRole('button')).toHaveText(['Rester connecté', 'Verrouiller'])
      await expect(button(question, 'Verrouiller')).toBeFocused()
      expect(await isFocused(program, question)).toBe(true)
      await pastDeafTime(question)
      await button(question, 'Rester connecté').click()
      await program.gone('stay-connected')
      await expect(badgeOf(launcher, '1')).toBeVisible()
    })
    await test.step('a card that comes back answers', async () => {
      await insert(site, launcher, patricias, patriciasPill)
      await asked(program, site)
      await site.insert(0, { kind: 'cpx', card: patricias })
      await program.gone('stay-connected')
      await expect(badgeOf(launcher, '1')).toBeVisible()
      await says(launcher, patriciasPill)
    })
    const safe: { way: string; go: (question: Page) => Promise<void> }[] = [
      { way: 'Enter', go: (question) => question.keyboard.press('Enter') },
      { way: 'Escape', go: (question) => question.keyboard.press('Escape') },
      { way: 'closing the window', go: (question) => closeWindow(program, question) },
    ]
    for (const { way, go } of safe)
      await test.step(way, async () => {
        const question = await asked(program, site)
        await pastDeafTime(question)
        await go(question)
        await program.gone('stay-connected')
        await expectLockedByCard(launcher)
        // The card does not unlock; it is there again for the next time.
        await site.insert(0, { kind: 'cpx', card: patricias })
        await unlock(workstation, launcher, '1')
        await says(launcher, patriciasPill)
      })
    await program.stop()
    expect(story(workstation, [patricias.label])).toEqual([
      ...cameIn,
      answered('stay'),
      answered('card-returned'),
      answered('lock'),
      ...lockedAndBack,
      answered('escape'),
      ...lockedAndBack,
      answered('window-closed'),
      ...lockedAndBack,
      ...end,
    ])
  })

  test('is deaf at first, then locks by itself', async ({ readers, workstation }) => {
    const { patricias } = await makeCards()
    const site = await readers()
    const { program, launcher } = await comesIn(workstation, site, patricias)
    await strikeAsItShows(program)
    const question = await asked(program, site)
    await pastDeafTime(question)
    // Neither what was being typed, a key held down, nor a scanned product.
    await strike(program, question, ['Enter', 'Escape', 'Space'], ['isAutoRepeat'])
    await strike(program, question, [...'3400930000001'.split(''), 'Enter'])
    await expect(question.getByRole('timer')).toHaveText(/^Sans réponse, verrouillage dans \d+\u00A0s$/u)
    expect(await program.isShown('stay-connected')).toBe(true)
    await expect(question.getByRole('alertdialog')).toHaveCount(0, { timeout: 30_000 })
    await expectLockedByCard(launcher)
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, answered('countdown'), lockedByCard, ...end])
    const [from, to] = ['session.connected', 'session.locked'].map((kind) =>
      Date.parse(workstation.journal().find((row) => row.kind === kind)?.at ?? ''),
    )
    expect((to ?? 0) - (from ?? 0)).toBeGreaterThan(20_000)
  })

  test('locks at once where the settings say so, and only for that', async ({ readers, workstation }) => {
    test.slow()
    const { patricias, camilles } = await makeCards()
    const site = await readers({ onRemoval: 'lock' })
    const { program, launcher } = await site.start()
    const stillThere = async (): Promise<void> => {
      await expect(badgeOf(launcher, '1')).toBeVisible()
      expect(await program.isShown('stay-connected')).toBe(false)
    }
    await test.step('nobody connected', async () => {
      await insert(site, launcher, patricias, patriciasPill)
      await pull(site, launcher)
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    })
    await connect(workstation, program, '1')
    await test.step("somebody else's card", async () => {
      await insert(site, launcher, camilles, camillesPill)
      await pull(site, launcher)
      await stillThere()
    })
    await insert(site, launcher, patricias, patriciasPill)
    await test.step('the card process crashes', async () => {
      await killCardProcess(program)
      await says(launcher, 'Lecture de carte : redémarrage…')
      await says(launcher, patriciasPill)
      await stillThere()
    })
    await test.step('PC/SC stops, and comes back', async () => {
      await site.stopService({ abruptly: true })
      await says(launcher, 'Service Carte à puce arrêté')
      await stillThere()
      await site.startService()
      await says(launcher, patriciasPill)
      await stillThere()
    })
    await test.step('it is swapped for another while PC/SC is not there', async () => {
      await site.stopService({ abruptly: true })
      await says(launcher, 'Service Carte à puce arrêté')
      await site.remove(0)
      await site.insert(0, { kind: 'cpx', card: camilles })
      await stillThere()
      await site.startService()
      await expectLockedByCard(launcher)
      await site.swap(0, { kind: 'cpx', card: patricias })
      await unlock(workstation, launcher, '1')
      await says(launcher, patriciasPill)
    })
    await test.step('it is pulled', async () => {
      await site.remove(0)
      await expectLockedByCard(launcher)
    })
    await test.step('it is swapped for another', async () => {
      await site.insert(0, { kind: 'cpx', card: patricias })
      await unlock(workstation, launcher, '1')
      await says(launcher, patriciasPill)
      await site.swap(0, { kind: 'cpx', card: camilles })
      await expectLockedByCard(launcher)
    })
    await test.step('it is pulled while the card process is not there', async () => {
      await site.swap(0, { kind: 'cpx', card: patricias })
      await unlock(workstation, launcher, '1')
      await says(launcher, patriciasPill)
      await killCardProcess(program)
      await site.remove(0)
      await expectLockedByCard(launcher)
    })
    await program.stop()
    expect(story(workstation)).toEqual([
      ...cameIn,
      ...lockedAndBack,
      ...lockedAndBack,
      ...lockedAndBack,
      lockedByCard,
      ...end,
    ])
  })

  test('is nothing where the settings say so', async ({ readers, workstation }) => {
    const { patricias } = await makeCards()
    const site = await readers({ onRemoval: 'ignore' })
    const { program, launcher } = await comesIn(workstation, site, patricias)
    await pull(site, launcher)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await program.isShown('stay-connected')).toBe(false)
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, ...end])
  })

  test('is asked about before the module that was left, in one window', async ({ readers, workstation }) => {
    const { patricias } = await makeCards()
    const site = await readers()
    const { program, launcher } = await comesIn(workstation, site, patricias)
    const leave = async (): Promise<void> => {
      await openDocumentation(program, launcher)
      await closeWindow(program, await shownPage(program, /documentation$/u))
      await program.window('stay-connected')
    }

    await leave()
    const question = await program.window('stay-connected')
    await expect(question.getByRole('alertdialog')).toHaveAccessibleName('Rester connecté\u00A0?')
    await site.remove(0)
    const dialog = question.getByRole('alertdialog')
    await expect(dialog).toHaveAccessibleName(title)
    await expect(dialog).toHaveCount(1)
    await pastDeafTime(question)
    await button(question, 'Rester connecté').click()
    // The other one is still to be answered.
    await expect(dialog).toHaveAccessibleName('Rester connecté\u00A0?')
    await expect(button(question, 'Déconnecter')).toBeFocused()
    await pastDeafTime(question)
    await button(question, 'Rester connecté').click()
    await program.gone('stay-connected')
    await expect(badgeOf(launcher, '1')).toBeVisible()

    // The other way round; one Escape locks, and there is nothing left to ask.
    await insert(site, launcher, patricias, patriciasPill)
    await asked(program, site)
    await leave()
    await expect(dialog).toHaveAccessibleName(title)
    await pastDeafTime(question)
    await question.keyboard.press('Escape')
    await program.gone('stay-connected')
    await expectLockedByCard(launcher)
    await unlock(workstation, launcher, '1')
    expect(await program.isShown('stay-connected')).toBe(false)
    await program.stop()
    const leftModule = ['module.opened 1 documentation window', 'module.left 1 documentation same-operator']
    expect(story(workstation)).toEqual([
      ...cameIn,
      ...leftModule,
      answered('stay'),
      'stay-connected.answered 1 stay',
      ...leftModule,
      answered('escape'),
      lockedByCard,
      ...unlocked,
      ...end,
    ])
  })
})

/** Operator « 1 » is connected, her card in the reader. */
async function comesIn(
  workstation: Workstation,
  site: ReaderSite,
  card: Cards['patricias'],
): Promise<{ program: Program; launcher: Page }> {
  await workstation.settings((settings) => ({ ...settings, session: { stayConnectedSeconds: 20 } }))
  const started = await site.start()
  await insert(site, started.launcher, card, patriciasPill)
  await connect(workstation, started.program, '1')
  return started
}

/** The card is pulled; resolves to the window that asks. */
async function asked(program: Program, site: ReaderSite): Promise<Page> {
  await site.remove(0)
  return program.window('stay-connected')
}

/** Enter and Escape, from main, the moment the window that asks is shown. */
async function strikeAsItShows(program: Program): Promise<void> {
  await program.app.evaluate(({ BrowserWindow }) => {
    const asking = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('/stay-connected/'),
    )
    asking?.once('show', () => {
      const { webContents } = asking
      webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Enter' })
      webContents.sendInputEvent({ type: 'char', keyCode: '\r' })
      webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Enter' })
      webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' })
    })
  })
}

async function killCardProcess(program: Program): Promise<void> {
  await program.app.evaluate(({ app }) => {
    const card = app.getAppMetrics().find(({ name }) => name?.includes('lecteur de carte') === true)
    if (card === undefined) throw new Error('no card process')
    process.kill(card.pid, 'SIGKILL')
  })
}
