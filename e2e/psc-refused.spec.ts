import { leftPsc, write } from './support/by-psc.ts'
import { badgeOf, comeIn, shownPage } from './support/counter.ts'
import { referenceIn } from './support/main-process.ts'
import { attemptAt, type Failure } from './support/psc-attempt.ts'
import { signInAs, test } from './support/psc.ts'
import { lock } from './support/start-faults.ts'
import { cameIn, rowOfReference, stopped } from './support/story.ts'
import { expect } from './support/test.ts'

test.describe('Somebody whom Pro Santé Connect identifies well @psc @login', () => {
  test('is refused when they were suspended meanwhile', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, press, fails, end } = await attemptAt(workstation, site, 'nobody')
    const failure: Failure = {
      sentence: 'Opérateur suspendu. Voyez le titulaire.',
      line: 'identification.refused 1 suspended',
    }
    await press()
    const tab = await browser.next()
    write(workstation, "update operator set suspended = 1 where code = '1'")
    await signInAs(tab, 'adjointe')
    await fails(failure)
    await comeIn(workstation, program, '0')
    await expect(badgeOf(launcher, '0')).toBeVisible()
    expect(await end()).toEqual([
      failure.line,
      'identification.succeeded 0',
      'session.connected 0',
      'session.ended 0 program-closed',
      stopped,
    ])
  })

  test('is refused when somebody else is awaited, who stays connected by their code', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const { program, browser, launcher, identification, press, fails, end } = await attemptAt(
      workstation,
      site,
      'operator 1',
    )
    const failure: Failure = {
      sentence: "Pro Santé Connect identifie une autre personne que PATRICIA ADJOINTPHARM : rien n'a changé.",
      remedy:
        "Recommencez avec la carte ou l'e-CPS de cette personne : Comptoir fermera d'abord la session du navigateur.",
      line: 'identification.refused nobody ordonnances other-rpps',
    }
    await expect(
      identification.getByText("Seule l'identification de PATRICIA ADJOINTPHARM est attendue ici."),
    ).toBeVisible()
    await press()
    await signInAs(await browser.next(), 'titulaire')
    await fails(failure)
    // The browser leaves that person first, then asks again who one is.
    await press()
    await leftPsc(await browser.next())
    await signInAs(await browser.next(), 'adjointe')
    await shownPage(program, /\/ordonnances$/u)
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText('Pro Santé Connect · carte CPS')).toBeVisible()
    expect(await end()).toEqual([
      ...cameIn,
      failure.line,
      'identification.succeeded 1 ordonnances eidas1 CARD freshness',
      'session.renewed 1',
      'module.opened 1 ordonnances window',
      'session.ended 1 program-closed',
      'module.left 1 ordonnances nobody',
      stopped,
    ])
  })
})

test.describe('A database that nothing can be written to @psc @login', () => {
  test('keeps out whom Pro Santé Connect identifies', async ({ psc, workstation }) => {
    const site = await psc()
    const { program, browser, launcher, identification, press, end } = await attemptAt(
      workstation,
      site,
      'nobody',
    )
    await press()
    const tab = await browser.next()
    const unlock = lock(workstation.dataDir)
    await signInAs(tab, 'adjointe')
    const alert = identification.getByRole('alert').filter({ hasText: 'La base de Comptoir' })
    await expect(alert).toContainText('La base de Comptoir est occupée par un autre programme.')
    await expect(alert).toContainText('Attendez un instant, puis réessayez.')
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    const told = await alert.innerText()
    await expect.poll(workstation.log).toContain(referenceIn(told))
    unlock()
    await comeIn(workstation, program, '1')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    // Written once the database takes it: the end of the try, under the reference that was told.
    expect(await end()).toEqual([
      'identification.failed nobody StorageError internal',
      ...cameIn,
      'session.ended 1 program-closed',
      stopped,
    ])
    expect(rowOfReference(workstation, told)).toMatchObject({ details: { nationalId: '899700261797' } })
  })
})
