import { execFileSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { faultsOf } from './support/axe.ts'
import {
  badgeOf,
  button,
  comeIn,
  connect,
  pidsOf,
  startWith,
  strike,
  switchTo,
  tile,
} from './support/counter.ts'
import { plain } from './support/main-process.ts'
import { cameIn, locked, stopped, story } from './support/story.ts'
import { expect, onlyOnLinux, test, type } from './support/test.ts'

test.describe('Fast switch @login', () => {
  test('a shortcut from another program, a recent operator by the arrows, a password', async ({
    workstation,
  }) => {
    onlyOnLinux('xdotool')
    await workstation.settings((settings) => ({
      ...settings,
      modules: (settings.modules ?? []).filter(({ id }) => id === 'ventes'),
    }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    // The window manager has this one for itself: it changes desktop.
    await workstation.settings((settings) => ({
      ...settings,
      identification: { shortcut: 'Ctrl+Alt+Gauche' },
    }))
    const notice = launcher.getByRole('status').filter({ hasText: 'Le raccourci' })
    await expect(notice).toContainText('Le raccourci Ctrl+Alt+Gauche est pris par un autre programme.')
    await expect(notice).toContainText("En attendant, utilisez «\u00A0Changer d'opérateur\u00A0»")
    await expect.poll(() => workstation.log()).toContain('the switch shortcut is taken')

    // Another is set: nothing has to be started again.
    await workstation.settings((settings) => ({
      ...settings,
      identification: { shortcut: 'Ctrl+Maj+F10' },
    }))
    await expect(notice).toHaveCount(0)
    await expect(button(launcher, "S'identifier")).toHaveAttribute('aria-keyshortcuts', 'Control+Shift+F10')
    await expect(launcher.getByText('Ctrl+Maj+F10')).toBeVisible()

    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    const front = (): Promise<void> => expect.poll(activeWindow, { timeout: 15_000 }).toBe('Ventes')
    await front()
    const [pid = 0] = pidsOf(program, '--module-label=Ventes')
    await switchTo(workstation, program, '2')
    xdotool('search', '--onlyvisible', '--name', '^Ventes$', 'windowactivate')
    await front()
    xdotool('key', 'ctrl+shift+F10')
    const window = await program.window('identification')
    await expect.poll(() => activeWindow()).toBe('Identification')
    await expect(launcher.getByRole('heading', { name: 'Comptoir verrouillé' })).toBeVisible()

    const code = window.getByLabel('Code opérateur')
    await expect(code).toBeFocused()
    await expect(code).toHaveAccessibleDescription(/Flèche bas\s: opérateurs récents/u)
    // Whoever is being left is not offered; nobody's whole name is told.
    await expect(offered(window)).toHaveCount(1)
    await expect(offered(window)).toHaveAccessibleName('Patricia A. code 1')
    expect(plain(await window.locator('body').innerText())).not.toContain('ADJOINTPHARM')
    expect(await faultsOf(window)).toEqual([])
    // Pressed again, with something else in front: what has begun goes on.
    await type(window, '9')
    xdotool('search', '--onlyvisible', '--name', '^Ventes$', 'windowactivate')
    await front()
    xdotool('key', 'ctrl+shift+F10')
    await expect.poll(() => activeWindow()).toBe('Identification')
    await expect(code).toHaveValue('9')
    await code.fill('')
    xdotool('key', 'Down')
    await expect(code).toHaveValue('1')
    await expect(window.getByRole('status').filter({ hasText: 'Patricia A. code 1' })).toHaveCount(1)
    xdotool('key', 'Return')
    await expect(window.getByLabel('Mot de passe', { exact: true })).toBeFocused()
    await type(window, workstation.passwordOf('1'))
    await window.keyboard.press('Enter')
    await program.gone('identification')
    await expect(badgeOf(launcher, '1')).toBeVisible()
    await program.stop()
    process.kill(pid)

    expect(story(workstation).filter((row) => !row.startsWith('settings.'))).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      locked,
      'identification.succeeded 2',
      'session.suspended 1',
      'session.connected 2',
      'session.locked 2 switch',
      'identification.succeeded 1',
      'session.suspended 2',
      'session.resumed 1',
      'session.ended 1 program-closed',
      'session.ended 2 program-closed',
      stopped,
    ])
  })

  test('a badge gives a code, a scanner nothing, wherever they are read', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [])
    await button(launcher, "S'identifier").click()
    const window = await program.window('identification')
    const code = window.getByLabel('Code opérateur')
    const password = window.getByLabel('Mot de passe', { exact: true })
    const said = (text: string): Locator => window.getByRole('status').filter({ hasText: text })

    for (const burst of [
      'CIP3400930',
      ']C10103400930000120',
      '0103400930000120172606301042',
      'https://x.fr',
    ]) {
      await strike(program, window, [...burst.split(''), 'Enter'])
      await expect(said('Code-barres')).toBeVisible()
      await expect(code).toHaveValue('')
      await expect(code).toBeFocused()
    }
    // With the line feed that some readers add.
    await strike(program, window, ['2', 'Enter', 'Enter'])
    await expect(password).toBeFocused()
    await expect(code).toHaveValue('2')
    await expect(said('Code lu par le badge.')).toBeVisible()
    // Another badge, read where the password is awaited.
    await strike(program, window, ['1', 'Tab'])
    await expect(code).toHaveValue('1')
    await expect(password).toHaveValue('')
    await expect(password).toBeFocused()
    await strike(program, window, [...'3400930000120'.split(''), 'Enter'])
    await expect(said('Code-barres')).toBeVisible()
    await expect(password).toHaveValue('')
    // A badge read into a password that is begun is not sent with it, nor takes the place of the code.
    await type(window, 'lav')
    await strike(program, window, ['P', 'A', 'T', 'Enter'])
    await expect(said('Saisie très rapide')).toBeVisible()
    await expect(code).toHaveValue('1')
    await password.fill('')
    // A password manager types as fast: it is left to the hand to send it.
    await strike(program, window, [...workstation.passwordOf('1').split(''), 'Enter'])
    await expect(said('Saisie très rapide')).toBeVisible()
    expect(await program.isShown('identification')).toBe(true)
    // What comes at once after it is still the machine's.
    await expect(async () => {
      await window.keyboard.press('Enter')
      expect(await program.isShown('identification')).toBe(false)
    }).toPass()
    await program.stop()
    expect(story(workstation)).toEqual([...cameIn, 'session.ended 1 program-closed', stopped])
  })

  test('a finger finds large names and a keypad; no name stands on the screen of patients', async ({
    workstation,
  }) => {
    const { program, launcher } = await startWith(workstation, [])
    await connect(workstation, program, '1')
    await button(launcher, 'Déconnecter').click()
    await button(launcher, "S'identifier").click()
    const window = await program.window('identification')
    const code = window.getByLabel('Code opérateur')
    const name = window.getByRole('button', { name: 'Patricia A. code 1' })
    await expect(name).toBeVisible()
    await expect(window.getByRole('group', { name: "Clavier à l'écran" })).toHaveCount(0)
    await tap(window, name)
    await expect(code).toHaveValue('1')
    await expect(window.getByLabel('Mot de passe', { exact: true })).toBeFocused()
    const keypad = window.getByRole('group', { name: "Clavier à l'écran" })
    await expect(keypad).toBeVisible()
    for (const target of [name, ...(await keypad.getByRole('button').all())]) {
      const box = await target.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(48)
    }
    expect(await faultsOf(window)).toEqual([])
    await tap(window, keypad.getByRole('button', { name: 'Effacer' }))
    await tap(window, keypad.getByRole('button', { name: 'A…Z, lettres' }))
    await tap(window, keypad.getByRole('button', { name: 'P', exact: true }))
    await expect(code).toHaveValue('P')
    await expect(code).toBeFocused()
    await tap(window, keypad.getByRole('button', { name: 'Effacer' }))
    await tap(window, keypad.getByRole('button', { name: '1…9, chiffres' }))
    await tap(window, keypad.getByRole('button', { name: '2', exact: true }))
    await tap(window, keypad.getByRole('button', { name: 'OK, valider le code' }))
    await expect(window.getByLabel('Mot de passe', { exact: true })).toBeFocused()

    // Keys again: at the next opening.
    await code.focus()
    await type(window, 'A')
    await expect(keypad).toBeVisible()
    await window.keyboard.press('Escape')
    await program.gone('identification')
    await workstation.settings((settings) => ({ ...settings, workstation: { patientDisplay: 1 } }))
    await expect(async () => {
      await button(launcher, "S'identifier").click()
      const asking = await program.window('identification')
      await expect(offered(asking)).toHaveCount(0)
      await expect(asking.getByRole('group', { name: "Clavier à l'écran" })).toHaveCount(0)
    }).toPass()
    await program.stop()
    expect(story(workstation).filter((row) => !row.startsWith('settings.'))).toEqual([
      ...cameIn,
      'session.ended 1 disconnect',
      stopped,
    ])
  })
})

/** Who is offered. */
function offered(window: Page): Locator {
  return window.getByRole('list', { name: 'Opérateurs récents' }).getByRole('button')
}

/** A touch, as the system's own: `Input.dispatchTouchEvent`. */
async function tap(window: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('nothing to touch')
  const session = await window.context().newCDPSession(window)
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

/** The title of the window that has the focus, whichever program it belongs to; empty when none has. */
function activeWindow(): string {
  try {
    return xdotool('getactivewindow', 'getwindowname').trim()
  } catch {
    return ''
  }
}

function xdotool(...args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
