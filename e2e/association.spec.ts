import { askWhose, associate, expectNothing, mustConfirm } from './support/association.ts'
import {
  byCard,
  connectByPsc,
  disconnectEverywhere,
  refusedWith,
  succeeded,
  told,
  unknownRpps,
  write,
} from './support/by-psc.ts'
import { badgeOf, button, connect, give, pastDeafTime, shownPage, tile } from './support/counter.ts'
import { plain } from './support/main-process.ts'
import { test } from './support/psc.ts'
import { givenUp } from './support/story.ts'
import { expect } from './support/test.ts'

const preparateur = '99700393061'
const question = `Associer le RPPS ${preparateur} à l'opérateur « 2 » TEST PREPARATEUR ?`
const linked = [
  `operator.rpps-linked 2 ${preparateur}`,
  succeeded('2', '', 'password'),
  'session.connected 2',
]

test.describe('« Associer ce RPPS » @association @psc', () => {
  test('the préparateur gives his RPPS once, and the titulaire is told once', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const { identification, ...counter } = await askWhose(site, 'preparateur')
    const { program, launcher } = counter
    const asked = identification.getByRole('alertdialog', { name: 'Associer ce RPPS' })
    await expect(asked).toContainText(
      `Pro Santé Connect vous identifie : TEST PREPARATEUR, RPPS ${preparateur}. ` +
        "Aucun opérateur n'a encore ce RPPS. Pour l'associer, saisissez votre code opérateur et votre " +
        'mot de passe, une seule fois. (réf. ',
    )
    const reference = /réf\. (\S+)\)/u.exec(plain(await asked.innerText()))?.[1]
    const row = workstation.journal().find((written) => written.reference === reference)
    expect(row?.details).toEqual({
      flow: 'code',
      host: new URL(site.simulator.issuer).host,
      acr: 'eidas1',
      acrFrom: 'psc',
      authMode: 'CARD',
      authTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/u),
      nationalId: `8${preparateur}`,
      reason: 'unknown-rpps',
    })
    await give(identification, '2', workstation.passwordOf('2'))
    await associate(identification, question)
    await program.gone('identification')
    await expect(badgeOf(launcher, '2')).toHaveText('Opérateur « 2 » — TEST PREPARATEUR')
    for (const said of [`RPPS ${preparateur}`, byCard]) {
      await expect(launcher.getByText(said, { exact: true })).toBeVisible()
    }
    await disconnectEverywhere(counter, site)
    await connectByPsc(counter, 'preparateur', '2')
    await disconnectEverywhere(counter, site)

    const news = `Depuis votre dernière connexion, un RPPS a été associé : opérateur « 2 », RPPS ${preparateur}.`
    await connect(workstation, program, '0')
    await expect(launcher.getByRole('status').filter({ hasText: news })).toHaveCount(1)
    await button(launcher, 'Déconnecter').click()
    await connect(workstation, program, '0')
    // What is told at a login is told before the page of a module opens.
    await tile(launcher, 'Documentation').click()
    await shownPage(program, /documentation$/u)
    await expect(launcher.getByText(news)).toHaveCount(0)
    expect(await told(workstation, counter)).toEqual([
      unknownRpps,
      ...linked,
      'session.ended 2 disconnect',
      succeeded('2'),
      'session.connected 2',
      'session.ended 2 disconnect',
      'identification.succeeded 0',
      'session.connected 0',
      'session.ended 0 disconnect',
      'identification.succeeded 0',
      'session.connected 0',
      'module.opened 0 documentation window',
      'session.ended 0 program-closed',
      'module.left 0 documentation nobody',
    ])
  })

  test('a wrong password and an unknown code are refused alike, and another has their own RPPS', async ({
    psc,
    workstation,
  }) => {
    const { identification, ...counter } = await askWhose(await psc(), 'preparateur')
    const alert = identification.getByRole('alert').filter({ hasText: 'Réf.' })
    const wrong = 'Code opérateur ou mot de passe incorrect.'
    const said: string[] = []
    for (const code of ['2', 'ZQX7']) {
      await give(identification, code, 'pas le bon mot de passe')
      await refusedWith(workstation, identification, wrong)
      said.push((await alert.innerText()).replace(/Réf\. \S+/u, ''))
      await expect(identification.getByLabel('Mot de passe', { exact: true })).toHaveValue('')
    }
    expect(said[1]).toBe(said[0])
    await give(identification, '1', workstation.passwordOf('1'))
    await refusedWith(
      workstation,
      identification,
      "L'opérateur « 1 » a déjà un autre RPPS. Le titulaire peut le dissocier.",
    )
    await expectNothing(workstation, counter)
    const secrets = ['ZQX7', 'zqx7', 'pas le bon']
    expect(await told(workstation, counter, secrets)).toEqual([
      unknownRpps,
      'identification.refused 2 wrong-credentials',
      'identification.refused nobody wrong-credentials',
      'identification.refused 1 other-rpps',
      givenUp,
    ])
  })

  for (const step of ['whose it is', 'the question']) {
    for (const way of ['Annuler', 'Escape']) {
      test(`${way} at ${step} writes nothing and connects nobody`, async ({ psc, workstation }) => {
        const { identification, ...counter } = await askWhose(await psc(), 'preparateur')
        if (step === 'the question') {
          await give(identification, '2', workstation.passwordOf('2'))
          await expect(identification.getByRole('heading', { name: question })).toBeVisible()
          await pastDeafTime(identification)
        }
        if (way === 'Escape') await identification.keyboard.press('Escape')
        else await button(identification, 'Annuler').click()
        await counter.program.gone('identification')
        await expectNothing(workstation, counter)
        expect(await told(workstation, counter)).toEqual([unknownRpps, givenUp])
      })
    }
  }

  test("an RPPS that has become another's while the question stood is refused", async ({
    psc,
    workstation,
  }) => {
    const { identification, ...counter } = await askWhose(await psc(), 'preparateur')
    await give(identification, '2', workstation.passwordOf('2'))
    await expect(identification.getByRole('heading', { name: question })).toBeVisible()
    write(workstation, "update operator set rpps = ? where code = '0'", preparateur)
    await associate(identification, question)
    await refusedWith(
      workstation,
      identification,
      "Ce RPPS est déjà celui d'un autre opérateur. Voyez le titulaire.",
    )
    await expectNothing(workstation, counter)
    expect(await told(workstation, counter)).toEqual([
      unknownRpps,
      'identification.refused 2 rpps-of-another',
      givenUp,
    ])
  })

  test("names that differ in one word are said, and one's own word is enough", async ({
    psc,
    workstation,
  }) => {
    write(workstation, "update operator set last_name = 'DURAND' where code = '2'")
    const { identification, ...counter } = await askWhose(await psc(), 'preparateur')
    await give(identification, '2', workstation.passwordOf('2'))
    await expect(
      identification.getByText(
        "Les noms diffèrent : Pro Santé Connect « TEST PREPARATEUR », Comptoir « TEST DURAND ». Associez seulement s'il s'agit de vous.",
      ),
    ).toBeVisible()
    await expect(identification.getByText(mustConfirm)).toHaveCount(0)
    await expect(button(identification, 'Annuler')).toBeFocused()
    await associate(identification, `Associer le RPPS ${preparateur} à l'opérateur « 2 » TEST DURAND ?`)
    await counter.program.gone('identification')
    await expect(badgeOf(counter.launcher, '2')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      unknownRpps,
      ...linked,
      'session.ended 2 program-closed',
    ])
  })
})
