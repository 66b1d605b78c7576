import type { Locator, Page } from '@playwright/test'
import { button, closeWindow, pastDeafTime, strike } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import type { Program } from './support/program.ts'
import { cameBack, goOut, pressPsc, questionOf, signInAs, test } from './support/psc.ts'
import { endOf, overhear } from './support/secrets.ts'
import { givenUp, rowOfReference } from './support/story.ts'
import { expect } from './support/test.ts'
import {
  answer,
  backAsPatricia,
  broker,
  cameInBy,
  direct,
  expectLocked,
  expectNobody,
  expectQuestion,
  giveOnlyPassword,
  leavesQuestion,
  leavesUnanswered,
  leftUnanswered,
  patriciaComesIn,
} from './support/wrong-person.ts'

const waysOut: { way: string; go: (program: Program, identification: Page) => Promise<void> }[] = [
  { way: 'Escape', go: (_, identification) => identification.keyboard.press('Escape') },
  { way: 'closing the window', go: closeWindow },
]

/** Eight digits make it a product's barcode; a badge has fewer, or letters. */
const bursts = [
  [...'3400930000120'.split(''), 'Enter'],
  [...'A4B7'.split(''), 'Enter'],
]

test.describe('« Est-ce bien vous ? » @psc @login', () => {
  for (const { way, go } of waysOut) {
    test(`${way}: nobody is connected, and one begins again`, async ({ psc, workstation }) => {
      const { simulator, start } = await psc()
      const secrets = overhear(simulator)
      const counter = await start()
      const { program, launcher } = counter
      await patriciaComesIn(workstation, counter, direct)
      await leavesUnanswered(counter)
      simulator.ageSessions(600)

      for (const atPassword of [false, true]) {
        await button(launcher, "S'identifier").click()
        const identification = await backAsPatricia(counter)
        if (atPassword) await answer(identification, 'Oui, continuer')
        else await pastDeafTime(identification)
        await go(program, identification)
        await program.gone('identification')
        await expectNobody(launcher)
      }
      await button(launcher, "S'identifier").click()
      const identification = await program.window('identification')
      await expect(identification.getByLabel('Code opérateur')).toBeFocused()
      await expect(questionOf(identification)).toHaveCount(0)

      expect(await endOf(workstation, counter, secrets)).toEqual([
        ...cameInBy(direct),
        ...leftUnanswered,
        givenUp,
        givenUp,
        'program.stopped nobody',
      ])
    })
  }

  test('neither a scanner, a key held down nor what was being typed answers', async ({
    psc,
    workstation,
  }) => {
    const { simulator, start } = await psc()
    const secrets = overhear(simulator)
    const counter = await start()
    const { program, browser, launcher } = counter
    await patriciaComesIn(workstation, counter, direct)
    simulator.ageSessions(600)
    await button(launcher, "Changer d'opérateur").click()
    const identification = await program.window('identification')
    const goOn = await stopClockWhenAsked(identification)
    await pressPsc(program)
    await cameBack(await browser.next())
    await expectQuestion(identification)
    const yes = button(identification, 'Oui, continuer')
    const no = button(identification, "Non, ce n'est pas moi")
    for (const focused of [no, yes]) await ignores(program, identification, focused, [['Enter'], ['Space']])
    await goOn()
    await pastDeafTime(identification)
    for (const focused of [no, yes]) {
      await ignores(program, identification, focused, bursts)
      await ignores(program, identification, focused, [['Enter', 'Enter', 'Enter']], ['isAutoRepeat'])
    }
    await expectLocked(launcher)
    // The keys do arrive: a single Enter, pressed on purpose, is an answer.
    await expect(yes).toBeFocused()
    await strike(program, identification, ['Enter'])
    await expect(identification.getByLabel('Mot de passe', { exact: true })).toBeFocused()
    await expectLocked(launcher)

    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInBy(direct),
      'session.locked 1 switch',
      'session.ended 1 program-closed',
      givenUp,
      'program.stopped nobody',
    ])
  })

  test('what nobody confirms in time is forgotten', async ({ psc, workstation }) => {
    test.slow()
    const { simulator, start } = await psc({ settings: { timeoutSeconds: 30 } })
    const secrets = overhear(simulator)
    const counter = await start()
    const { launcher } = counter
    await patriciaComesIn(workstation, counter, direct)
    await leavesUnanswered(counter)
    simulator.ageSessions(600)
    await button(launcher, "S'identifier").click()
    const identification = await backAsPatricia(counter)
    await answer(identification, 'Oui, continuer')
    const late = identification
      .getByRole('alert')
      .filter({ hasText: 'Cette identification par Pro Santé Connect a attendu trop longtemps.' })
    await expect(late).toBeVisible({ timeout: 40_000 })
    await expect(questionOf(identification)).toHaveCount(0)
    await expect(identification.getByLabel('Code opérateur')).toBeFocused()
    await expectNobody(launcher)
    const told = await late.innerText()

    expect(await endOf(workstation, counter, secrets)).toEqual([
      ...cameInBy(direct),
      ...leftUnanswered,
      'identification.failed nobody expired',
      'program.stopped nobody',
    ])
    expect(rowOfReference(workstation, told)?.kind).toBe('identification.failed')
  })

  for (const road of [direct, broker]) {
    test(`about somebody without operator, at ${road.name}: it comes before the association`, async ({
      psc,
      workstation,
    }) => {
      const { simulator, start } = await psc(road.options)
      const secrets = overhear(simulator)
      const counter = await start()
      const { program, browser, launcher } = counter
      await goOut(program)
      const tab = await browser.next()
      await signInAs(tab, 'medecin')
      await cameBack(tab)
      const identification = await program.window('identification')
      const association = identification.getByText("Aucun opérateur n'a encore ce RPPS.")
      if (road.proves) await expect(association).toBeVisible()
      else await expect(questionOf(identification)).toContainText('KIT DOC0042788, RPPS 99700427885.')
      await leavesQuestion(program, identification)

      simulator.ageSessions(600)
      await goOut(program)
      await cameBack(await browser.next())
      await expect(questionOf(identification)).toContainText('KIT DOC0042788, RPPS 99700427885.')
      await expect(association).toHaveCount(0)
      await answer(identification, 'Oui, continuer')
      await expect(association).toBeVisible()
      await expect(identification.getByLabel('Code opérateur')).toBeFocused()
      await expect(identification.getByLabel('Mot de passe', { exact: true })).toBeEditable()
      await expectNobody(launcher)
      await giveOnlyPassword(identification, workstation.passwordOf('1'))
      await expect(identification.getByText('Saisissez votre code opérateur.')).toBeVisible()
      await expectNobody(launcher)

      const told = await association.innerText()
      const unknown = 'identification.refused nobody unknown-rpps'
      expect(await endOf(workstation, counter, secrets)).toEqual([
        ...(road.proves ? [unknown, givenUp] : [givenUp]),
        unknown,
        givenUp,
        'program.stopped nobody',
      ])
      const row = workstation.journal().findLast(({ kind }) => kind === 'identification.refused')
      expect(plain(told)).toContain(`(réf. ${row?.reference})`)
    })
  }
})

/** Stops the clock of this page the moment it asks: it stays deaf. Resolves to how to let it go on. */
async function stopClockWhenAsked(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[role=alertdialog]') === null) return
      observer.disconnect()
      const asked = performance.now()
      performance.now = () => asked
    })
    observer.observe(document, { childList: true, subtree: true })
  })
  return () =>
    page.evaluate(() => {
      Reflect.deleteProperty(performance, 'now')
    })
}

/** Strikes these keys where this button has the focus, and sees that it is still there: nothing was answered. */
async function ignores(
  program: Program,
  page: Page,
  focused: Locator,
  struck: readonly (readonly string[])[],
  modifiers: readonly 'isAutoRepeat'[] = [],
): Promise<void> {
  await focused.focus()
  for (const keys of struck) await strike(program, page, keys, modifiers)
  // Two frames later, what the keys did is drawn.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await expect(focused).toBeFocused()
}
