import { badge, connectTyping } from './support/counter.ts'
import { spawnProgram } from './support/bare-program.ts'
import { expect, test } from './support/test.ts'

test.describe('Comptoir started twice @settings', () => {
  test('the second start ends by itself and brings the launcher forward', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await connectTyping(workstation, program)
    const before = workstation.journal()
    const launcherWindow = await program.app.browserWindow(launcher)
    await launcherWindow.evaluate((window) => window.minimize())
    await expect.poll(() => launcherWindow.evaluate((window) => window.isMinimized())).toBe(true)

    expect(await spawnProgram(workstation).ended).toBe(0)

    await expect
      .poll(() =>
        launcherWindow.evaluate((window) => ({
          minimised: window.isMinimized(),
          visible: window.isVisible(),
          focused: window.isFocused(),
        })),
      )
      .toEqual({ minimised: false, visible: true, focused: true })
    await expect(launcher.getByText(badge)).toBeVisible()
    expect(workstation.journal()).toEqual(before)

    expect(await program.stop()).toBe(0)
    expect(
      workstation
        .journal()
        .slice(before.length)
        .map(({ kind }) => kind),
    ).toEqual(['session.ended', 'program.stopped'])
  })

  test('a second start brings the window forward that says why the first could not', async ({
    workstation,
  }) => {
    await workstation.settings((settings) => ({ ...settings, session: { stayConnectedSeconds: 3 } }))
    const program = await workstation.start()
    const fault = await program.app.browserWindow(await program.window('fault'))
    await fault.evaluate((window) => window.minimize())
    await expect.poll(() => fault.evaluate((window) => window.isMinimized())).toBe(true)

    expect(await spawnProgram(workstation).ended).toBe(0)

    await expect.poll(() => fault.evaluate((window) => window.isMinimized())).toBe(false)
    // Nobody was in: the journal is as the demonstration left it.
    expect(workstation.journal()).toHaveLength(3)
  })
})
