import { access } from 'node:fs/promises'
import { win32 } from 'node:path'
import { runOn, systemRoot, type Environment, type Run } from '../card/run-program.ts'

export type DefaultBrowser =
  /** `outdated`: Internet Explorer, which Pro Santé Connect and the sites of today no longer know. */
  | { readonly kind: 'found'; readonly name: string; readonly outdated: boolean }
  | { readonly kind: 'none' }
  /** The system does not tell. */
  | { readonly kind: 'unknown' }

type Question = { readonly platform: string; readonly env: Environment; readonly run?: Run }

/**
 * The browser that opens the pages of this account, asked of the system as it keeps it. Never rejects, starts no
 * browser, and takes 3 s at most.
 */
export async function defaultBrowser({ platform, env, run }: Question): Promise<DefaultBrowser> {
  const ask = run ?? runOn(platform, env, desktopVariables)
  switch (platform) {
    case 'win32':
      return onWindows(ask, env)
    case 'darwin':
      return onMacOs(ask)
    default:
      return onLinux(ask)
  }
}

/** What tells xdg-settings and `defaults` which desktop and whose settings. */
const desktopVariables = [
  'HOME',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_CURRENT_DESKTOP',
  'XDG_CONFIG_HOME',
  'XDG_CONFIG_DIRS',
  'XDG_DATA_HOME',
  'XDG_DATA_DIRS',
  'XDG_RUNTIME_DIR',
  'DESKTOP_SESSION',
  'KDE_FULL_SESSION',
  'KDE_SESSION_VERSION',
]

const unknown: DefaultBrowser = { kind: 'unknown' }

function found(name: string): DefaultBrowser {
  return { kind: 'found', name, outdated: name === 'Internet Explorer' }
}

/** Without a choice of the user's, Windows opens its own: what it then is, is not told. */
async function onWindows(run: Run, env: Environment): Promise<DefaultBrowser> {
  const key = String.raw`HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice`
  const program = win32.join(systemRoot(env), 'System32', 'reg.exe')
  const printed = await run(program, ['query', key, '/v', 'ProgId'])
  const id = /^ {4}ProgId {4}REG_SZ {4}(?<id>\S+)/mu.exec(printed ?? '')?.groups?.['id']
  return id === undefined ? unknown : found(nameOf(id, progIds))
}

/** How the ids that browsers register begin. */
const progIds: readonly (readonly [string, string])[] = [
  ['MSEdge', 'Microsoft Edge'],
  ['ChromeHTML', 'Google Chrome'],
  ['ChromiumHTM', 'Chromium'],
  ['Firefox', 'Mozilla Firefox'],
  ['Brave', 'Brave'],
  ['Opera', 'Opera'],
  ['Vivaldi', 'Vivaldi'],
  ['IE.', 'Internet Explorer'],
]

/** LaunchServices lists only the handlers that were chosen: without one, it is Safari. */
async function onMacOs(run: Run): Promise<DefaultBrowser> {
  const domain = 'com.apple.LaunchServices/com.apple.launchservices.secure'
  const printed = await run('/usr/bin/defaults', ['read', domain, 'LSHandlers'])
  if (printed === null) return unknown
  const handler = printed.split('}').find((entry) => /LSHandlerURLScheme = "?https"?;/u.test(entry))
  const id = /LSHandlerRoleAll = "?(?<id>[^";]+)"?;/u.exec(handler ?? '')?.groups?.['id']
  return found(id === undefined ? 'Safari' : nameOf(id, bundleIds))
}

const bundleIds: readonly (readonly [string, string])[] = [
  ['com.apple.safari', 'Safari'],
  ['com.google.chrome', 'Google Chrome'],
  ['org.mozilla.firefox', 'Mozilla Firefox'],
  ['com.microsoft.edgemac', 'Microsoft Edge'],
  ['com.brave.browser', 'Brave'],
]

const xdgSettings = '/usr/bin/xdg-settings'

async function onLinux(run: Run): Promise<DefaultBrowser> {
  const there = await access(xdgSettings).then(
    () => true,
    () => false,
  )
  const printed = there ? await run(xdgSettings, ['get', 'default-web-browser']) : null
  if (printed === null) return unknown
  const id = printed.trim().replace(/\.desktop$/u, '')
  return id === '' ? { kind: 'none' } : found(nameOf(id, desktopIds))
}

const desktopIds: readonly (readonly [string, string])[] = [
  ['firefox', 'Mozilla Firefox'],
  ['google-chrome', 'Google Chrome'],
  ['chromium', 'Chromium'],
  ['microsoft-edge', 'Microsoft Edge'],
  ['brave', 'Brave'],
]

/** The name of a browser whose id begins so; else the id itself. */
function nameOf(id: string, names: readonly (readonly [string, string])[]): string {
  const lower = id.toLowerCase()
  return names.find(([begins]) => lower.startsWith(begins.toLowerCase()))?.[1] ?? id
}
