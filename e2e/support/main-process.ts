import type { WindowRole } from '../../electron/ipc/views.ts'
import type { Program } from './program.ts'

/**
 * What only the main process can do to a window, or say of it. Playwright's own page is lost for good once its
 * renderer has crashed, even when the window has reloaded it: these ways go on working.
 */

/** Closes a window as its title bar would. The program may end of it. */
export async function closeWindow(program: Program, role: WindowRole): Promise<void> {
  await closeWindowAt(program, urlOf(role))
}

/** The same for the window that shows this address. */
export async function closeWindowAt(program: Program, url: string): Promise<void> {
  await program.app
    .evaluate(
      ({ BrowserWindow }, wanted) =>
        BrowserWindow.getAllWindows()
          .find(({ webContents }) => webContents.getURL() === wanted)
          ?.close(),
      url,
    )
    .catch(unlessEnded)
}

/** Kills the renderer of a window; resolves once the program has been told of it. The program may end of it. */
export async function crash(program: Program, role: WindowRole): Promise<void> {
  await crashAt(program, urlOf(role))
}

/** The same for the window that shows this address. */
export async function crashAt(program: Program, url: string): Promise<void> {
  await program.app
    .evaluate(async ({ BrowserWindow }, wanted) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted)
      if (window === undefined) throw new Error(`no window shows ${wanted}`)
      const gone = new Promise((resolve) => window.webContents.once('render-process-gone', resolve))
      window.webContents.forcefullyCrashRenderer()
      await gone
    }, url)
    .catch(unlessEnded)
}

/** The addresses of the windows that can be seen. */
export function shownUrls(program: Program): Promise<string[]> {
  return program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map(({ webContents }) => webContents.getURL()),
  )
}

/** What can be read in a window, with ordinary spaces; nothing while it is hidden, crashed or loading. */
export async function textOf(program: Program, role: WindowRole): Promise<string> {
  const text = await program.app.evaluate(async ({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted)
    if (window === undefined || !window.isVisible()) return ''
    // A page that is crashed or loading would keep the question for later, or for ever.
    if (window.webContents.isCrashed() || window.webContents.isLoading()) return ''
    const read: unknown = await window.webContents.executeJavaScript('document.body.innerText')
    return String(read)
  }, urlOf(role))
  return plain(text)
}

/** Presses a button by its text, in a page that has crashed and was loaded again. The window may end of it. */
export async function pressIn(program: Program, role: WindowRole, button: string): Promise<void> {
  await program.app.evaluate(
    ({ BrowserWindow }, { wanted, press }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === wanted)
      // Not waited for: no answer comes from a page that is gone.
      void window?.webContents.executeJavaScript(press)
    },
    {
      wanted: urlOf(role),
      press: `[...document.querySelectorAll('button')].find(({ innerText }) => innerText.trim() === ${JSON.stringify(button)}).click()`,
    },
  )
}

/** With ordinary spaces, to be compared with what is written in a test. */
export function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ')
}

/** The reference that a text gives, to be told over the telephone. */
export function referenceIn(text: string): string {
  const reference = /Réf\. (?<reference>[2-9A-Z]{3}-[2-9A-Z]{3})/u.exec(plain(text))?.groups?.['reference']
  if (reference === undefined) throw new Error(`no reference in « ${text} »`)
  return reference
}

function urlOf(role: WindowRole): string {
  return `app://comptoir/${role}/index.html`
}

/** For what ends its own window or the program: Playwright's complaint is then what was wanted. */
export function unlessEnded(error: unknown): void {
  if (!(error instanceof Error) || !/closed|destroyed|crashed/u.test(error.message)) throw error
}
