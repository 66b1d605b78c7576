import { says, test } from './support/card.ts'
import {
  begin,
  camillesPill,
  codeField,
  giveCamille,
  insert,
  makeCards,
  passwordField,
  patriciasPill,
  pull,
  settled,
  stillInReader,
} from './support/card-counter.ts'
import {
  badgeOf,
  button,
  closeWindow,
  comeIn,
  connect,
  shownPage,
  switchTo,
  tile,
} from './support/counter.ts'
import { makeCard } from './support/card/pki.ts'
import { write } from './support/by-psc.ts'
import type { Program } from './support/program.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, type } from './support/test.ts'

const fromCard = "Code rempli d'après votre carte."

test.describe('The code that a card fills in', { tag: ['@card', '@login'] }, () => {
  test('is there for who inserts their card, and not for who finds it there', async ({
    readers,
    workstation,
  }) => {
    test.slow()
    const { patricias } = await makeCards()
    const site = await readers()
    const { program, launcher } = await site.start()

    // The window is open when the card comes.
    const identification = await begin(program)
    const code = codeField(identification)
    const password = passwordField(identification)
    await expect(code).toBeFocused()
    await insert(site, identification, patricias, patriciasPill)
    await expect(code).toHaveValue('1')
    await expect(password).toBeFocused()
    await expect(identification.getByText(fromCard)).toBeVisible()
    // A card that leaves takes away what it gave.
    await pull(site, identification)
    await expect(code).toHaveValue('')
    await expect(code).toBeFocused()
    await expect(identification.getByText(fromCard)).toHaveCount(0)
    await insert(site, identification, patricias, patriciasPill)
    await expect(password).toBeFocused()
    await type(identification, workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()

    // It stays in the reader when she leaves: it is hers, and not the next one's.
    await button(launcher, 'Déconnecter').click()
    await expect(stillInReader(launcher)).toBeVisible()
    await begin(program)
    await says(identification, patriciasPill)
    await settled(program, identification)
    await expect(code).toHaveValue('')
    await expect(code).toBeFocused()
    await comeIn(workstation, program, '2')
    await button(launcher, 'Déconnecter').click()

    // The card is there before the window, and came after she left.
    await pull(site, launcher)
    await insert(site, launcher, patricias, patriciasPill)
    await begin(program)
    await expect(code).toHaveValue('1')
    await expect(password).toBeFocused()
    await type(identification, workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    await expect(badgeOf(launcher, '1')).toBeVisible()

    await program.stop()
    expect(story(workstation, [patricias.label])).toEqual([
      ...cameIn,
      'session.ended 1 disconnect',
      'identification.succeeded 2',
      'session.connected 2',
      'session.ended 2 disconnect',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test("never takes the place of what was typed, and is nobody else's", async ({ readers, workstation }) => {
    test.slow()
    const { patricias, camilles } = await makeCards()
    const nurses = await makeCard('adeli-nurse', { series: 'real' })
    const site = await readers()
    const { program } = await site.start()
    const identification = await begin(program)
    const code = codeField(identification)
    const password = passwordField(identification)
    const expectAsTyped = async (typed: string): Promise<void> => {
      await settled(program, identification)
      await expect(code).toHaveValue(typed)
      await expect(identification.getByText(fromCard)).toHaveCount(0)
    }

    await test.step('a code typed before the card', async () => {
      await type(identification, '2')
      await insert(site, identification, patricias, patriciasPill)
      await expectAsTyped('2')
      await expect(code).toBeFocused()
      await pull(site, identification)
      await expectAsTyped('2')
    })
    await test.step('a code typed, then taken away', async () => {
      await identification.keyboard.press('Backspace')
      await insert(site, identification, patricias, patriciasPill)
      await expectAsTyped('')
      await pull(site, identification)
    })
    const again = async (): Promise<void> => {
      await identification.keyboard.press('Escape')
      await program.gone('identification')
      await begin(program)
    }
    await test.step('a password begun', async () => {
      await again()
      await password.focus()
      await type(identification, 'c')
      await insert(site, identification, patricias, patriciasPill)
      await expectAsTyped('')
      await expect(password).toBeFocused()
    })
    await test.step("a code typed over the card's", async () => {
      await again()
      await expect(code).toHaveValue('1')
      await code.fill('2')
      await pull(site, identification)
      await expectAsTyped('2')
    })
    await test.step('a card of nobody here, with and without RPPS', async () => {
      await again()
      await insert(site, identification, camilles, camillesPill)
      await expectAsTyped('')
      await pull(site, identification)
      await insert(site, identification, nurses, 'Carte CPS sans RPPS')
      await expectAsTyped('')
      await pull(site, identification)
      await expect(code).toBeFocused()
    })
    await test.step('the card of a suspended operator', async () => {
      write(workstation, 'update operator set suspended = 1 where code = ?', '1')
      await insert(site, identification, patricias, patriciasPill)
      await expectAsTyped('')
      await pull(site, identification)
    })
    // Once more, for who may come in.
    write(workstation, 'update operator set suspended = 0 where code = ?', '1')
    await insert(site, identification, patricias, patriciasPill)
    await expect(code).toHaveValue('1')
    await program.stop()
    expect(story(workstation)).toEqual([stopped])
  })

  test('is none where somebody else is awaited', async ({ readers, workstation }) => {
    test.slow()
    const { patricias, camilles } = await makeCards()
    giveCamille(workstation)
    const site = await readers({ onRemoval: 'ignore' })
    const { program, launcher } = await site.start()
    await connect(workstation, program, '1')
    await later(program, 3.9)
    await tile(launcher, 'Documentation').click()
    await shownPage(program, /documentation$/u)
    await button(launcher, 'Me réidentifier maintenant').click()
    const identification = await program.window('identification')
    const code = codeField(identification)

    await test.step('« Me réidentifier maintenant »', async () => {
      await insert(site, identification, camilles, camillesPill)
      await settled(program, identification)
      await expect(code).toHaveValue('')
      await pull(site, identification)
      await insert(site, identification, patricias, patriciasPill)
      await expect(code).toHaveValue('1')
      await type(identification, workstation.passwordOf('1'))
      await identification.keyboard.press('Enter')
      await program.gone('identification')
    })
    await test.step('« Reprendre »', async () => {
      await switchTo(workstation, program, '2')
      await pull(site, launcher)
      await insert(site, launcher, camilles, camillesPill)
      const veil = await program.window('veil')
      await button(veil, 'Reprendre').click()
      await program.window('identification')
      await settled(program, identification)
      await expect(code).toHaveValue('')
      await pull(site, identification)
      await insert(site, identification, patricias, patriciasPill)
      await expect(code).toHaveValue('1')
      await closeWindow(program, identification)
    })
    await test.step("and it is for « Changer d'opérateur »", async () => {
      await button(launcher, "Changer d'opérateur").click()
      await program.window('identification')
      await settled(program, identification)
      // It came while « 2 » was connected.
      await expect(code).toHaveValue('')
      await pull(site, identification)
      await insert(site, identification, patricias, patriciasPill)
      await expect(code).toHaveValue('1')
    })
    await program.stop()
    expect(story(workstation).filter((row) => !row.startsWith('module.'))).toEqual([
      ...cameIn,
      'identification.succeeded 1',
      'session.renewed 1',
      locked,
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'session.locked 2 switch',
      'session.ended 2 program-closed',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

/** So many hours go by in no time, for whatever asks the clock. */
async function later(program: Program, hours: number): Promise<void> {
  await program.app.evaluate((_, milliseconds) => {
    const now = performance.now.bind(performance)
    Object.defineProperty(performance, 'now', { value: () => now() + milliseconds })
  }, hours * 3_600_000)
}
