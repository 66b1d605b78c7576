import { test } from './support/card.ts'
import {
  camillesPill,
  giveCamille,
  insert,
  makeCards,
  patriciasPill,
  pull,
  stillInReader,
  unlock,
} from './support/card-counter.ts'
import { lock } from './support/by-psc.ts'
import {
  button,
  closeWindow,
  connect,
  openDocumentation,
  pastDeafTime,
  shownPage,
} from './support/counter.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect } from './support/test.ts'

const leftDocumentation = [
  'module.opened 1 documentation window',
  'module.left 1 documentation same-operator',
]
const unlocked = ['identification.succeeded 1', 'session.unlocked 1']

test.describe('A card left in the reader', { tag: ['@card', '@stay-connected'] }, () => {
  test('is told to whoever disconnects, of their own card only', async ({ readers, workstation }) => {
    test.slow()
    const { patricias, camilles } = await makeCards()
    giveCamille(workstation)
    const site = await readers()
    await workstation.settings((settings) => ({ ...settings, session: { stayConnectedSeconds: 20 } }))
    const { program, launcher } = await site.start()
    const notice = stillInReader(launcher)
    const leaveDocumentation = async () => {
      await openDocumentation(program, launcher)
      await closeWindow(program, await shownPage(program, /documentation$/u))
      return program.window('stay-connected')
    }

    await insert(site, launcher, patricias, patriciasPill)
    await connect(workstation, program, '1')
    await test.step('not on locking', async () => {
      await lock({ program, launcher })
      await expect(notice).toHaveCount(0)
      await unlock(workstation, launcher, '1')
      await expect(notice).toHaveCount(0)
    })
    await test.step('« Déconnecter », until the card is taken', async () => {
      await button(launcher, 'Déconnecter').click()
      await expect(notice).toContainText('Reprenez-la avant de partir.')
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
      await pull(site, launcher)
      await expect(notice).toHaveCount(0)
    })
    await test.step("not of somebody else's card", async () => {
      await insert(site, launcher, camilles, camillesPill)
      await connect(workstation, program, '1')
      await button(launcher, 'Déconnecter').click()
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
      await expect(notice).toHaveCount(0)
      await pull(site, launcher)
    })
    await test.step('« Rester connecté ? »: « Déconnecter »', async () => {
      await insert(site, launcher, patricias, patriciasPill)
      await connect(workstation, program, '1')
      const question = await leaveDocumentation()
      await pastDeafTime(question)
      await button(question, 'Déconnecter').click()
      await expect(notice).toBeVisible()
    })
    await test.step('until somebody else comes in, who is not told', async () => {
      await connect(workstation, program, '2')
      await expect(notice).toHaveCount(0)
      await button(launcher, 'Déconnecter').click()
      await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
      await expect(notice).toHaveCount(0)
    })
    await test.step('« Rester connecté ? » without an answer', async () => {
      await connect(workstation, program, '1')
      await leaveDocumentation()
      await expect(notice).toBeVisible({ timeout: 30_000 })
      await pull(site, launcher)
      await expect(notice).toHaveCount(0)
    })
    await program.stop()
    expect(story(workstation, [patricias.label])).toEqual([
      ...cameIn,
      locked,
      ...unlocked,
      'session.ended 1 disconnect',
      ...cameIn,
      'session.ended 1 disconnect',
      ...cameIn,
      ...leftDocumentation,
      'stay-connected.answered 1 disconnect',
      'session.ended 1 stay-connected-disconnect',
      'identification.succeeded 2',
      'session.connected 2',
      'session.ended 2 disconnect',
      ...cameIn,
      ...leftDocumentation,
      'stay-connected.answered 1 countdown',
      'session.ended 1 countdown',
      stopped,
    ])
  })
})
