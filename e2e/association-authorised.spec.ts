import type { Page } from '@playwright/test'
import { askWhose, expectNothing, mustConfirm } from './support/association.ts'
import { finishAs, refusedWith, succeeded, told, unknownRpps, write } from './support/by-psc.ts'
import { badgeOf, button, give } from './support/counter.ts'
import { goOut, test } from './support/psc.ts'
import { givenUp } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const doctor = '99700427885'

test.describe('An RPPS that somebody else must vouch for @association @psc', () => {
  test("both names differ: only the titulaire's password associates", async ({ psc, workstation }) => {
    const { identification, ...counter } = await askWhose(await psc(), 'medecin')
    const { program, launcher } = counter
    await give(identification, '2', workstation.passwordOf('2'))
    const asked = identification.getByRole('alertdialog', { name: 'Associer ce RPPS' })
    await expect(asked).toContainText(
      "Les noms diffèrent : Pro Santé Connect « KIT DOC0042788 », Comptoir « TEST PREPARATEUR ». Associez seulement s'il s'agit de vous.",
    )
    await expect(asked).toContainText(mustConfirm)

    await button(identification, 'Associer').click()
    await expect(identification.getByText('Saisissez votre code opérateur.')).toBeVisible()
    await authorise(identification, '2', workstation.passwordOf('2'))
    const refused = await refusedWith(workstation, identification, mustConfirm)
    expect(refused?.operatorCode).toBe('2')
    await expectNothing(workstation, counter)
    await authorise(identification, '1', workstation.passwordOf('1'))
    await expect.poll(() => refusals(workstation)).toBe(3)
    await expectNothing(workstation, counter)
    await authorise(identification, '0', 'pas le bon mot de passe')
    await refusedWith(workstation, identification, 'Code opérateur ou mot de passe incorrect.')
    await expectNothing(workstation, counter)

    await authorise(identification, '0', workstation.passwordOf('0'))
    await program.gone('identification')
    await expect(badgeOf(launcher, '2')).toBeVisible()
    await expect(launcher.getByText(`RPPS ${doctor}`)).toBeVisible()
    expect(await told(workstation, counter, ['pas le bon'])).toEqual([
      unknownRpps,
      'identification.refused 2 not-authorised',
      'identification.refused 1 not-authorised',
      'identification.refused 0 wrong-credentials',
      `operator.rpps-linked 2 0 ${doctor}`,
      succeeded('2', '', 'password'),
      'session.connected 2',
      'session.ended 2 program-closed',
    ])
  })

  test("a doctor's profession contradicts every role here, whatever the names", async ({
    psc,
    workstation,
  }) => {
    write(workstation, "update operator set first_name = 'KIT', last_name = 'DOC0042788', rpps = null")
    const { identification, ...counter } = await askWhose(await psc(), 'medecin')
    for (const code of ['0', '1', '2']) {
      await give(identification, code, workstation.passwordOf(code))
      await expect(
        identification.getByRole('heading', {
          name: `Associer le RPPS ${doctor} à l'opérateur « ${code} » KIT DOC0042788 ?`,
        }),
      ).toBeVisible()
      await expect(identification.getByText(mustConfirm)).toBeVisible()
      await expect(identification.getByText('Les noms diffèrent')).toHaveCount(0)
      await button(identification, 'Annuler').click()
      await counter.program.gone('identification')
      if (code === '2') break
      counter.simulator.endAllSessions()
      await goOut(counter.program)
      await finishAs(counter.browser, 'medecin')
      await expect(identification.getByRole('heading', { name: 'Associer ce RPPS' })).toBeVisible()
    }
    await expectNothing(workstation, counter)
    expect(await told(workstation, counter)).toEqual([
      unknownRpps,
      givenUp,
      unknownRpps,
      givenUp,
      unknownRpps,
      givenUp,
    ])
  })

  for (const way of ['Annuler', 'Escape']) {
    test(`${way}, instead of the titulaire, writes nothing`, async ({ psc, workstation }) => {
      const { identification, ...counter } = await askWhose(await psc(), 'medecin')
      await give(identification, '2', workstation.passwordOf('2'))
      await identification.getByLabel('Code opérateur de la personne autorisée').fill('0')
      await identification.getByLabel('Son mot de passe').fill(workstation.passwordOf('0'))
      if (way === 'Escape') await identification.keyboard.press('Escape')
      else await button(identification, 'Annuler').click()
      await counter.program.gone('identification')
      await expectNothing(workstation, counter)
      expect(await told(workstation, counter)).toEqual([unknownRpps, givenUp])
    })
  }
})

async function authorise(identification: Page, code: string, password: string): Promise<void> {
  await identification.getByLabel('Code opérateur de la personne autorisée').fill(code)
  await identification.getByLabel('Son mot de passe').fill(password)
  await button(identification, 'Associer').click()
}

function refusals(workstation: Workstation): number {
  return workstation.journal().filter(({ kind }) => kind === 'identification.refused').length
}
