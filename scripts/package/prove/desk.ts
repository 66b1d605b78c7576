import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './proof.ts'
import type { Root, User } from './root.ts'
import { plain, type Running } from './told.ts'

/** What a window shows, as a screen reader has it. */
export type Shown = {
  readonly role: string
  readonly name: string
  /** Its middle on the screen. */
  readonly x: number
  readonly y: number
  readonly focused: boolean
  readonly enabled: boolean
}

/** Somebody's session: a screen, a window manager, a bus, and a keyring if wanted. */
export type Desk = {
  readonly user: User
  /** What makes a program belong to it. */
  readonly env: Readonly<Record<string, string>>
  /** Whether a window whose title begins so can be seen. */
  readonly sees: (title: string) => Promise<boolean>
  /** Resolves once it is seen. */
  readonly seen: (title: string) => Promise<unknown>
  readonly gone: (title: string) => Promise<unknown>
  /** All that a window shows. */
  readonly read: (title: string) => Promise<readonly Shown[]>
  /** Resolves once a window shows a text that holds these words. */
  readonly says: (title: string, words: string) => Promise<Shown>
  /** Presses, with the mouse, what has that name. */
  readonly press: (title: string, role: Role, name: string) => Promise<void>
  /** Writes in the field of that name, in the place of what is there, with the keyboard. */
  readonly write: (title: string, field: string, text: string) => Promise<void>
  readonly key: (...keys: readonly string[]) => Promise<void>
  /** Whether the window that has the keyboard has a title that begins so. */
  readonly isActive: (title: string) => Promise<boolean>
  /** Takes the focus from every window. */
  readonly minimise: (title: string) => Promise<void>
  readonly picture: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** How AT-SPI names them. */
type Role = 'push button' | 'entry' | 'password text' | 'link'
const fields: readonly string[] = ['entry', 'password text']

/** With it Chromium tells screen readers what its pages hold. */
export const toldToReaders = '--force-renderer-accessibility'

const reader = fileURLToPath(new URL('windows.py', import.meta.url))
const display = ':1'
/** Under 30 ms apart, keys are a barcode scanner's; xdotool is not exact. */
const keyMs = '90'

/** Opens a session of that user in a root that has the desk's packages. */
export async function openDesk(root: Root, user: User, { keyring = true } = {}): Promise<Desk> {
  const runtime = `/run/user/${user}`
  await root.must(['install', '-d', '-m', '0700', '-o', user, '-g', user, runtime])
  const bus = `unix:path=${runtime}/bus`
  const env = {
    DISPLAY: display,
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: bus,
    // Chromium's windows are then known to AT-SPI; what their pages hold, with `toldToReaders`.
    ACCESSIBILITY_ENABLED: '1',
  }
  const inside = { user, env }
  const started: Running[] = []
  const start = (words: readonly string[], input = ''): void => {
    started.push(root.start(words, { ...inside, input }))
  }
  start(['dbus-daemon', '--session', '--nofork', '--nopidfile', `--address=${bus}`])
  start(['Xvfb', display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-noreset'])
  const xdotool = (...words: readonly string[]) => root.run(['xdotool', ...words], { ...inside, seconds: 20 })
  await until('the screen', async () => (await xdotool('getdisplaygeometry')).code === 0)
  start(['openbox'])
  if (keyring) {
    start(
      ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
      'a keyring of the proof',
    )
    await until('the keyring', () => hasSecretService(root, inside))
  }

  const find = async (title: string): Promise<string[]> => {
    const told = await xdotool('search', '--onlyvisible', '--name', `^${pattern(title)}`)
    return told.out.split('\n').filter((line) => line !== '')
  }
  const read = async (title: string): Promise<readonly Shown[]> => {
    const source = await readFile(reader, 'utf8')
    const told = await root.must(['python3', '-', title], { ...inside, input: source, seconds: 30 })
    const shown: Shown[] = JSON.parse(told)
    return shown
  }
  const named = (title: string, roles: readonly string[], name: string): Promise<Shown> =>
    until(`« ${name} » in « ${title} »`, async () => {
      const candidates = (await read(title)).filter(({ role }) => roles.includes(role))
      return (
        candidates.find((shown) => plain(shown.name) === plain(name)) ??
        // A button also tells its shortcut.
        candidates.find((shown) => plain(shown.name).startsWith(plain(name)))
      )
    })
  /** Where it is once it stays there: what is added to a page moves the rest. */
  const still = async (...what: Parameters<typeof named>): Promise<Shown> => {
    let last = await named(...what)
    return until(`« ${what[2]} » standing still`, async () => {
      const next = await named(...what)
      const moved = next.x !== last.x || next.y !== last.y
      last = next
      return !moved && next
    })
  }
  const click = async ({ x, y }: Shown): Promise<void> => {
    await xdotool('mousemove', '--sync', String(x), String(y), 'sleep', '0.1')
    await xdotool('mousedown', '1', 'sleep', '0.1', 'mouseup', '1')
  }
  const sees = async (title: string): Promise<boolean> => (await find(title)).length > 0

  return {
    user,
    env,
    sees,
    seen: (title) => until(`the window « ${title} »`, () => sees(title), 60),
    gone: (title) => until(`the end of « ${title} »`, async () => !(await sees(title))),
    read,
    says: (title, words) =>
      until(`« ${words} » in « ${title} »`, async () =>
        (await read(title)).find(({ name }) => plain(name).includes(plain(words))),
      ),
    press: async (title, role, name) => click(await still(title, [role], name)),
    write: async (title, field, text) => {
      await click(await still(title, fields, field))
      await until(`the focus on « ${field} »`, async () => {
        return (await named(title, fields, field)).focused
      })
      await xdotool('key', 'ctrl+a')
      await xdotool('type', '--delay', keyMs, '--', text)
    },
    key: async (...keys) => void (await xdotool('key', '--delay', keyMs, ...keys)),
    isActive: async (title) => {
      const told = await xdotool('getactivewindow', 'getwindowname')
      return told.code === 0 && told.out.startsWith(title)
    },
    minimise: async (title) => {
      for (const window of await find(title)) await xdotool('windowminimize', '--sync', window)
    },
    picture: async (file) => {
      const there = `/home/${user}/picture.png`
      await root.must(['scrot', '--overwrite', there], inside)
      await mkdir(dirname(file), { recursive: true })
      await copyFile(root.path(there), file)
    },
    close: async () => {
      for (const { process } of started.toReversed()) process.kill('SIGTERM')
      await Promise.all(started.map(({ ended }) => ended))
      // Killed, they leave what the next ones would take for somebody else's.
      await root.run([
        'rm',
        '-rf',
        `/tmp/.X${display.slice(1)}-lock`,
        `/tmp/.X11-unix/X${display.slice(1)}`,
        runtime,
      ])
    },
  }
}

/** Asked of the bus: asking the service itself would start another, whose keyring is shut. */
async function hasSecretService(root: Root, inside: Pick<Desk, 'user' | 'env'>): Promise<boolean> {
  const call = [
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  ]
  const words = ['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', ...call]
  return (await root.run(words, { ...inside, seconds: 10 })).out.includes('true')
}

/** For xdotool, whose names are POSIX expressions: the spaces of French titles are of several kinds. */
function pattern(title: string): string {
  return title.replaceAll(/[.*+?()[\]{}|^$\\]/gu, String.raw`\$&`).replaceAll(/\s/gu, '.')
}
