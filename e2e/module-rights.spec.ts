import { told } from './support/alerts.ts'
import {
  closeWindow,
  comeIn,
  expectNoQuestion,
  give,
  shownPage,
  startWith,
  tile,
  webModule,
} from './support/counter.ts'
import { test } from './support/on-site.ts'
import { journalled, rowOfReference, stopped, story } from './support/story.ts'
import { recordBrowser } from './support/system-browser.ts'
import { expect } from './support/test.ts'

test.describe('Who may open a module @modules @login', () => {
  test('a module kept for some roles is refused to the others, and the window waits for another code', async ({
    workstation,
  }) => {
    const planning = webModule('planning', 'Planning', `${workstation.pagesUrl}planning`, {
      roles: ['titulaire', 'adjoint'],
    })
    const coffre = webModule('coffre', 'Coffre', `${workstation.pagesUrl}documentation`, {
      roles: ['titulaire'],
    })
    const { program, launcher } = await startWith(workstation, [planning, coffre])
    await expect(tile(launcher, 'Coffre')).toHaveAccessibleDescription('Réservé au titulaire')
    const reserved = 'Réservé\u00A0: titulaire, pharmacien adjoint'
    await expect(tile(launcher, 'Planning')).toHaveAccessibleDescription(reserved)
    await tile(launcher, 'Planning').click()
    const identification = await program.window('identification')
    await expect(identification.getByText(reserved, { exact: true })).toBeVisible()
    await give(identification, '2', workstation.passwordOf('2'))
    const alert = identification.getByRole('alert').filter({ hasText: 'Réf.' })
    await expect(alert).toContainText(`«\u00A0Planning\u00A0» n'est pas ouvert à votre rôle.`)
    await expect(alert).toContainText('Identifiez-vous avec un autre code, ou annulez.')
    expect(rowOfReference(workstation, await alert.innerText())).toMatchObject({
      kind: 'identification.refused',
      module: 'planning',
      operatorCode: '2',
    })
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()

    await comeIn(workstation, program, '1')
    await shownPage(program, /planning$/u)
    await expect(tile(launcher, 'Planning')).toHaveAccessibleDescription('Ouvert')
    await expect(tile(launcher, 'Coffre')).toHaveAccessibleDescription('Réservé au titulaire')
    await program.stop()
    expect(story(workstation)).toEqual([
      'identification.refused 2 planning role',
      'identification.succeeded 1 planning',
      'session.connected 1',
      'module.opened 1 planning window',
      'session.ended 1 program-closed',
      'module.left 1 planning nobody',
      stopped,
    ])
  })

  test('a module for Pro Santé Connect says that it is not activated here', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      {
        id: 'dmp',
        label: 'DMP',
        access: 'psc',
        launch: { kind: 'browser', url: `${workstation.pagesUrl}dmp` },
      },
    ])
    const opened = await recordBrowser(program)
    await expect(tile(launcher, 'DMP')).toHaveAccessibleDescription(/^Pro Santé Connect demandé/u)
    await tile(launcher, 'DMP').click()
    const sentence = await told(
      launcher,
      "«\u00A0DMP\u00A0» demande Pro Santé Connect, qui n'est pas activé sur ce poste.",
    )
    expect(sentence).toContain("Voyez votre assistance pour l'activer.")
    await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.refused')
    expect(await opened()).toEqual([])
    expect(await program.isShown('identification')).toBe(false)
    await program.stop()
    expect(story(workstation)).toEqual(['module.refused nobody dmp means', stopped])
  })

  test('a module for everybody opens with nobody connected', async ({ workstation, site }) => {
    const { program, launcher } = await startWith(workstation, [
      webModule('site', 'Site', `${site.origin}/`, { access: 'none' }),
    ])
    await tile(launcher, 'Site').click()
    const page = await shownPage(program, /^http:\/\/127/u)
    expect(await program.isShown('identification')).toBe(false)
    await expect(launcher.getByText('Aucun opérateur connecté')).toBeVisible()
    await closeWindow(program, page)
    await journalled(workstation, 'module.left', 'site')
    await expectNoQuestion(program)
    await program.stop()
    expect(story(workstation)).toEqual([
      'module.opened nobody site window',
      'module.left nobody site nobody',
      stopped,
    ])
    expect(workstation.journal().find(({ kind }) => kind === 'module.opened')).toMatchObject({
      operatorId: null,
      operatorCode: null,
    })
  })
})
