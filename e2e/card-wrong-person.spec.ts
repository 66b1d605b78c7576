import type { Page } from '@playwright/test'
import type { Browser } from './support/browser.ts'
import { byCard, cameInByPsc, connectByPsc, succeeded } from './support/by-psc.ts'
import { pill, reader, says, test, type ReaderSite } from './support/card.ts'
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
import { endingIn, makeCard } from './support/card/pki.ts'
import { badgeOf } from './support/counter.ts'
import type { Program } from './support/program.ts'
import { endOf, overhear } from './support/secrets.ts'
import { stopped } from './support/story.ts'
import { expect } from './support/test.ts'
import {
  answer,
  backAsPatricia,
  expectNobody,
  giveOnlyPassword,
  leavesUnanswered,
  leftUnanswered,
} from './support/wrong-person.ts'

const insertHint = 'Ou insérez votre carte dans le lecteur.'
const insertAgainHint = 'Ou retirez votre carte du lecteur, puis réinsérez-la.'
const confirmedByCard = [succeeded('1', '', 'card'), 'session.connected 1']
const confirmedByPassword = [succeeded('1', '', 'password'), 'session.connected 1']

type Counter = { program: Program; browser: Browser; launcher: Page }

test.describe('« Est-ce bien vous ? » with a card', { tag: ['@card', '@psc', '@login'] }, () => {
  test('the card of that person answers for the password', async ({
    readers,
    psc,
    systemBrowser,
    workstation,
  }) => {
    test.slow()
    const { patricias, camilles } = await makeCards()
    giveCamille(workstation)
    const site = await readers()
    const { simulator } = await psc()
    const secrets = overhear(simulator)
    const counter = await startWithBrowser(site, systemBrowser)
    const { program, launcher } = counter
    await connectByPsc({ ...counter, secrets }, 'adjointe', '1')
    await leavesUnanswered(counter)
    simulator.ageSessions(600)

    await test.step('inserted while the password is asked for', async () => {
      const identification = await atPassword(counter)
      await expect(identification.getByText(insertHint)).toBeVisible()
      await insert(site, identification, camilles, camillesPill)
      await staysAtPassword(program, identification)
      await expectNobody(launcher)
      await pull(site, identification)
      await insert(site, launcher, patricias, patriciasPill)
      await comesInByCard(counter)
    })
    await test.step('left behind: not before it is inserted again', async () => {
      await leavesUnanswered(counter)
      await expect(stillInReader(launcher)).toBeVisible()
      simulator.ageSessions(600)
      const identification = await atPassword(counter)
      await expect(identification.getByText(insertAgainHint)).toBeVisible()
      await staysAtPassword(program, identification)
      await expectNobody(launcher)
      await pull(site, identification)
      await expect(identification.getByText(insertHint)).toBeVisible()
      await insert(site, launcher, patricias, patriciasPill)
      await comesInByCard(counter)
    })
    await test.step('inserted before the question: a press is still needed', async () => {
      await leavesUnanswered(counter)
      await pull(site, launcher)
      simulator.ageSessions(600)
      await insert(site, launcher, patricias, patriciasPill)
      const identification = await begin(program)
      await expect(codeField(identification)).toHaveValue('1')
      await backAsPatricia(counter)
      await settled(program, identification)
      await expectNobody(launcher)
      await answer(identification, 'Oui, continuer')
      await comesInByCard(counter)
    })
    const story = await endOf(workstation, counter, secrets)
    expect(story).toEqual([
      ...cameInByPsc('1'),
      ...leftUnanswered,
      ...confirmedByCard,
      ...leftUnanswered,
      ...confirmedByCard,
      ...leftUnanswered,
      ...confirmedByCard,
      'session.ended 1 program-closed',
      stopped,
    ])
    const rows = workstation.journal().filter(({ details }) => details['confirmedBy'] === 'card')
    expect(rows.map(({ means }) => means)).toEqual(['psc', 'psc', 'psc'])
  })

  test('a card that is blocked or expired does not', async ({ readers, psc, systemBrowser, workstation }) => {
    test.slow()
    const { patricias } = await makeCards()
    const expired = await makeCard('pharmacist', { series: 'real', validity: endingIn(-10) })
    const site = await readers()
    const { simulator } = await psc()
    const secrets = overhear(simulator)
    const counter = await startWithBrowser(site, systemBrowser)
    const { program, launcher } = counter
    await connectByPsc({ ...counter, secrets }, 'adjointe', '1')
    await leavesUnanswered(counter)
    simulator.ageSessions(600)

    await site.insert(0, { kind: 'cpx', card: patricias, triesLeft: 0 })
    await says(launcher, 'Carte bloquée')
    const identification = await atPassword(counter)
    await staysAtPassword(program, identification)
    await pull(site, identification)
    await site.insert(0, { kind: 'cpx', card: expired })
    await expect(identification.getByRole('button', { name: /^Carte expirée le / })).toBeVisible()
    await staysAtPassword(program, identification)
    await expectNobody(launcher)
    await giveOnlyPassword(identification, workstation.passwordOf('1'))
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInByPsc('1'),
      ...leftUnanswered,
      ...confirmedByPassword,
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('a card just used for Pro Santé Connect is not told blocked', async ({
    simulated,
    psc,
    systemBrowser,
    workstation,
  }) => {
    test.slow()
    const { patricias } = await makeCards()
    const site = await simulated([patricias])
    const { simulator } = await psc()
    const secrets = overhear(simulator)
    site.set(reader({ card: patricias }))
    const { program, launcher } = await site.start()
    const counter = { program, launcher, browser: await systemBrowser(program) }
    await says(launcher, patriciasPill)
    // A CPS4 says so after a good login (cryptolib-measured.md §2).
    site.set({ ...reader({ card: patricias, tries: 0 }), traced: true })
    await connectByPsc({ ...counter, secrets }, 'adjointe', '1')
    await expect.poll(() => site.calls()).toContain('C_GetTokenInfo')
    await says(launcher, patriciasPill)
    await settled(program, launcher)
    await expect(pill(launcher, patriciasPill)).toBeVisible()

    // Once it has left the reader it says the truth.
    await leavesUnanswered(counter)
    site.set(reader('none'))
    await says(launcher, 'Lecteur sans carte')
    site.set(reader({ card: patricias, tries: 0 }))
    await says(launcher, 'Carte bloquée')
    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInByPsc('1'),
      ...leftUnanswered,
      stopped,
    ])
  })
})

async function startWithBrowser(
  site: ReaderSite,
  systemBrowser: (program: Program) => Promise<Browser>,
): Promise<Counter> {
  const { program, launcher } = await site.start()
  return { program, launcher, browser: await systemBrowser(program) }
}

/** « S'identifier », back as PATRICIA of ten minutes ago, « Oui, continuer »: her password is asked for. */
async function atPassword(counter: Counter): Promise<Page> {
  await begin(counter.program)
  const identification = await backAsPatricia(counter)
  await answer(identification, 'Oui, continuer')
  await expect(passwordField(identification)).toBeFocused()
  return identification
}

/** Once what the card does is done, the password is still asked for. */
async function staysAtPassword(program: Program, identification: Page): Promise<void> {
  await settled(program, identification)
  await expect(passwordField(identification)).toBeVisible()
  expect(await program.isShown('identification')).toBe(true)
}

async function comesInByCard({ program, launcher }: Counter): Promise<void> {
  await program.gone('identification')
  await expect(badgeOf(launcher, '1')).toBeVisible()
  await expect(launcher.getByText(byCard)).toBeVisible()
}
