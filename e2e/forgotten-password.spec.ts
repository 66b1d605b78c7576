import type { Page } from '@playwright/test'
import {
  atCounter,
  byCard,
  cameInByPsc,
  finishAs,
  leaveInBrowser,
  leftInBrowser,
  leftPsc,
  nobodyIn,
  read,
  refusedWith,
  succeeded,
  told,
  write,
  type AtCounter,
} from './support/by-psc.ts'
import { badgeOf, button, give, pastDeafTime } from './support/counter.ts'
import { cameBack, goOut, questionOf, test } from './support/psc.ts'
import { givenUp } from './support/story.ts'
import { expect, type Workstation } from './support/test.ts'

const newPassword = 'Nouveau mot de passe'
const chosen = 'brouette cactus ventouse'
const blocked = 'Code bloqué après 10 erreurs. Utilisez Pro Santé Connect ou voyez le titulaire.'
const lastFailure = 'identification.refused 1 wrong-credentials'
const unblocked = 'operator.unblocked 1 psc'

test.describe('« Mot de passe oublié ? » @login @psc', () => {
  test('a fresh login lets one choose another password', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await forget(counter)
    await finishAs(browser, 'adjointe')
    await expect(identification.getByRole('heading', { name: newPassword })).toBeVisible()
    await expect(
      identification.getByText(
        'Pro Santé Connect vous a identifié : PATRICIA ADJOINTPHARM. Choisissez votre nouveau mot de passe Comptoir.',
      ),
    ).toBeVisible()
    await expect(identification.getByLabel('Mot de passe', { exact: true })).toBeFocused()
    await nobodyIn(launcher)

    await choose(identification, chosen, 'brouette cactus')
    await expect(identification.getByText('Les deux mots de passe diffèrent.')).toBeVisible()
    await choose(identification, 'azerty12', 'azerty12')
    await expect(
      identification.getByRole('alert').filter({ hasText: 'Ce mot de passe se devine trop facilement.' }),
    ).toHaveCount(1)
    await nobodyIn(launcher)
    const before = passwordHash(workstation)
    await choose(identification, chosen, chosen)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await expect(launcher.getByText(byCard)).toBeVisible()
    expect(passwordHash(workstation)).not.toEqual(before)

    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await button(launcher, "S'identifier").click()
    await program.window('identification')
    await give(identification, '1', workstation.passwordOf('1'))
    await refusedWith(workstation, identification, 'Code opérateur ou mot de passe incorrect.')
    await nobodyIn(launcher)
    await give(identification, '1', chosen)
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await told(workstation, counter, [chosen, 'azerty12'])).toEqual([
      'operator.password-changed 1 forgotten',
      ...cameInByPsc('1'),
      'session.ended 1 disconnect',
      'identification.refused 1 wrong-credentials',
      'identification.succeeded 1',
      'session.connected 1',
      'session.ended 1 program-closed',
    ])
  })

  for (const way of ['Annuler', 'Escape']) {
    test(`${way} keeps the password`, async ({ psc, workstation }) => {
      const counter = await atCounter(await psc())
      const { program, browser, launcher } = counter
      const before = passwordHash(workstation)
      const identification = await forget(counter)
      await finishAs(browser, 'adjointe')
      await identification.getByLabel('Mot de passe', { exact: true }).fill(chosen)
      await identification.getByLabel('Mot de passe, une seconde fois').fill(chosen)
      if (way === 'Escape') await identification.keyboard.press('Escape')
      else await button(identification, 'Annuler').click()
      await program.gone('identification')
      await nobodyIn(launcher)
      expect(passwordHash(workstation)).toEqual(before)
      expect(await told(workstation, counter, [chosen])).toEqual([givenUp])
    })
  }

  test('whom the browser still had chooses nothing, and is asked again', async ({ psc, workstation }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { browser, launcher } = counter
    await leaveInBrowser(workstation, site, counter)
    const before = passwordHash(workstation)
    const identification = await forget(counter)
    await cameBack(await browser.next())
    const row = await refusedWith(
      workstation,
      identification,
      'Pro Santé Connect vous avait déjà identifié avant votre demande.',
    )
    expect(row?.kind).toBe('identification.refused')
    await expect(identification.getByRole('heading', { name: newPassword })).toHaveCount(0)
    await nobodyIn(launcher)
    expect(passwordHash(workstation)).toEqual(before)
    // As it says: the browser leaves Pro Santé Connect, then asks who is there.
    await button(identification, 'Mot de passe oublié ?').click()
    await leftPsc(await browser.next())
    await finishAs(browser, 'adjointe')
    await expect(identification.getByRole('heading', { name: newPassword })).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      ...leftInBrowser,
      'identification.refused 1 not-fresh',
      'session.ended 1 program-closed',
      givenUp,
    ])
  })

  test('an RPPS that nobody has changes no password', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { browser, launcher } = counter
    const identification = await forget(counter)
    await finishAs(browser, 'preparateur')
    const row = await refusedWith(workstation, identification, "Aucun opérateur n'a le RPPS 99700393061.")
    expect(row?.kind).toBe('identification.refused')
    await expect(identification.getByRole('heading', { name: newPassword })).toHaveCount(0)
    await nobodyIn(launcher)
    expect(await told(workstation, counter)).toEqual(['identification.refused nobody unknown-rpps'])
  })
})

