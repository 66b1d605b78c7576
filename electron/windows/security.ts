import { app, session, type Session, type WebContents, type WebPreferences } from 'electron'

/**
 * The whole hardening of the windows, in one place, after Electron's security checklist (numbers in brackets).
 * What a module's page may do beyond this is in module-page.ts, and is less than a browser allows.
 */

/** (7) Nothing but our own files; no inline script, no connection, no frame; DOM sinks refuse strings. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** (2, 3, 4, 6, 8, 9) For every window; each value is also Electron's default, and is said so that it is read. */
export const hardened = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences

/** (5) No page of ours needs a permission, and none of a module's gets one. Requests and checks alike. */
export function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
}

/** (11, 12, 13, 14) Refused for every page, before any window exists. */
export function hardenEveryPage(): void {
  app.on('session-created', (created) => {
    denyPermissions(created)
    created.on('will-download', (event) => event.preventDefault())
  })
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    if (app.isPackaged) contents.on('devtools-opened', () => contents.closeDevTools())
  })
}

/** (13) A window of ours stays on its page, whatever tries to move it, in any frame. */
export function forbidNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
}

/** The session of our own windows: no permission, no download. */
export function hardenOwnSession(): void {
  denyPermissions(session.defaultSession)
  session.defaultSession.on('will-download', (event) => event.preventDefault())
}
