import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../scripts/bootstrap/places.mjs'
import { expect, test } from './support/test.ts'

/** Runs code as a script that has found its way into the page would. */
function attempt<T>(page: Page, elsewhere: string, code: (url: string) => T | Promise<T>): Promise<T> {
  return page.evaluate(code, elsewhere)
}

test.describe('A page of ours, were its script taken over @security', () => {
  test('reaches nothing but the calls of its own window', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const reached = await attempt(launcher, workstation.pagesUrl, () => ({
      globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
      bridge: Object.keys(Reflect.get(globalThis, 'comptoir')).sort(),
      frozen: Reflect.set(Reflect.get(globalThis, 'comptoir'), 'unlock', null),
    }))
    expect(reached.globals).toEqual([])
    expect(reached.frozen).toBe(false)
    expect(reached.bridge).toEqual(
      [
        'acknowledgeRecording',
        'closeDay',
        'disconnect',
        'dismissNotice',
        'drawn',
        'getView',
        'identify',
        'onView',
        'openDiagnostic',
        'openFirstRun',
        'openHelp',
        'openModule',
        'renewSession',
        'switchOperator',
        'testCard',
        'unlock',
        'unlockByPsc',
        'usesTouch',
      ].sort(),
    )
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('runs no script but ours, connects nowhere, shows no frame', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const refused = await attempt(launcher, workstation.pagesUrl, async (url) => {
      const caught = async (act: () => unknown): Promise<string> => {
        try {
          await act()
          return 'done'
        } catch (error) {
          return error instanceof Error ? error.name : String(error)
        }
      }
      const inline = document.createElement('script')
      return {
        sink: await caught(() => (document.body.innerHTML += '<img src=x>')),
        inlineScript: await caught(() => (inline.text = 'globalThis.taken = 1')),
        remoteScript: await caught(() => (inline.src = url)),
        worker: await caught(() => new Worker(url)),
        fetch: await caught(() => fetch(url)),
        socket: await new Promise((resolve) => {
          try {
            const socket = new WebSocket(url.replace('http', 'ws'))
            socket.addEventListener('open', () => resolve('done'))
            socket.addEventListener('error', () => resolve('error'))
          } catch {
            resolve('error')
          }
        }),
        frame: await new Promise((resolve) => {
          const frame = document.createElement('iframe')
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective))
          frame.src = url
          document.body.append(frame)
        }),
        webview: 'executeJavaScript' in document.createElement('webview'),
      }
    })
    expect(refused).toMatchObject({
      sink: 'TypeError',
      inlineScript: 'TypeError',
      remoteScript: 'TypeError',
      worker: 'TypeError',
      fetch: 'TypeError',
      socket: 'error',
      frame: 'frame-src',
      webview: false,
    })
    // `eval` is refused by both the policy and Trusted Types; Playwright's own evaluation is not the page's.
    expect(await launcher.evaluate(() => document.querySelector('meta[http-equiv]'))).toBeNull()
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('goes nowhere, opens no window, downloads nothing', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const windows = await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(await attempt(launcher, workstation.pagesUrl, (url) => window.open(url))).toBeNull()
    await attempt(launcher, workstation.pagesUrl, (url) => {
      const link = document.createElement('a')
      link.href = url
      link.target = '_blank'
      document.body.append(link)
      link.click()
      link.target = ''
      link.click()
      link.download = 'fichier.html'
      link.click()
      location.assign(url)
      location.assign('file:///etc/passwd')
      location.assign('app://comptoir/identification/index.html')
    })
    await launcher.waitForTimeout(500)
    expect(launcher.url()).toBe('app://comptoir/launcher/index.html')
    // Locators would wait for the navigations that were refused.
    expect(await launcher.evaluate(() => document.querySelector('h1')?.textContent)).toBe('PHARMACIE DU TEST')
    expect(await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
      windows,
    )
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('gets no permission', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    const granted = await attempt(launcher, workstation.pagesUrl, async () => {
      const states: Record<string, string> = {}
      for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']) {
        const status = await navigator.permissions
          .query(Object.assign(Object.create(null), { name }))
          .catch(() => ({ state: 'unknown' }))
        states[name] = status.state
      }
      return {
        states,
        media: await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
          () => 'done',
          (error: unknown) => (error instanceof Error ? error.name : ''),
        ),
        clipboard: await navigator.clipboard.readText().then(
          () => 'done',
          (error: unknown) => (error instanceof Error ? error.name : ''),
        ),
        notification: await Notification.requestPermission(),
      }
    })
    expect(Object.values(granted.states)).not.toContain('granted')
    expect(granted.media).not.toBe('done')
    expect(granted.clipboard).toBe('NotAllowedError')
    expect(granted.notification).toBe('denied')
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })

  test('of another site with our own preload is not answered', async ({ workstation }) => {
    const program = await workstation.start()
    await program.window('launcher')
    const preload = join(root, 'dist/preload/launcher.cjs')
    const answer = await program.app.evaluate(
      async ({ BrowserWindow }, { url, preload: script }) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: script, sandbox: true, contextIsolation: true },
        })
        await window.loadURL(url)
        const result: unknown = await window.webContents.executeJavaScript(
          'window.comptoir.openModule({ id: "interactions" })',
        )
        window.destroy()
        return result
      },
      { url: workstation.pagesUrl, preload },
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } })
    await program.stop()
    expect(workstation.journal().some(({ kind }) => kind === 'module.opened')).toBe(false)
  })

  test('every window is sandboxed, isolated and without Node', async ({ workstation }) => {
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await launcher.getByRole('button', { name: 'Interactions', exact: true }).click()
    await program.modulePage(/interactions/u)
    const preferences = await program.app.evaluate(({ BrowserWindow }) =>
      Promise.all(
        BrowserWindow.getAllWindows().map(async ({ webContents }) => {
          // In no type declaration, but in every Electron.
          const last: unknown = Reflect.apply(
            Reflect.get(webContents, 'getLastWebPreferences'),
            webContents,
            [],
          )
          const bridged: unknown = await webContents.executeJavaScript('"comptoir" in window')
          return { last, bridged, ours: webContents.getURL().startsWith('app://') }
        }),
      ),
    )
    expect(preferences.length).toBeGreaterThan(3)
    for (const { last, bridged, ours } of preferences) {
      expect(last).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      })
      expect(bridged).toBe(ours)
    }
    await program.stop()
    expect(workstation.journal().at(-1)?.kind).toBe('program.stopped')
  })
})