test.describe('A blocked code @login @psc', () => {
  test('is lifted by a fresh login', async ({ psc, workstation }) => {
    const counter = await atCounter(await psc())
    const { program, browser, launcher } = counter
    const identification = await block(workstation, counter)
    await give(identification, '1', workstation.passwordOf('1'))
    await refusedWith(workstation, identification, blocked)
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await goOut(program)
    await finishAs(browser, 'adjointe')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await button(launcher, 'Déconnecter').click()
    await nobodyIn(launcher)
    await button(launcher, "S'identifier").click()
    await give(await program.window('identification'), '1', workstation.passwordOf('1'))
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    expect(await told(workstation, counter)).toEqual([
      lastFailure,
      'identification.refused 1 blocked',
      unblocked,
      ...cameInByPsc('1'),
      'session.ended 1 disconnect',
      'identification.succeeded 1',
      'session.connected 1',
      'session.ended 1 program-closed',
    ])
  })

  test('stays blocked for whom the browser still had, whatever the password', async ({
    psc,
    workstation,
  }) => {
    const site = await psc()
    const counter = await atCounter(site)
    const { program, browser, launcher } = counter
    await leaveInBrowser(workstation, site, counter)
    const identification = await block(workstation, counter)
    await button(identification, 'Annuler').click()
    await program.gone('identification')
    await goOut(program)
    await cameBack(await browser.next())
    await expect(questionOf(identification)).toBeVisible()
    await pastDeafTime(identification)
    await button(identification, 'Oui, continuer').click()
    await identification.getByLabel('Mot de passe', { exact: true }).fill(workstation.passwordOf('1'))
    await identification.keyboard.press('Enter')
    const row = await refusedWith(workstation, identification, blocked)
    expect(row?.kind).toBe('identification.refused')
    await nobodyIn(launcher)
    await identification.keyboard.press('Escape')
    await program.gone('identification')
    const rows = await told(workstation, counter)
    expect(rows).not.toContain(unblocked)
    expect(rows).not.toContain(succeeded('1', '', 'password'))
    expect(rows).toEqual([
      ...leftInBrowser,
      lastFailure,
      'identification.refused 1 blocked',
      givenUp,
      'session.ended 1 program-closed',
    ])
  })
})

/** « Mot de passe oublié ? », from « S'identifier »: the browser is sent out. */
async function forget({ program, launcher }: AtCounter): Promise<Page> {
  await button(launcher, "S'identifier").click()
  const identification = await program.window('identification')
  await button(identification, 'Mot de passe oublié ?').click()
  return identification
}

/** A wrong password for code « 1 », the tenth in a row: the nine others would take hours of waiting. */
async function block(workstation: Workstation, { program, launcher }: AtCounter): Promise<Page> {
  await button(launcher, "S'identifier").click()
  const identification = await program.window('identification')
  await give(identification, '1', 'pas le bon mot de passe')
  await refusedWith(workstation, identification, 'Code opérateur ou mot de passe incorrect.')
  write(workstation, 'update throttle set consecutive = 10, blocked_at = ?', new Date().toISOString())
  return identification
}

async function choose(identification: Page, password: string, again: string): Promise<void> {
  await identification.getByLabel('Mot de passe', { exact: true }).fill(password)
  await identification.getByLabel('Mot de passe, une seconde fois').fill(again)
  await button(identification, 'Enregistrer').click()
}

function passwordHash(workstation: Workstation): unknown {
  return read(workstation, "select password_hash from operator where code = '1'")
}
